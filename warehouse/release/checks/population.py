"""What a sample is drawn from: the rows of a table of a release, each in its stratum."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from knipsel.transforms.checks.fields import ARTICLES, QUOTATIONS, REMOVED_SPANS, TOPICS
from knipsel.warehouse.release.views.dates import MONTH_PUBLISHED, YEAR_PUBLISHED
from knipsel.warehouse.sql import quoted

PARAGRAPHS = "paragraphs"
NONE = "(none)"
"""The part of a stratum's name where a row has no value."""
_BETWEEN = " · "
STRATA = {
    "publisher": "articles.publisher",
    "language": "articles.language",
    "genre": "articles.genre",
    "month": MONTH_PUBLISHED,
    "year": YEAR_PUBLISHED,
    "media_type": "documents.media_type",
}
"""What strata may be made by, and its SQL over an article and its document."""

ROWS = {
    ARTICLES: (
        "articles.article_id",
        "articles JOIN documents USING (document_id) WHERE is_canonical",
    ),
    QUOTATIONS: (
        "said.quotation_id",
        (
            "quotations AS said JOIN articles USING (article_id) "
            "JOIN documents USING (document_id) WHERE is_canonical"
        ),
    ),
    PARAGRAPHS: (
        "part.paragraph_id",
        (
            "paragraphs AS part JOIN articles USING (article_id) "
            "JOIN documents USING (document_id) WHERE is_canonical AND part.char_start IS NOT NULL"
        ),
    ),
    TOPICS: (
        "concat(article_id, ':', about.topic)",
        (
            "topics AS about JOIN articles USING (article_id) JOIN documents USING (document_id) "
            "WHERE is_canonical"
        ),
    ),
    REMOVED_SPANS: (
        "concat(removed.document_id, ':', removed.source_start)",
        (
            "removed_spans AS removed JOIN (SELECT document_id, min(article_id) AS article_id "
            "FROM articles WHERE is_canonical GROUP BY document_id) AS first USING (document_id) "
            "JOIN articles ON articles.article_id = first.article_id "
            "JOIN documents ON documents.document_id = removed.document_id WHERE true"
        ),
    ),
}
"""For each table the key of a row, and where its rows are: each text counts once, so they are those
of canonical articles, and of the sources of these."""


def check_strata(by: Sequence[str]) -> None:
    """Raise ``ValueError`` for what no strata can be made by."""
    for name in by:
        if name not in STRATA:
            message = f"{name!r} makes no strata; these do: {', '.join(STRATA)}"
            raise ValueError(message)


def population(
    connection: duckdb.DuckDBPyConnection, table: str, by: Sequence[str]
) -> list[tuple[str, str]]:
    """Return the key of each row that may be drawn, with the name of its stratum."""
    key, source = ROWS[table]
    parts = [f"coalesce(CAST({STRATA[name]} AS VARCHAR), {quoted(NONE)})" for name in by]
    stratum = f"concat_ws({quoted(_BETWEEN)}, {', '.join(parts)})" if parts else quoted("all")
    return connection.execute(f"SELECT {key}, {stratum} FROM {source}").fetchall()
