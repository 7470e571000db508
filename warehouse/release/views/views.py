"""The views of ``knipsel.duckdb``: what people would otherwise write themselves."""

from __future__ import annotations

import duckdb

from knipsel.warehouse.release.views.analyst import ANALYST_VIEWS
from knipsel.warehouse.release.views.dates import (
    MONTH_PUBLISHED,
    PUBLISHED_IN_WORDS,
    YEAR_PUBLISHED,
)
from knipsel.warehouse.release.views.model import View
from knipsel.warehouse.sql import identifier, quoted

VIEWS = (
    View(
        "articles_wide",
        "Articles with their authors and topics as lists, the month and year in which they were "
        "published (null where unknown), the date in words, how sure headline, date and author are "
        "(null where nothing estimates it), and with their counts.",
        f"""
        SELECT
            articles.*,
            {MONTH_PUBLISHED} AS month_published,
            {YEAR_PUBLISHED} AS year_published,
            {PUBLISHED_IN_WORDS} AS date_published_in_words,
            coalesce(authors.names, []) AS authors,
            coalesce(found_topics.names, []) AS topics,
            coalesce(blocks.paragraph_count, 0) AS paragraph_count,
            coalesce(said.quotation_count, 0) AS quotation_count,
            coalesce(named.mention_count, 0) AS mention_count,
            coalesce(copies.cluster_size, 1) AS cluster_size,
            sure.headline_confidence,
            sure.date_published_confidence,
            sure.author_confidence
        FROM articles
        LEFT JOIN (
            SELECT article_id,
                max(confidence) FILTER (field = 'headline') AS headline_confidence,
                max(confidence) FILTER (field = 'date_published') AS date_published_confidence,
                max(confidence) FILTER (field = 'author') AS author_confidence
            FROM statements WHERE chosen GROUP BY article_id
        ) AS sure USING (article_id)
        LEFT JOIN (
            SELECT article_id, list(name ORDER BY position) AS names
            FROM article_authors GROUP BY article_id
        ) AS authors USING (article_id)
        LEFT JOIN (
            SELECT article_id, list(topic ORDER BY topic) AS names
            FROM topics GROUP BY article_id
        ) AS found_topics USING (article_id)
        LEFT JOIN (
            SELECT article_id, count(*) AS paragraph_count FROM paragraphs
            WHERE char_start IS NOT NULL GROUP BY article_id
        ) AS blocks USING (article_id)
        LEFT JOIN (
            SELECT article_id, count(*) AS quotation_count FROM quotations GROUP BY article_id
        ) AS said USING (article_id)
        LEFT JOIN (
            SELECT article_id, count(*) AS mention_count FROM mentions GROUP BY article_id
        ) AS named USING (article_id)
        LEFT JOIN (
            SELECT cluster_id, count(*) AS cluster_size FROM articles GROUP BY cluster_id
        ) AS copies USING (cluster_id)
        """,
    ),
    View(
        "canonical_articles",
        "The same, one article for each cluster of duplicates: each text counts once.",
        "FROM articles_wide WHERE is_canonical",
    ),
    View(
        "held_back",
        "Documents in quarantine, with every open reason.",
        """
        SELECT documents.document_id, documents.file_name, documents.path,
            quarantine.rule, quarantine.column_name, quarantine.value, quarantine.message,
            quarantine.first_seen_at
        FROM documents JOIN quarantine USING (document_id)
        WHERE documents.status = 'quarantined' AND quarantine.resolved_at IS NULL
        """,
    ),
    *ANALYST_VIEWS,
    View(
        "coded",
        "A code with its article, and whether the text is still the one that was coded.",
        f"""
        SELECT code.*, articles.headline, articles.publisher, articles.date_published,
            {MONTH_PUBLISHED} AS month_published, {YEAR_PUBLISHED} AS year_published,
            coalesce(code.text_sha256 = CASE unit
                WHEN 'article' THEN articles.text_sha256
                WHEN 'paragraph' THEN sha256(part.text)
                ELSE sha256(said.text) END, false) AS is_current
        FROM codes AS code LEFT JOIN articles USING (article_id)
        LEFT JOIN paragraphs AS part ON part.paragraph_id = code.unit_id
        LEFT JOIN quotations AS said ON said.quotation_id = code.unit_id
        """,
    ),
)


def create_lake_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the same views on the lake that the connection uses, for that connection alone."""
    for view in VIEWS:
        connection.execute(f"CREATE TEMP VIEW {identifier(view.name)} AS {view.query}")


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the views in the database that the connection uses, with their comments."""
    for view in VIEWS:
        name = identifier(view.name)
        connection.execute(f"CREATE VIEW {name} AS {view.query}")
        connection.execute(f"COMMENT ON VIEW {name} IS {quoted(view.description)}")
