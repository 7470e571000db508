"""What comes again after it was retracted: the same file, the same text, an archive with either.

A file that was retracted, or that lost an article, is never read again. An archive that holds
one becomes a tombstone itself, since its bytes hold the text; what else is in it is read as
ever. A text that comes in another file is held back for a person to look at, and so is what
is like it.
"""

from __future__ import annotations

import duckdb

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.intake.holders import let_go
from knipsel.warehouse.lake.sightings import places_above
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.near_copies import find_like_retracted
from knipsel.warehouse.retraction.rows import NAME
from knipsel.warehouse.sql import any_row, column_list, make_table, quoted

RULE = "text_was_retracted"

RETURNING = f"""
SELECT article.document_id, document.file_name, 'articles' AS table_name,
    article.article_id AS row_key, {quoted(RULE)} AS rule, 'text' AS column_name,
    article.text_sha256 AS value,
    concat('The very text of this article was retracted on ',
        strftime(min(retracted_at), '%Y-%m-%d'), ': ', min(reason)) AS message,
    document.run_id, document.first_seen_at, NULL AS resolved_at
FROM staged_articles AS article JOIN staged_documents AS document USING (document_id)
JOIN lake.retractions AS retraction ON retraction.text_sha256 = article.text_sha256
GROUP BY ALL
UNION ALL BY NAME FROM like_retracted
"""
"""A reason for the quarantine for each staged article whose text was retracted, or is like one."""


def find_returning(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``like_retracted``, as `find_like_retracted` does, and ``tainted``.

    That has the archives that this run took apart and that hold something retracted; ``tombstone``
    is the document in it. Expects ``seen``, ``before``, ``fresh`` and ``waived``.
    """
    find_like_retracted(connection)
    make_table(
        connection,
        "tainted",
        f"""
        WITH above AS ({places_above("FROM seen SEMI JOIN lake.retractions USING (document_id)")})
        SELECT seen.document_id, min(above.document_id) AS tombstone
        FROM seen JOIN above ON above.container_path = seen.path
        WHERE seen.document_id IN (FROM fresh) GROUP BY seen.document_id
        """,
    )


def bury_tainted(connection: duckdb.DuckDBPyConnection) -> None:
    """Make tombstones of the archives in ``tainted``, whose rows are in the lake by now."""
    if not any_row(connection, "FROM tainted"):
        return
    connection.execute(
        f"UPDATE lake.documents SET status = 'retracted', file_name = {quoted(NAME)}, "
        f"path = {quoted(NAME)} WHERE document_id IN (SELECT document_id FROM tainted)"
    )
    connection.execute(
        "UPDATE lake.quarantine SET resolved_at = first_seen_at "
        "WHERE document_id IN (SELECT document_id FROM tainted) AND resolved_at IS NULL"
    )
    columns = column_list(BY_NAME["retractions"].column_names)
    connection.execute(
        f"""
        INSERT INTO lake.retractions ({columns})
        SELECT document_id, NULL, NULL,
            concat('It holds ', left(tombstone, 16), ', which was retracted: ', known.reason),
            first_seen_at, run_id
        FROM tainted JOIN (
            SELECT document_id AS tombstone, min(reason) AS reason FROM lake.retractions
            GROUP BY document_id
        ) AS known USING (tombstone) JOIN staged_documents USING (document_id)
        ORDER BY document_id
        """
    )


def discard_copies(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Let go of what this run copied into the archive although it was retracted."""
    gone = connection.execute(
        "SELECT DISTINCT document_id FROM seen SEMI JOIN lake.retractions USING (document_id)"
    ).fetchall()
    let_go(warehouse, {document_id for (document_id,) in gone})
