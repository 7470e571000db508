"""Taking a text away for good, in steps that can be repeated until all are done."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from knipsel.flows.config.corrections_file import read_corrections
from knipsel.flows.config.furniture_file import read_furniture
from knipsel.flows.runs.leftovers import (
    Outcome,
    Told,
    finish_retraction,
    finish_what_was_begun,
    silent,
)
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.stages import run_record
from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.registers.articles.corrections import Correction
from knipsel.warehouse.intake.containers.model import KINDS
from knipsel.warehouse.intake.holders import make_known
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.journal import (
    Journal,
    write_journal,
)
from knipsel.warehouse.retraction.lake import take_away
from knipsel.warehouse.retraction.mentions import names_of
from knipsel.warehouse.retraction.near_copies import sketch_departing
from knipsel.warehouse.retraction.proof.passages import needles
from knipsel.warehouse.retraction.releases import holding
from knipsel.warehouse.retraction.sources import keys_of, read_sources, texts_of
from knipsel.warehouse.retraction.targets import Request, Targets, find_targets


def what_would_go(
    warehouse: Warehouse, request: Request, settings: DuplicateSettings
) -> tuple[Targets, list[str]]:
    """Return what a request would take away, and the releases that hold any of it.

    Raises `NoWarehouseError`, or `NothingToRetractError`.
    """
    with open_lake(warehouse, read_only=True) as connection:
        targets = find_targets(connection, warehouse, request, settings)
        return targets, holding(connection, warehouse)


def retract(
    warehouse: Warehouse,
    request: Request,
    reason: str,
    run: Run,
    settings: DuplicateSettings,
    *,
    check: CorpusCheck | None = None,
    told: Told = silent,
) -> tuple[Targets, Outcome]:
    """Take away what a request names, from everywhere, and prove it.

    ``check`` is how the articles that stay are held against each other, as in a run.
    Nobody else is at work meanwhile. Once the tombstones are committed, the text is gone for
    whoever asks the lake; what follows is done again if it is interrupted. Raises
    `NothingToRetractError`, or `UnprovenRetractionError` where a file could not be cleared.
    """
    with running(warehouse, finish_what_was_begun, alone=True):
        make_known(warehouse)
        with locked(warehouse), open_lake(warehouse) as connection:
            targets = find_targets(connection, warehouse, request, settings)
            told("Reading what goes")
            write_journal(warehouse, _journal(connection, warehouse, run.run_id))
            sketch_departing(connection, warehouse)
            told("Taking it out of the lake")
            record = run_record(run, "retract", datetime.now(UTC))
            take_away(connection, record, reason, settings, check or CorpusCheck())
        outcome = finish_retraction(warehouse, told)
    if outcome is None:
        message = "The retraction was committed, but left no tombstones."
        raise RuntimeError(message)
    return targets, outcome


def _journal(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, run_id: str) -> Journal:
    """Return what is needed to finish, and to prove that nothing is left."""
    texts = list(texts_of(connection, warehouse))
    sources = read_sources(connection, warehouse.archive, KINDS)
    entries = {one.line for one in read_furniture(warehouse.furniture_file)}
    furniture = sorted(entries & keys_of(texts)) if entries else []
    corrections = _corrections_of(connection, warehouse)
    headlines = connection.execute("FROM retract_headlines").fetchall()
    return Journal(
        run_id,
        tuple(needles(texts, sources)),
        tuple(furniture),
        corrections,
        tuple(names_of(connection)),
        tuple((document_id, headline) for document_id, headline in headlines),
    )


def _corrections_of(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> tuple[str, ...]:
    """Return what is named in corrections of what goes; of files, those that nothing else is."""
    rows = read_corrections(warehouse.corrections_file).rows
    if not rows:
        return ()
    going = connection.execute("SELECT article_id FROM retract_articles").fetchall()
    articles = {row[0] for row in going}
    documents = connection.execute(
        "SELECT document_id, path, document_id IN (FROM retract_documents) "
        "FROM everywhere_documents"
    ).fetchall()
    gone = {row[0][:16] for row in documents if row[2]}

    def goes(one: Correction) -> bool:
        if one.facts.sha256:
            return one.target in articles or one.facts.sha256 in gone
        meant = {row[2] for row in documents if one.facts.matches(row[0], row[1])}
        return meant == {True}

    return tuple(sorted({one.target for one in rows if goes(one)}))
