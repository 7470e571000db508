"""Taking a text away for good, in steps that can be repeated until all are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from knipsel.flows.config.furniture_file import forget_lines, read_furniture
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.stages import run_record
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.containers.model import KINDS
from knipsel.warehouse.intake.archive import discard
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.journal import (
    Journal,
    read_journal,
    remove_journal,
    write_journal,
)
from knipsel.warehouse.retraction.lake import purge, take_away, tombstones_of
from knipsel.warehouse.retraction.passages import needles
from knipsel.warehouse.retraction.proof import Proof, prove
from knipsel.warehouse.retraction.releases import holding, rewrite_releases
from knipsel.warehouse.retraction.sources import is_said, keys_of, read_sources, texts_of
from knipsel.warehouse.retraction.targets import Request, Targets, find_targets

Told = Callable[[str], None]
"""Is told what is being done, for a person who waits."""


class UnprovenRetractionError(RuntimeError):
    """The text was taken away, but some of it is still in files."""

    def __init__(self, left: Sequence[str]) -> None:
        """Name the files."""
        super().__init__(
            "The text is gone from every table, but these files still hold some of it: "
            f"{', '.join(left)}. Remove them, and run `knipsel retract --finish`."
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a retraction did: the releases that were written anew, and the proof."""

    releases: tuple[str, ...]
    proof: Proof


def silent(_: str) -> None:
    """Tell nobody."""


def what_would_go(warehouse: Warehouse, request: Request) -> tuple[Targets, list[str]]:
    """Return what a request would take away, and the releases that hold any of it.

    Raises `NoWarehouseError`, or `NothingToRetractError`.
    """
    with open_lake(warehouse, read_only=True) as connection:
        return find_targets(connection, warehouse, request), holding(connection, warehouse)


def retract(
    warehouse: Warehouse,
    request: Request,
    reason: str,
    run: Run,
    settings: DuplicateSettings,
    *,
    told: Told = silent,
) -> tuple[Targets, Outcome]:
    """Take away what a request names, from everywhere, and prove it.

    Nobody else is at work meanwhile. Once the tombstones are committed, the text is gone for
    whoever asks the lake; what follows is done again if it is interrupted. Raises
    `NothingToRetractError`, or `UnprovenRetractionError` where a file could not be cleared.
    """
    with running(warehouse, alone=True):
        with locked(warehouse), open_lake(warehouse) as connection:
            targets = find_targets(connection, warehouse, request)
            told("Reading what goes")
            write_journal(warehouse, _journal(connection, warehouse, run.run_id))
            told("Taking it out of the lake")
            record = run_record(run, "retract", datetime.now(UTC))
            take_away(connection, record, reason, settings)
        outcome = finish(warehouse, told)
    if outcome is None:
        message = "The retraction was committed, but left no tombstones."
        raise RuntimeError(message)
    return targets, outcome


def _journal(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, run_id: str) -> Journal:
    """Return what is needed to finish, and to prove that nothing is left."""
    texts = list(texts_of(connection))
    sources = read_sources(connection, warehouse.archive, KINDS)
    entries = {one.line for one in read_furniture(warehouse.furniture_file)}
    furniture = sorted(entries & keys_of(texts)) if entries else []
    return Journal(run_id, tuple(needles(texts, sources)), tuple(furniture))


def finish(warehouse: Warehouse, told: Told = silent) -> Outcome | None:
    """Do what a retraction still has to do; None where there is none, or it never began.

    Whoever calls it sees to it that nobody else is at work. Raises `UnprovenRetractionError`.
    """
    journal = read_journal(warehouse)
    if journal is None:
        return None
    with locked(warehouse):
        with open_lake(warehouse) as connection:
            if not tombstones_of(connection, journal.run_id):
                remove_journal(warehouse)
                return None
            _clear_archive(connection, warehouse)
            _forget(connection, warehouse, journal.furniture)
            told("Writing releases anew")
            rewritten = rewrite_releases(connection, warehouse)
        told("Clearing the lake's files")
        purge(warehouse)
        told("Searching every file")
        with open_lake(warehouse, read_only=True) as connection:
            proof = prove(connection, warehouse, journal.passages)
        if proof.left:
            raise UnprovenRetractionError(proof.left)
        remove_journal(warehouse)
    return Outcome(tuple(rewritten), proof)


def _clear_archive(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Remove the bytes of the sources, and what people stated beside them."""
    for (document_id,) in connection.execute("FROM retract_archived").fetchall():
        discard(warehouse.archive, document_id)


def _forget(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, lines: Sequence[str]
) -> None:
    """Take lines out of the register of furniture that no source has any more."""
    gone = set(lines) - is_said(connection, lines) if lines else set()
    if gone:
        forget_lines(warehouse.furniture_file, gone)
