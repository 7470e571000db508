"""Rules on the annotations of one document: each is a stretch of its paragraph, word for word.

What breaks one is an annotator's error. It costs that annotator's rows of the article
(`without_unsound`), so that the document passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knipsel.transforms.annotate.failures import without
from knipsel.transforms.model import (
    AnnotatorFailure,
    MentionRow,
    Paragraph,
    ProcessedDocument,
    QuotationRow,
    TimeExpressionRow,
    TopicMatchRow,
)

Span = MentionRow | QuotationRow | TimeExpressionRow | TopicMatchRow

VERBATIM, SPEAKER = "annotation_is_verbatim", "speaker_is_mentioned"
"""The names of the rules."""
_ANNOTATORS: dict[type[Span], str] = {
    MentionRow: "mentions",
    QuotationRow: "quotations",
    TimeExpressionRow: "time_expressions",
    TopicMatchRow: "topics",
}


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


def without_unsound(document: ProcessedDocument) -> ProcessedDocument:
    """Return a document without what annotators made of an article against the rules."""
    failures = {
        AnnotatorFailure(span.article_id, _ANNOTATORS[type(span)], VERBATIM)
        for _, span in _misquoted(document)
    } | {
        AnnotatorFailure(quotation.article_id, "quotations", SPEAKER)
        for quotation in _unattributed(document)
    }
    if not failures or document.annotations is None:
        return document
    ordered = sorted(failures, key=lambda one: (one.article_id, one.annotator, one.error))
    return replace(document, annotations=without(document.annotations, ordered))
