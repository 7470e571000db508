"""Reading documents in a process apart, which can be killed or crash without harm.

A document that brings the process down is held back with a reason, and all others become what
they would have become without it. Processes are kept for the next request; each thread that
asks at the same time has one of its own.
"""

from __future__ import annotations

import builtins
import json
import os
import pickle
import select
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from knipsel.flows.read.budget import (
    SLOW_SECONDS,
    Budget,
    reader_crashed,
    stood_still,
    too_much_memory,
    too_slow,
)
from knipsel.flows.read.documents import ReadDocument, document_from_json
from knipsel.flows.read.own_modules import command_of, environment
from knipsel.flows.read.protocol import (
    LENGTH_BYTES,
    BatchReading,
    Job,
    Precautions,
    Previewing,
    Reading,
    Request,
    Warming,
)
from knipsel.transforms.model import Annotating, Rejection

COMMAND = tuple(command_of("knipsel.flows.read.worker"))
STOP_SECONDS = 5
SHOWN_CHARACTERS = 500
"""How much of what a process said before it went down is shown."""

_BLOCK = 1 << 16


class ReadingFailedError(RuntimeError):
    """Reading failed for a reason that lies in no document."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a reader went down: at which document, None at none, and by what.

    ``code`` is as `subprocess.Popen.returncode` has it, ``stood_still`` that it was killed for
    being silent too long, ``said`` the end of what it wrote to its standard error.
    """

    document_id: str | None
    code: int
    stood_still: bool
    said: str

    def how(self) -> str:
        """Return in a word how the process ended."""
        if self.code >= 0:
            return f"exit code {self.code}"
        with suppress(ValueError):
            return signal.Signals(-self.code).name
        return f"signal {-self.code}"

    def rejection(self, budget: Budget) -> tuple[Rejection, bool]:
        """Return the reason to hold the document back, and whether one death is proof of it."""
        if self.stood_still:
            return stood_still(budget), True
        if self.code == -signal.SIGPROF:
            return too_slow(budget), True
        if self.code == -signal.SIGKILL:  # so the kernel ends what takes the machine's memory
            return too_much_memory(), False
        return reader_crashed(self.how()), False


class _Seen:
    """Notes how far a batch is, for who asks `so_far`; one that is read again begins again."""

    def __init__(self, request: Reading) -> None:
        """Note that nothing of it is read yet."""
        self._run_id = request.job.run.run_id if isinstance(request, BatchReading) else None
        self._batch = request.batch if isinstance(request, BatchReading) else 0
        self._begun = 0
        self._note("")

    def begins(self, file: str) -> None:
        """Note that a document is begun, and so the one before it read."""
        self._note(file)
        self._begun += 1

    def ends(self) -> None:
        """Note that all are read."""
        self._note("")

    def _note(self, file: str) -> None:
        if self._run_id is not None:
            _read.setdefault(self._run_id, {})[self._batch] = (self._begun, file)


_read: dict[str, dict[int, tuple[int, str]]] = {}
"""By run and batch: how many documents the readers of this process have read, and at which file
they are."""


def so_far(run_id: str) -> tuple[int, str]:
    """Return how many documents of a run were read by readers of this process, and where one is."""
    batches = list(_read.get(run_id, {}).values())
    files = [file for _, file in batches if file]
    return sum(count for count, _ in batches), files[-1] if files else ""


def forget(run_id: str) -> None:
    """Forget how far a run was."""
    _read.pop(run_id, None)


class ReaderProcess:
    """A process that reads documents; it ends when this one does, however that happens."""

    def __init__(self) -> None:
        """Start the process and return at once."""
        self.slow_seconds = 0.0
        """What documents of the last request took that are slow."""
        self._errors = TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment(),
        )
        self._unread = b""

    def send(self, request: Request) -> None:
        """Send a request; a process that is gone already shows itself by its silence."""
        body = pickle.dumps(request)
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
                self._process.stdin.flush()

    def ask(self, request: Reading) -> Any:
        """Return the answer to a request, or how the process went down."""
        self.send(request)
        self.slow_seconds = 0.0
        at: str | None = None
        seen = _Seen(request)
        since = time.monotonic()
        while line := self._line(request.budget.patience):
            kind, value = json.loads(line)
            since = self._count_slow(since)
            if kind == "reading":
                at, file = value
                seen.begins(file)
            elif kind == "staging":
                at = None
                seen.ends()
            elif kind == "done":
                return value
            else:
                raise _as_raised(value)
        self._count_slow(since)
        return self._death(at, is_silent=line is None)

    def _count_slow(self, since: float) -> float:
        """Count the time since a document was begun, where that is slow; return the time now."""
        now = time.monotonic()
        self.slow_seconds += now - since if now - since > SLOW_SECONDS else 0.0
        return now

    def _line(self, patience: float) -> bytes | None:
        """Return the next line; an empty one at the end, None where none came in time."""
        parts = [self._unread]
        while b"\n" not in parts[-1]:
            output = self._process.stdout
            if output is None or not select.select([output], [], [], patience)[0]:
                return None
            parts.append(os.read(output.fileno(), _BLOCK))
            if not parts[-1]:
                return b""
        line, _, self._unread = b"".join(parts).partition(b"\n")
        return line

    def _death(self, at: str | None, *, is_silent: bool) -> Death:
        """Make sure that the process is down and return how it went."""
        if is_silent:
            self._process.kill()
        self._end()
        self._errors.seek(0)
        said = self._errors.read()[-SHOWN_CHARACTERS:].decode(errors="replace").strip()
        return Death(at, self._process.returncode, is_silent, said)

    def _end(self) -> None:
        """Close the pipes and wait for the process, not for long."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """End the process."""
        self._end()
        self._errors.close()


def _as_raised(failure: dict[str, Any]) -> Exception:
    """Return an error of the process as it would have been raised here."""
    if failure["errno"] is not None:
        return OSError(failure["errno"], failure["strerror"], failure["filename"])
    is_sentence = not hasattr(builtins, failure["type"])
    said = failure["message"] if is_sentence else f"{failure['type']}: {failure['message']}"
    return ReadingFailedError(said)


_idle: list[ReaderProcess] = []
_lock = threading.Lock()


def _forget_processes() -> None:
    """Leave a parent's processes to it: a fork that asked them too would mix the answers."""
    global _lock  # noqa: PLW0603 - a lock that was held while forking is never released
    _lock = threading.Lock()
    _idle.clear()


os.register_at_fork(after_in_child=_forget_processes)


def warm_up(registers: Path | None, furniture: Path | None, annotating: Annotating) -> None:
    """Have a process ready that has loaded what reading needs."""
    process = ReaderProcess()
    process.send(Warming(registers, furniture, annotating))
    with _lock:
        _idle.append(process)


@contextmanager
def ending_idle() -> Iterator[None]:
    """End the processes that read nothing after the block: an idle one still holds its memory."""
    try:
        yield
    finally:
        with _lock:
            idle = list(_idle)
            _idle.clear()
        for process in idle:
            process.close()


@contextmanager
def _borrowed() -> Iterator[ReaderProcess]:
    """Have a process while the block runs; it is kept afterwards if the block keeps it."""
    with _lock:
        process = _idle.pop() if _idle else None
    process = process or ReaderProcess()
    try:
        yield process
    except BaseException:
        process.close()
        raise


_slow: dict[str, float] = {}
"""The seconds that slow documents took so far, by run."""


def _asked(request: Reading) -> Any:
    """Return the answer of some process, or how it went down."""
    with _borrowed() as process:
        answer = process.ask(request)
        if isinstance(request, BatchReading) and process.slow_seconds:
            run_id = request.job.run.run_id
            with _lock:
                _slow[run_id] = _slow.get(run_id, 0.0) + process.slow_seconds
        if isinstance(answer, Death):
            process.close()
        else:
            with _lock:
                _idle.append(process)
    return answer


def _learnt(precautions: Precautions, death: Death, budget: Budget) -> Precautions:
    """Return the precautions to take after a reader went down.

    Where a document is at fault is certain once it was the first to be read: whatever was read
    before it may have left the reader in disorder. Raises `ReadingFailedError` where none is.
    """
    at = death.document_id
    if at is None and precautions.one_by_one:
        said = f": {death.said}" if death.said else ""
        message = f"The process that reads documents went down ({death.how()}){said}"
        raise ReadingFailedError(message)
    if at is None:
        return Precautions(precautions.held, precautions.first, one_by_one=True)
    rejection, is_proof = death.rejection(budget)
    if is_proof or at in precautions.first:
        return precautions.holding(at, rejection)
    return precautions.beginning_with(at)


def _insist(asking: Callable[[Precautions], Reading]) -> Any:
    """Ask until there is an answer, each time with more precautions."""
    precautions = Precautions()
    while True:
        request = asking(precautions)
        answer = _asked(request)
        if not isinstance(answer, Death):
            return answer
        precautions = _learnt(precautions, answer, request.budget)


def read_batch_apart(job: Job, batch: int) -> int:
    """Read, check and stage a batch of the plan, as `run_batch` does, in a process apart.

    What slow documents of the run may take together goes down with each of them.
    """

    def asking(precautions: Precautions) -> BatchReading:
        budget = job.budget.after(_slow.get(job.run.run_id, 0.0))
        return BatchReading(replace(job, budget=budget), batch, precautions)

    return int(_insist(asking))


def read_one_apart(asked: Previewing) -> ReadDocument:
    """Return what the document in a file would become, as `read_one` does, in a process apart."""
    return document_from_json(_insist(lambda precautions: replace(asked, precautions=precautions)))
