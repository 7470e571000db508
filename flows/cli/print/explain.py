"""Printing why an article carries the values that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knipsel.flows.cli.print.tables import CELL_CHARACTERS, console_for_tables
from knipsel.flows.cli.print.terminal import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def print_explanation(fields: Sequence[dict[str, Any]]) -> None:
    """Print fields with their candidates: value, method, evidence in context, why."""
    console = console_for_tables()
    if not fields:
        console.print("Nothing was found about this article.")
    for field in fields:
        value = "nothing says it" if field["value"] is None else _cut(str(field["value"]))
        console.print(f"\n[bold]{escape(field['field'])}[/bold]: {escape(value)}", highlight=False)
        for candidate in field["candidates"]:
            for line in _lines(candidate):
                console.print(line, highlight=False)


def _lines(candidate: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a candidate, indented."""
    sign = "[green]+[/green]" if candidate["chosen"] else "[red]-[/red]"
    value, why = escape(_cut(candidate["value"])), escape(candidate["why"])
    sure = f"{candidate['confidence']:g}"
    yield f"  {sign} {value} [dim]({escape(candidate['method'])}, {sure})[/dim]: {why}"
    yield f"    [dim]{escape(candidate['meaning'])}[/dim]"
    if candidate["context"]:
        yield f"    “{escape(_cut(candidate['context']))}”{_place(candidate)}"


def _place(candidate: dict[str, Any]) -> str:
    """Return where the evidence stands."""
    if candidate["source_start"] is None:
        return ""
    inside = f", in: {candidate['place'].replace('_', ' ')}" if candidate["place"] else ""
    return f" [dim]at {candidate['source_start']}-{candidate['source_end']}{inside}[/dim]"


def _cut(text: str) -> str:
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
