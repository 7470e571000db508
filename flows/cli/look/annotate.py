"""The command ``annotate``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from knipsel.flows.cli.print.terminal import harmless_json


def annotate(
    file: Annotated[
        Path,
        typer.Argument(
            help="Records as JSON lines, `id`, `text`, and where known `language` and "
            "`date_published`; `-` for standard input.",
        ),
    ],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
) -> None:
    """Print who says what, which names, times and topics stand in texts: a JSON line for each."""
    from knipsel.flows.config.register_files import load_registers
    from knipsel.flows.config.settings import Settings
    from knipsel.flows.read.annotation import annotated_lines

    settings = Settings.of(warehouse)
    registers = load_registers(
        settings.registers, annotating=settings.annotating_texts()
    ).annotations
    opened = nullcontext(sys.stdin.buffer) if str(file) == "-" else file.open("rb")
    with opened as lines:
        for line in annotated_lines(lines, registers, settings.max_document_bytes):
            sys.stdout.write(harmless_json(line) + "\n")
