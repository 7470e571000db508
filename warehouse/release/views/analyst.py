"""The views for analysts: who said what, when, about which topic, and who is named with whom.

Each counts a text once: of a cluster of duplicates only the canonical article.
"""

from __future__ import annotations

from knipsel.warehouse.release.views.dates import MONTH_PUBLISHED, in_words
from knipsel.warehouse.release.views.model import View

_REPEATED = 0.8
"""The share of a pull quote's words that the quotation has: an editor shortens, and changes a
word or two."""


def _words(text: str) -> str:
    """Return the expression for the different words of a text."""
    return f"list_distinct(regexp_extract_all(lower({text}), '[\\pL\\pN]+'))"


WHO_SAID_WHAT = View(
    "who_said_what",
    "A quotation with its speaker, date, topics and article, each text counted once.",
    """
    SELECT said.quotation_id, said.text AS quotation, said.speaker,
        named.entity_id, entities.name AS entity, entities.uri AS entity_uri,
        said.cue, said.is_direct, said.confidence,
        (
            SELECT list(DISTINCT topic ORDER BY topic) FROM topic_matches AS match
            WHERE match.article_id = said.article_id
                AND match.char_start >= said.char_start AND match.char_end <= said.char_end
        ) AS topics,
        articles.date_published, articles.date_published_not_before,
        articles.date_published_not_after, articles.publisher, articles.headline,
        said.article_id, said.paragraph_id, said.char_start, said.char_end
    FROM quotations AS said JOIN articles USING (article_id)
    LEFT JOIN mentions AS named ON named.mention_id = said.speaker_mention_id
    LEFT JOIN entities ON entities.entity_id = named.entity_id
    WHERE articles.is_canonical
    """,
)

TIMELINE = View(
    "timeline",
    "The times that articles mention, in the order of the calendar, each with its sentence.",
    f"""
    SELECT said.edtf, {in_words("said.edtf", "said.not_before", "said.not_after")} AS in_words,
        said.not_before, said.not_after, said.precision, said.text AS expression,
        substring(articles.text, said.sentence_start + 1,
            said.sentence_end - said.sentence_start) AS sentence,
        said.anchor, articles.date_published, articles.publisher, articles.headline,
        said.article_id, said.paragraph_id, said.time_expression_id
    FROM time_expressions AS said JOIN articles USING (article_id)
    WHERE articles.is_canonical AND said.edtf IS NOT NULL
    ORDER BY coalesce(said.not_before, said.not_after), said.not_after, said.article_id,
        said.char_start
    """,
)

_MONTHS = f"""
    SELECT article_id, publisher, {MONTH_PUBLISHED} AS month FROM articles WHERE is_canonical
"""

COVERAGE = View(
    "coverage",
    "Articles and quotations by month and publisher, speaker or topic, each text counted once; "
    "the month is null where the date is not known to the month.",
    f"""
    WITH dated AS ({_MONTHS}), said AS (
        SELECT article_id, count(*) AS quotations FROM quotations GROUP BY article_id
    )
    SELECT month, 'publisher' AS dimension, publisher AS value, count(*) AS articles,
        coalesce(sum(quotations), 0)::BIGINT AS quotations
    FROM dated LEFT JOIN said USING (article_id) GROUP BY ALL
    UNION ALL
    SELECT month, 'speaker', coalesce(entities.name, speaker), count(DISTINCT article_id), count(*)
    FROM quotations JOIN dated USING (article_id)
    LEFT JOIN mentions ON mentions.mention_id = quotations.speaker_mention_id
    LEFT JOIN entities USING (entity_id)
    WHERE speaker IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT month, 'topic', topic, count(*), coalesce(sum(about.quotations), 0)::BIGINT
    FROM topics JOIN dated USING (article_id) LEFT JOIN (
        SELECT match.article_id, match.topic, count(DISTINCT quotation_id) AS quotations
        FROM topic_matches AS match JOIN quotations ON quotations.article_id = match.article_id
            AND match.char_start >= quotations.char_start
            AND match.char_end <= quotations.char_end
        GROUP BY ALL
    ) AS about USING (article_id, topic) GROUP BY ALL
    """,
)

CO_MENTIONS = View(
    "co_mentions",
    "Two names that stand in one paragraph, and how often, each text counted once.",
    """
    WITH named AS (
        SELECT DISTINCT article_id, paragraph_id, coalesce(entities.name, mentions.name) AS name,
            mentions.kind
        FROM mentions JOIN articles USING (article_id) LEFT JOIN entities USING (entity_id)
        WHERE articles.is_canonical
    )
    SELECT one.name, one.kind, other.name AS other_name, other.kind AS other_kind,
        count(DISTINCT one.article_id) AS articles, count(*) AS paragraphs
    FROM named AS one JOIN named AS other USING (paragraph_id)
    WHERE (one.name, one.kind) < (other.name, other.kind)
    GROUP BY ALL
    """,
)

PULL_QUOTES = View(
    "pull_quotes",
    "A pull quote with the quotation that it repeats, where one has most of its words.",
    f"""
    WITH pulled AS (
        SELECT paragraph_id, article_id, text, {_words("text")} AS words
        FROM paragraphs WHERE role = 'pull_quote'
    ), said AS (
        SELECT quotation_id, article_id, speaker, char_start, {_words("text")} AS words
        FROM quotations WHERE is_direct
    ), compared AS (
        SELECT pulled.paragraph_id, said.quotation_id, said.speaker, said.char_start,
            len(list_intersect(pulled.words, said.words)) / len(pulled.words) AS share
        FROM pulled JOIN said USING (article_id) WHERE len(pulled.words) > 0
    ), nearest AS (
        FROM compared WHERE share >= {_REPEATED}
        QUALIFY row_number() OVER (PARTITION BY paragraph_id ORDER BY share DESC, char_start) = 1
    )
    SELECT pulled.paragraph_id, pulled.article_id, pulled.text,
        nearest.quotation_id, nearest.speaker
    FROM pulled LEFT JOIN nearest USING (paragraph_id)
    """,
)

ANALYST_VIEWS = (WHO_SAID_WHAT, TIMELINE, COVERAGE, CO_MENTIONS, PULL_QUOTES)
