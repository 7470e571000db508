"""Rules on the annotations of one document: each is a stretch of its paragraph, word for word.

What breaks one, or the rules of the contract on their columns, is an annotator's error. It costs
that annotator's rows of the article (`without_unsound`), so that the document passes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from knipsel.transforms.annotate.failures import without
from knipsel.transforms.model import (
    AnnotationRows,
    AnnotatorFailure,
    MentionRow,
    Paragraph,
    ProcessedDocument,
    QuotationRow,
    TimeExpressionRow,
    TopicMatchRow,
)
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.model import Between, Column, Matches, OneOf, Rule

Span = MentionRow | QuotationRow | TimeExpressionRow | TopicMatchRow

VERBATIM, SPEAKER = "annotation_is_verbatim", "speaker_is_mentioned"
"""The names of the rules."""
_ANNOTATORS: dict[type[Span], str] = {
    MentionRow: "mentions",
    QuotationRow: "quotations",
    TimeExpressionRow: "time_expressions",
    TopicMatchRow: "topics",
}
_FILLED_BY = {
    "mentions": "mentions",
    "quotations": "quotations",
    "time_expressions": "time_expressions",
    "topics": "topics",
    "topic_matches": "topics",
}
"""The tables of annotations, and the annotator of each."""


def spans_of(document: ProcessedDocument) -> Iterator[tuple[str, Span]]:
    """Yield each annotation that is a stretch of a text, with its key."""
    found = document.annotations
    if found is None:
        return
    for quotation in found.quotations:
        yield quotation.quotation_id, quotation
    for mention in found.mentions:
        yield mention.mention_id, mention
    for time in found.time_expressions:
        yield time.time_expression_id, time
    for match in found.topic_matches:
        yield f"{match.article_id}:{match.topic}:{match.char_start}", match


def _is_verbatim(span: Span, paragraph: Paragraph | None) -> bool:
    """Tell whether an annotation is its paragraph's text between its offsets."""
    if paragraph is None or paragraph.char_start is None:
        return False
    start, end = span.char_start - paragraph.char_start, span.char_end - paragraph.char_start
    is_inside = 0 <= start < end <= len(paragraph.text)
    return is_inside and paragraph.text[start:end] == span.text


def _misquoted(document: ProcessedDocument) -> Iterator[tuple[str, Span]]:
    paragraphs = {one.paragraph_id: one for one in document.paragraphs}
    for key, span in spans_of(document):
        if not _is_verbatim(span, paragraphs.get(span.paragraph_id)):
            yield key, span


def misquoted(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield annotations that are not their paragraph's text between their offsets."""
    yield from ((key, span.text) for key, span in _misquoted(document))


def unknown_speakers(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield quotations whose speaker is a mention that there is not, or in another article."""
    for quotation in _unattributed(document):
        yield quotation.quotation_id, quotation.speaker_mention_id or ""


def _unattributed(document: ProcessedDocument) -> Iterator[QuotationRow]:
    found = document.annotations
    if found is None:
        return
    articles = {mention.mention_id: mention.article_id for mention in found.mentions}
    for quotation in found.quotations:
        mention = quotation.speaker_mention_id
        if mention is not None and articles.get(mention) != quotation.article_id:
            yield quotation


def _malformed(found: AnnotationRows) -> Iterator[AnnotatorFailure]:
    """Yield what annotators filled in against the columns of their tables, or twice."""
    for name, annotator in _FILLED_BY.items():
        table, keys = BY_NAME[name], set[tuple[object, ...]]()
        for row in getattr(found, name):
            key = tuple(getattr(row, part) for part in table.primary_key)
            wrong = [one.name for one in table.columns if _breaks(one, getattr(row, one.name))]
            if wrong or key in keys:
                about = f"{name}.{wrong[0]}" if wrong else f"key_of_{name}"
                yield AnnotatorFailure(row.article_id, annotator, f"{about}_is_of_the_contract")
            keys.add(key)


def _breaks(column: Column, value: Any) -> bool:
    """Tell whether a value is not what its column allows."""
    if value is None:
        return not column.nullable
    return any(not _holds(rule, value) for rule in column.rules if rule.severity == "critical")


def _holds(rule: Rule, value: Any) -> bool:
    match rule:
        case OneOf(values):
            return value in values
        case Matches(pattern):
            return re.fullmatch(pattern, value) is not None
        case Between(minimum, maximum):
            low = -math.inf if minimum is None else minimum
            return bool(low <= value <= (math.inf if maximum is None else maximum))


def without_unsound(document: ProcessedDocument) -> ProcessedDocument:
    """Return a document without what annotators made of an article against the rules."""
    if document.annotations is None:
        return document
    failures = set(_malformed(document.annotations))
    failures |= {
        AnnotatorFailure(span.article_id, _ANNOTATORS[type(span)], VERBATIM)
        for _, span in _misquoted(document)
    }
    failures |= {
        AnnotatorFailure(quotation.article_id, "quotations", SPEAKER)
        for quotation in _unattributed(document)
    }
    if not failures:
        return document
    ordered = sorted(failures, key=lambda one: (one.article_id, one.annotator, one.error))
    return replace(document, annotations=without(document.annotations, ordered))
