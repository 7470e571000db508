"""Reasons to hold documents back: those that still stand, and those that are resolved."""

from __future__ import annotations

import duckdb

from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.sql import column_list, identifier

IDENTITY = ("document_id", "table_name", "row_key", "rule", "column_name", "value", "message")
"""What makes two reasons the very same one, whichever run found it."""

INSERTED_REASONS = """
    SELECT * EXCLUDE (place) FROM reasons ANTI JOIN standing USING (place)
    UNION ALL BY NAME SELECT * FROM run_released SEMI JOIN passed USING (document_id)
"""
"""The rows that a run adds to ``quarantine``: a reason that stands already is not said twice."""


def note_standing(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``standing`` and ``unchanged``, of the documents in ``fresh`` and their ``reasons``.

    ``standing`` pairs each reason that was open before with the same one of this run;
    ``unchanged`` are documents of which this run says nothing else than the one before.
    """
    same = " AND ".join(
        f"held.{identifier(name)} IS NOT DISTINCT FROM reasons.{identifier(name)}"
        for name in IDENTITY[1:]
    )
    connection.execute(
        f"""
        CREATE TEMP TABLE held AS
        SELECT {column_list(IDENTITY)}, rowid AS lake_row FROM lake.quarantine
        WHERE resolved_at IS NULL AND document_id IN (FROM fresh)
        """
    )
    connection.execute(
        f"""
        CREATE TEMP TABLE standing AS SELECT held.document_id, held.lake_row, reasons.place
        FROM held JOIN reasons ON held.document_id = reasons.document_id AND {same}
        """
    )
    connection.execute(
        """
        CREATE TEMP TABLE unchanged AS
        SELECT document_id FROM staged_documents AS staged
        JOIN before USING (document_id, transform_version)
        SEMI JOIN standing USING (document_id)
        ANTI JOIN (FROM reasons ANTI JOIN standing USING (place)) AS new USING (document_id)
        ANTI JOIN (FROM held ANTI JOIN standing USING (lake_row)) AS old USING (document_id)
        """
    )


def resolve(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Resolve the open reasons of the documents in ``replaced`` that do not stand any more."""
    connection.execute(
        """
        UPDATE lake.quarantine SET resolved_at = $now WHERE rowid IN (
            SELECT lake_row FROM held SEMI JOIN replaced USING (document_id)
            ANTI JOIN standing USING (lake_row))
        """,
        {"now": run.started_at},
    )
