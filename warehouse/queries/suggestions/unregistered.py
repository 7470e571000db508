"""Names and outlets that no register knows, by how often they occur: what to look up next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from knipsel.transforms.registers.lines.outlet_suggestions import (
    Published,
    Suggestion,
    suggestions,
)
from knipsel.warehouse.queries.queries import Answer, ask

if TYPE_CHECKING:
    from knipsel.transforms.registers.lines.outlets import OutletRegister

_QUERY = """
WITH named AS (
    SELECT mentions.kind, mentions.name, mentions.text, mentions.article_id, mention_id
    FROM mentions JOIN articles USING (article_id)
    WHERE entity_id IS NULL AND articles.is_canonical
), spoken AS (
    SELECT kind, name, count(DISTINCT quotation_id) AS quotations
    FROM named JOIN quotations ON speaker_mention_id = mention_id GROUP BY ALL
)
SELECT kind, name, count(DISTINCT article_id) AS articles, count(*) AS mentions,
    coalesce(any_value(spoken.quotations), 0) AS quotations,
    list(DISTINCT text ORDER BY text) AS spellings,
    min(article_id) AS example
FROM named LEFT JOIN spoken USING (kind, name)
GROUP BY kind, name HAVING count(DISTINCT article_id) >= $articles
ORDER BY articles DESC, mentions DESC, kind, name LIMIT $limit
"""
_PUBLISHED = """
WITH counted AS (
    SELECT publisher, hostname, language, count(*) AS articles, min(article_id) AS example
    FROM articles WHERE publisher IS NOT NULL GROUP BY ALL
)
SELECT publisher, hostname, counted.language, articles, example, method, original_text
FROM counted LEFT JOIN statements
    ON article_id = example AND field = 'publisher' AND chosen
ORDER BY ALL
"""
OUTLET_COLUMNS = [
    *("kind", "name", "articles", "spellings", "hosts", "alias_of"),
    *("method", "evidence", "example"),
]
OUTLET = "outlet"


def unregistered_names(connection: duckdb.DuckDBPyConnection, articles: int, limit: int) -> Answer:
    """Return the names that at least so many articles have and no register knows.

    The most frequent come first, each with its spellings, how many quotations are its own, and an
    article to look at. A text counts once.
    """
    return ask(connection, _QUERY, {"articles": articles, "limit": limit})


def unregistered_outlets(
    connection: duckdb.DuckDBPyConnection, outlets: OutletRegister, articles: int, limit: int
) -> list[Suggestion]:
    """Return the outlets that at least so many articles have and the register does not list.

    The most frequent come first. Each article counts: one text may stand in several outlets.
    """
    rows = ask(connection, _PUBLISHED).rows
    found = suggestions((Published(*row) for row in rows), outlets)
    return [one for one in found if one.articles >= articles][:limit]


def outlet_rows(found: list[Suggestion]) -> Answer:
    """Return suggested outlets as the answer to a question."""
    rows = [
        (
            *(OUTLET, one.name, one.articles, list(one.spellings), list(one.hosts)),
            *(one.alias_of, one.method, one.evidence, one.example),
        )
        for one in found
    ]
    return Answer(OUTLET_COLUMNS, rows)
