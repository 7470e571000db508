"""The command ``reprocess``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    PublishOption,
    VerboseOption,
    WarehouseOption,
    opened,
    quiet,
)
from knipsel.flows.cli.print.tables import (
    console_for_tables,
    print_facts,
    print_json,
    print_summary,
)
from knipsel.flows.cli.print.terminal import printable_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.flows.runs.open_warehouse import OpenWarehouse
    from knipsel.flows.runs.summary import AgainSummary, DryRun
    from knipsel.warehouse.queries.changes.diffs import ArticleDiff, DocumentDiff
    from knipsel.warehouse.queries.changes.listed import Changes

NOTHING = "Every document is as the current transforms read it; --all reads all again."

SHOWN_LINES = 60
"""Lines of a diff that a person is shown; JSON has all."""

NAMED = 10
"""Documents that are named where their articles vanish."""

VALUE_CHARACTERS = 120
"""How much of a value a person is shown."""

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


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
    publish: PublishOption = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Bring outdated documents up to date: read again from the archive, or annotated anew."""
    quiet(verbose=verbose)
    if dry_run:
        _try(documents or None, warehouse, limit, is_all=is_all, as_json=as_json)
    else:
        _carry_out(documents or None, warehouse, is_all=is_all, publish=publish, as_json=as_json)


def _outdated(
    documents: list[str] | None, house: OpenWarehouse, *, is_all: bool
) -> tuple[list[str] | None, bool]:
    """Return the identifiers of named documents, and whether there is anything to read."""
    from knipsel.flows.cli.quarantine.documents import resolve
    from knipsel.flows.cli.run import check_registers
    from knipsel.flows.config.inputs import current_version
    from knipsel.flows.plan.reprocessing import outdated_documents

    place = house.place
    only = [one.document_id for one in resolve(documents, place)] if documents else None
    check_registers(place, house.settings)
    version = current_version(place, house.settings)
    return only, bool(outdated_documents(place, house.settings, version, only, is_all=is_all))


def _try(
    documents: list[str] | None, warehouse: Path, limit: int, *, is_all: bool, as_json: bool
) -> None:
    """Print what would change."""
    from knipsel.flows.cli.run import (
        check_writable,
        command_watch,
        flows_at_work,
        prepare_audit,
        shown,
    )

    house = opened(warehouse)
    only, is_any = _outdated(documents, house, is_all=is_all)
    if not is_any:
        print_json(None) if as_json else typer.echo(NOTHING)
        return
    check_writable(house.folder)
    with shown(), flows_at_work(command_watch(), prepare_audit):
        from knipsel.flows.reprocess import try_reprocessing

        outcome = try_reprocessing(only, is_all, str(warehouse), limit)
    print_json(outcome.as_dict()) if as_json else print_dry_run(outcome)


def _carry_out(
    documents: list[str] | None, warehouse: Path, *, is_all: bool, publish: bool, as_json: bool
) -> None:
    """Read the documents again and print what changed."""
    from knipsel.flows.cli.run import reading_again

    house = opened(warehouse)
    only, is_any = _outdated(documents, house, is_all=is_all)
    if not is_any:
        print_json(None) if as_json else typer.echo(NOTHING)
        return

    def run() -> AgainSummary:
        from knipsel.flows.reprocess import reprocess as flow

        return flow(only, is_all, str(warehouse), publish=publish)

    summary = reading_again(house.folder, run)
    if summary.changes and not as_json:
        print_warning(summary.changes)
    print_summary(summary, as_json=as_json)


def print_dry_run(outcome: DryRun) -> None:
    """Print what would change; nothing was changed."""
    from knipsel.flows.runs.summary import change_words

    console = console_for_tables()
    changes = outcome.changes
    print_warning(changes)
    total = sum(changes.kinds.values())
    facts: list[tuple[str, object]] = [("documents read", f"{total:,}")]
    facts += [(name, f"{count:,}") for name, count in change_words(changes).items()]
    facts += [(f"changes in {name}", f"{count:,}") for name, count in changes.fields.items()]
    print_facts(facts)
    for note in outcome.notes:
        console.print(escape(printable_text(note)), highlight=False)
    for diff in outcome.diffs:
        _print_document(diff)
    left = len(changes.documents) - len(outcome.diffs)
    if left:
        console.print(f"\n{left:,} more documents change; --limit shows more.")
    console.print("\nNothing was changed; without --dry-run it is.")


def print_warning(changes: Changes) -> None:
    """Name the documents that were published and are held back, first of all."""
    gone = [one for one in changes.documents if one.kind == "newly_held_back"]
    if not gone:
        return
    console = console_for_tables()
    who = (
        "One published document is held back from now on, and its"
        if len(gone) == 1
        else f"{len(gone):,} published documents are held back from now on, and their"
    )
    console.print(f"[bold red]{who} articles vanish:[/bold red]")
    for one in gone[:NAMED]:
        why = printable_text("; ".join(one.reasons))
        name = printable_text(one.file_name)
        console.print(f"  {one.document_id[:16]} {escape(name)}: {escape(why)}", highlight=False)
    if len(gone) > NAMED:
        console.print(f"  and {len(gone) - NAMED:,} more")


def _print_document(diff: DocumentDiff) -> None:
    """Print what happens to a document."""
    from knipsel.warehouse.queries.changes.listed import KINDS

    console = console_for_tables()
    one = diff.document
    name = printable_text(one.path)
    console.print(f"\n[bold]{escape(name)}[/bold] ({one.document_id[:16]})", highlight=False)
    console.print(KINDS[one.kind], highlight=False)
    for reason in one.reasons:
        console.print(f"  {escape(printable_text(reason))}", highlight=False)
    for article in diff.articles:
        _print_lines(_article_lines(article))
    if diff.removed_spans:
        _print_lines(["removed_spans", *diff.removed_spans])


def _article_lines(article: ArticleDiff) -> Iterator[str]:
    """Yield the lines about an article; of one on one side only, its headline and its text."""
    state = " is gone" if article.is_gone else " is new" if article.is_new else ""
    yield f"article {article.article_id}{state}: {article.headline or 'without a headline'}"
    if article.is_gone or article.is_new:
        yield from article.tables.get("text", [])
        return
    for name, (before, after) in article.fields.items():
        yield f"{name}:"
        yield from (f"{sign}{_value(value)}" for sign, value in (("-", before), ("+", after)))
    for name, lines in article.tables.items():
        yield name
        yield from lines


def _value(value: object) -> str:
    text = "(none)" if value is None else str(value)
    return text if len(text) <= VALUE_CHARACTERS else f"{text[: VALUE_CHARACTERS - 1]}…"


def _print_lines(lines: Iterator[str] | list[str]) -> None:
    """Print lines of a diff in its colours, so many at most."""
    console = console_for_tables()
    listed = list(lines)
    for line in listed[:SHOWN_LINES]:
        text = escape(printable_text(line))
        colour = _COLOURS.get(line[:1])
        console.print(f"[{colour}]{text}[/{colour}]" if colour else text, highlight=False)
    if len(listed) > SHOWN_LINES:
        console.print(f"[dim]({len(listed) - SHOWN_LINES:,} more lines; --json has all)[/dim]")
