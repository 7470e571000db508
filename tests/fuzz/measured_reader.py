"""A reading process that notes what each document cost: ``-m tests.fuzz.measured_reader FILE``.

A line for each document: its path, its bytes, seconds of processor time, the most memory held
while it was read, and its reader.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from knipsel.flows.read import batch as batches
from knipsel.flows.read import worker as reading_process
from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.facts import Facts
from knipsel.transforms.registers.model import Registers

_FRESH = "5"
"""Written to ``clear_refs`` it lets the kernel forget the most memory that was held."""


def _peak_bytes() -> int:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def measured(
    document: RawDocument,
    registers: Registers,
    waived: Collection[str] = (),
    corrections: Sequence[Facts] = (),
) -> ProcessedDocument:
    """Process a document and note what it took."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text(_FRESH, "ascii")
    begun = time.process_time()
    reader: str | None = "failed"
    try:
        done = process(document, registers, waived, corrections)
        reader = done.reader
        return done
    finally:
        took = round(time.process_time() - begun, 3)
        line = [document.path, len(document.content), took, _peak_bytes(), reader]
        with Path(sys.argv[1]).open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    setattr(batches, "process", measured)  # noqa: B010 - as tests patch it
    reading_process.main()
