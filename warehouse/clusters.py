"""Exact duplicates: articles with the same text, and which of them stands for all.

A cluster is named by the smallest identifier among its members, and the choice of the
canonical article looks only at the members, so neither depends on the order of arrival.
"""

from __future__ import annotations

import duckdb

METHOD = "text_sha256"
"""How a pair was compared: equal hashes of the clean text."""

CANONICAL_ORDER = """
    CASE completeness WHEN 'complete' THEN 0 WHEN 'unknown' THEN 1
        WHEN 'truncated' THEN 2 ELSE 3 END,
    char_count DESC,
    date_published_not_before ASC NULLS LAST,
    (headline IS NULL)::INT + (author IS NULL)::INT + (publisher IS NULL)::INT,
    article_id
"""
"""Complete before truncated, then longest, earliest, best described, then by identifier."""

_MEMBER_COLUMNS = """article_id, text_sha256, completeness, char_count,
    date_published_not_before, headline, author, publisher,
    cluster_id, canonical_article_id, is_canonical"""


def elect(connection: duckdb.DuckDBPyConnection) -> None:
    """Work out the clusters that a run touches, before its articles are inserted.

    Expects ``incoming`` (the articles to insert), ``replaced`` (documents whose articles
    go) and the lake; leaves ``elected``: each member of a touched cluster with its
    ``cluster_id``, ``canonical_article_id`` and ``is_canonical``.
    """
    connection.execute(
        """
        CREATE TEMP TABLE touched AS
        SELECT text_sha256 FROM incoming
        UNION
        SELECT text_sha256 FROM lake.articles SEMI JOIN replaced USING (document_id)
        """
    )
    connection.execute(
        f"""
        CREATE TEMP TABLE elected AS
        WITH members AS (
            SELECT {_MEMBER_COLUMNS}, true AS is_new FROM incoming
            UNION ALL
            SELECT {_MEMBER_COLUMNS}, false FROM lake.articles
            SEMI JOIN touched USING (text_sha256) ANTI JOIN replaced USING (document_id)
        )
        SELECT article_id, text_sha256, is_new,
            cluster_id AS old_cluster_id, canonical_article_id AS old_canonical_article_id,
            min(article_id) OVER cluster AS cluster_id,
            first_value(article_id) OVER (cluster ORDER BY {CANONICAL_ORDER})
                AS canonical_article_id
        FROM members WINDOW cluster AS (PARTITION BY text_sha256)
        """
    )


def update_members(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the articles that were in the lake before the cluster that they are in now."""
    changed = """
        FROM elected WHERE NOT is_new AND
        (cluster_id, canonical_article_id) <> (old_cluster_id, old_canonical_article_id)
    """
    if not _any(connection, f"SELECT 1 {changed}"):
        return
    connection.execute(
        f"""
        UPDATE lake.articles SET cluster_id = changed.cluster_id,
            canonical_article_id = changed.canonical_article_id,
            is_canonical = (articles.article_id = changed.canonical_article_id)
        FROM (SELECT article_id, cluster_id, canonical_article_id {changed}) AS changed
        WHERE articles.article_id = changed.article_id
        """
    )


def update_pairs(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the pairs of the touched clusters: each member beside the one that names it."""
    pairs = """
        SELECT cluster_id, article_id, 'identical', 1.0, 1.0, $method, true
        FROM elected WHERE article_id <> cluster_id
    """
    stale = """
        article_id IN (SELECT old_cluster_id FROM elected WHERE NOT is_new) AND method = $method
    """
    if _any(connection, f"SELECT 1 FROM lake.duplicates WHERE {stale}", {"method": METHOD}):
        connection.execute(f"DELETE FROM lake.duplicates WHERE {stale}", {"method": METHOD})
    if _any(connection, pairs, {"method": METHOD}):
        connection.execute(f"INSERT INTO lake.duplicates {pairs}", {"method": METHOD})


def _any(
    connection: duckdb.DuckDBPyConnection, query: str, params: dict[str, str] | None = None
) -> bool:
    """Tell whether a query has a row; a statement that changes nothing still costs a commit."""
    return connection.execute(f"SELECT EXISTS ({query})", params or {}).fetchone() == (True,)
