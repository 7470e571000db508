"""The command ``learn``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import console_for_tables, print_json, print_table

if TYPE_CHECKING:
    from knipsel.flows.learn import Learned


def learn(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    documents: Annotated[
        int, typer.Option("--documents", min=2, help="Lines in so many documents, or more.")
    ] = 5,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find lines that recur on the pages of the corpus, and list them in its register."""
    from knipsel.flows.learn import learn as learn_furniture

    learned = learn_furniture(opened(warehouse).place, documents, write=not dry_run)
    print_json(learned.rows()) if as_json else print_learned(learned, is_written=not dry_run)


def print_learned(learned: Learned, *, is_written: bool) -> None:
    """Print the register of furniture, what is new in it, and what that does."""
    rows = learned.rows()
    if not rows:
        console_for_tables().print("No line of any article recurs on the pages of this corpus.")
        return
    columns = ["use", "new", "documents", "removed", "line"]
    print_table(columns, [[row[name] for name in columns] for row in rows])
    used = sum(bool(row["use"]) for row in rows)
    place = f"{'Written to' if is_written else 'Would be written to'} {learned.file}"
    console_for_tables().print(
        f"{place}: {len(rows):,} lines, {len(learned.new):,} of them new. Removed from every "
        f"article read from now on: {used:,}, by what `use` says there.",
        highlight=False,
    )
