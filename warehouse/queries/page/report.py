"""What the report asks beside the overview: tables alone, which each release can be read as."""

FLOW = """
WITH seen AS (SELECT document_id, count(*) AS paths FROM sightings GROUP BY document_id)
SELECT
    count(*) AS documents,
    CAST(coalesce(sum(coalesce(paths, 1)), 0) AS BIGINT) AS files,
    count(*) FILTER (status = 'quarantined' AND reader IS NULL) AS unread,
    count(*) FILTER (status = 'quarantined' AND reader IS NOT NULL) AS held_back,
    count(*) FILTER (status = 'retracted') AS retracted,
    count(*) FILTER (status = 'published') AS published,
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM articles WHERE is_canonical) AS texts
FROM documents LEFT JOIN seen USING (document_id)
"""
"""The way of the files. The paths of a retracted one are forgotten: it was seen once, at least."""

REASONS = """
SELECT reader IS NULL AS is_unread, rule, count(DISTINCT document_id) AS documents
FROM quarantine JOIN documents USING (document_id)
WHERE documents.status = 'quarantined' AND resolved_at IS NULL
GROUP BY ALL ORDER BY documents DESC, rule
"""

DATES = """
SELECT
    count(*) FILTER (first = last) AS to_the_day,
    count(*) FILTER (first < last AND date_trunc('month', first) = date_trunc('month', last))
        AS to_the_month,
    count(*) FILTER (date_trunc('month', first) < date_trunc('month', last)
        AND year(first) = year(last)) AS to_the_year,
    count(*) FILTER (year(first) < year(last)) AS wider,
    count(*) FILTER (first IS NULL OR last IS NULL) AS without_date,
    CAST(min(first) FILTER (last IS NOT NULL) AS VARCHAR) AS first,
    CAST(max(last) FILTER (first IS NOT NULL) AS VARCHAR) AS last
FROM (
    SELECT date_published_not_before AS first, date_published_not_after AS last
    FROM articles WHERE is_canonical
)
"""
"""How much is known of the dates."""

HOLDS = """
SELECT
    (SELECT CAST(coalesce(sum(word_count), 0) AS BIGINT) FROM articles WHERE is_canonical) AS words,
    (SELECT count(DISTINCT publisher) FROM articles WHERE is_canonical) AS publishers,
    (SELECT count(DISTINCT language) FROM articles WHERE is_canonical) AS languages,
    count(*) AS quotations, count(speaker) AS with_speaker, count(DISTINCT speaker) AS speakers
FROM quotations JOIN articles USING (article_id) WHERE is_canonical
"""

SPEAKERS = """
SELECT speaker, count(*) AS quotations, count(DISTINCT article_id) AS articles,
    count(DISTINCT publisher) AS outlets,
    strftime(min(date_published_not_before), '%Y-%m') AS first,
    strftime(max(date_published_not_after), '%Y-%m') AS last
FROM quotations JOIN articles USING (article_id)
WHERE is_canonical AND speaker IS NOT NULL GROUP BY speaker
ORDER BY quotations DESC, speaker LIMIT 20
"""
