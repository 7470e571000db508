"""What a person needs to see to check a value: the value, its evidence, the text around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import duckdb

from knipsel.transforms.checks.fields import ARTICLES, QUOTATIONS, REMOVED_SPANS, TOPICS, Checkable
from knipsel.transforms.checks.sheet import cut
from knipsel.transforms.describe.methods import method_meaning
from knipsel.warehouse.queries.articles.explanation import evidence_of
from knipsel.warehouse.queries.queries import Row, ask
from knipsel.warehouse.release.checks.population import ROWS
from knipsel.warehouse.sql import quoted_list

_AROUND = 200
"""Characters of the text shown before and behind what is checked."""
_BEGINNING = 400
"""Characters shown of an article whose value nothing in it shows."""
_COLUMNS = {
    ARTICLES: f"articles.*, left(articles.text, {_BEGINNING}) AS around",
    QUOTATIONS: "said.*, articles.document_id, articles.headline, articles.publisher, "
    "said.char_start AS first, said.char_end AS last, articles.text AS whole",
    TOPICS: "about.*, articles.document_id, articles.headline, articles.publisher, "
    "about.first_char_start AS first, about.first_char_start AS last, articles.text AS whole",
    REMOVED_SPANS: "removed.*, articles.article_id, articles.headline, articles.publisher",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with what a person sees beside it; any part may be missing."""

    value: str | None
    evidence: str | None
    around: str | None
    headline: str | None
    publisher: str | None
    file: str | None


def shown(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[Checkable], keys: Iterable[str]
) -> dict[tuple[str, str], Shown]:
    """Return what to show of fields of one table, by row key and name of the field.

    ``connection`` has the tables of a release; rows that it has not are left out.
    """
    table = fields[0].table
    key, source = ROWS[table]
    rows = ask(
        connection,
        f"SELECT {key} AS row_key, {_COLUMNS[table]}, documents.path FROM {source} "
        f"AND {key} IN (SELECT unnest({quoted_list(keys)})) ORDER BY row_key",
    ).mappings()
    tell = _TELLERS[table](connection, rows)
    return {
        (row["row_key"], field.name): Shown(
            cut(row[field.column]),
            *map(cut, tell(row, field)),
            *(row[name] for name in ("headline", "publisher", "path")),
        )
        for row in rows
        for field in fields
    }


Teller = Callable[[Row, Checkable], tuple[str | None, str | None]]
"""Returns the evidence of a field of a row, and the text around it."""


def _of_articles(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> Teller:
    ids = quoted_list(row["article_id"] for row in rows)
    documents = quoted_list({row["document_id"] for row in rows})
    statements = ask(
        connection,
        "FROM statements WHERE chosen AND article_id IN (SELECT unnest("
        f"{ids})) ORDER BY article_id, field, source_start, value",
    ).mappings()
    chosen = {(one["article_id"], one["field"]): one for one in reversed(statements)}
    places = _places(connection, ids, documents)

    def tell(row: Row, field: Checkable) -> tuple[str | None, str | None]:
        statement = chosen.get((row["article_id"], field.column))
        if statement is None:
            return None, row["around"]
        own = [*places.get(row["article_id"], []), *places.get(row["document_id"], [])]
        found = evidence_of(statement, own)
        said, place = found["original_text"], found["place"]
        where = f" [{place.replace('_', ' ')}]" if place else ""
        meaning = f"({method_meaning(statement['method'])}){where}"
        is_shown = found["context"] and found["context"] != said
        return f"{said or ''} {meaning}".strip(), found["context"] if is_shown else row["around"]

    return tell


def _places(
    connection: duckdb.DuckDBPyConnection, articles: str, documents: str
) -> dict[str, list[Row]]:
    """Return paragraphs by article and removed spans by document, in reading order."""
    rows = ask(
        connection,
        f"""
        SELECT article_id AS owner, source_start, source_end, text, role AS place FROM paragraphs
        WHERE article_id IN (SELECT unnest({articles}))
        UNION ALL SELECT document_id, source_start, source_end, text, reason FROM removed_spans
        WHERE document_id IN (SELECT unnest({documents})) ORDER BY owner, source_start
        """,
    ).mappings()
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["owner"], []).append(row)
    return found


def _of_texts(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> Teller:
    del connection, rows  # a row of these has the text that it stands in

    def tell(row: Row, field: Checkable) -> tuple[str | None, str | None]:
        whole, first, last = row["whole"], row["first"], row["last"]
        begin, end = max(0, first - _AROUND), last + _AROUND
        around = f"{'…' if begin else ''}{whole[begin:end]}{'…' if end < len(whole) else ''}"
        said = row["cue"] if field.name == "quotation" else row.get("text")
        return said, around

    return tell


def _of_removed(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> Teller:
    documents = quoted_list({row["document_id"] for row in rows})
    kept: dict[str, list[Row]] = {}
    for paragraph in ask(
        connection,
        "SELECT articles.document_id, source_start, source_end, paragraphs.text FROM paragraphs "
        "JOIN articles USING (article_id) WHERE articles.document_id IN (SELECT unnest("
        f"{documents})) ORDER BY source_start",
    ).mappings():
        kept.setdefault(paragraph["document_id"], []).append(paragraph)

    def tell(row: Row, field: Checkable) -> tuple[str | None, str | None]:
        del field
        others = kept.get(row["document_id"], [])
        before = [one["text"] for one in others if one["source_end"] <= row["source_start"]][-1:]
        behind = [one["text"] for one in others if one["source_start"] >= row["source_end"]][:1]
        parts = [one[-_AROUND:] for one in before], [one[:_AROUND] for one in behind]
        return row["reason"].replace("_", " "), " [left out] ".join(" ".join(one) for one in parts)

    return tell


_TELLERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Sequence[Row]], Teller]] = {
    ARTICLES: _of_articles,
    QUOTATIONS: _of_texts,
    TOPICS: _of_texts,
    REMOVED_SPANS: _of_removed,
}
