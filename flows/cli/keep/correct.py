"""The command ``correct``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json, print_table, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.flows.runs.open_warehouse import OpenWarehouse

_NEXT = "`knipsel reprocess` reads the file again, and the article carries it."
_COLUMNS = ("line", "target", "field", "value", "who", "why", "articles", "effect")


def correct(
    article: Annotated[
        str | None,
        typer.Argument(
            help="An article by its identifier, or how that starts; or a file by its name. Without "
            "one all corrections are listed."
        ),
    ] = None,
    field: Annotated[
        str | None, typer.Argument(help="The field to correct, such as headline.")
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(
            help="Its right value; several authors are divided by `;`. `-` where it has none."
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Who says so; it stays on record.")
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", help="Why, or where it stands; it stays on record.")
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="A sheet of `knipsel doubt --csv` with right values in its column `value`.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take a correction back, or all of an article.")
    ] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Correct what articles carry, list what was corrected, or take it back."""
    house = opened(warehouse)
    if sheet is not None:
        if article is not None or remove:
            raise typer.BadParameter("Name a sheet or an article, not both.", param_hint="--from")
        _take_up(house, sheet, who, why, as_json=as_json)
    elif remove:
        _remove(house, article, field, value, as_json=as_json)
    elif field is None:
        _list(house, article, as_json=as_json)
    else:
        _write(house, (str(article), field, value), (who, why), as_json=as_json)


def _write(
    house: OpenWarehouse,
    correction: tuple[str, str, str | None],
    by: tuple[str | None, str | None],
    *,
    as_json: bool,
) -> None:
    from knipsel.transforms.registers.articles.corrections import corrected

    article, field, value = correction
    who, why = ((one or "").strip() for one in by)
    if value is None:
        raise typer.BadParameter("Say its right value, or `-` where it has none.")
    try:
        corrected(field, value)
        if not who or not why:
            raise typer.BadParameter("Say who says so and why: --who, --why.")
        written = house.correct(article, field, value, who=who, why=why)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(written)
        return
    carried = {name: said(field, written[name] or "none") for name in ("value", "was")}
    shown = {**written, **carried, "replaced": written["replaced"] or None}
    facts = [(name, fact) for name, fact in shown.items() if fact is not None]
    print_facts([*facts, ("next", _NEXT)])


def _take_up(
    house: OpenWarehouse, sheet: Path, who: str | None, why: str | None, *, as_json: bool
) -> None:
    try:
        written = house.correct_from(sheet.read_text("utf-8-sig"), who=who, why=why)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--from") from error
    if as_json:
        print_json(written)
        return
    print_facts([(f"{row['target']} {row['field']}", row["value"] or "none") for row in written])
    typer.echo(_NEXT if written else "No line of the sheet has a value.")


def _list(house: OpenWarehouse, article: str | None, *, as_json: bool) -> None:
    rows = [row for row in house.corrections() if str(row["target"]).startswith(article or "")]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(_COLUMNS, [_cells(row) for row in rows])
    else:
        typer.echo("Nothing was corrected.")


def _cells(row: dict[str, Any]) -> Sequence[object]:
    return [*(row[name] for name in _COLUMNS[:-1]), row["fate"] or "in effect"]


def _remove(
    house: OpenWarehouse,
    article: str | None,
    field: str | None,
    value: str | None,
    *,
    as_json: bool,
) -> None:
    if article is None or value is not None:
        raise typer.BadParameter("Name an article, and a field where not all of it is taken back.")
    try:
        taken = house.take_back(article, field)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(taken)
        return
    print_facts([(f"taken back: {row['target']} {row['field']}", row["value"]) for row in taken])
    typer.echo("`knipsel reprocess` reads the file again, and the article is without it.")
