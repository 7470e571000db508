"""What people ask of the quarantine: which documents are held back, and all about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from knipsel.warehouse.lake.stored_documents import KnownDocument, readable_documents
from knipsel.warehouse.queries.queries import Row, ask

ID_DIGITS = (8, 12, 16, 24, 64)
"""How long a short identifier may be: the first of these at which no two documents share one."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A document that is held back, the rules that it fails and what each says, since when."""

    document: KnownDocument
    rules: tuple[str, ...]
    messages: tuple[str, ...]
    since: datetime


_OPEN = """
SELECT document_id, list(rule ORDER BY rule), list(message ORDER BY rule), min(since) FROM (
    SELECT document_id, rule, min(message) AS message, min(first_seen_at) AS since
    FROM lake.quarantine WHERE resolved_at IS NULL GROUP BY document_id, rule
) GROUP BY document_id
"""


def held_back(connection: duckdb.DuckDBPyConnection, rule: str | None = None) -> list[HeldBack]:
    """Return the documents that are held back, in the order of their paths; those of a rule."""
    documents = readable_documents(connection, status="quarantined")
    reasons = {row[0]: row[1:] for row in connection.execute(_OPEN).fetchall()}
    found = [
        HeldBack(one, tuple(rules), tuple(messages), since)
        for one in documents
        for rules, messages, since in [reasons[one.document_id]]
    ]
    return [one for one in found if rule is None or rule in one.rules]


def id_digits(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many characters of an identifier tell all documents apart."""
    for digits in ID_DIGITS:
        shared = connection.execute(
            "SELECT count(*) = count(DISTINCT left(document_id, ?)) FROM lake.documents", [digits]
        ).fetchone()
        if shared == (True,):
            return digits
    return ID_DIGITS[-1]


def _rows(connection: duckdb.DuckDBPyConnection, query: str, document_id: str) -> Sequence[Row]:
    return ask(connection, query, {"id": document_id}).mappings()


def about_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> Row:
    """Return a document's facts, its sightings, and every reason, resolved ones last."""
    (facts,) = _rows(connection, "FROM lake.documents WHERE document_id = $id", document_id)
    sightings = _rows(
        connection,
        "SELECT path, first_seen_at, last_seen_at FROM lake.sightings WHERE document_id = $id "
        "ORDER BY path",
        document_id,
    )
    reasons = _rows(
        connection,
        """
        SELECT rule, table_name, row_key, column_name, value, message, run_id, first_seen_at,
            resolved_at
        FROM lake.quarantine WHERE document_id = $id
        ORDER BY resolved_at IS NOT NULL, resolved_at, rule, table_name, row_key, column_name
        """,
        document_id,
    )
    return {"document": facts, "sightings": sightings, "reasons": reasons}
