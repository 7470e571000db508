"""What the pages of speakers, names and times ask. Each text counts once: its canonical article."""

SAID = """
SELECT said.* FROM who_said_what AS said JOIN articles USING (article_id)
WHERE is_canonical
    AND ($topic IS NULL OR list_contains(said.topics, $topic))
    AND ($publisher IS NULL OR said.publisher = $publisher)
    AND ($words IS NULL OR contains(lower(coalesce(said.speaker, '')), lower($words)))
    AND ($first IS NULL OR CAST($first AS DATE) <= coalesce(said.date_published_not_after,
        if(said.date_published_not_before IS NULL, NULL, DATE '9999-12-31')))
    AND ($last IS NULL OR CAST($last AS DATE) >= coalesce(said.date_published_not_before,
        if(said.date_published_not_after IS NULL, NULL, DATE '0001-01-01')))
"""
"""The quotations that are asked for: those that may lie within the dates, open ends included."""

SPEAKERS = f"""
WITH said AS ({SAID})
SELECT speaker, count(*) AS quotations, count(DISTINCT article_id) AS articles,
    count(DISTINCT publisher) AS outlets, min(date_published_not_before) AS first,
    max(date_published_not_after) AS last, any_value(entity_id ORDER BY quotation_id) AS entity_id
FROM said WHERE speaker IS NOT NULL GROUP BY speaker
ORDER BY quotations DESC, speaker LIMIT $most OFFSET $offset
"""

TOTALS = f"""
WITH said AS ({SAID})
SELECT count(*) AS quotations, count(DISTINCT speaker) AS speakers,
    count(*) FILTER (speaker IS NULL) AS without_speaker, count(DISTINCT article_id) AS articles
FROM said
"""

TOPICS = """
SELECT topic, count(*) AS articles FROM topics JOIN articles USING (article_id)
WHERE is_canonical GROUP BY topic ORDER BY articles DESC, topic LIMIT 40
"""

OUTLETS = """
SELECT publisher, count(*) AS articles FROM articles
WHERE is_canonical AND publisher IS NOT NULL GROUP BY publisher ORDER BY articles DESC, publisher
LIMIT 40
"""

OF_SPEAKER = """
SELECT said.quotation_id, said.quotation, said.cue, said.is_direct, said.confidence, said.topics,
    said.date_published, said.publisher, said.headline, said.article_id, said.paragraph_id,
    paragraphs.text AS paragraph, said.char_start - paragraphs.char_start AS starts,
    said.char_end - paragraphs.char_start AS ends
FROM who_said_what AS said JOIN articles USING (article_id) LEFT JOIN paragraphs
    ON paragraphs.paragraph_id = said.paragraph_id
WHERE is_canonical AND said.speaker = $name
ORDER BY said.date_published_not_before DESC NULLS LAST, said.article_id, said.char_start
LIMIT $most OFFSET $offset
"""

TOPICS_OF = """
SELECT topic, count(*) AS quotations FROM (
    SELECT unnest(said.topics) AS topic FROM who_said_what AS said JOIN articles USING (article_id)
    WHERE is_canonical AND said.speaker = $name
) GROUP BY topic ORDER BY quotations DESC, topic LIMIT 12
"""

MONTHS_OF_SPEAKER = """
SELECT strftime(said.date_published_not_before, '%Y-%m') AS first,
    strftime(said.date_published_not_after, '%Y-%m') AS last, count(*) AS number
FROM who_said_what AS said JOIN articles USING (article_id)
WHERE is_canonical AND said.speaker = $name AND said.date_published_not_before IS NOT NULL
    AND said.date_published_not_after IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""

ENTITY = "SELECT entity_id, kind, name, uri FROM entities WHERE entity_id = $id"

SPELLINGS = """
SELECT mentions.text, count(*) AS mentions, count(DISTINCT article_id) AS articles
FROM mentions JOIN articles USING (article_id) WHERE is_canonical AND entity_id = $id
GROUP BY mentions.text ORDER BY mentions DESC, mentions.text LIMIT 40
"""

NAMED_IN = """
SELECT article_id, headline, publisher, date_published, count(*) AS mentions
FROM mentions JOIN articles USING (article_id) WHERE is_canonical AND entity_id = $id
GROUP BY ALL ORDER BY mentions DESC, article_id LIMIT 50
"""

BESIDE = """
SELECT other_name AS name, other_kind AS kind, articles, paragraphs FROM co_mentions
WHERE name = $name AND kind = $kind ORDER BY paragraphs DESC, other_name LIMIT 25
"""

MONTHS_OF_ENTITY = """
SELECT strftime(date_published_not_before, '%Y-%m') AS first,
    strftime(date_published_not_after, '%Y-%m') AS last, count(DISTINCT article_id) AS number
FROM mentions JOIN articles USING (article_id)
WHERE is_canonical AND entity_id = $id AND date_published_not_before IS NOT NULL
    AND date_published_not_after IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""

_TIMES = """
FROM timeline JOIN articles USING (article_id)
WHERE is_canonical
    AND ($precision IS NULL OR timeline.precision = $precision)
    AND ($publisher IS NULL OR timeline.publisher = $publisher)
    AND ($first IS NULL OR CAST($first AS DATE) <= coalesce(timeline.not_after,
        if(timeline.not_before IS NULL, NULL, DATE '9999-12-31')))
    AND ($last IS NULL OR CAST($last AS DATE) >= coalesce(timeline.not_before,
        if(timeline.not_after IS NULL, NULL, DATE '0001-01-01')))
"""

TIMES = f"""
SELECT timeline.edtf, timeline.in_words, timeline.not_before, timeline.not_after,
    timeline.precision, timeline.expression, timeline.sentence, timeline.date_published,
    timeline.publisher, timeline.headline, timeline.article_id, timeline.paragraph_id
{_TIMES}
ORDER BY timeline.not_before NULLS LAST, timeline.not_after, timeline.article_id,
    timeline.time_expression_id
LIMIT $most OFFSET $offset
"""

TIMES_TOTAL = f"SELECT count(*) AS times, count(DISTINCT article_id) AS articles {_TIMES}"

TIMES_OVER_TIME = f"""
SELECT strftime(timeline.not_before, '%Y') AS first, strftime(timeline.not_after, '%Y') AS last,
    count(*) AS number
{_TIMES} AND timeline.not_before IS NOT NULL AND timeline.not_after IS NOT NULL
GROUP BY ALL ORDER BY ALL
"""
