"""The command ``retract``: takes texts away for good."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json

if TYPE_CHECKING:
    from knipsel.flows.runs.leftovers import Outcome
    from knipsel.flows.runs.open_warehouse import OpenWarehouse
    from knipsel.warehouse.layout import Warehouse
    from knipsel.warehouse.retraction.proof.prove import HeldSource
    from knipsel.warehouse.retraction.targets import Request, Targets

SHOWN = 8
"""Names that are printed of a long list; `--json` has all."""


def retract(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Articles or documents, by identifier or how it starts."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="All articles of this publisher.")
    ] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", help="SQL on the lake that gives article_id or document_id."),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; kept with the tombstone.")
    ] = None,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Their duplicates as well.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go, and take nothing away.")
    ] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help="Finish a retraction that was interrupted.")
    ] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Take texts away for good: from lake, archive and every release, with proof."""
    from knipsel.warehouse.retraction.targets import Request

    request = Request(tuple(names or ()), publisher, query, duplicates)
    if finish:
        _finish(opened(warehouse).place, as_json=as_json)
    elif not (request.names or publisher or query):
        message = "Name what is to go: an article, a document, --publisher or --query."
        raise typer.BadParameter(message)
    elif dry_run:
        _show(opened(warehouse), request, as_json=as_json)
    elif not (reason and reason.strip()):
        message = "Give a --reason; it is kept with the tombstone."
        raise typer.BadParameter(message)
    else:
        _retract(opened(warehouse), request, reason.strip(), as_json=as_json)


def _show(house: OpenWarehouse, request: Request, *, as_json: bool) -> None:
    from knipsel.flows.keep.retract import what_would_go

    targets, releases = what_would_go(house.place, request, house.settings.duplicates)
    if as_json:
        print_json(_facts(targets) | {"releases": releases})
        return
    rows = _rows(targets)
    rows.append(("releases to write anew", _listed(releases)))
    print_facts([*rows, ("note", "Nothing was changed; this is what would go.")])


def _retract(house: OpenWarehouse, request: Request, reason: str, *, as_json: bool) -> None:
    from knipsel.flows.config.corpus_check import corpus_check
    from knipsel.flows.keep.retract import retract
    from knipsel.flows.runs.stages import run_without_flow
    from knipsel.warehouse.backup.places import backup_places

    place, duplicates = house.place, house.settings.duplicates
    check = corpus_check(place, house.settings)
    run = run_without_flow(str(uuid4()), datetime.now(UTC))
    targets, outcome = retract(place, request, reason, run, duplicates, check=check, told=_tell)
    if as_json:
        backups = {"backups": backup_places(place)}
        print_json(_facts(targets) | _outcome(outcome) | backups)
    else:
        print_facts([*_rows(targets), *_outcome_rows(outcome), *_backup_rows(place)])


def _finish(place: Warehouse, *, as_json: bool) -> None:
    from knipsel.flows.runs.leftovers import finish_all_retractions, settle_archive
    from knipsel.flows.runs.lock import running

    with running(place, None, alone=True):
        outcomes = finish_all_retractions(place, _tell)
        removed = settle_archive(place)
    if as_json:
        print_json([_outcome(outcome) for outcome in outcomes])
        return
    rows = [row for one in outcomes for row in _outcome_rows(one)]
    if removed:
        rows.append(("sources that no other holds now", f"{removed:,}, removed from the archive"))
    print_facts(rows or [("note", "There is no retraction to finish.")])


def _tell(what: str) -> None:
    """Tell a person who waits what is being done."""
    typer.echo(f"{what} …", err=True)


def _facts(targets: Targets) -> dict[str, Any]:
    """Return what goes, for programs."""
    from dataclasses import asdict

    return {name: list(values) for name, values in asdict(targets).items()}


def _listed(names: Sequence[str]) -> str:
    """Return names for a person: how many, and the first of them."""
    shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
    return f"{len(names):,}" + (f": {shown}" if names else "")


def _short(documents: Sequence[str]) -> list[str]:
    """Return identifiers of documents as people give them."""
    return [name[:16] for name in documents]


def _rows(targets: Targets) -> list[tuple[str, object]]:
    """Return what goes, for a person."""
    rows: list[tuple[str, object]] = [
        ("articles", _listed(targets.articles)),
        ("sources, as tombstones", _listed(_short(targets.documents))),
        ("files in the archive", f"{len(targets.archived):,}"),
    ]
    if targets.containers:
        what = "tombstones as containers only; what else is in them stays, and is read on"
        rows.append(("archives that it was in", f"{_listed(_short(targets.containers))}: {what}"))
    kept = set(targets.archived) - set(targets.documents)
    if kept:
        text = f"{_listed(_short(sorted(kept)))}; without their bytes from now on"
        rows.append(("sources that keep other articles", text))
    if targets.only_in_releases:
        what = "take what went out of the file, and ingest the rest as a new one"
        text = f"{_listed(_short(targets.only_in_releases))}; {what}"
        rows.append(("whose other articles only releases have", text))
    rows += [("seen as, and left alone there", path) for path in targets.paths[:SHOWN]]
    if targets.alike:
        text = f"{_listed(targets.alike)}; add --duplicates to take them away too"
        rows.append(("duplicates that stay", text))
    return rows


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """Return what was done, for programs."""
    from dataclasses import asdict

    certificate = str(outcome.certificate)
    return {
        "releases": list(outcome.releases),
        "proof": asdict(outcome.proof),
        "certificate": certificate,
    }


def _outcome_rows(outcome: Outcome) -> list[tuple[str, object]]:
    """Return what was done, for a person."""
    proof = outcome.proof
    found = "none of them holds any"
    if proof.also_in:
        holders = _listed([f"{name[:24]} ({count})" for name, count in proof.also_in])
        found = f"found only where others say the same: {holders}"
    searched = f"{proof.files:,} files, {proof.bytes / 1e6:,.1f} MB"
    rows: list[tuple[str, object]] = [
        ("releases written anew", _listed(outcome.releases)),
        ("proof", f"{searched} searched for {proof.passages:,} passages; {found}"),
    ]
    if proof.elsewhere:
        places = _listed([f"{name[:24]} in {version}" for name, version in proof.elsewhere])
        rows.append(("of these only in releases", f"{places}; `knipsel retract` takes any of them"))
    if proof.strangers:
        text = f"{_listed(proof.strangers)}; to be removed by hand"
        rows.append(("of no document, but hold it", text))
    if proof.held_by:
        rows.append(("stays for other warehouses", _held(proof.held_by)))
    return [*rows, ("certificate", outcome.certificate)]


def _backup_rows(place: Warehouse) -> list[tuple[str, object]]:
    """Return where backups are that hold what went, and how to have it in none."""
    from knipsel.warehouse.backup.places import backup_places

    folders = backup_places(place)
    how = "`knipsel backup FOLDER --keep 1` takes one without it and lets the others go"
    return [("backups hold it still", f"{', '.join(folders)}; {how}")] if folders else []


def _held(sources: Sequence[HeldSource]) -> str:
    """Return whose archived sources also are, and how they go."""
    named = _listed([f"{one.document_id[:16]} by {one.folder}" for one in sources])
    claims = sorted({one.claim for one in sources if one.claim})
    gone = f"; where that is no more, remove {', '.join(claims)} and run `knipsel retract --finish`"
    return f"{named}; retract it there too{gone if claims else ''}"
