"""Which rows go with a retraction: one rule for each table, for the lake and for releases.

All expect ``retract_articles`` and ``retract_archived`` as `knipsel.warehouse.retraction.targets`
leaves them, and ``retract_documents`` as `find_documents` does for the place.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from knipsel.transforms.describe.across.settle import COPY
from knipsel.warehouse.contract import TABLES, Table
from knipsel.warehouse.contract.operations import CHECKED_ARTICLE, CHECKED_DOCUMENT
from knipsel.warehouse.lake.entities import MENTIONED
from knipsel.warehouse.linking.canonical import CANONICAL_ORDER, worth_columns, worth_query
from knipsel.warehouse.sql import make_table, quoted

NAME = "(retracted)"
"""What stands for the name and the path of a source: both may be made of its headline."""

_OF_REMAINING = """
    entity_id IS NOT NULL AND article_id NOT IN (SELECT article_id FROM retract_articles)
"""

_ARTICLE_COLUMNS = ("article_id", "other_article_id")

_OF_SOURCE: Mapping[str, str] = {
    "sightings": "document_id NOT IN (FROM retract_documents)",
    "quarantine": "document_id NOT IN (FROM retract_archived)",
    "removed_spans": """document_id NOT IN (FROM retract_documents) AND NOT EXISTS (
        FROM retract_stretches AS stretch WHERE stretch.document_id = removed_spans.document_id
        AND source_end > stretch.after AND source_start < stretch.before)
        AND (document_id, source_start) NOT IN
            (SELECT (document_id, source_start) FROM retract_mentions)""",
    "checks": f"""coalesce({CHECKED_ARTICLE} NOT IN (SELECT article_id FROM retract_articles), true)
        AND coalesce({CHECKED_DOCUMENT} NOT IN (FROM retract_archived), true)""",
}
_OF_WITNESS = (
    f"method = '{COPY}' AND evidence_article_id IN (SELECT article_id FROM retract_articles)"
)
TOLD_BY_GONE = f"SELECT article_id FROM {{schema}}.statements WHERE chosen AND {_OF_WITNESS}"
"""The articles of a release that carry a value which only an article says that goes."""
_TOLD: Mapping[str, str] = {
    "statements": f"coalesce(NOT ({_OF_WITNESS}), true)",
    "article_authors": f"article_id NOT IN ({TOLD_BY_GONE} AND field = 'author')",
}
"""What goes with a witness in a release, which is not settled anew."""
_KEPT_WHOLE = frozenset({"documents", "retractions", "runs", "run_inputs", "validations"})
"""Tables that lose no row: of documents the tombstone stays."""


def kept(table: Table, schema: str, *, has_witnesses: bool = False) -> str | None:
    """Return the condition that a row of a table meets if it stays; None where all stay.

    ``schema`` is where the tables are; ``has_witnesses`` tells that it is a release in which some
    articles carry what copies say.
    """
    if table.name == "entities":
        return MENTIONED.format(schema=schema, condition=_OF_REMAINING)
    if table.name in _KEPT_WHOLE:
        return None
    if table.name in _OF_SOURCE:
        return _OF_SOURCE[table.name]
    columns = [name for name in _ARTICLE_COLUMNS if name in table.column_names]
    conditions = [
        f"{column} NOT IN (SELECT article_id FROM retract_articles)" for column in columns
    ]
    if has_witnesses and table.name in _TOLD:
        conditions.append(_TOLD[table.name].format(schema=schema))
    return " AND ".join(conditions)


def find_documents(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Leave ``retract_documents``: those that keep no article in a place, and go as a whole there.

    ``schema`` is where the tables are. A source may have been divided otherwise in a release.
    """
    make_table(
        connection,
        "retract_documents",
        f"""
        FROM retract_archived WHERE document_id NOT IN (
            SELECT document_id FROM {schema}.articles
            WHERE article_id NOT IN (SELECT article_id FROM retract_articles))
        """,
    )


def find_stretches(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Leave ``retract_stretches``: where, in sources that keep articles, the others stood.

    What was removed between the articles before and after one may hold parts of it: the fields
    of a record, a teaser, a pull quote. ``schema`` is where the tables are.
    """
    make_table(
        connection,
        "retract_stretches",
        f"""
        WITH placed AS (
            SELECT document_id, article_id, min(source_start) AS first, max(source_end) AS last
            FROM {schema}.paragraphs JOIN {schema}.articles USING (article_id)
            WHERE document_id IN (SELECT document_id FROM retract_articles) GROUP BY ALL
        ), between_others AS (
            SELECT document_id, article_id,
                coalesce(lag(last) OVER source, 0) AS after,
                coalesce(lead(first) OVER source, (1::BIGINT << 62)) AS before
            FROM placed WINDOW source AS (PARTITION BY document_id ORDER BY first, article_id)
        )
        SELECT document_id, after, before
        FROM between_others SEMI JOIN retract_articles USING (article_id)
        """,
    )


def delete_rows(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Delete from all tables in a schema what goes, and make tombstones of the documents.

    Expects what `find_stretches` and `knipsel.warehouse.retraction.mentions.find_mentions` leave.
    """
    for table in TABLES:
        condition = kept(table, schema)
        if condition is not None:
            connection.execute(f"DELETE FROM {schema}.{table.name} WHERE NOT ({condition})")
    connection.execute(f"INSERT INTO {schema}.removed_spans BY NAME FROM retract_remainders")
    connection.execute(
        f"UPDATE {schema}.documents SET status = 'retracted', file_name = {quoted(NAME)}, "
        f"path = {quoted(NAME)} WHERE document_id IN (FROM retract_documents)"
    )


def remaining_documents(source: str) -> str:
    """Return the query for documents with the tombstones among them."""
    gone = "document_id IN (FROM retract_documents)"
    return f"""
        SELECT * REPLACE (
            CASE WHEN {gone} THEN 'retracted' ELSE status END AS status,
            CASE WHEN {gone} THEN {quoted(NAME)} ELSE file_name END AS file_name,
            CASE WHEN {gone} THEN {quoted(NAME)} ELSE path END AS path)
        FROM {source}
    """


def _without_told(source: str) -> str:
    """Return the query for articles without the values that only an article says that goes."""
    told = TOLD_BY_GONE.format(schema=source.removesuffix(".articles"))
    nulls = ", ".join(
        f"CASE WHEN article_id IN ({told} AND field = '{field}') THEN {other} ELSE {name} END "
        f"AS {name}"
        for field, name, other in (
            ("headline", "headline", "NULL"),
            ("author", "author", "NULL"),
            ("date_published", "date_published", "NULL"),
            ("date_published", "date_published_not_before", "NULL"),
            ("date_published", "date_published_not_after", "NULL"),
            ("date_published", "date_published_precision", "'unknown'"),
        )
    )
    return f"(SELECT * REPLACE ({nulls}) FROM {source})"


def remaining_articles(source: str, *, has_score: bool, has_witnesses: bool) -> str:
    """Return the query for the articles that stay; where their canonical one goes, another is.

    ``has_score`` tells whether they have an expected score of their bodies, ``has_witnesses``
    whether some carry what copies say: what only an article says that goes, goes. The clusters of a
    release are as they were when it was made, less those that went: pairs
    are not compared anew.
    """
    gone = "(SELECT article_id FROM retract_articles)"
    schema = source.removesuffix("articles")
    score = "" if has_score else ", NULL::DOUBLE AS text_confidence"
    return f"""
        SELECT stay.* REPLACE (
            coalesce(elected.cluster, stay.cluster_id) AS cluster_id,
            coalesce(elected.canonical, stay.canonical_article_id) AS canonical_article_id,
            stay.article_id = coalesce(elected.canonical, stay.canonical_article_id)
                AS is_canonical)
        FROM {_without_told(source) if has_witnesses else source} AS stay LEFT JOIN (
            SELECT article_id, min(article_id) OVER same AS cluster,
                first_value(article_id) OVER (same ORDER BY {CANONICAL_ORDER}) AS canonical
            FROM (
                SELECT member.*, {worth_columns("cluster_id")}
                FROM (SELECT *{score} FROM {source}) AS member
                LEFT JOIN ({worth_query(f"{schema}statements", is_past=True)}) USING (article_id)
                LEFT JOIN (SELECT document_id, reader FROM {schema}documents) USING (document_id)
                WHERE article_id NOT IN {gone} AND cluster_id IN
                    (SELECT cluster_id FROM {source} WHERE article_id IN {gone})
            ) WINDOW same AS (PARTITION BY cluster_id)
        ) AS elected USING (article_id)
        WHERE stay.article_id NOT IN {gone}
    """
