"""A retraction in the lake: in one transaction for readers, then out of its files for good."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import duckdb

from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.addresses.data_owner import ForeignDataError, claim_data
from knipsel.warehouse.addresses.identity import own_identifier
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.lake.checksums import note_sums
from knipsel.warehouse.lake.commit import insert_run
from knipsel.warehouse.lake.connection import LOCK_TIMEOUT_SECONDS, metadata, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.articles import update_members, update_pairs
from knipsel.warehouse.linking.canonical import worth_query
from knipsel.warehouse.linking.index import note_departing
from knipsel.warehouse.linking.link import link
from knipsel.warehouse.linking.settle.outlets import note_left
from knipsel.warehouse.linking.settle.settle import settle_corpus
from knipsel.warehouse.linking.tables import STAGED_KEYS
from knipsel.warehouse.retraction.mentions import find_mentions
from knipsel.warehouse.retraction.near_copies import keep_sketches
from knipsel.warehouse.retraction.rows import delete_rows, find_stretches
from knipsel.warehouse.sql import any_row, column_list, make_table, take_in

log = logging.getLogger(__name__)

_TOMBSTONES = """
SELECT document_id, article_id, text_sha256, $reason AS reason, $now AS retracted_at,
    $run_id AS run_id
FROM (
    FROM retract_articles
    UNION ALL BY NAME
    SELECT document_id FROM retract_documents
    WHERE document_id NOT IN (SELECT document_id FROM retract_articles)
) ORDER BY document_id, article_id
"""


def take_away(
    connection: duckdb.DuckDBPyConnection,
    record: dict[str, object],
    reason: str,
    settings: DuplicateSettings,
    check: CorpusCheck,
) -> None:
    """Take what is to go out of every table of the lake, in one transaction.

    Expects the tables of `knipsel.warehouse.retraction.targets.find_targets`, and
    ``retract_sketches``. Articles that were
    duplicates are linked anew, and what they were told by what goes is settled anew, by ``check``.
    ``record`` is the row of ``runs``.
    """
    note_departing(connection, "SEMI JOIN retract_articles USING (article_id)")
    note_left(connection)
    make_table(connection, "incoming", "FROM lake.articles WHERE false")
    make_table(connection, "incoming_worth", worth_query("(FROM lake.statements LIMIT 0)"))
    take_in(connection, "staged_text_keys", STAGED_KEYS.empty_table())
    connection.execute("BEGIN")
    _know_again(connection)
    find_stretches(connection, "lake")
    find_mentions(connection, "lake")
    delete_rows(connection, "lake")
    if link(connection, settings):
        update_members(connection)
        update_pairs(connection, settings)
        settle_corpus(connection, check)
    columns = column_list(BY_NAME["retractions"].column_names)
    connection.execute(
        f"INSERT INTO lake.retractions ({columns}) SELECT {columns} FROM ({_TOMBSTONES})",
        {"reason": reason, "now": record["started_at"], "run_id": record["run_id"]},
    )
    keep_sketches(connection)
    insert_run(connection, record)
    connection.execute("COMMIT")


def _know_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the lake know the documents that only releases know, to make tombstones of them."""
    columns = column_list(BY_NAME["documents"].column_names)
    unknown = (
        f"SELECT {columns} FROM everywhere_documents SEMI JOIN retract_documents "
        "USING (document_id) WHERE NOT is_now"
    )
    if any_row(connection, unknown):
        connection.execute(f"INSERT INTO lake.documents ({columns}) {unknown}")


def tombstones_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> int:
    """Return how many tombstones a retraction left, and make its tables of them again.

    Leaves ``retract_tombstones``, ``retract_articles`` and ``retract_archived``.
    """
    made_by_run = "FROM lake.retractions WHERE run_id = $run_id"
    make_table(connection, "retract_tombstones", made_by_run, {"run_id": run_id})
    for name, query in _FROM_TOMBSTONES.items():
        make_table(connection, name, query)
    row = connection.execute("SELECT count(*) FROM retract_tombstones").fetchone()
    return int(row[0]) if row else 0


_FROM_TOMBSTONES = {
    "retract_articles": """
        SELECT article_id, document_id, text_sha256 FROM retract_tombstones
        WHERE article_id IS NOT NULL
    """,
    "retract_archived": "SELECT DISTINCT document_id FROM retract_tombstones",
}


def purge(warehouse: Warehouse) -> None:
    """Remove what no current row holds from the lake's files, and from its catalogue.

    Deleted rows stay in older files, and in older snapshots, until these are removed; SQLite
    keeps what was deleted in pages that it has not used again. So the lake's past is gone
    afterwards: releases are what keeps it.
    """
    _flush(warehouse)
    with open_lake(warehouse) as connection:
        connection.execute("CALL ducklake_rewrite_data_files('lake', delete_threshold => 0)")
        _expire_past(connection)
        connection.execute("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)")
        if _owns_data(connection, warehouse):
            connection.execute("CALL ducklake_delete_orphaned_files('lake', cleanup_all => true)")
        connection.execute(_FORGET_BOUNDS.format(metadata=metadata(warehouse)))
        note_sums(connection, warehouse)
    if warehouse.is_embedded:
        _vacuum(warehouse.root / "catalog.sqlite")


def _owns_data(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> bool:
    """Tell whether what belongs to nothing among the data may be cleared away."""
    try:
        claim_data(connection, warehouse, own_identifier(warehouse) or "")
    except ForeignDataError as error:
        log.warning("Data files that belong to nothing stay: %s", error)
        return False
    return True


_FLUSHES = 3
"""DuckLake was seen to fail once in many flushes, with a statement of its own that names no table;
it changes nothing then, and another connection does it."""


def _flush(warehouse: Warehouse) -> None:
    """Write the rows that still lie in the catalogue into the lake's files."""
    for left in reversed(range(_FLUSHES)):
        try:
            with open_lake(warehouse) as connection:
                connection.execute("CALL ducklake_flush_inlined_data('lake')")
        except duckdb.TransactionException:
            if not left:
                raise
        else:
            return


_OF_FILES = """(
    SELECT {} FROM {{metadata}}.ducklake_file_column_stats AS file
    WHERE file.table_id = known.table_id AND file.column_id = known.column_id
)"""

_FORGET_BOUNDS = f"""
UPDATE {{metadata}}.ducklake_table_column_stats AS known
SET min_value = {_OF_FILES.format("min(min_value)")},
    max_value = {_OF_FILES.format("max(max_value)")}
WHERE (table_id, column_id) IN (
    SELECT (table_id, column_id) FROM {{metadata}}.ducklake_column WHERE column_type = 'varchar')
"""
"""The catalogue keeps the first and the last text that a column ever had: these become the first
and the last that its files have, which is all that there is when nothing is inlined."""


def _expire_past(connection: duckdb.DuckDBPyConnection) -> None:
    """Expire all snapshots but the newest: by their numbers, whatever the clock says."""
    rows = connection.execute("SELECT snapshot_id FROM ducklake_snapshots('lake')").fetchall()
    past = sorted(snapshot_id for (snapshot_id,) in rows)[:-1]
    if past:
        listed = ", ".join(map(str, past))
        connection.execute(f"CALL ducklake_expire_snapshots('lake', versions => [{listed}])")


def _vacuum(file: Path) -> None:
    """Write a SQLite file anew, with nothing but what it holds; wait for whoever reads it."""
    connection = sqlite3.connect(file, timeout=LOCK_TIMEOUT_SECONDS)
    try:
        connection.execute("VACUUM")
    finally:
        connection.close()
