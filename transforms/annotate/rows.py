"""Annotations as rows: with identifiers, in their paragraphs, with what their values mean.

Field names are the column names of the tables that the rows end in. A number in an identifier
counts from 1 in the order of places, so that it is the same whenever the text is.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.failures import Attempts, failures_of
from knipsel.transforms.model import (
    AnnotationRows,
    MentionRow,
    QuotationRow,
    TimeExpressionRow,
    TopicMatchRow,
    TopicRow,
)
from knipsel.transforms.text.edtf import date_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.annotate.model import (
        Annotations,
        ArticleText,
        Mention,
        Quotation,
        TimeExpression,
        Topic,
    )


class _Place(NamedTuple):
    """A stretch of an article as the columns that say where it is, second to sixth of a row."""

    article_id: str
    paragraph_id: str
    text: str
    char_start: int
    char_end: int


class _Rows:
    """Makes the rows of one article."""

    def __init__(self, article_id: str, text: ArticleText, paragraph_ids: Sequence[str]) -> None:
        self._article_id = article_id
        self._text = text
        self._paragraph_ids = paragraph_ids
        self._starts = [block.start for block in text.blocks]
        self._sentence_starts = [sentence.start for sentence in text.sentences]

    def _place(self, start: int, end: int) -> _Place:
        paragraph = self._paragraph_ids[bisect_right(self._starts, start) - 1]
        return _Place(self._article_id, paragraph, self._text.text[start:end], start, end)

    def mention(self, number: int, found: Mention) -> MentionRow:
        """Return the row of a name."""
        return MentionRow(
            f"{self._article_id}.m{number}",
            *self._place(found.char_start, found.char_end),
            kind=found.kind,
            name=found.name,
            entity_id=found.entity.entity_id if found.entity else None,
            method=found.method,
            confidence=found.confidence,
        )

    def quotation(self, number: int, found: Quotation) -> QuotationRow:
        """Return the row of a quotation."""
        mention = found.speaker_mention
        return QuotationRow(
            f"{self._article_id}.q{number}",
            *self._place(found.char_start, found.char_end),
            speaker=found.speaker,
            speaker_mention_id=None if mention is None else f"{self._article_id}.m{mention + 1}",
            cue=found.cue,
            is_direct=found.is_direct,
            confidence=found.confidence,
        )

    def time(self, number: int, found: TimeExpression) -> TimeExpressionRow:
        """Return the row of a time, with what its value means and the sentence it stands in."""
        bounds = date_bounds(found.edtf)
        number_of_sentence = bisect_right(self._sentence_starts, found.char_start) - 1
        sentence = self._text.sentences[number_of_sentence]
        return TimeExpressionRow(
            f"{self._article_id}.t{number}",
            *self._place(found.char_start, found.char_end),
            edtf=found.edtf,
            not_before=bounds.not_before,
            not_after=bounds.not_after,
            precision=bounds.precision,
            anchor=found.anchor,
            sentence_start=sentence.start,
            sentence_end=max(sentence.end, found.char_end),
        )

    def topic(self, found: Topic) -> TopicRow:
        """Return the row of a topic."""
        first_start, _ = found.places[0]
        return TopicRow(self._article_id, found.topic, len(found.places), first_start)

    def matches(self, found: Topic) -> Iterator[TopicMatchRow]:
        """Yield a row for each place where a topic is named."""
        for start, end in found.places:
            yield TopicMatchRow(found.topic, *self._place(start, end))


def annotation_rows(
    article_id: str, text: ArticleText, paragraph_ids: Sequence[str], found: Annotations
) -> AnnotationRows:
    """Return the rows of what was found in a text; ``paragraph_ids`` are those of its blocks.

    An annotator whose finds cannot be made rows has failed as well: there is none of its rows.
    """
    rows, attempts = _Rows(article_id, text, paragraph_ids), Attempts(found.errors)
    mentions = attempts.of(
        "mentions",
        lambda: [
            (rows.mention(number, one), one.entity) for number, one in enumerate(found.mentions, 1)
        ],
    )
    quotations = attempts.of(
        "quotations",
        lambda: [rows.quotation(number, one) for number, one in enumerate(found.quotations, 1)],
    )
    times = attempts.of(
        "time_expressions",
        lambda: [rows.time(number, one) for number, one in enumerate(found.time_expressions, 1)],
    )
    topics = attempts.of(
        "topics", lambda: [(rows.topic(one), tuple(rows.matches(one))) for one in found.topics]
    )
    return AnnotationRows(
        quotations,
        tuple(row for row, _ in mentions),
        tuple({entity.entity_id: entity for _, entity in mentions if entity}.values()),
        times,
        tuple(row for row, _ in topics),
        tuple(match for _, matches in topics for match in matches),
        failures_of(article_id, attempts.errors),
    )
