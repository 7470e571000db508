"""Documents that are in the lake, as they can be read again from the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from knipsel.warehouse.intake.containers.model import SEPARATOR
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.sql import taken_in

RELEASED = "released"
"""The rule in ``quarantine`` of a document that a person published in spite of a reason: the
reason's own rule stands in ``value``, why it was done in ``message``."""

READABLE = "document_id NOT IN (SELECT document_id FROM lake.retractions)"
"""Which documents may be read again: what was taken away stays away."""


class NoSuchDocumentError(LookupError):
    """No document, or more than one, is meant by what a person wrote."""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document in the lake: where and under which name it was read, and by which run.

    ``transform_version`` is the version at which it was read.
    """

    found: FoundFile
    status: str
    run_id: str
    transform_version: str

    @property
    def document_id(self) -> str:
        """The hash of its bytes."""
        return self.found.document_id


def readable_documents(
    connection: duckdb.DuckDBPyConnection,
    only: Collection[str] | None = None,
    status: str | None = None,
) -> list[KnownDocument]:
    """Return the documents that may be read again, in the order of their paths.

    ``only`` are the identifiers to look for, ``status`` what became of them. This is the one
    place that decides which documents may be: all that reads again asks here.
    """
    wanted = pa.table({"document_id": pa.array(sorted(only or ()), pa.string())})
    with taken_in(connection, "wanted_again", wanted):
        rows = connection.execute(
            f"""
            SELECT path, file_name, document_id, byte_size, status, run_id, transform_version
            FROM lake.documents WHERE {READABLE} AND status = coalesce($status, status)
            AND ($is_all OR document_id IN (FROM wanted_again)) ORDER BY path, document_id
            """,
            {"status": status, "is_all": only is None},
        ).fetchall()
    return [KnownDocument(FoundFile(*row[:4]), *row[4:]) for row in rows]


def unreadable_documents(
    connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]
) -> set[str]:
    """Return which of some documents are in the lake and may not be read again."""
    wanted = pa.table({"document_id": pa.array(sorted(document_ids), pa.string())})
    with taken_in(connection, "wanted_away", wanted):
        rows = connection.execute(
            "SELECT document_id FROM lake.documents SEMI JOIN wanted_away USING (document_id) "
            f"WHERE NOT ({READABLE})"
        ).fetchall()
    return {row[0] for row in rows}


def places_of(
    connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]
) -> dict[str, list[str]]:
    """Return the paths under which each of some documents was seen, in their order."""
    wanted = pa.table({"document_id": pa.array(sorted(document_ids), pa.string())})
    with taken_in(connection, "wanted_places", wanted):
        rows = connection.execute(
            "SELECT document_id, path FROM lake.sightings SEMI JOIN wanted_places "
            "USING (document_id) ORDER BY document_id, path"
        ).fetchall()
    places: dict[str, list[str]] = {}
    for document_id, path in rows:
        places.setdefault(document_id, []).append(path)
    return places


def waived_rules(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """Return the rules that a person waived, by document; few are."""
    rows = connection.execute(
        "SELECT DISTINCT document_id, value FROM lake.quarantine WHERE rule = ? ORDER BY ALL",
        [RELEASED],
    ).fetchall()
    waived: dict[str, tuple[str, ...]] = {}
    for document_id, rule in rows:
        waived[document_id] = (*waived.get(document_id, ()), rule)
    return waived


def open_rules(
    connection: duckdb.DuckDBPyConnection, rule: str | None = None
) -> dict[str, set[str]]:
    """Return the rules that hold each document back; only those that ``rule`` is one of."""
    rows = connection.execute(
        "SELECT DISTINCT document_id, rule FROM lake.quarantine WHERE resolved_at IS NULL"
    ).fetchall()
    found: dict[str, set[str]] = {}
    for document_id, name in rows:
        found.setdefault(document_id, set()).add(name)
    return found if rule is None else {key: names for key, names in found.items() if rule in names}


_MEANT = f"""
SELECT DISTINCT document_id, path, status FROM lake.documents
WHERE starts_with(document_id, lower($name)) OR file_name = $name
OR document_id IN (SELECT document_id FROM lake.sightings
    WHERE path = $name OR ends_with(path, '/' || $name) OR ends_with(path, '{SEPARATOR}' || $name))
ORDER BY path, document_id
"""

_SHOWN = 5
"""How many documents a sentence names where several are meant."""

_LEAST_DIGITS = 4
"""Characters of a name from which it may be the start of an identifier."""


def find_document(connection: duckdb.DuckDBPyConnection, name: str, status: str | None) -> str:
    """Return the document that is meant: by its identifier, or how that starts, its name or path.

    Of several those with ``status`` are preferred. Raises `NoSuchDocumentError` where there is
    none, or more than one.
    """
    rows: list[tuple[str, str, str]] = connection.execute(_MEANT, {"name": name}).fetchall()
    if len(name) < _LEAST_DIGITS:
        rows = [row for row in rows if not row[0].startswith(name.lower())]
    preferred = [row for row in rows if row[2] == status] or rows
    if len(preferred) == 1:
        return preferred[0][0]
    if not rows:
        message = (
            f"No document has the name {name!r}, or an identifier that starts so; "
            "`knipsel quarantine list` shows what is held back."
        )
        raise NoSuchDocumentError(message)
    shown = "; ".join(f"{row[0][:16]} ({row[1]})" for row in preferred[:_SHOWN])
    more = f"; and {len(preferred) - _SHOWN:,} more" if len(preferred) > _SHOWN else ""
    message = f"{len(preferred):,} documents may be meant by {name!r}: {shown}{more}. Name one."
    raise NoSuchDocumentError(message)


def as_planned(
    replaces: Mapping[str, str], waived: Mapping[str, Collection[str]]
) -> tuple[pa.Table, pa.Table]:
    """Return what a run decided before it held the lock, as tables for its commit."""
    pairs = [(name, rule) for name, rules in waived.items() for rule in rules]
    return (
        pa.table(
            {
                "document_id": pa.array(list(replaces), pa.string()),
                "run_id": pa.array(list(replaces.values()), pa.string()),
            }
        ),
        pa.table(
            {
                "document_id": pa.array([pair[0] for pair in pairs], pa.string()),
                "rule": pa.array([pair[1] for pair in pairs], pa.string()),
            }
        ),
    )
