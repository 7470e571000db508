"""The command ``verify``: checks everything."""

from __future__ import annotations

from dataclasses import asdict

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json


def verify(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """Check every checksum and invariant of lake, archive and releases; exit 1 if any is broken."""
    from knipsel.expectations.verify.verify import verify as check_all

    checks = check_all(opened(warehouse).place, _tell)
    if as_json:
        print_json([asdict(check) | {"success": check.success} for check in checks])
    else:
        rows = [(one.name, said) for one in checks for said in one.problems or ("sound",)]
        print_facts(rows)
    if not all(check.success for check in checks):
        raise typer.Exit(1)


def _tell(what: str) -> None:
    """Tell a person who waits what is being checked."""
    typer.echo(f"Checking: {what} …", err=True)
