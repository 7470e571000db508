"""What looks wrong in an article beside the others of its outlet: for a person to look at.

Each query gives rows of ``article_id``, ``field``, ``rule``, ``effect`` and ``carriers``. They
expect what `list_values` and `list_outlets` leave, and copies count once in all of them.
"""

from __future__ import annotations

import duckdb

from knipsel.transforms.describe.across.rules import CorpusBounds
from knipsel.transforms.describe.candidates.declared_days import DEFAULT_DAY
from knipsel.transforms.describe.choice import BEFORE_OUTLET, FUTURE, NOT_A_DATE
from knipsel.warehouse.sql import make_table, quoted

_FEWEST = 10
"""Articles that an outlet must have, for one of them to be unlike the others."""
_USUAL, _RARE = 0.9, 0.05
"""Shares of an outlet's articles: of what is usual in it, and of what is not."""
_IN_ORDER = 0.8
"""The share of the neighbours in a file that follow each other where the file has an order."""
_IN_A_ROW = 6
"""Articles that a file must have, to speak of an order."""
_LESS_ABOUT = 0.3
"""How much smaller a share of the longer words of a headline a text has that it is not about."""
_KIN = 0.5
"""The share of the shorter of two texts that the other has, from which on they are kin."""
_LONG_WORD = 4
_SENTENCE, _LONG, _VERY_LONG = 4, 20, 40
"""Words of a paragraph that is more than a label, that does not stand twice, that is nobody's."""


def list_paragraphs(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``outlet_paragraphs``: the blocks of texts that are looked at, by their words."""
    make_table(
        connection,
        "outlet_paragraphs",
        f"""
        WITH worded AS (
            SELECT outlet, cluster_id, article_id, value_key(text) AS key,
                array_length(string_split(key, ' ')) AS words,
                row_number() OVER (PARTITION BY article_id ORDER BY position) AS from_top,
                row_number() OVER (PARTITION BY article_id ORDER BY position DESC) AS from_end
            FROM (SELECT article_id, position, text FROM lake.paragraphs
                WHERE char_start IS NOT NULL AND article_id IN (SELECT article_id
                    FROM outlet_articles WHERE outlet IN (FROM judged_outlets)))
            JOIN outlet_articles USING (article_id)
        ), counted AS (
            SELECT outlet, key, count(DISTINCT cluster_id) AS carriers FROM worded GROUP BY ALL
        )
        FROM worded JOIN counted USING (outlet, key) WHERE words >= {_SENTENCE}
        """,
    )


def repeated_paragraphs(bounds: CorpusBounds) -> str:
    """Return the query for paragraphs that many articles of an outlet open with, end with, have."""
    return f"""
        SELECT article_id, 'text' AS field, CASE WHEN from_top = 1 THEN 'repeated_opening'
            WHEN from_end = 1 THEN 'repeated_ending' ELSE 'repeated_paragraph' END AS rule,
            'warning' AS effect, carriers
        FROM outlet_paragraphs WHERE carriers > {bounds.repeats:g}
    """


def doubled_paragraphs(bounds: CorpusBounds) -> str:
    """Return the query for long paragraphs that stand in a text twice."""
    del bounds
    return f"""
        SELECT article_id, 'text' AS field, 'doubled_paragraph' AS rule, 'warning' AS effect,
            1 AS carriers
        FROM outlet_paragraphs WHERE words >= {_LONG} GROUP BY article_id, key HAVING count(*) > 1
    """


def ends_in_another(bounds: CorpusBounds) -> str:
    """Return the query for texts at whose end another article's headline or beginning stands."""
    return f"""
        WITH begun AS (
            SELECT outlet, key, cluster_id FROM outlet_paragraphs
            WHERE from_top = 1 AND words >= {_LONG}
            UNION
            SELECT outlet, key, cluster_id FROM given_values
            WHERE field = 'headline' AND document_rank = 1
            AND array_length(string_split(key, ' ')) >= {_SENTENCE}
        )
        SELECT article_id, 'text' AS field, 'ends_in_another' AS rule, 'warning' AS effect,
            count(DISTINCT begun.cluster_id) AS carriers
        FROM outlet_paragraphs AS block JOIN begun USING (outlet, key)
        WHERE begun.cluster_id <> block.cluster_id AND from_top > 1 AND from_end <= 3
        AND block.carriers <= {bounds.repeats:g} GROUP BY article_id
    """


def shared_stretches(bounds: CorpusBounds) -> str:
    """Return the query for long paragraphs that few articles share which are no copies.

    It is out of place where it ends one of them and no other; where that says nothing, in all.
    Versions and templates, which `duplicates` knows, share what they share.
    """
    return f"""
        WITH shared AS (
            SELECT *, from_end = 1 AND from_top > 1 AS is_last,
                bool_or(from_end = 1 AND from_top > 1) OVER same AS any_last,
                bool_and(from_end = 1) OVER same AS all_last
            FROM outlet_paragraphs
            WHERE article_id NOT IN (SELECT unnest([article_id, other_article_id])
                FROM lake.duplicates WHERE relation <> 'distinct' AND containment >= {_KIN})
            AND words >= {_VERY_LONG} AND carriers BETWEEN 2 AND {bounds.repeats:g}
            WINDOW same AS (PARTITION BY outlet, key)
        )
        SELECT article_id, 'text' AS field, 'shared_stretch' AS rule, 'warning' AS effect, carriers
        FROM shared WHERE is_last OR NOT any_last OR all_last
    """


def unlike_length(bounds: CorpusBounds) -> str:
    """Return the query for texts that are far shorter or longer than the outlet's others."""
    return f"""
        WITH sized AS (
            SELECT *, median(word_count) OVER of_outlet AS usual, count(*) OVER of_outlet AS others
            FROM outlet_articles WHERE outlet IN (FROM settled_outlets)
            WINDOW of_outlet AS (PARTITION BY outlet)
        ), unlike AS (
            SELECT *, count(*) OVER (PARTITION BY outlet) AS carriers FROM sized
            WHERE others >= {_FEWEST} AND (word_count * {bounds.length_ratio:g} < usual
                OR word_count > usual * {bounds.length_ratio:g})
        )
        SELECT article_id, 'text' AS field, 'unlike_length' AS rule, 'warning' AS effect, carriers
        FROM unlike WHERE carriers <= {_RARE} * others
    """


def other_language(bounds: CorpusBounds) -> str:
    """Return the query for articles in a language that is not the outlet's."""
    del bounds
    return _rare("language", "outlet", "other_language", "language")


def other_publisher(bounds: CorpusBounds) -> str:
    """Return the query for articles with another publisher than the host's others."""
    del bounds
    return _rare("publisher", "hostname", "other_publisher", "publisher")


def _rare(column: str, group: str, rule: str, field: str) -> str:
    """Return the query for articles with a value of a column that is rare in a group."""
    return f"""
        WITH counted AS (
            SELECT {group} AS group_of, {column} AS value, count(DISTINCT cluster_id) AS carriers
            FROM outlet_articles WHERE {column} IS NOT NULL AND {group} IS NOT NULL GROUP BY ALL
        ), compared AS (
            SELECT *, sum(carriers) OVER (PARTITION BY group_of) AS others,
                max(carriers) OVER (PARTITION BY group_of) AS most FROM counted
        )
        SELECT article_id, '{field}' AS field, '{rule}' AS rule, 'warning' AS effect, carriers
        FROM outlet_articles JOIN compared ON group_of = {group} AND value = {column}
        WHERE others >= {_FEWEST} AND most >= {_USUAL} * others AND carriers <= {_RARE} * others
    """


def day_out_of_order(bounds: CorpusBounds) -> str:
    """Return the query for days that break the order of the articles in a file."""
    del bounds
    return f"""
        WITH dated AS (
            SELECT document_id, article_id, try_cast(replace(key, ' ', '-') AS DATE) AS day,
                lag(day) OVER source AS before, lead(day) OVER source AS after
            FROM given_values JOIN outlet_articles USING (article_id)
            WHERE field = 'date_published' AND document_rank = 1 AND length(key) = 10
            WINDOW source AS (PARTITION BY document_id ORDER BY place)
        ), counted AS (
            SELECT document_id, count(*) FILTER (day >= before) / count(before) AS rising,
                count(*) FILTER (day <= before) / count(before) AS falling
            FROM dated GROUP BY document_id HAVING count(*) >= {_IN_A_ROW}
        )
        SELECT article_id, 'date_published' AS field, 'day_out_of_order' AS rule,
            'warning' AS effect, 1 AS carriers
        FROM dated JOIN counted USING (document_id)
        WHERE (rising >= {_IN_ORDER} AND before <= after AND (day < before OR day > after))
        OR (falling >= {_IN_ORDER} AND before >= after AND (day > before OR day < after))
    """


def headline_of_another(bounds: CorpusBounds) -> str:
    """Return the query for headlines that are about the text of another article, not their own."""
    return f"""
        WITH shared AS (
            SELECT outlet, key, cluster_id, article_id,
                list_filter(string_split(key, ' '), word -> length(word) >= {_LONG_WORD}) AS words
            FROM given_values WHERE field = 'headline' AND document_rank = 1
            WINDOW same AS (PARTITION BY outlet, key)
            QUALIFY count(DISTINCT cluster_id) OVER same BETWEEN 2 AND {bounds.repeats:g}
        ), about AS (
            SELECT shared.*, len(list_filter(words, word -> contains(value_key(text), word)))
                / len(words) AS share
            FROM shared JOIN lake.articles USING (article_id) WHERE len(words) >= 2
        )
        SELECT article_id, 'headline' AS field, 'headline_of_another' AS rule, 'warning' AS effect,
            count(*) OVER (PARTITION BY outlet, key) AS carriers
        FROM about
        QUALIFY share <= max(share) OVER (PARTITION BY outlet, key) - {_LESS_ABOUT}
    """


def none_left(bounds: CorpusBounds) -> str:
    """Return the query for articles without a day, all that they give for one being impossible."""
    del bounds
    reasons = ", ".join(map(quoted, (FUTURE, BEFORE_OUTLET, NOT_A_DATE, DEFAULT_DAY)))
    return f"""
        SELECT article_id, field, 'none_left' AS rule, 'warning' AS effect, 1 AS carriers
        FROM (SELECT article_id, field, method, chosen FROM lake.statements
            WHERE field = 'date_published')
        WHERE article_id IN (SELECT article_id FROM outlet_articles
            WHERE outlet IN (FROM settled_outlets))
        GROUP BY article_id, field HAVING NOT bool_or(chosen)
        AND bool_or(split_part(method, ':', 2) IN ({reasons}))
    """


def extended_author(bounds: CorpusBounds) -> str:
    """Return the query for authors that are another of the outlet, with words behind the name."""
    del bounds
    return """
        WITH named AS (
            SELECT outlet, key, count(DISTINCT cluster_id) AS carriers FROM given_values
            WHERE field = 'author' AND document_rank = 1 GROUP BY ALL
        )
        SELECT article_id, 'author' AS field, 'extended_author' AS rule, 'warning' AS effect,
            longer.carriers
        FROM given_values JOIN named AS longer USING (outlet, key)
        JOIN named AS bare USING (outlet)
        WHERE field = 'author' AND document_rank = 1 AND contains(bare.key, ' ')
        AND longer.key <> bare.key AND bare.carriers >= 3 AND longer.carriers < bare.carriers
        AND contains(' ' || longer.key || ' ', ' ' || bare.key || ' ')
        GROUP BY ALL
    """


WARNINGS = (
    repeated_paragraphs,
    doubled_paragraphs,
    ends_in_another,
    shared_stretches,
    unlike_length,
    other_language,
    other_publisher,
    day_out_of_order,
    headline_of_another,
    extended_author,
    none_left,
)

OUT_OF_RUN = """
    WITH dated AS (
        SELECT outlet, key, try_cast(replace(key, ' ', '-') AS DATE) AS day,
            count(DISTINCT cluster_id) AS articles
        FROM given_values WHERE field = 'date_published' AND document_rank = 1 AND length(key) = 10
        GROUP BY ALL
    ), parted AS (
        SELECT *, coalesce(day - lag(day) OVER in_order > 365 * {years:g}, true) AS begins
        FROM dated WINDOW in_order AS (PARTITION BY outlet ORDER BY day)
    ), numbered AS (
        SELECT *, count(*) FILTER (begins) OVER (PARTITION BY outlet ORDER BY day) AS run
        FROM parted
    ), sized AS (
        SELECT *, sum(articles) OVER (PARTITION BY outlet, run) AS of_run,
            sum(articles) OVER (PARTITION BY outlet) AS of_outlet
        FROM numbered
    )
    SELECT outlet, 'date_published', key, 'year_out_of_run', 'lowered' FROM sized
    WHERE of_outlet >= {fewest} AND of_run <= {rare} * of_outlet
"""
"""Days that lie years from all others of their outlet, as rows of verdicts."""


def days_out_of_run(bounds: CorpusBounds) -> str:
    """Return the query for `OUT_OF_RUN` by the bounds of a warehouse."""
    return OUT_OF_RUN.format(years=bounds.run_years, fewest=_FEWEST, rare=_RARE)
