"""Lines under a headline that many articles share: one of them is often the article's own."""

from __future__ import annotations

import duckdb

from knipsel.transforms.describe.across.settle import HEADING_BELOW
from knipsel.transforms.model import Statement
from knipsel.warehouse.sql import make_table

_LINES = 3
"""Lines under the shared one that are looked at."""
_WORDS, _CHARACTERS = (3, 25), 160
"""The words that a headline has, and the characters at most."""
_CONFIDENCE = 0.6
"""How sure it is that such a line is the headline: it has the place and the form of one."""


def list_headings(connection: duckdb.DuckDBPyConnection, repeats: float) -> None:
    """Leave ``headings_below``: the line under a shared headline which few other articles have.

    Expects ``given_values``.
    """
    fewest, most = _WORDS
    make_table(
        connection,
        "headings_below",
        rf"""
        WITH headed AS (
            SELECT outlet, key, cluster_id, article_id FROM given_values
            WHERE field = 'headline' AND leads
            QUALIFY count(DISTINCT cluster_id) OVER (PARTITION BY outlet, key) > {repeats:g}
        ), lines AS (
            SELECT headed.*, position, text, source_start, source_end, role,
                min(position) FILTER (role = 'headline' AND value_key(text) = key)
                    OVER (PARTITION BY article_id) AS top
            FROM (FROM lake.paragraphs WHERE article_id IN (SELECT article_id FROM headed))
            JOIN headed USING (article_id)
        ), below AS (
            SELECT article_id, outlet, key, cluster_id,
                arg_min({{value: text, source_start: source_start, source_end: source_end}},
                    position) AS line
            FROM lines WHERE position > top AND position <= top + {_LINES}
            AND role IN ('heading', 'standfirst', 'body') AND value_key(text) <> key
            AND length(text) <= {_CHARACTERS} AND NOT regexp_matches(text, '[.,;:…]["”’»]?$')
            AND array_length(string_split(value_key(text), ' ')) BETWEEN {fewest} AND {most}
            GROUP BY ALL
        )
        SELECT article_id, outlet, key, cluster_id, unnest(line) FROM below
        QUALIFY count(DISTINCT cluster_id) OVER (PARTITION BY outlet, value_key(line.value)) <= 2
        """,
    )


def headings_below(connection: duckdb.DuckDBPyConnection, part: int) -> dict[str, Statement]:
    """Return the line under a headline that was taken away, as a candidate, by article."""
    rows = connection.execute(
        f"""
        SELECT article_id, value, source_start, source_end
        FROM headings_below JOIN value_verdicts USING (outlet, key)
        WHERE field = 'headline' AND effect = 'rejected'
        AND article_id IN (SELECT article_id FROM unsettled WHERE part = {part})
        """
    ).fetchall()
    return {
        article_id: Statement(
            article_id,
            "headline",
            value,
            value,
            start,
            end,
            HEADING_BELOW,
            _CONFIDENCE,
            chosen=False,
        )
        for article_id, value, start, end in rows
    }
