"""Reasons to hold documents back: those that still stand, and those that are resolved."""

from __future__ import annotations

import duckdb

from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.sql import column_list, identifier, make_table

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
    make_table(
        connection,
        "held",
        f"""
        SELECT {column_list(IDENTITY)}, row_number() OVER () AS held_place FROM lake.quarantine
        WHERE resolved_at IS NULL AND document_id IN (FROM fresh)
        """,
    )
    make_table(
        connection,
        "standing",
        f"""
        SELECT held.document_id, held.held_place, reasons.place
        FROM held JOIN reasons ON {_same("held", "reasons")}
        """,
    )
    make_table(
        connection,
        "unchanged",
        """
        SELECT document_id FROM staged_documents AS staged
        JOIN before USING (document_id, transform_version)
        SEMI JOIN standing USING (document_id)
        ANTI JOIN (FROM reasons ANTI JOIN standing USING (place)) AS new USING (document_id)
        ANTI JOIN (FROM held ANTI JOIN standing USING (held_place)) AS old USING (document_id)
        """,
    )


def resolve(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Resolve the open reasons of the documents in ``replaced`` that do not stand any more."""
    gone = "FROM held SEMI JOIN replaced USING (document_id) ANTI JOIN standing USING (held_place)"
    connection.execute(
        f"""
        UPDATE lake.quarantine SET resolved_at = $now WHERE resolved_at IS NULL
        AND EXISTS (SELECT 1 FROM ({gone}) AS gone WHERE {_same("quarantine", "gone")})
        """,
        {"now": run.started_at},
    )


def _same(one: str, other: str) -> str:
    """Return the condition that two reasons are the very same one."""
    keys = [f"{one}.document_id = {other}.document_id"]
    keys += [
        f"{one}.{identifier(name)} IS NOT DISTINCT FROM {other}.{identifier(name)}"
        for name in IDENTITY[1:]
    ]
    return " AND ".join(keys)
