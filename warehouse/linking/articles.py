"""From texts back to articles: their clusters, the canonical ones, and the rows of duplicates."""

from __future__ import annotations

import duckdb

from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.linking.canonical import (
    CANONICAL_ORDER,
    worth_columns,
    worth_query,
)
from knipsel.warehouse.sql import any_row, column_list, make_table

SAME_TEXT = "text_sha256"
"""How two articles with the very same text are known: by its hash."""


def elect(connection: duckdb.DuckDBPyConnection) -> None:
    """Work out the cluster and the canonical article of each article that was reached.

    Expects ``incoming``, ``incoming_worth`` and what `cluster_texts` leaves. Leaves ``elected``.
    """
    make_table(
        connection,
        "reached_articles",
        """
        SELECT lake_row, article_id FROM text_articles
        WHERE NOT is_new AND text_id IN (FROM reached)
        """,
    )
    reached = "article_id IN (SELECT article_id FROM reached_articles)"
    columns = """article_id, document_id, completeness, text_confidence, cluster_id,
        canonical_article_id, text_id(text_sha256) AS text_id"""
    make_table(
        connection,
        "elected",
        f"""
        WITH known AS ({worth_query(f"(FROM lake.statements WHERE {reached})")}), members AS (
            SELECT {columns}, NULL::BIGINT AS lake_row, worth, day, corrected
            FROM incoming LEFT JOIN incoming_worth USING (article_id)
            UNION ALL
            SELECT {columns}, lake_row, worth, day, corrected
            FROM (SELECT *, rowid AS lake_row FROM lake.articles
                WHERE rowid IN (SELECT lake_row FROM reached_articles))
            LEFT JOIN known USING (article_id)
        ), measured AS (
            SELECT members.* EXCLUDE (worth, day, corrected), cluster, {worth_columns("cluster")}
            FROM members JOIN text_clusters USING (text_id)
            LEFT JOIN (SELECT document_id, reader FROM lake.documents) USING (document_id)
        )
        SELECT article_id, text_id, lake_row,
            cluster_id AS old_cluster_id, canonical_article_id AS old_canonical_article_id,
            min(article_id) OVER same AS cluster_id,
            first_value(article_id) OVER (same ORDER BY {CANONICAL_ORDER}) AS canonical_article_id
        FROM measured WINDOW same AS (PARTITION BY cluster)
        """,
    )


def update_members(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the articles that were in the lake before the cluster that they are in now."""
    changed = """
        FROM elected WHERE lake_row IS NOT NULL AND
        (cluster_id, canonical_article_id) <> (old_cluster_id, old_canonical_article_id)
    """
    if not any_row(connection, f"SELECT 1 {changed}"):
        return
    connection.execute(
        f"""
        UPDATE lake.articles SET cluster_id = changed.cluster_id,
            canonical_article_id = changed.canonical_article_id,
            is_canonical = (articles.article_id = changed.canonical_article_id)
        FROM (SELECT lake_row, cluster_id, canonical_article_id {changed}) AS changed
        WHERE articles.rowid = changed.lake_row
        """
    )


def update_pairs(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Bring ``duplicates`` in line with the pairs of the texts that were reached."""
    _list_articles(connection)
    _wanted_rows(connection, settings)
    columns = column_list(BY_NAME["duplicates"].column_names)
    make_table(
        connection,
        "present_rows",
        f"""
        SELECT {columns} FROM lake.duplicates
        WHERE article_id IN (SELECT article_id FROM elected)
        OR other_article_id IN (SELECT article_id FROM elected)
        """,
    )
    stale = "FROM present_rows EXCEPT FROM wanted_rows"
    fresh = "FROM wanted_rows EXCEPT FROM present_rows"
    if any_row(connection, stale):
        connection.execute(
            "DELETE FROM lake.duplicates WHERE (article_id, other_article_id) IN "
            f"(SELECT (article_id, other_article_id) FROM ({stale}))"
        )
    if any_row(connection, fresh):
        connection.execute(
            f"INSERT INTO lake.duplicates ({columns}) SELECT * FROM ({fresh}) ORDER BY 1, 2"
        )


def _list_articles(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``pairs_reached``, and ``speakers``: the articles of their texts, in order."""
    make_table(
        connection,
        "pairs_reached",
        """
        SELECT pairs.text_id, pairs.other_text_id, similarity, containment,
            coalesce(decisions.relation, pairs.relation) AS relation,
            coalesce(decisions.method, 'comparison') AS method,
            coalesce(decisions.is_duplicate, false) AS is_duplicate
        FROM lake.text_pairs AS pairs LEFT JOIN decisions USING (text_id, other_text_id)
        WHERE text_id IN (FROM reached) OR other_text_id IN (FROM reached)
        """,
    )
    make_table(
        connection,
        "neighbours",
        """
        SELECT text_id FROM (
            SELECT text_id FROM pairs_reached UNION SELECT other_text_id FROM pairs_reached
        ) ANTI JOIN reached USING (text_id)
        """,
    )
    make_table(
        connection,
        "speakers",
        """
        SELECT article_id, text_id,
            row_number() OVER (PARTITION BY text_id ORDER BY article_id) AS place
        FROM (
            SELECT article_id, text_id FROM elected
            UNION ALL
            SELECT article_id, text_id FROM text_articles WHERE text_id IN (FROM neighbours)
        )
        """,
    )


def _wanted_rows(connection: duckdb.DuckDBPyConnection, settings: DuplicateSettings) -> None:
    """Leave ``wanted_rows``: the rows of duplicates with an article that was reached.

    Of a text that many articles have, the first ones stand in rows with each other and with
    those of other texts; each further one only beside the very first.
    """
    make_table(
        connection,
        "wanted_rows",
        f"""
        WITH shown AS (FROM speakers WHERE place <= {settings.shown_articles}),
        same AS (
            SELECT one.article_id, other.article_id AS other_article_id
            FROM shown AS one JOIN shown AS other USING (text_id)
            WHERE one.place < other.place AND text_id IN (FROM reached)
            UNION ALL
            SELECT one.article_id, other.article_id
            FROM speakers AS one JOIN speakers AS other USING (text_id)
            WHERE one.place = 1 AND other.place > {settings.shown_articles}
            AND text_id IN (FROM reached)
        )
        SELECT least(one.article_id, other.article_id) AS article_id,
            greatest(one.article_id, other.article_id) AS other_article_id,
            relation, similarity, containment, method, is_duplicate
        FROM pairs_reached AS pairs
        JOIN shown AS one ON one.text_id = pairs.text_id
        JOIN shown AS other ON other.text_id = pairs.other_text_id
        UNION ALL
        SELECT article_id, other_article_id, 'identical', 1.0, 1.0, '{SAME_TEXT}', true FROM same
        """,
    )
