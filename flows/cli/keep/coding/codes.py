"""The group ``codes``: codes of people taken in, listed, and how far they agree."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.keep.sheets import taking_in
from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    one_form,
    opened,
)
from knipsel.flows.cli.print.csv import print_csv
from knipsel.flows.cli.print.tables import print_facts, print_json, print_table

if TYPE_CHECKING:
    from knipsel.flows.plan.coding import AddedCodes
    from knipsel.transforms.checks.coding.agreement import Agreement

group = typer.Typer(no_args_is_help=True, help="Take in what people coded; see how they agree.")
_COLUMNS = ("variable", "level", "units", "coders", "values", "alpha")


@group.command()
def add(
    file: Annotated[
        Path,
        typer.Argument(help="The sheet with the codes, XLSX or CSV.", exists=True, dir_okay=False),
    ],
    coder: Annotated[str, typer.Option("--coder", help="Who coded; it stays on record.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Take in a sheet that a person coded; coded again, a unit has the new codes."""
    if not coder.strip():
        raise typer.BadParameter("Say who coded.", param_hint="--coder")
    with taking_in(file):
        added = opened(warehouse).codes_add(file, coder=coder.strip())
    if as_json:
        print_json(asdict(added))
    else:
        _print(added)


def _print(added: AddedCodes) -> None:
    facts: list[tuple[str, object]] = [
        ("new codes", added.added),
        ("changed", added.changed or None),
        ("known already", added.known or None),
        ("lines not coded yet", added.open or None),
        ("of what is no more", added.gone or None),
        ("of a text that is another now", added.outdated or None),
    ]
    if added.added or added.changed:
        facts.append(("next", "`knipsel publish` brings them into a release."))
    print_facts([(name, fact) for name, fact in facts if fact is not None])


@group.command("list")
def list_codes(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List all codes, published or not."""
    from knipsel.warehouse.release.checks.coding.keep import NAMES

    one_form(as_json=as_json, as_csv=as_csv)
    rows = [asdict(code) for code in opened(warehouse).codes()]
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(NAMES, [tuple(row.values()) for row in rows])
    else:
        names = ("unit_id", "variable", "value", "coder", "note")
        print_table(names, [[row[name] for name in names] for row in rows])


@group.command()
def agreement(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """Tell how far coders agree on each variable: Krippendorff's alpha."""
    found = opened(warehouse).codes_agreement()
    if as_json:
        print_json([asdict(one) for one in found])
        return
    print_table(_COLUMNS, [_cells(one) for one in found])
    typer.echo(
        "alpha is 1 where coders always agree, 0 where they do as by chance. Units count that two "
        "or more people coded."
    )


def _cells(one: Agreement) -> tuple[object, ...]:
    alpha = "not to be told" if one.alpha is None else f"{one.alpha:.3f}"
    return (one.variable, one.level, one.units, one.coders, one.values, alpha)
