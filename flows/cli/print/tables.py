"""Printing: tables for people, JSON for programs."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from knipsel.flows.cli.print.terminal import escape, harmless, harmless_json
from knipsel.warehouse.layout import DEFAULT_WAREHOUSE

if TYPE_CHECKING:
    from knipsel.flows.runs.summary import IngestSummary

CELL_CHARACTERS = 200
"""How much of a value a table for people shows; JSON shows all of it."""

SHOWN_ROWS = 1000
"""How many rows a table for people shows; JSON shows all of them."""

NOT_KNOWN = "not known"
"""What stands for a value that nothing says; ``unknown`` is a value that some columns have."""

WIDE = 10_000
"""Characters in a line where nobody's terminal sets a limit."""


def _plain(value: object) -> object:
    """Return a value that JSON has no form for as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    Console(soft_wrap=True, highlight=False).out(
        harmless_json(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))
    )


def print_json_list(values: Iterable[object]) -> None:
    """Print values as a list in JSON, as `print_json` does, each as it comes."""
    out = Console(soft_wrap=True, highlight=False).out
    count = 0
    for value in values:
        text = harmless_json(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))
        indented = "\n".join(f"  {line}" for line in text.split("\n"))
        out("[\n" if count == 0 else ",\n", indented, sep="", end="")
        count += 1
    out("\n]" if count else "[]")


def _listed(value: object) -> str:
    """Return a value as people read it, a list as DuckDB shows one: ``[a, b]``."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_listed, value))}]"
    return str(_plain(value))


def cell(value: object) -> str:
    """Return a value as the cell of a table."""
    text = "" if value is None else _listed(value)
    return escape(text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…")


def said(field: str, value: str) -> str:
    """Return the value of a field for people: a date that is a season or a stretch with words."""
    from knipsel.transforms.text.edtf_words import plain_or_both

    return plain_or_both(value) or value if field.startswith("date_") else value


def console_for_tables() -> Console:
    """Return a console that cuts nothing where a file or another program reads along."""
    return Console() if sys.stdout.isatty() else Console(width=WIDE)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table, and say where some are left out."""
    rest = iter(rows)
    console = console_for_tables()
    table = Table(*map(escape, columns), header_style="bold")
    for row in islice(rest, SHOWN_ROWS):
        table.add_row(*map(cell, row))
    console.print(table)
    left_out = sum(1 for _ in rest)
    if left_out:
        console.print(f"{left_out:,} more rows; --json prints all.")


def print_facts(facts: Sequence[tuple[str, object]]) -> None:
    """Print names and values in two columns; without blanks behind them where a program reads."""
    if not sys.stdout.isatty():
        width = max((len(name) for name, _ in facts), default=0)
        for name, value in facts:
            said = harmless("" if value is None else str(_plain(value)))
            lines = said.replace("\n", f"\n{' ' * (width + 2)}")
            typer.echo(f"{harmless(name):<{width}}  {lines}".rstrip())
        return
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(escape(name), escape("" if value is None else str(_plain(value))))
    console_for_tables().print(table)


def print_summary(summary: IngestSummary, *, as_json: bool) -> None:
    """Print what a run tells of itself."""
    if as_json:
        print_json(summary.as_dict())
    else:
        print_facts([(row["what"], row["value"]) for row in summary.rows()])
        for step in _next_steps(summary):
            typer.echo(step)


def _next_steps(summary: IngestSummary) -> Iterator[str]:
    """Yield what a person may do now, with the command for it."""
    folder = summary.release_folder and Path(summary.release_folder).parents[1]
    is_default = not folder or folder == DEFAULT_WAREHOUSE.absolute()
    where = "" if is_default else f" --warehouse {shlex.quote(str(folder))}"
    if held := summary.counts.documents_quarantined:
        yield f"{held:,} held back: `knipsel quarantine list{where}`"
    if summary.is_new_release and summary.counts.documents_published:
        yield f"To look at the release: `knipsel explore{where}`"
