"""What an interrupted run left to be finished: a retraction, or a way back to a release."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from knipsel.flows.config.corrections_file import edit_corrections
from knipsel.flows.config.furniture_file import forget_lines
from knipsel.flows.runs.stages import run_record, run_without_flow
from knipsel.flows.server.forgetting import forget_names, prefect_homes, temporary_folders
from knipsel.warehouse.intake.holders import let_go, make_known, settle
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release import rollback
from knipsel.warehouse.release.checks.marks import forget_marks
from knipsel.warehouse.retraction.journal import (
    journal_file,
    journal_files,
    put_aside,
    read_journal,
)
from knipsel.warehouse.retraction.lake import purge, tombstones_of
from knipsel.warehouse.retraction.mentions import forget_said, take_headlines
from knipsel.warehouse.retraction.proof.certificate import write_certificate
from knipsel.warehouse.retraction.proof.prove import Proof, prove
from knipsel.warehouse.retraction.proof.search import Finder
from knipsel.warehouse.retraction.releases import rewrite_releases
from knipsel.warehouse.retraction.sources import is_said

log = logging.getLogger(__name__)

Told = Callable[[str], None]
"""Is told what is being done, for a person who waits."""


class UnprovenRetractionError(RuntimeError):
    """The text was taken away, but some of it is still in files."""

    def __init__(self, left: Sequence[str]) -> None:
        """Name the files."""
        self.left = tuple(left)
        super().__init__(
            "The text is gone from every table, but these files still hold some of it: "
            f"{', '.join(left)}. Remove them, and run `knipsel retract --finish`; anything else "
            "can go on meanwhile."
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a retraction did: the releases that were written anew, the proof, and where it is kept.

    Of the releases the labels are given, ``certificate`` is the file of the proof as text.
    """

    releases: tuple[str, ...]
    proof: Proof
    certificate: Path


def silent(_: str) -> None:
    """Tell nobody."""


def finish_what_was_begun(warehouse: Warehouse) -> None:
    """Finish a retraction, or a way back to a release, that was interrupted.

    Nobody else is at work. What only a person can remove is told, and stops nobody.
    """
    if journal_file(warehouse).exists():
        try:
            finish_retraction(warehouse)
        except UnprovenRetractionError as error:
            log.warning("%s", error)
    if rollback.pending_file(warehouse).exists():
        with locked(warehouse):
            rollback.complete(warehouse, rollback_record())


def rollback_record() -> dict[str, object]:
    """Return the row of ``runs`` for a way back to a release."""
    run = run_without_flow(str(uuid4()), datetime.now(UTC))
    return run_record(run, "rollback", datetime.now(UTC))


def finish_retraction(warehouse: Warehouse, told: Told = silent) -> Outcome | None:
    """Do what a retraction still has to do; None where there is none, or it never began.

    Whoever calls it sees to it that nobody else is at work. Raises `UnprovenRetractionError`, and
    nothing but the proof is left to be done then.
    """
    file = journal_file(warehouse)
    return _finish(warehouse, file, told) if file.exists() else None


def finish_all_retractions(warehouse: Warehouse, told: Told = silent) -> list[Outcome]:
    """Do what any retraction still has to do, those included that only lack their proof.

    As `finish_retraction` else; of several the error names all files.
    """
    finished: list[Outcome] = []
    left: list[str] = []
    for file in journal_files(warehouse):
        try:
            outcome = _finish(warehouse, file, told)
        except UnprovenRetractionError as error:
            left += error.left
        else:
            finished += [outcome] if outcome else []
    if left:
        raise UnprovenRetractionError(sorted(set(left)))
    return finished


def _finish(warehouse: Warehouse, file: Path, told: Told) -> Outcome | None:
    journal = read_journal(file)
    with locked(warehouse):
        with open_lake(warehouse) as connection:
            if not tombstones_of(connection, journal.run_id):
                file.unlink()
                return None
            _clear_archive(connection, warehouse)
            _forget(connection, warehouse, journal.furniture)
            forget_marks(warehouse, _articles_of(connection, journal.run_id))
            edit_corrections(
                warehouse.corrections_file, None, lambda one: one.target in journal.corrections
            )
            forget_names(journal.names)
            finder = Finder(journal.needles)
            forget_said(connection, finder)
            told("Writing releases anew")
            take_headlines(connection, journal.headlines)
            rewritten = rewrite_releases(connection, warehouse, journal.run_id, finder)
        told("Clearing the lake's files")
        purge(warehouse)
        told("Searching every file")
        with open_lake(warehouse, read_only=True) as connection:
            proof = prove(
                *(connection, warehouse, journal.needles, prefect_homes(), temporary_folders())
            )
            certificate = write_certificate(
                connection, warehouse, journal.run_id, rewritten, proof, now=datetime.now(UTC)
            )
        if proof.left:
            put_aside(warehouse, file, journal)
            raise UnprovenRetractionError(proof.left)
        file.unlink()
    return Outcome(tuple(rewritten), proof, certificate)


def _articles_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[str]:
    """Return the articles that a retraction took away."""
    rows = connection.execute(
        "SELECT article_id FROM lake.retractions WHERE run_id = $run AND article_id IS NOT NULL",
        {"run": run_id},
    )
    return [name for (name,) in rows.fetchall()]


def _clear_archive(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Let go of the sources, and of what people stated beside them."""
    gone = connection.execute("FROM retract_archived").fetchall()
    let_go(warehouse, {document_id for (document_id,) in gone})


def settle_archive(warehouse: Warehouse) -> int:
    """Remove retracted sources that no other warehouse holds any more; return how many."""
    make_known(warehouse)
    with locked(warehouse), open_lake(warehouse) as connection:
        return settle(connection, warehouse)


def _forget(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, lines: Sequence[str]
) -> None:
    """Take lines out of the register of furniture that no source has any more."""
    gone = set(lines) - is_said(connection, lines) if lines else set()
    if gone:
        forget_lines(warehouse.furniture_file, gone)
