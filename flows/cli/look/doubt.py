"""The command ``doubt``."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    one_form,
    opened,
)
from knipsel.flows.cli.print.csv import as_csv as in_csv
from knipsel.flows.cli.print.tables import print_json, print_table, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHEET = (
    *("article_id", "field", "value", "who", "why"),
    *("now", "found", "confidence", "rule", "meaning", "carriers", "file_name"),
)
"""The columns of the sheet; ``value`` is for the right one, ``who`` and ``why`` may stay empty."""
_SHOWN_ARTICLES = 3


def doubt(
    limit: Annotated[int, typer.Option("--limit", min=1, help="Print so many lines at most.")] = 40,
    below: Annotated[
        float,
        typer.Option("--below", min=0, max=1, help="List values less sure than this."),
    ] = 0.7,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List what is in doubt: what other articles speak against, and the least sure values.

    `--csv` prints a sheet to mend: write the right values into its column `value`, or `-` where
    there is none, and `knipsel correct --from SHEET.csv` takes them up.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    rows = opened(warehouse).doubts(below=below)
    if as_json:
        print_json(rows)
    elif as_csv:
        typer.echo(in_csv(_SHEET, map(_sheet_row, rows)), nl=False)
    else:
        _print(rows, limit)


def _sheet_row(row: dict[str, Any]) -> Sequence[object]:
    blank = {"value": None, "who": None, "why": None, "now": row["value"]}
    return [(row | blank).get(name) for name in _SHEET]


def _print(rows: Iterable[dict[str, Any]], limit: int) -> None:
    lines = [_line(list(group)) for _, group in groupby(rows, key=_same)]
    if not lines:
        typer.echo("Nothing is in doubt.")
        return
    columns = ("field", "rule", "value", "articles", "confidence", "such as")
    print_table(columns, lines[:limit])
    if len(lines) > limit:
        typer.echo(f"and {len(lines) - limit:,} more (--limit, --json, --csv)")
    typer.echo("`knipsel explain ARTICLE FIELD` shows the evidence, `knipsel correct` mends it.")


def _same(row: dict[str, Any]) -> tuple[object, ...]:
    """Return what rows have in common that stand in one line: a finding about one value."""
    return row["rule"], row["field"], row["found"]


def _line(rows: Sequence[dict[str, Any]]) -> Sequence[object]:
    first = rows[0]
    value = first["found"] if first["found"] is not None else first["value"]
    shown = ", ".join(row["article_id"] for row in rows[:_SHOWN_ARTICLES])
    return (
        first["field"],
        first["rule"],
        said(first["field"], value) if value is not None else None,
        len(rows),
        first["confidence"],
        shown + (" …" if len(rows) > _SHOWN_ARTICLES else ""),
    )
