"""The command ``diff``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    VersionArgument,
    WarehouseOption,
    opened,
)
from knipsel.flows.cli.print.tables import print_facts, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.warehouse.release.difference import Difference


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
    from knipsel.flows.keep.rollback import text_changes
    from knipsel.warehouse.release.difference import difference
    from knipsel.warehouse.release.rollback import find_release

    place = opened(warehouse).place
    one, other = find_release(place, older), find_release(place, newer)
    found = difference(place, one, other)
    if as_json:
        print_json(asdict(found))
    else:
        print_difference(found, dict(text_changes(place, one, other, found, limit)), limit)


def print_difference(found: Difference, texts: Mapping[str, list[str]], limit: int) -> None:
    """Print how many articles differ, then some of each kind, then how their texts did."""
    kinds = {"added": found.added, "changed": found.changed, "gone": found.gone}
    print_facts([(name, f"{len(rows):,}") for name, rows in kinds.items()])
    for name, rows in kinds.items():
        if rows[:limit]:
            typer.echo(f"\n{name.capitalize()}")
            print_table(["article", "headline", "why"], [_row(row) for row in rows[:limit]])
        if len(rows) > limit:
            typer.echo(f"and {len(rows) - limit:,} more (--limit, --json)")
    if found.not_compared:
        typer.echo(
            f"\nNot compared, since only one of the two has it: {', '.join(found.not_compared)}"
        )
    for name, lines in texts.items():
        typer.echo(f"\n{name}")
        typer.echo("\n".join(lines))


def _row(row: dict[str, Any]) -> list[object]:
    why = row["why"]
    if row.get("columns"):
        why = f"{', '.join(row['columns'])}. {why}"
    return [row["article_id"], row["headline"], why]
