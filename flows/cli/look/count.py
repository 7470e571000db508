"""The command ``count``: how many articles, surely, possibly, and as far as was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    names_in,
    one_form,
    opened,
)
from knipsel.flows.cli.print.csv import print_csv
from knipsel.flows.cli.print.tables import NOT_KNOWN, print_json, print_table

if TYPE_CHECKING:
    from knipsel.transforms.checks.counting import Count
    from knipsel.warehouse.release.checks.counts import Counts

_TOO_FEW = "too few"
_FIGURES = ("surely", "possibly", "checked", "estimate", "low", "high")


def count(
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="What to count by, divided by commas: month or year, publisher, language, genre, "
            "section, topic, author.",
        ),
    ],
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            help="Count only what meets it, such as topic=climate or year=2022; `-` for none. "
            "May be given several times.",
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Count articles of the latest release, each text once, with what checks say of the count."""
    one_form(as_json=as_json, as_csv=as_csv)
    try:
        counts = opened(warehouse).count(names_in(by), where or [])
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    names = counts.question.by
    if as_json:
        print_json([_as_dict(names, one) for one in counts.rows])
        return
    if as_csv:
        rows = [tuple(_as_dict(names, one).values()) for one in counts.rows]
        print_csv((*names, *_FIGURES), rows)
        return
    if not counts.rows:
        typer.echo(_nothing(where or []), err=True)
        return
    print_table((*names, "surely", "possibly", "estimate"), [_cells(one) for one in counts.rows])
    typer.echo(_rests_on(counts))


def _nothing(where: list[str]) -> str:
    """Say why there may be nothing to count."""
    if not where:
        return "There is no article to count."
    return (
        f"No article meets {' and '.join(where)}. A value is meant as a whole; "
        "`knipsel count --by` shows which there are."
    )


def _as_dict(names: tuple[str, ...], one: Count) -> dict[str, Any]:
    bounds = (one.estimate, one.low, one.high)
    rounded = (None if bound is None else round(bound, 1) for bound in bounds)
    figures = (one.surely, one.possibly, one.checked, *rounded)
    return dict(zip((*names, *_FIGURES), (*one.cell, *figures), strict=True))


def _cells(one: Count) -> tuple[object, ...]:
    estimate = f"{_TOO_FEW} ({one.checked} checked)"
    if one.estimate is not None and one.low is not None and one.high is not None:
        estimate = f"{one.estimate:,.0f} ({one.low:,.0f} to {one.high:,.0f})"
    cell = (NOT_KNOWN if value is None else value for value in one.cell)
    return (*cell, f"{one.surely:,}", f"{one.possibly:,}", estimate)


def _rests_on(counts: Counts) -> str:
    """Say in a sentence what the estimates rest on."""
    columns = counts.checked_columns
    if not columns:
        return "Nothing of this was checked: `knipsel check draw` draws a sample."
    rest = [name for name in counts.question.columns if name not in columns]
    as_is = f"; {', '.join(rest)} as it stands" if rest else ""
    return f"Estimates rest on {counts.sampled:,} articles checked for {', '.join(columns)}{as_is}."
