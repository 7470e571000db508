"""Names that no register knows, by how often they occur: what to look up next."""

from __future__ import annotations

import duckdb

from knipsel.warehouse.queries.queries import Answer, ask

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


def unregistered_names(connection: duckdb.DuckDBPyConnection, articles: int, limit: int) -> Answer:
    """Return the names that at least so many articles have and no register knows.

    The most frequent come first, each with its spellings, how many quotations are its own, and an
    article to look at. A text counts once.
    """
    return ask(connection, _QUERY, {"articles": articles, "limit": limit})
