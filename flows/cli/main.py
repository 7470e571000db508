"""The command ``knipsel``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from knipsel.flows.cli.commands import annotate as annotate_commands
from knipsel.flows.cli.commands import history as history_commands
from knipsel.flows.cli.commands import quarantine as quarantine_commands
from knipsel.flows.cli.commands import registers as register_commands
from knipsel.flows.cli.commands import reprocess as reprocess_commands
from knipsel.flows.cli.commands import retract as retract_commands
from knipsel.flows.cli.commands import sql as sql_commands
from knipsel.flows.cli.commands import verify as verify_commands
from knipsel.flows.cli.options import (
    JsonOption,
    VerboseOption,
    WarehouseOption,
    quiet,
    warehouse_at,
)
from knipsel.flows.config.settings import DEFAULT_WAREHOUSE, Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Turn raw article files into a clean, deduplicated, validated corpus.",
)


class ExitCode(IntEnum):
    """What the command tells the shell."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; the configured ones where none is given."),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: Annotated[
        bool, typer.Option("--publish/--no-publish", help="Publish a release at the end.")
    ] = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Ingest files: read, clean, describe, audit, commit, and publish a release."""
    from knipsel.flows.cli.run import run_ingest

    quiet(verbose=verbose)
    summary = run_ingest(paths, warehouse, publish=publish)
    from knipsel.flows.cli.print.tables import print_facts, print_json

    if as_json:
        print_json(summary.as_dict())
    else:
        print_facts([(row["what"], row["value"]) for row in summary.rows()])


@app.command()
def publish(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Publish a release of what the lake holds, where the last one does not hold it."""
    from knipsel.flows.cli.run import run_publish

    quiet(verbose=verbose)
    published = run_publish(warehouse)
    from knipsel.flows.cli.print.tables import print_facts, print_json

    facts = {
        "release": published.version,
        "folder": str(published.folder),
        "new": published.is_new,
        "tables written": len(published.tables_written),
    }
    print_json(facts) if as_json else print_facts(list(facts.items()))


@app.command()
def serve(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    verbose: VerboseOption = False,
) -> None:
    """Ingest and publish on a schedule until stopped."""
    from knipsel.flows.cli.run import run_serve

    quiet(verbose=verbose)
    run_serve(warehouse)


@app.command()
def status(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """Tell how the warehouse stands."""
    from knipsel.flows.cli.print.audit_words import audit_facts, bounds_status
    from knipsel.flows.cli.print.curated_report import contradiction_sentences, curated_problems
    from knipsel.flows.cli.print.tables import print_facts, print_json
    from knipsel.warehouse.queries.queries import status as ask_status

    place, settings = warehouse_at(warehouse), Settings()
    answer = ask_status(place) | curated_problems(place, settings)
    answer |= bounds_status(place, settings.bounds)
    if as_json:
        print_json(answer)
        return
    reasons = answer.pop("quarantine_reasons")
    last_run = answer.pop("last_run") or {}
    contradicted = contradiction_sentences(answer.pop("contradicted_facts"))
    unmatched = answer.pop("unmatched_entries")
    audited = audit_facts(answer)
    facts = [(name.replace("_", " "), value) for name, value in answer.items()]
    shown = ("flow", "started_at", "result", "files_seen", "files_new", "message")
    facts += [
        (f"last run: {name.replace('_', ' ')}", last_run[name])
        for name in shown
        if last_run.get(name) is not None
    ]
    facts += audited
    facts += [
        (f"held back: {reason['rule']}", f"{reason['documents']:,}: {reason['message']}")
        for reason in reasons
    ]
    facts += [("stated, but contradicted", sentence) for sentence in contradicted]
    facts += [("catalogue entry without a document", name) for name in unmatched]
    print_facts(facts)


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="An article's identifier, or how it starts.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what was left out, and why.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Print an article as read."""
    from knipsel.flows.cli.print.tables import print_article, print_json
    from knipsel.warehouse.queries.queries import show as ask_article

    answer = ask_article(warehouse_at(warehouse), article)
    print_json(answer) if as_json else print_article(answer, removed=removed)


@app.command()
def explain(
    article: Annotated[str, typer.Argument(help="An article's identifier, or how it starts.")],
    field: Annotated[
        str | None,
        typer.Argument(
            help="A field, such as date_published, or `duplicates`; all fields without one."
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Tell why an article carries its values, or with `duplicates` what it was compared with."""
    from knipsel.flows.cli.print.explain import print_explanation
    from knipsel.flows.cli.print.tables import print_json
    from knipsel.warehouse.queries.duplicates import FIELD
    from knipsel.warehouse.queries.explanation import explain as ask_why

    if field == FIELD:
        _explain_duplicates(article, warehouse, as_json=as_json)
        return
    answer = ask_why(warehouse_at(warehouse), article, field)
    print_json(answer) if as_json else print_explanation(answer)


def _explain_duplicates(article: str, warehouse: Path, *, as_json: bool) -> None:
    from knipsel.flows.cli.print.duplicates import print_duplicates
    from knipsel.flows.cli.print.tables import print_json
    from knipsel.warehouse.queries.duplicates import explain_duplicates

    answer = explain_duplicates(warehouse_at(warehouse), article, Settings().duplicates)
    print_json(answer) if as_json else print_duplicates(answer)


@app.command()
def preview(
    file: Annotated[str, typer.Argument(help="A file or an archive; `-` for standard input.")],
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what would be left out, and why.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Show so many documents of an archive at most.")
    ] = 20,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Print what a file would become, without storing anything."""
    from knipsel.flows.cli.print.tables import print_json, print_preview
    from knipsel.flows.read.preview import first_documents

    documents, is_cut = first_documents(file, Settings(), warehouse, limit)
    if as_json:
        print_json(documents)
        return
    for document in documents:
        print_preview(document, removed=removed)
    if is_cut:
        typer.echo(f"\nThere is more in the archive; these were the first {limit:,} (--limit).")


@app.command()
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
    from knipsel.flows.cli.print.tables import print_json, print_learned
    from knipsel.flows.learn import learn as learn_furniture

    learned = learn_furniture(warehouse_at(warehouse), documents, write=not dry_run)
    print_json(learned.rows()) if as_json else print_learned(learned, is_written=not dry_run)


app.add_typer(annotate_commands.commands)
app.add_typer(sql_commands.commands)
app.add_typer(history_commands.commands)
app.add_typer(retract_commands.commands)
app.add_typer(verify_commands.commands)
app.add_typer(quarantine_commands.commands)
app.add_typer(register_commands.commands)
app.add_typer(reprocess_commands.commands)


def _guarded(command: Callable[[], Any], *, verbose: bool) -> ExitCode:
    """Run the command; turn an error into one sentence and an exit code."""
    from knipsel.flows.cli.print.terminal import in_a_line
    from knipsel.flows.runs.errors import explain
    from knipsel.warehouse.secrets import redacted_traceback

    try:
        command()
    except Exception as error:  # noqa: BLE001 - it is told, in a sentence or in full
        code, sentence = explain(error)
        if verbose:
            typer.echo(redacted_traceback(type(error), error, error.__traceback__), err=True)
        typer.echo(f"Error: {in_a_line(sentence)}", err=True)
        return ExitCode(code)
    return ExitCode.DONE


def main() -> None:
    """Run the command line."""
    verbose = "--verbose" in sys.argv or "-v" in sys.argv
    sys.exit(_guarded(app, verbose=verbose))
