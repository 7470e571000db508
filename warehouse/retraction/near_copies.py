"""What is like a text that was retracted, though not the very same: a person decides on it.

No text is kept to compare with, but a sketch of each: see
`knipsel.transforms.duplicates.sketches`.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.linking.tables import RETRACTED_TEXTS
from knipsel.warehouse.retraction.copies import texts_everywhere
from knipsel.warehouse.sql import any_row, column_list, make_table, quoted, take_in

LIKE = "like_retracted"
"""The rule."""

_TOGETHER = 256
"""Texts that are sketched at a time."""

_SCHEMA = pa.schema([(name, pa.string()) for name in RETRACTED_TEXTS.column_names])
_FOUND = pa.schema([("article_id", pa.string()), ("text_sha256", pa.string())])


def sketch_departing(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Leave ``retract_sketches``: a row of ``retracted_texts`` for each text that goes.

    Expects ``retract_articles`` and what `knipsel.warehouse.retraction.everywhere.gather` leaves.
    """
    from hashlib import sha256

    from knipsel.transforms.duplicates.sketches import sketch, sketch_version

    texts = {
        sha256(text.encode("utf-8", "surrogatepass")).hexdigest(): text
        for _, text in texts_everywhere(connection, warehouse, "IN")
    }
    names = sorted(texts)
    rows = {
        "text_sha256": names,
        "version": [sketch_version()] * len(names),
        "sketch": [
            made.as_text()
            for start in range(0, len(names), _TOGETHER)
            for made in sketch([texts[name] for name in names[start : start + _TOGETHER]])
        ],
    }
    take_in(connection, "retract_sketches", pa.table(rows, schema=_SCHEMA))


def keep_sketches(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what `sketch_departing` left to the lake, of texts that it has no sketch of."""
    columns = column_list(RETRACTED_TEXTS.column_names)
    connection.execute(
        f"INSERT INTO lake.retracted_texts ({columns}) SELECT {columns} FROM retract_sketches "
        "ANTI JOIN lake.retracted_texts USING (text_sha256)"
    )


def find_like_retracted(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``like_retracted``: a reason for the quarantine for each new article that is like one.

    Expects ``fresh``, ``before`` and ``waived``. What is published already, or what a person
    released, is not asked about again: that it stays was decided.
    """
    take_in(connection, "like_pairs", _pairs(connection))
    make_table(
        connection,
        LIKE,
        f"""
        SELECT article.document_id, document.file_name, 'articles' AS table_name,
            article.article_id AS row_key, {quoted(LIKE)} AS rule, 'text' AS column_name,
            min(tombstone.article_id) AS value,
            concat('The text of this article is like that of ', min(tombstone.article_id),
                ', which was retracted on ', strftime(min(tombstone.retracted_at), '%Y-%m-%d'),
                ': ', min(tombstone.reason)) AS message,
            document.run_id, document.first_seen_at, NULL AS resolved_at
        FROM like_pairs AS pair
        JOIN staged_articles AS article USING (article_id)
        JOIN staged_documents AS document USING (document_id)
        JOIN lake.retractions AS tombstone ON tombstone.text_sha256 = pair.text_sha256
        GROUP BY ALL
        """,
    )


def _pairs(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the articles to ask about that are like a retracted text, each with that."""
    if not any_row(connection, "FROM lake.retracted_texts"):
        return _FOUND.empty_table()
    from knipsel.transforms.duplicates.sketches import Sketch, SketchIndex, sketch, sketch_version

    known = connection.execute(
        "SELECT text_sha256, sketch FROM lake.retracted_texts WHERE version = $version "
        "ORDER BY text_sha256",
        {"version": sketch_version()},
    ).fetchall()
    if not known:
        return _FOUND.empty_table()
    index = SketchIndex([Sketch.of_text(text) for _, text in known])
    pairs = [
        (article_id, known[like[0]][0])
        for group in _to_ask(connection)
        for (article_id, _), made in zip(group, sketch([text for _, text in group]), strict=True)
        if (like := index.like(made))
    ]
    return pa.table(
        dict(zip(_FOUND.names, map(list, zip(*pairs, strict=True)), strict=True))
        if pairs
        else {name: [] for name in _FOUND.names},
        schema=_FOUND,
    )


def _to_ask(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, str]]]:
    """Yield articles with their texts; not of the very texts, which another rule holds back."""
    rows = connection.execute(
        f"""
        SELECT article_id, text FROM staged_articles AS article SEMI JOIN fresh USING (document_id)
        WHERE document_id NOT IN (SELECT document_id FROM before WHERE status = 'published')
        AND (document_id, {quoted(LIKE)}) NOT IN (SELECT (document_id, rule) FROM waived)
        AND text_sha256 NOT IN
            (SELECT text_sha256 FROM lake.retractions WHERE text_sha256 IS NOT NULL)
        ORDER BY article_id
        """
    )
    while group := rows.fetchmany(_TOGETHER):
        yield group
