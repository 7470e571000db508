"""A reading process in which documents do harm by their names: ``-m tests.faults.hostile_reader``.

Each kind of harm is what a hostile file might bring a library to; the process is otherwise the
one that runs use.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePosixPath

from knipsel.flows.read import batch as batches
from knipsel.flows.read import worker as reading_process
from knipsel.transforms.annotate import annotate as annotators
from knipsel.transforms.annotate.model import ArticleText, TimeExpression
from knipsel.transforms.annotate.times import find_times
from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.annotations.times import TimeWords
from knipsel.transforms.registers.articles.facts import Facts
from knipsel.transforms.registers.model import Registers


def endless_in_c() -> None:
    """Do one operation that takes years, without a moment for Python."""
    pow(7, 10**12)


def endless_in_python() -> None:
    """Go round without end."""
    while True:
        pass


def asleep() -> None:
    """Wait for what never comes, at no cost."""
    time.sleep(10_000)


def segfault() -> None:
    """Read where there is no memory."""
    ctypes.string_at(0)


def aborted() -> None:
    """End as a library does whose memory is in disorder."""
    os.abort()


def greedy() -> None:
    """Take memory without end, and use it."""
    held = []
    while True:
        held.append(b"x" * (1 << 20))


def gone() -> None:
    """End the process as if all were well."""
    os._exit(0)


def killed() -> None:
    """End as the kernel ends what takes all memory of the machine."""
    os.kill(os.getpid(), 9)


def noisy() -> None:
    """Write into the channels that are the process's own."""
    for channel in (1, 2):
        os.write(channel, b'["done", 77]\n' * 20_000)
    print('["done", 77]', flush=True)
    sys.stdin.read()


def stumbling() -> None:
    """Fail as our own code may, with words of the document in the error."""
    raise ZeroDivisionError("what the article says")


HARM: dict[str, Callable[[], None]] = {
    "endless-in-c.txt": endless_in_c,
    "endless-in-python.txt": endless_in_python,
    "asleep.txt": asleep,
    "segfault.txt": segfault,
    "aborted.txt": aborted,
    "greedy.txt": greedy,
    "gone.txt": gone,
    "killed.txt": killed,
    "noisy.txt": noisy,
    "stumbling.txt": stumbling,
}

STUMBLING_BLOCK = "STRUIKELSTEEN"
"""The word at which the annotator of times fails."""


def hostile(
    document: RawDocument,
    registers: Registers,
    waived: Collection[str],
    corrections: Sequence[Facts] = (),
) -> ProcessedDocument:
    """Process a document, after the harm that its name stands for."""
    harm = HARM.get(PurePosixPath(document.path).name)
    if harm:
        harm()
    return process(document, registers, waived, corrections)


def times_or_harm(
    text: ArticleText, registers: Mapping[str, TimeWords]
) -> tuple[TimeExpression, ...]:
    """Find times, unless the stumbling block lies in the text."""
    if STUMBLING_BLOCK in text.text:
        stumbling()
    return find_times(text, registers)


if __name__ == "__main__":
    setattr(batches, "process", hostile)  # noqa: B010 - as tests patch it
    setattr(annotators, "find_times", times_or_harm)  # noqa: B010 - as tests patch it
    reading_process.main()
