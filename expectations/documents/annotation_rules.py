"""Rules on the annotations of one document: each is a stretch of its paragraph, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from knipsel.transforms.model import (
    MentionRow,
    Paragraph,
    ProcessedDocument,
    QuotationRow,
    TimeExpressionRow,
    TopicMatchRow,
)

Span = MentionRow | QuotationRow | TimeExpressionRow | TopicMatchRow


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


def misquoted(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield annotations that are not their paragraph's text between their offsets."""
    paragraphs = {one.paragraph_id: one for one in document.paragraphs}
    for key, span in spans_of(document):
        if not _is_verbatim(span, paragraphs.get(span.paragraph_id)):
            yield key, span.text


def unknown_speakers(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield quotations whose speaker is a mention that there is not, or in another article."""
    found = document.annotations
    if found is None:
        return
    articles = {mention.mention_id: mention.article_id for mention in found.mentions}
    for quotation in found.quotations:
        mention = quotation.speaker_mention_id
        if mention is not None and articles.get(mention) != quotation.article_id:
            yield quotation.quotation_id, mention
