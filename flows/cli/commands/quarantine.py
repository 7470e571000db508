"""The commands of the quarantine: what is held back, why, and the way back."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import (
    CsvOption,
    JsonOption,
    VerboseOption,
    WarehouseOption,
    one_form,
    quiet,
    warehouse_at,
)
from knipsel.flows.config.settings import DEFAULT_WAREHOUSE, Settings

commands = typer.Typer()
quarantine = typer.Typer(
    no_args_is_help=True, help="See what is held back and why, and bring it back."
)
commands.add_typer(quarantine, name="quarantine")

RuleOption = Annotated[
    str | None, typer.Option("--rule", help="Only documents that this rule holds back.")
]
PublishOption = Annotated[
    bool, typer.Option("--publish/--no-publish", help="Publish a release at the end.")
]
DocumentArgument = Annotated[
    str,
    typer.Argument(metavar="ID", help="A document's identifier, how it starts, or a file's name."),
]


@quarantine.command("list")
def list_command(
    rule: RuleOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Show so many documents; JSON and CSV show all.")
    ] = 50,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the documents that are held back, in the order of their paths."""
    from knipsel.flows.cli.held_back import list_held_back
    from knipsel.flows.cli.print.csv import print_csv
    from knipsel.flows.cli.print.quarantine import csv_listing, print_listing
    from knipsel.flows.cli.print.tables import print_json

    one_form(as_json=as_json, as_csv=as_csv)
    listing = list_held_back(warehouse_at(warehouse), Settings(), rule)
    if as_json:
        print_json(listing.as_dict())
    elif as_csv:
        print_csv(*csv_listing(listing))
    else:
        print_listing(listing, limit)


@quarantine.command()
def show(
    document: DocumentArgument,
    lines: Annotated[
        int, typer.Option("--lines", min=0, help="Show so many lines of the source.")
    ] = 20,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Tell all about a document: why it is held back, what to do, what it would become now."""
    from knipsel.flows.cli.held_back import show_document
    from knipsel.flows.cli.print.quarantine import print_document
    from knipsel.flows.cli.print.tables import print_json

    shown = show_document(warehouse_at(warehouse), Settings(), document, lines)
    print_json(shown) if as_json else print_document(shown)


@quarantine.command()
def replay(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Documents; all where none is given."),
    ] = None,
    rule: RuleOption = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: PublishOption = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read documents that are held back again, from the archive; publish those that pass."""
    from knipsel.flows.cli.print.tables import print_facts, print_json
    from knipsel.flows.cli.run_again import run_replay

    if documents and rule:
        raise typer.BadParameter("Name documents or a rule, not both.")
    quiet(verbose=verbose)
    summary = run_replay(documents or None, rule, warehouse, publish=publish)
    if as_json:
        print_json(summary and summary.as_dict())
    elif summary is None:
        typer.echo(f"Nothing is held back{f' by {rule}' if rule else ''}.")
    else:
        print_facts([(row["what"], row["value"]) for row in summary.rows()])


@quarantine.command()
def release(
    document: DocumentArgument,
    reason: Annotated[
        str, typer.Option("--reason", help="Why it is published nonetheless; it stays on record.")
    ],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: PublishOption = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Publish a document in spite of what holds it back, where that can be overruled."""
    from knipsel.flows.cli.print.tables import print_facts, print_json
    from knipsel.flows.cli.run_again import run_release

    if not reason.strip():
        raise typer.BadParameter("Say why the document is published.", param_hint="--reason")
    quiet(verbose=verbose)
    summary = run_release(document, reason.strip(), warehouse, publish=publish)
    if as_json:
        print_json(summary.as_dict())
    else:
        print_facts([(row["what"], row["value"]) for row in summary.rows()])
