"""The command that reads documents again after the transforms changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from knipsel.flows.cli.options import JsonOption, VerboseOption, WarehouseOption, quiet
from knipsel.flows.config.settings import DEFAULT_WAREHOUSE

commands = typer.Typer()

NOTHING = "Every document is as the current transforms read it; --all reads all again."


@commands.command()
def reprocess(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Documents; all where none is given."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    is_all: Annotated[
        bool, typer.Option("--all", help="Also documents that the current transforms have read.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Show diffs of so many documents (--dry-run).")
    ] = 5,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: Annotated[
        bool, typer.Option("--publish/--no-publish", help="Publish a release at the end.")
    ] = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read documents of older transforms again, from the archive, and replace what they made."""
    quiet(verbose=verbose)
    if dry_run:
        _try(documents, warehouse, limit, is_all=is_all, as_json=as_json)
    else:
        _carry_out(documents, warehouse, is_all=is_all, publish=publish, as_json=as_json)


def _try(
    documents: list[str] | None, warehouse: Path, limit: int, *, is_all: bool, as_json: bool
) -> None:
    """Print what would change."""
    from knipsel.flows.cli.print.changes import print_dry_run
    from knipsel.flows.cli.print.tables import print_json
    from knipsel.flows.cli.run_again import run_dry_run

    outcome = run_dry_run(documents or None, warehouse, limit, is_all=is_all)
    if as_json:
        print_json(outcome and outcome.as_dict())
    elif outcome is None:
        typer.echo(NOTHING)
    else:
        print_dry_run(outcome)


def _carry_out(
    documents: list[str] | None, warehouse: Path, *, is_all: bool, publish: bool, as_json: bool
) -> None:
    """Read the documents again and print what changed."""
    from knipsel.flows.cli.print.changes import print_warning
    from knipsel.flows.cli.print.tables import print_facts, print_json
    from knipsel.flows.cli.run_again import run_reprocess

    summary = run_reprocess(documents or None, warehouse, is_all=is_all, publish=publish)
    if as_json:
        print_json(summary and summary.as_dict())
    elif summary is None:
        typer.echo(NOTHING)
    else:
        if summary.changes:
            print_warning(summary.changes)
        print_facts([(row["what"], row["value"]) for row in summary.rows()])
