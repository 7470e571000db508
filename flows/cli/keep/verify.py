"""The command ``verify``: checks everything."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.expectations.verify.verify import Check
    from knipsel.flows.runs.open_warehouse import OpenWarehouse

_TOLD = 20
"""How many problems an alert names."""


def verify(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    report: Annotated[
        bool, typer.Option("--report", help="Keep the outcome in the warehouse, in verified/.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check every checksum and invariant of lake, archive and releases; exit 1 if any is broken."""
    from knipsel.expectations.verify.verify import verify as check_all

    house = opened(warehouse)
    checks = check_all(house.place, _tell)
    if as_json:
        print_json([asdict(check) | {"success": check.success} for check in checks])
    else:
        print_facts([row for check in checks for row in _rows(check)])
    if report:
        from knipsel.expectations.verify.report import keep_report

        typer.echo(
            f"The report is {keep_report(house.place, checks, datetime.now(UTC))}.", err=True
        )
    if not all(check.success for check in checks):
        tell_of_damage(house, [said for one in checks for said in one.problems])
        raise typer.Exit(1)


def _rows(check: Check) -> Iterator[tuple[str, str]]:
    """Yield what a check found, for a person."""
    if check.success:
        yield check.name, " ".join(("sound", *(f"({note})" for note in check.notes)))
    for problem in check.problems:
        yield check.name, problem


def tell_of_damage(house: OpenWarehouse, problems: list[str]) -> None:
    """Alert whoever is to be told of what was found."""
    from knipsel.flows.server.reports.alerts import Alert, send

    sentence = f"`knipsel verify` found {len(problems):,} problems; the first: {problems[0]}"
    alert = Alert("verify", str(house.folder), sentence, {"problems": problems[:_TOLD]})
    send(alert, house.settings.alerts)


def _tell(what: str) -> None:
    """Tell a person who waits what is being checked."""
    typer.echo(f"Checking: {what} …", err=True)
