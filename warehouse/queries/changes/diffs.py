"""Documents before and after they are read again, side by side as diffs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from knipsel.transforms.text.diff import line_diff, sentence_lines
from knipsel.warehouse.lake.commit import Submission
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.changes.listed import (
    COMPARED,
    Changed,
    Changes,
    changes_of,
    prepared,
)
from knipsel.warehouse.queries.queries import Row, ask

_UNSHOWN = {
    "article_id",
    "document_id",
    "position",
    "text",
    "text_sha256",
    "word_count",
    "char_count",
}
"""Columns that say nothing beside the text and its place."""

_LINES = {
    "article_authors": ("name", "position"),
    "paragraphs": ("concat(role, ': ', left(text, 80))", "position"),
    "statements": (
        "concat(field, ' = ', value, ' (', method, if(chosen, ', chosen', ''), ')')",
        "field, chosen DESC, method, value, source_start",
    ),
}
"""What a row of a table is in a line, and in which order. Of a paragraph its beginning: what is
changed within it stands in the diff of the text."""


@dataclass(frozen=True, slots=True)
class ArticleDiff:
    """An article before and after: values that change, and a diff of the rows of each table.

    ``is_gone`` and ``is_new`` tell of an article that is there on one side only.
    """

    article_id: str
    headline: str | None
    is_gone: bool
    is_new: bool
    fields: Mapping[str, tuple[Any, Any]]
    tables: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """A document and the diffs of its articles, in their order, and of its removed spans.

    There is none where only annotations change.
    """

    document: Changed
    articles: tuple[ArticleDiff, ...]
    removed_spans: list[str]


@dataclass(frozen=True, slots=True)
class _Article:
    """An article on one side: its values, and its rows in other tables as lines."""

    values: Row
    lines: dict[str, list[str]]


def _lines(connection: duckdb.DuckDBPyConnection, table: str, source: str, key: str) -> list[str]:
    """Return the rows of an article in a table, each as a line."""
    line, order = _LINES[table]
    query = f"SELECT {line} FROM {source} WHERE article_id = $key ORDER BY {order}"
    return [row[0] for row in ask(connection, query, {"key": key}).rows]


def _side(
    connection: duckdb.DuckDBPyConnection, document_id: str, articles: str, prefix: str
) -> dict[str, _Article]:
    """Return the articles of a document, from the lake or as staged."""
    columns = ", ".join(COMPARED)
    query = f"SELECT {columns} {articles} WHERE document_id = $id ORDER BY position"
    rows = ask(connection, query, {"id": document_id}).mappings()
    return {
        row["article_id"]: _Article(
            row,
            {
                "text": sentence_lines(row["text"]),
                **{
                    table: _lines(connection, table, f"{prefix}{table}", row["article_id"])
                    for table in _LINES
                },
            },
        )
        for row in rows
    }


def _removed(connection: duckdb.DuckDBPyConnection, source: str, document_id: str) -> list[str]:
    """Return what was removed of a document, line by line."""
    query = f"SELECT reason, text FROM {source} WHERE document_id = $id ORDER BY source_start"
    spans = ask(connection, query, {"id": document_id}).rows
    return [f"{reason}: {line}" for reason, text in spans for line in text.split("\n") if line]


def _article_diff(before: _Article | None, after: _Article | None) -> ArticleDiff:
    """Return what differs between the two sides of an article."""
    old, new = before.values if before else {}, after.values if after else {}
    either = new or old
    fields = {
        name: (old.get(name), new.get(name))
        for name in COMPARED
        if name not in _UNSHOWN and old.get(name) != new.get(name)
    }
    tables = {
        name: line_diff(before.lines[name] if before else [], after.lines[name] if after else [])
        for name in ("text", *_LINES)
    }
    return ArticleDiff(
        article_id=either["article_id"],
        headline=either["headline"],
        is_gone=after is None,
        is_new=before is None,
        fields=fields,
        tables={name: lines for name, lines in tables.items() if lines},
    )


def _document_diff(connection: duckdb.DuckDBPyConnection, document: Changed) -> DocumentDiff:
    """Return what differs in a document, of a submission that was prepared."""
    name = document.document_id
    if connection.execute("FROM reannotated WHERE document_id = ?", [name]).fetchone():
        return DocumentDiff(document, (), [])
    before = _side(connection, name, "FROM lake.articles", "lake.")
    after = _side(connection, name, "FROM incoming", "staged_")
    diffs = (
        _article_diff(before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))
    )
    removed: list[str] = []
    if before and after:
        removed = line_diff(
            _removed(connection, "lake.removed_spans", name),
            _removed(connection, "staged_removed_spans", name),
        )
    changed = (one for one in diffs if one.fields or one.tables or one.is_gone or one.is_new)
    return DocumentDiff(document, tuple(changed), removed)


def compare_with_diffs(
    warehouse: Warehouse, submission: Submission, limit: int
) -> tuple[Changes, list[DocumentDiff]]:
    """Return what a submission would change, with diffs of so many documents, the gravest first."""
    with prepared(warehouse, submission) as connection:
        changes = changes_of(connection)
        shown = changes.documents[:limit]
        return changes, [_document_diff(connection, document) for document in shown]
