"""The command ``registers list``: which registers of one's own count."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    opened,
)
from knipsel.flows.cli.print.answers import print_answer


def list_registers(
    every: Annotated[
        bool, typer.Option("--all", help="Also the registers of the project that stay as they are.")
    ] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the registers of your own that count, whence, and what each adds to or replaces."""
    from knipsel.flows.config.listing import listed_registers

    folder = opened(warehouse).settings.registers
    answer = listed_registers(folder, every=every)
    if not as_json and not as_csv:
        own = f"in {folder}:" if folder else "none; docs/registers.md says how to add one."
        typer.echo(f"Registers of your own {own}")
    if answer.rows or as_json or as_csv:
        print_answer(answer, as_json=as_json, as_csv=as_csv)
