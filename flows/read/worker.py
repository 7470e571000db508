"""The process that reads documents, so that none of them can take a run down with it.

It takes requests from its standard input, each a pickled `knipsel.flows.read.protocol.Request`
after its length, and answers with lines of JSON on what was its standard output: ``["reading",
[ID, PATH]]`` and ``["staging", null]`` say what it is about to do, ``["done", …]`` and
``["failed", …]`` end an answer. It ends when its input closes, which happens also where its parent
was killed.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import BinaryIO

from knipsel.flows.read.budget import Budget
from knipsel.flows.read.kernel_limits import ending_with, kept_in, settle
from knipsel.flows.read.protocol import (
    LENGTH_BYTES,
    BatchReading,
    Reading,
    Request,
    Warming,
)


class Channel:
    """What goes to and fro between this process and its parent, out of others' reach."""

    def __init__(self) -> None:
        """Take both pipes from where libraries would find them."""
        self.pipe = os.dup(0)
        self._source: BinaryIO = os.fdopen(os.dup(0), "rb", buffering=0)
        self._target = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.close(nothing)

    def _read(self, size: int) -> bytes:
        """Return so many bytes, fewer at the end."""
        parts = bytearray()
        while len(parts) < size and (part := self._source.read(size - len(parts))):
            parts += part
        return bytes(parts)

    def requests(self) -> Iterator[Request]:
        """Yield requests until the parent has no more."""
        while head := self._read(LENGTH_BYTES):
            body = self._read(int.from_bytes(head, "big"))
            request: Request = pickle.loads(body)  # noqa: S301 - it comes from the parent alone
            yield request

    def tell(self, kind: str, value: object) -> None:
        """Send a line to the parent."""
        line = memoryview(json.dumps([kind, value], default=str).encode() + b"\n")
        while line:
            line = line[os.write(self._target, line) :]


class KernelWatch:
    """Tells the parent what is done, and has the kernel keep it in the budget of a document."""

    def __init__(self, channel: Channel, budget: Budget) -> None:
        """Tell through a channel, and keep to a budget."""
        self._channel = channel
        self._budget = budget

    @contextmanager
    def reading(self, document_id: str, path: str) -> Iterator[None]:
        """Keep the block in bounds, which reads a document."""
        self._channel.tell("reading", [document_id, path])
        with kept_in(self._budget):
            yield

    @contextmanager
    def staging(self) -> Iterator[None]:
        """Keep the block in bounds, which stages all documents of a batch."""
        self._channel.tell("staging", None)
        with kept_in(self._budget):
            yield


def _warm(request: Warming) -> None:
    """Load what reading needs; what is wrong with it is said when it is needed."""
    import knipsel.flows.read.batch  # noqa: F401 - imports all that it needs
    from knipsel.flows.config.register_files import load_registers

    with suppress(Exception):
        load_registers(request.registers, request.furniture, request.annotating)


def _answer(request: Reading, channel: Channel) -> object:
    """Do what a request asks for and return what came of it."""
    from knipsel.flows.read.batch import read_one, run_batch

    watch = KernelWatch(channel, request.budget)
    if isinstance(request, BatchReading):
        return run_batch(request.job, request.batch, watch, request.precautions)
    return asdict(read_one(request, watch))


def _failure(error: Exception) -> dict[str, object]:
    """Return an error as the parent can raise it again."""
    said: dict[str, object] = {"type": type(error).__name__, "message": str(error)}
    number = strerror = name = None
    if isinstance(error, OSError):
        number, strerror, name = error.errno, error.strerror, error.filename
    return said | {"errno": number, "strerror": strerror, "filename": name and os.fsdecode(name)}


def _answered(request: Reading, channel: Channel) -> tuple[str, object]:
    """Return the last line of an answer; go down with the parent meanwhile."""
    with suppress(OSError):  # what libraries say of one request is of no use for the next
        os.ftruncate(2, 0)
        os.lseek(2, 0, os.SEEK_SET)
    with ending_with(channel.pipe):
        try:
            return "done", _answer(request, channel)
        except Exception as error:  # noqa: BLE001 - the parent raises it
            return "failed", _failure(error)


def main() -> None:
    """Answer requests until there are no more."""
    settle()
    channel = Channel()
    for request in channel.requests():
        if isinstance(request, Warming):
            _warm(request)
        else:
            channel.tell(*_answered(request, channel))


if __name__ == "__main__":
    main()
