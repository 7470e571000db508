"""What the overview asks. Each text counts once: its canonical article."""

TOTALS = """
SELECT
    (SELECT count(*) FROM documents) AS documents,
    (SELECT count(*) FROM documents WHERE status = 'published') AS published,
    (SELECT count(DISTINCT document_id) FROM held_back) AS held_back,
    (SELECT count(*) FROM documents WHERE status = 'retracted') AS retracted,
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM articles WHERE is_canonical) AS texts,
    (SELECT count(*) FROM articles WHERE NOT is_canonical) AS copies,
    (SELECT count(*) FROM articles WHERE is_canonical AND (date_published_not_before IS NULL
        OR date_published_not_after IS NULL)) AS without_date,
    (SELECT count(*) FROM articles WHERE is_canonical AND author IS NULL) AS without_author,
    (SELECT count(*) FROM articles WHERE is_canonical AND publisher IS NULL) AS without_publisher,
    (SELECT count(*) FROM quotations JOIN articles USING (article_id) WHERE is_canonical)
        AS quotations,
    (SELECT count(DISTINCT speaker) FROM quotations JOIN articles USING (article_id)
        WHERE is_canonical) AS speakers
"""

MOST_MONTHS = 60
"""Months that are shown one by one; what is longer is shown by years."""

OVER_TIME = f"""
WITH dated AS (
    SELECT date_published_not_before AS first, date_published_not_after AS last
    FROM articles WHERE is_canonical AND date_published_not_before IS NOT NULL
    AND date_published_not_after IS NOT NULL
), spanned AS (
    SELECT date_diff('month', min(first), max(last)) >= {MOST_MONTHS} AS by_year,
        min(first) AS first_day, max(last) AS last_day
    FROM dated
), periods AS (
    SELECT unnest(generate_series(
        CAST(date_trunc(CASE WHEN by_year THEN 'year' ELSE 'month' END, first_day) AS TIMESTAMP),
        CAST(last_day AS TIMESTAMP),
        CASE WHEN by_year THEN INTERVAL 1 YEAR ELSE INTERVAL 1 MONTH END
    )) AS begins, by_year
    FROM spanned WHERE first_day IS NOT NULL
), bounded AS (
    SELECT CAST(begins AS DATE) AS begins, by_year,
        CAST(begins + CASE WHEN by_year THEN INTERVAL 1 YEAR ELSE INTERVAL 1 MONTH END
            - INTERVAL 1 DAY AS DATE) AS ends
    FROM periods
)
SELECT CASE WHEN by_year THEN strftime(begins, '%Y') ELSE strftime(begins, '%Y-%m') END AS period,
    count(*) FILTER (first >= begins AND last <= ends) AS surely,
    count(first) FILTER (NOT (first >= begins AND last <= ends)) AS possibly
FROM bounded LEFT JOIN dated ON first <= ends AND last >= begins
GROUP BY begins, by_year ORDER BY begins
"""
"""An article is surely in a month where its date allows no other, possibly where it does."""


MOST_VALUES = 12
"""Values of a kind that are shown."""


def _by(expression: str) -> str:
    return f"""
    SELECT {expression} AS value, count(*) AS articles
    FROM articles WHERE is_canonical GROUP BY value
    ORDER BY articles DESC, value NULLS LAST LIMIT {MOST_VALUES}
    """


GROUPS = {
    "publisher": _by("publisher"),
    "language": _by("language"),
    "completeness": _by("completeness"),
    "media_type": f"""
    SELECT media_type AS value, count(*) AS articles
    FROM articles JOIN documents USING (document_id)
    WHERE is_canonical GROUP BY value ORDER BY articles DESC, value LIMIT {MOST_VALUES}
    """,
    "topic": f"""
    SELECT topic AS value, count(*) AS articles FROM topics JOIN articles USING (article_id)
    WHERE is_canonical GROUP BY value ORDER BY articles DESC, value LIMIT {MOST_VALUES}
    """,
}
"""The articles by what people look for them by, the most frequent first."""


def _over_months(name: str, source: str) -> str:
    return f"""
    SELECT {name} AS name, strftime(date_published_not_before, '%Y-%m') AS first,
        strftime(date_published_not_after, '%Y-%m') AS last, count(*) AS number
    FROM {source} WHERE is_canonical AND {name} IS NOT NULL
        AND date_published_not_before IS NOT NULL AND date_published_not_after IS NOT NULL
    GROUP BY ALL ORDER BY ALL
    """


OVER_MONTHS = {
    "publisher": _over_months("publisher", "articles"),
    "topic": _over_months("topic", "topics JOIN articles USING (article_id)"),
}
"""How many articles each has between two months, which are one where the date says so much."""

HELD_BACK = """
SELECT rule, count(DISTINCT document_id) AS documents, any_value(message ORDER BY document_id)
    AS message
FROM held_back GROUP BY rule ORDER BY documents DESC, rule
"""

WARNINGS = """
SELECT rule, field, count(DISTINCT article_id) AS articles, min(article_id) AS example
FROM findings GROUP BY rule, field ORDER BY articles DESC, rule, field
"""
