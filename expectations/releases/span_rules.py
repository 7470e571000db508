"""Rules on where things stand: offsets, tiling and annotations, on the whole corpus.

What a document is made of is checked to the character where it is made. These rules see to
it that the lake kept it so, by numbers and lengths: no text is read, but for annotations,
which are compared with their paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator

from knipsel.expectations.releases.rule_model import ReleaseRule
from knipsel.warehouse.contract import BY_NAME

ANNOTATIONS = ("quotations", "mentions", "time_expressions", "topic_matches")
"""The tables whose rows are a stretch of a paragraph, word for word."""

IN_TEXT = ("paragraphs", *ANNOTATIONS)
"""The tables whose rows lie in the text of an article."""

IN_SOURCE = ("paragraphs", "removed_spans", "statements")
"""The tables whose rows lie in the text of a source."""

BLANK_LINE = 2
"""The characters between two paragraphs of a text."""


def _key(table: str) -> str:
    """Return the columns that name a row of a table."""
    contract = BY_NAME[table]
    return ", ".join(f"span.{name}" for name in contract.primary_key or contract.sort_by)


def _inside_text(table: str) -> ReleaseRule:
    """Return the rule that offsets lie in the text of their article."""
    return ReleaseRule(
        "offsets_are_in_the_text",
        table,
        f"A row of {table} lies outside the text of its article.",
        f"""
        SELECT {_key(table)} FROM {table} AS span JOIN articles USING (article_id)
        WHERE span.char_start < 0 OR span.char_end <= span.char_start
            OR span.char_end > articles.char_count
            OR (span.char_start IS NULL) <> (span.char_end IS NULL)
        """,
        "char_start,char_end",
    )


def _forward_in_source(table: str) -> ReleaseRule:
    """Return the rule that a stretch of a source ends after its start."""
    return ReleaseRule(
        "source_offsets_run_forward",
        table,
        f"A row of {table} ends in its source before it starts.",
        f"""
        SELECT {_key(table)} FROM {table} AS span
        WHERE source_start < 0 OR source_end <= source_start
            OR (source_start IS NULL) <> (source_end IS NULL)
        """,
        "source_start,source_end",
    )


def _verbatim(table: str) -> ReleaseRule:
    """Return the rule that an annotation is its paragraph's text between its offsets."""
    return ReleaseRule(
        "annotation_is_verbatim",
        table,
        f"A row of {table} is not the text of its paragraph between its offsets.",
        f"""
        SELECT {_key(table)} FROM {table} AS span
        LEFT JOIN paragraphs AS block ON block.paragraph_id = span.paragraph_id
        WHERE block.article_id IS DISTINCT FROM span.article_id
            OR span.char_start < block.char_start OR span.text IS DISTINCT FROM substring(
            block.text, span.char_start - block.char_start + 1, span.char_end - span.char_start)
        """,
        "text",
    )


TILING = (
    ReleaseRule(
        "paragraphs_tile_the_text",
        "articles",
        "The lengths of an article's paragraphs do not add up to that of its text.",
        f"""
        SELECT article_id FROM articles LEFT JOIN (
            SELECT article_id, min(char_start) AS first, max(char_end) AS last,
                sum(char_end - char_start) + {BLANK_LINE} * (count(*) - 1) AS covered
            FROM paragraphs WHERE char_start IS NOT NULL GROUP BY article_id
        ) AS blocks USING (article_id)
        WHERE (first, last, covered) IS DISTINCT FROM (0, char_count, char_count)
        """,
        "char_count",
    ),
    ReleaseRule(
        "spans_do_not_overlap",
        "documents",
        "The kept and the removed stretches of a source are longer together than the source.",
        """
        SELECT document_id FROM (
            SELECT left(article_id, 16) AS source, source_start, source_end FROM paragraphs
            UNION ALL
            SELECT left(document_id, 16), source_start, source_end FROM removed_spans
        ) JOIN documents ON left(document_id, 16) = source
        GROUP BY document_id
        HAVING sum(source_end - source_start) > max(source_end) - min(source_start)
        """,
    ),
    ReleaseRule(
        "topic_is_in_the_text",
        "topics",
        "A topic is first named outside the text of its article.",
        """
        SELECT article_id, topic FROM topics JOIN articles USING (article_id)
        WHERE first_char_start < 0 OR first_char_start >= char_count
        """,
        "first_char_start",
    ),
)


def span_rules() -> Iterator[ReleaseRule]:
    """Yield the rules on where things stand."""
    yield from map(_inside_text, IN_TEXT)
    yield from map(_forward_in_source, IN_SOURCE)
    yield from map(_verbatim, ANNOTATIONS)
    yield from TILING
