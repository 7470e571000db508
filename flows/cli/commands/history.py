"""The commands about what was published: which releases there are, how they differ, going back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from knipsel.flows.cli.options import JsonOption, WarehouseOption, warehouse_at
from knipsel.flows.config.settings import DEFAULT_WAREHOUSE

commands = typer.Typer()

VersionArgument = Annotated[str, typer.Argument(help="A release's number, such as 3 or 000003.")]


@commands.command()
def releases(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """List the releases, oldest first; readers take the one that is marked as latest."""
    from knipsel.flows.cli.print.tables import print_json, print_table
    from knipsel.warehouse.release.versions import current_release, read_versions

    place = warehouse_at(warehouse)
    known = read_versions(place)
    latest = current_release(place, known)
    rows = [asdict(release) | {"is_latest": release == latest} for release in known]
    if as_json:
        print_json(rows)
    else:
        columns = ["version", "created_at", "articles", "documents", "code_version", "is_latest"]
        print_table(columns, [[row[name] for name in columns] for row in rows])


@commands.command()
def rollback(
    version: VersionArgument,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Go back to a release: readers take it at once, and the lake holds what it holds."""
    from knipsel.flows.cli.print.tables import print_facts, print_json
    from knipsel.flows.rollback import roll_back

    release = roll_back(warehouse_at(warehouse), version)
    if as_json:
        print_json(asdict(release))
        return
    facts: list[tuple[str, Any]] = [
        ("latest release", release.version),
        ("articles", release.articles),
        ("note", "Files that came later are read again when they are next seen."),
    ]
    print_facts(facts)


@commands.command()
def diff(
    older: VersionArgument,
    newer: VersionArgument,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Show so many articles of each kind at most.")
    ] = 20,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Tell how a release differs from another: articles added, changed, gone, and why."""
    from knipsel.flows.cli.print.history import print_difference
    from knipsel.flows.cli.print.tables import print_json
    from knipsel.flows.rollback import text_changes
    from knipsel.warehouse.release.difference import difference
    from knipsel.warehouse.release.rollback import find_release

    place = warehouse_at(warehouse)
    one, other = find_release(place, older), find_release(place, newer)
    found = difference(place, one, other)
    if as_json:
        print_json(asdict(found))
    else:
        print_difference(found, dict(text_changes(place, one, other, found, limit)), limit)
