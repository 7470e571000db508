"""Which outlets a run touches, and which articles they have."""

from __future__ import annotations

import duckdb

from knipsel.warehouse.sql import any_row, make_table

KEY_MACRO = r"""
CREATE OR REPLACE TEMP MACRO value_key(value) AS
    trim(regexp_replace(lower(strip_accents(value)), '[^\pL\pN]+', ' ', 'g'))
"""
"""A value in small letters, without signs and accents: two that differ in these are the same."""

FOLDER = "folder:"
"""How the outlet of an article begins of which nothing is known but where its file lay."""

_OUTLET = f"""
    coalesce('publisher:' || nullif(value_key(publisher), ''), 'host:' || lower(hostname),
        '{FOLDER}' || regexp_replace(path, '[^/]*$', ''))
"""
"""The outlet of an article: its publisher, else its host, else its folder."""


def note_left(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``left_outlets``: the outlets of the articles that go, before they are removed.

    Expects ``departing``.
    """
    connection.execute(KEY_MACRO)
    make_table(
        connection,
        "left_outlets",
        f"""
        SELECT DISTINCT {_OUTLET} AS outlet
        FROM lake.articles JOIN lake.documents USING (document_id)
        SEMI JOIN departing USING (article_id)
        """,
    )


def list_outlets(connection: duckdb.DuckDBPyConnection, *, is_all: bool) -> bool:
    """Leave the articles by outlet, and which outlets are looked at; tell whether any is.

    Expects ``left_outlets``, ``incoming`` and ``elected``; where ``is_all``, all outlets count as
    touched. Leaves ``outlet_articles``, ``settled_outlets``: those whose articles may come out
    otherwise than before, and ``judged_outlets``: these, and the outlets of copies that those
    without one receive from.
    """
    make_table(
        connection,
        "outlet_articles",
        f"""
        SELECT article_id, document_id, position AS place, cluster_id, {_OUTLET} AS outlet,
            publisher, hostname, language, word_count, completeness,
            publisher IS NOT NULL OR hostname IS NOT NULL AS may_give
        FROM (SELECT * EXCLUDE (text) FROM lake.articles)
        JOIN (SELECT document_id, path FROM lake.documents) USING (document_id)
        """,
    )
    touched = (
        "SELECT outlet FROM outlet_articles"
        if is_all
        else """
        FROM left_outlets UNION SELECT outlet FROM outlet_articles
        WHERE article_id IN (SELECT article_id FROM incoming UNION ALL
            SELECT article_id FROM elected WHERE lake_row IS NULL
            OR (cluster_id, canonical_article_id) <> (old_cluster_id, old_canonical_article_id))
        """
    )
    mates = f"""
        SELECT mate.outlet FROM outlet_articles AS mate WHERE cluster_id IN (
            SELECT cluster_id FROM outlet_articles WHERE outlet IN ({{}}))
        AND ({{}} OR starts_with(mate.outlet, '{FOLDER}'))
    """
    make_table(
        connection,
        "settled_outlets",
        f"""
        WITH touched AS (SELECT DISTINCT outlet FROM ({touched}))
        FROM touched UNION {mates.format("FROM touched", "false")}
        UNION SELECT outlet FROM outlet_articles WHERE hostname IN
            (SELECT hostname FROM outlet_articles WHERE outlet IN (FROM touched))
        """,
    )
    make_table(
        connection,
        "judged_outlets",
        f"FROM settled_outlets UNION {mates.format('FROM settled_outlets', 'true')}",
    )
    return any_row(connection, "FROM settled_outlets")
