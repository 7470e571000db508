"""How the difference between two releases is printed."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from knipsel.flows.cli.print.tables import print_facts, print_table
from knipsel.warehouse.queries.queries import Row
from knipsel.warehouse.release.difference import Difference


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


def _row(row: Row) -> list[object]:
    why = row["why"]
    if row.get("columns"):
        why = f"{', '.join(row['columns'])}. {why}"
    return [row["article_id"], row["headline"], why]
