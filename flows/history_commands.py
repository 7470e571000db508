"""The commands about what was published: which releases there are."""

from __future__ import annotations

from dataclasses import asdict

import typer

from flows.command_options import JsonOption, WarehouseOption, warehouse_at
from flows.settings import DEFAULT_WAREHOUSE

commands = typer.Typer()


@commands.command()
def releases(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """List the releases, oldest first."""
    from flows.output import print_json, print_table
    from warehouse.release.versions import read_versions

    rows = [asdict(release) for release in read_versions(warehouse_at(warehouse))]
    if as_json:
        print_json(rows)
    else:
        columns = ["version", "created_at", "articles", "documents", "code_version"]
        print_table(columns, [[row[name] for name in columns] for row in rows])
