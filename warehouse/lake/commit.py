"""The commit: all tables of a run, in one transaction of the lake.

What another run committed in the meantime is left alone, so two runs over the same files
end as if one had come after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow as pa

from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.intake.run_inputs import RunInput, inputs_table, keep_copies
from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.connection import LONG_TEXT, allow_for, locked, open_lake
from knipsel.warehouse.lake.entities import drop_unmentioned, update_entities
from knipsel.warehouse.lake.insertion import (
    OF_ARTICLE,
    insert,
    insert_articles,
    insert_removed_spans,
    put_aside,
    replace_annotations,
)
from knipsel.warehouse.lake.quarantine import INSERTED_REASONS, note_standing, resolve
from knipsel.warehouse.lake.sightings import INSIDE, NEW_PLACES, list_places_inside, note_visits
from knipsel.warehouse.lake.staging import STAGED_TABLES, STORED, STORED_SCHEMA, Run, Staged
from knipsel.warehouse.lake.stored_documents import RELEASED, as_planned
from knipsel.warehouse.lake.upkeep import merge_small_files
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.articles import update_members, update_pairs
from knipsel.warehouse.linking.canonical import worth_query
from knipsel.warehouse.linking.index import note_departing
from knipsel.warehouse.linking.link import link
from knipsel.warehouse.linking.settle.outlets import note_left
from knipsel.warehouse.linking.settle.settle import settle_corpus
from knipsel.warehouse.linking.tables import STAGED_KEYS, TEXT_KEYS
from knipsel.warehouse.retraction.returning import (
    RETURNING,
    bury_tainted,
    discard_copies,
    find_returning,
)
from knipsel.warehouse.sql import any_row, column_list, make_table, make_view, quoted, take_in

OF_DOCUMENT = ("articles", "removed_spans")
"""The tables whose rows go with their document, by the key that they have."""


LONGEST_STAGED = f"SELECT max(strlen(text)) FROM staged_articles WHERE char_count > {LONG_TEXT}"
"""The bytes of the longest text of a run; short ones need not be looked at."""


class ReconciliationError(RuntimeError):
    """A file that a run saw is neither known nor published nor held back: a lost file."""


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What became of the files that a run saw; the parts make up ``files_seen``."""

    files_seen: int
    files_known: int
    documents_published: int
    documents_quarantined: int
    files_retracted: int
    articles_published: int

    def reconcile(self) -> None:
        """Raise `ReconciliationError` unless every file is accounted for."""
        parts = (
            self.files_known
            + self.documents_published
            + self.documents_quarantined
            + self.files_retracted
        )
        if parts != self.files_seen:
            message = (
                f"The counts do not reconcile: {self.files_seen} files seen, but {parts} "
                f"accounted for ({self}). Nothing was committed."
            )
            raise ReconciliationError(message)


@dataclass(frozen=True, slots=True)
class Submission:
    """All that a run wants to commit.

    ``seen`` are the files it saw; ``staged`` what it made of those that were new;
    ``quarantine`` and ``validations`` what the audit adds to that, as Arrow tables;
    ``duplicates`` says how duplicates are found, as the texts were signed.

    A run that takes up documents from the archive did not see files: ``seen`` are then what it
    took up, and sightings stay as they are (``is_sighting`` is false). ``replaces`` are the
    documents that it reads whatever their version, each with the run that had read it when this
    was decided: where another has read it since, that one's outcome stands. ``waived`` are the
    rules that documents were read in spite of, ``released`` rows of ``quarantine`` that say why,
    which count for those that pass. ``inputs`` are what decided the run, ``copies`` the registers
    among them by their SHA-256; ``check`` is how the articles of an outlet are held against each
    other.
    """

    run: Run
    flow: str
    seen: Sequence[FoundFile]
    staged: Staged | None
    quarantine: pa.Table
    validations: pa.Table
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)
    is_sighting: bool = True
    replaces: Mapping[str, str] = field(default_factory=dict)
    waived: Mapping[str, Collection[str]] = field(default_factory=dict)
    released: pa.Table | None = None
    inputs: Sequence[RunInput] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    check: CorpusCheck = field(default_factory=CorpusCheck)


def _seen_table(seen: Sequence[FoundFile]) -> pa.Table:
    """Return the files that a run saw as an Arrow table."""
    return pa.table(
        {
            "document_id": pa.array([found.document_id for found in seen], pa.string()),
            "path": pa.array([found.path for found in seen], pa.string()),
        }
    )


def stage_views(connection: duckdb.DuckDBPyConnection, submission: Submission) -> None:
    """Make a view of each staged table; empty where nothing was staged."""
    for name in STAGED_TABLES:
        source = f"lake.{name} WHERE false"
        if submission.staged is not None:
            source = f"read_parquet({quoted(submission.staged.files(name))})"
        columns = column_list(BY_NAME[name].column_names)
        make_view(connection, f"staged_{name}", f"SELECT {columns} FROM {source}")
    if submission.staged is None:
        take_in(connection, "staged_text_keys", STAGED_KEYS.empty_table())
        take_in(connection, "staged_stored", STORED_SCHEMA.empty_table())
    else:
        keys, stored = (quoted(submission.staged.files(name)) for name in (TEXT_KEYS.name, STORED))
        make_view(connection, "staged_text_keys", f"FROM read_parquet({keys})")
        make_view(connection, "staged_stored", f"FROM read_parquet({stored})")
    take_in(connection, "audit_quarantine", submission.quarantine)
    take_in(connection, "run_validations", submission.validations)
    take_in(connection, "seen", _seen_table(submission.seen))
    replaces, waived = as_planned(submission.replaces, submission.waived)
    take_in(connection, "replaces", replaces)
    take_in(connection, "waived", waived)
    nothing = submission.quarantine.schema.empty_table()
    released = nothing if submission.released is None else submission.released
    take_in(connection, "run_released", released)


_READ_AGAIN = f"""
    staged.document_id NOT IN (SELECT document_id FROM lake.retractions)
    AND CASE WHEN replaces.run_id IS NULL
        THEN before.transform_version <> staged.transform_version
        ELSE before.run_id = replaces.run_id END
    AND NOT EXISTS (
        SELECT 1 FROM lake.quarantine AS given WHERE given.rule = '{RELEASED}'
        AND given.document_id = staged.document_id
        AND (given.document_id, given.value) NOT IN (SELECT (document_id, rule) FROM waived))
"""
"""Whether a run's outcome replaces what is in the lake: it is of another version, or was asked for
and nobody was faster; and no release was given that it did not know of."""


def sort_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Work out which staged documents count, which are held back, which replace older ones."""
    make_table(
        connection,
        "before",
        """
        SELECT document_id, status, first_seen_at, transform_version, run_id FROM lake.documents
        SEMI JOIN (SELECT document_id FROM seen UNION SELECT document_id FROM staged_documents)
        USING (document_id)
        """,
    )
    make_table(
        connection,
        "fresh",
        f"""
        SELECT staged.document_id FROM staged_documents AS staged
        LEFT JOIN before USING (document_id) LEFT JOIN replaces USING (document_id)
        WHERE before.document_id IS NULL OR ({_READ_AGAIN})
        """,
    )
    find_returning(connection)
    make_table(
        connection,
        "reasons",
        f"""
        SELECT *, row_number() OVER () AS place FROM (
            FROM staged_quarantine UNION ALL FROM audit_quarantine UNION ALL BY NAME ({RETURNING})
        )
        SEMI JOIN fresh USING (document_id) ANTI JOIN tainted USING (document_id)
        """,
    )
    note_standing(connection)
    make_table(connection, "passed", "FROM fresh ANTI JOIN reasons USING (document_id)")
    make_table(connection, "reannotated", "FROM staged_stored SEMI JOIN passed USING (document_id)")
    make_table(
        connection,
        "replaced",
        "FROM fresh SEMI JOIN before USING (document_id) "
        "ANTI JOIN unchanged USING (document_id) ANTI JOIN reannotated USING (document_id)",
    )
    make_table(
        connection,
        "incoming",
        """
        SELECT staged.* REPLACE (coalesce(before.first_seen_at, staged.first_seen_at)
            AS first_seen_at)
        FROM staged_articles AS staged SEMI JOIN passed USING (document_id)
        LEFT JOIN before USING (document_id)
        """,
    )
    arriving = "(FROM staged_statements SEMI JOIN incoming USING (article_id))"
    make_table(connection, "incoming_worth", worth_query(arriving))
    make_view(
        connection,
        "arriving",
        """
        SELECT article_id, document_id FROM incoming
        UNION ALL SELECT article_id, document_id FROM reannotated WHERE article_id IS NOT NULL
        """,
    )


def _remove_replaced(connection: duckdb.DuckDBPyConnection, run: Run) -> bool:
    """Delete what older transforms made of documents that this run read again, if there is any."""
    if not any_row(connection, "FROM replaced"):
        return False
    articles = "SELECT article_id FROM lake.articles SEMI JOIN replaced USING (document_id)"
    connection.execute(
        f"DELETE FROM lake.duplicates WHERE article_id IN ({articles}) "
        f"OR other_article_id IN ({articles})"
    )
    for name in OF_ARTICLE:
        connection.execute(f"DELETE FROM lake.{name} WHERE article_id IN ({articles})")
    for name in (*OF_DOCUMENT, "documents"):
        connection.execute(f"DELETE FROM lake.{name} WHERE document_id IN (FROM replaced)")
    resolve(connection, run)
    return True


def _insert_documents(connection: duckdb.DuckDBPyConnection) -> None:
    """Insert the documents of the run with what became of them, and the reasons."""
    insert(
        connection,
        "documents",
        """
        SELECT staged.* REPLACE (
            CASE WHEN passed.document_id IS NULL THEN 'quarantined' ELSE 'published' END AS status,
            coalesce(before.first_seen_at, staged.first_seen_at) AS first_seen_at)
        FROM staged_documents AS staged SEMI JOIN fresh USING (document_id)
        ANTI JOIN unchanged USING (document_id) ANTI JOIN reannotated USING (document_id)
        LEFT JOIN passed USING (document_id) LEFT JOIN before USING (document_id)
        """,
    )
    insert(connection, "quarantine", INSERTED_REASONS)


def _record_sightings(
    connection: duckdb.DuckDBPyConnection, run: Run, *, is_sighting: bool
) -> None:
    """Record where each document was seen, and that known places still hold it.

    A run that saw no file records only what lies in the containers that it took up.
    """
    if is_sighting:
        note_visits(connection, run)
        insert(connection, "sightings", NEW_PLACES)
    else:
        list_places_inside(connection)
        insert(connection, "sightings", INSIDE)


def _count(connection: duckdb.DuckDBPyConnection, run: Run) -> RunCounts:
    """Count what became of each file, each part by itself."""
    row = connection.execute(
        """
        SELECT
            (SELECT count(*) FROM seen),
            (SELECT count(*) FROM seen SEMI JOIN (FROM before ANTI JOIN fresh USING (document_id))
                AS old USING (document_id)
                WHERE document_id NOT IN
                    (SELECT document_id FROM before WHERE status = 'retracted'))
            + (SELECT count(*) - count(DISTINCT document_id)
                FROM seen SEMI JOIN fresh USING (document_id)),
            (SELECT count(*) FROM passed SEMI JOIN seen USING (document_id)
                ANTI JOIN tainted USING (document_id)),
            (SELECT count(DISTINCT document_id) FROM reasons SEMI JOIN seen USING (document_id)),
            (SELECT count(*) FROM seen SEMI JOIN
                (FROM before WHERE status = 'retracted') AS gone USING (document_id))
            + (SELECT count(*) FROM tainted),
            (SELECT count(*) FROM arriving)
        """
    ).fetchone()
    if row is None:
        message = f"Run {run.run_id} could not be counted."
        raise ReconciliationError(message)
    return RunCounts(*row)


def _record_run(
    connection: duckdb.DuckDBPyConnection,
    submission: Submission,
    counts: RunCounts,
    ended_at: datetime,
) -> None:
    """Record the run, what decided it where it read anything, and what its rules found."""
    insert(connection, "validations", "FROM run_validations")
    if submission.staged is not None:
        inputs = inputs_table(submission.run.run_id, submission.inputs)
        take_in(connection, "inputs_of_run", inputs)
        insert(connection, "run_inputs", "FROM inputs_of_run")
    insert_run(
        connection,
        {
            "run_id": submission.run.run_id,
            "flow": submission.flow,
            "started_at": submission.run.started_at,
            "ended_at": ended_at,
            "result": "success",
            "files_seen": counts.files_seen,
            "files_new": counts.documents_published + counts.documents_quarantined,
            "articles_published": counts.articles_published,
            "documents_quarantined": counts.documents_quarantined,
            "release_version": None,
            "transform_version": submission.run.transform_version,
            "code_version": submission.run.code_version,
            "message": None,
        },
    )


def insert_run(connection: duckdb.DuckDBPyConnection, record: dict[str, object]) -> None:
    """Insert a row into ``runs``: a value for each of its columns but the contract's version."""
    names = BY_NAME["runs"].column_names
    record = {**record, "contract_version": CONTRACT_VERSION}
    values = ", ".join(f"${name}" for name in names)
    connection.execute(f"INSERT INTO lake.runs ({column_list(names)}) VALUES ({values})", record)


def commit(
    warehouse: Warehouse,
    submission: Submission,
    clock: Callable[[], datetime],
    look: Callable[[duckdb.DuckDBPyConnection, RunCounts], None] | None = None,
) -> RunCounts:
    """Commit a run to the lake, all or nothing, and return what became of its files.

    ``clock`` gives the time when the work ended; ``look`` may look at what will change, when
    nobody else can change anything any more, and at what becomes of the files; where it raises an
    error, nothing is committed. Raises `ReconciliationError` where a file
    would be lost; nothing is committed then.
    """
    with locked(warehouse), open_lake(warehouse) as connection:
        stage_views(connection, submission)
        allow_for(connection, LONGEST_STAGED)
        sort_out(connection)
        note_departing(connection)
        note_left(connection)
        counts = _count(connection, submission.run)
        counts.reconcile()
        keep_copies(submission.copies, warehouse.registers_used)
        if look is not None:
            look(connection, counts)
        put_aside(connection, submission.run)
        connection.execute("BEGIN")
        has_replaced = _remove_replaced(connection, submission.run)
        _insert_documents(connection)
        insert_removed_spans(connection, submission.staged)
        if link(connection, submission.duplicates):
            insert_articles(connection, submission.staged)
            update_members(connection)
            update_pairs(connection, submission.duplicates)
            settle_corpus(connection, submission.check)
        is_annotated = replace_annotations(connection, submission.staged)
        update_entities(connection)
        if has_replaced or is_annotated:
            drop_unmentioned(connection)
        bury_tainted(connection)
        _record_sightings(connection, submission.run, is_sighting=submission.is_sighting)
        _record_run(connection, submission, counts, clock())
        connection.execute("COMMIT")
        discard_copies(connection, warehouse)
        merge_small_files(connection)
        note_sums(connection, warehouse)
    return counts
