"""What the lake knows already."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa


def settled(
    connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str], transform_version: str
) -> set[str]:
    """Return which documents need no reading: known at this version, or retracted for good."""
    wanted = pa.table({"document_id": pa.array(sorted(set(document_ids)), pa.string())})
    connection.register("wanted", wanted)
    try:
        rows = connection.sql(
            """
            SELECT document_id FROM lake.documents SEMI JOIN wanted USING (document_id)
            WHERE transform_version = $version OR status = 'retracted'
            """,
            params={"version": transform_version},
        ).fetchall()
    finally:
        connection.unregister("wanted")
    return {row[0] for row in rows}
