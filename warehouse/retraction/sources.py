"""What the sources of a retraction say, read before it goes.

Expects the tables of `knipsel.warehouse.retraction.targets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from knipsel.transforms.registers.pages.furniture import furniture_key
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.everywhere import LAKE, places
from knipsel.warehouse.retraction.rows import find_documents, find_stretches

_TEXTS = (
    """
    SELECT UNNEST([text, headline, alternative_headline, description])
    FROM {schema}.articles SEMI JOIN retract_articles USING (article_id)
    """,
    "SELECT text FROM {schema}.paragraphs SEMI JOIN retract_articles USING (article_id)",
    "SELECT text FROM {schema}.removed_spans SEMI JOIN retract_documents USING (document_id)",
    """
    SELECT text FROM {schema}.removed_spans AS span JOIN retract_stretches AS stretch
    ON span.document_id = stretch.document_id
    AND source_end > stretch.after AND source_start < stretch.before
    """,
)

_WHOLE = """
SELECT document_id FROM retract_documents
SEMI JOIN (SELECT document_id FROM everywhere_documents WHERE status <> 'retracted')
USING (document_id)
EXCEPT SELECT document_id FROM everywhere_documents
WHERE reader IN (SELECT UNNEST($containers))
ORDER BY document_id
"""


def texts_of(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """Yield every text that is to go, from every place: of articles, paragraphs, what was removed.

    Leaves ``retract_documents`` of the lake.
    """
    for schema, _ in places(connection, warehouse):
        find_documents(connection, schema)
        find_stretches(connection, schema)
        for query in _TEXTS:
            for (text,) in connection.execute(query.format(schema=schema)).fetchall():
                if text:
                    yield text
    find_documents(connection, LAKE)


def read_sources(
    connection: duckdb.DuckDBPyConnection, archive: Path, containers: Iterable[str]
) -> list[bytes]:
    """Return the bytes of the sources that go as a whole, as far as they are archived.

    Those of ``containers``, by the names of their readers, hold other sources as well, and
    are left out; so are those that keep other articles.
    """
    rows = connection.execute(_WHOLE, {"containers": sorted(containers)}).fetchall()
    files = (archived_file(archive, document_id) for (document_id,) in rows)
    return [file.read_bytes() for file in files if file.exists()]


def keys_of(texts: Iterable[str]) -> set[str]:
    """Return the lines of texts as the register of furniture lists them."""
    return {furniture_key(line) for text in texts for line in text.splitlines()}


def is_said(connection: duckdb.DuckDBPyConnection, lines: Iterable[str]) -> set[str]:
    """Return those of the lines of the register that a source in the lake still has."""
    wanted = set(lines)
    found: set[str] = set()
    for table in ("paragraphs", "removed_spans"):
        reader = connection.execute(f"SELECT text FROM lake.{table}")
        while rows := reader.fetchmany(_ROWS):
            found |= wanted & keys_of(text for (text,) in rows)
    return found


_ROWS = 10_000
"""Texts that are looked through at a time."""
