"""Rules on one document: offsets, tiling and evidence, checked to the character.

They run where the document is made, on values in memory, so that each takes time in
proportion to the document. A rule yields the rows that fail it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from knipsel.expectations.documents.annotation_rules import (
    SPEAKER,
    VERBATIM,
    misquoted,
    spans_of,
    unknown_speakers,
)
from knipsel.transforms.describe.candidates.named_days import NOT_AFTER, NOT_BEFORE
from knipsel.transforms.model import Paragraph, ProcessedDocument
from knipsel.transforms.text.edtf import DateBounds, published_bounds
from knipsel.warehouse.intake.containers.model import KINDS
from knipsel.warehouse.lake.staging import Check, Finding

PART_OF_TEXT = frozenset({"standfirst", "heading", "body"})
"""The roles whose paragraphs make up ``articles.text``."""


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule on a document.

    ``elements`` counts what the rule looks at; ``failing`` yields the key and the value of
    each row of ``table`` that fails.
    """

    name: str
    table: str
    column: str
    message: str
    elements: Callable[[ProcessedDocument], int]
    failing: Callable[[ProcessedDocument], Iterator[tuple[str, str]]]


def _texts(document: ProcessedDocument) -> dict[str, str]:
    """Return the text of each article by its identifier."""
    return {article.article_id: article.text for article in document.articles}


def _is_verbatim(paragraph: Paragraph, text: str) -> bool:
    """Tell whether a paragraph is where it says it is in its article."""
    if paragraph.char_start is None or paragraph.char_end is None:
        return (paragraph.char_start, paragraph.char_end) == (None, None)
    return text[paragraph.char_start : paragraph.char_end] == paragraph.text


def not_verbatim(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield paragraphs that are not the article's text between their offsets."""
    texts = _texts(document)
    for paragraph in document.paragraphs:
        if not _is_verbatim(paragraph, texts.get(paragraph.article_id, "")):
            yield paragraph.paragraph_id, paragraph.text


def misplaced_roles(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield paragraphs that have offsets though their role is no part of the text, or none."""
    for paragraph in document.paragraphs:
        if (paragraph.role in PART_OF_TEXT) != (paragraph.char_start is not None):
            yield paragraph.paragraph_id, paragraph.role


def incomplete_texts(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield articles whose text is not their paragraphs joined by blank lines."""
    parts: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        if paragraph.char_start is not None:
            parts.setdefault(paragraph.article_id, []).append(paragraph.text)
    for article in document.articles:
        text = "\n\n".join(parts.get(article.article_id, ()))
        if text != article.text or not article.text.strip():
            yield article.article_id, article.text


def wrong_digests(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield articles whose length or hash is not that of their text."""
    for article in document.articles:
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        if article.text_sha256 != digest or article.char_count != len(article.text):
            yield article.article_id, article.text_sha256


def _spans(document: ProcessedDocument) -> list[tuple[int, int]]:
    """Return where the kept and the removed stretches of a source lie, in order."""
    kept = [(item.source_start, item.source_end) for item in document.paragraphs]
    removed = [(item.source_start, item.source_end) for item in document.removed_spans]
    return sorted(kept + removed)


def untiled(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield overlaps and gaps: stretches of the source that are nowhere, or twice."""
    source, reached = document.source_text, 0
    for start, end in [*_spans(document), (len(source), len(source))]:
        if start < reached or end < start:
            yield f"{document.document_id}:{start}", source[start:reached]
        elif source[reached:start].strip():
            yield f"{document.document_id}:{reached}", source[reached:start]
        reached = max(reached, end)


def altered_removals(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield removed spans that are not the source between their offsets."""
    for span in document.removed_spans:
        if document.source_text[span.source_start : span.source_end] != span.text:
            yield f"{document.document_id}:{span.source_start}", span.text


def unproven_statements(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield statements whose evidence is not in the source where they say it is."""
    for item in document.statements:
        is_placed = item.source_start is not None and item.source_end is not None
        place = slice(item.source_start, item.source_end)
        if item.original_text != (document.source_text[place] if is_placed else None):
            yield f"{item.article_id}:{item.field}", item.original_text or ""


def dates_without_evidence(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield articles whose date no chosen statement gives: a date that was made up."""
    given = {
        (item.article_id, item.value)
        for item in document.statements
        if item.field == "date_published" and item.chosen
    }
    for article in document.articles:
        date = article.date_published
        if date is not None and (article.article_id, date) not in given:
            yield article.article_id, date


def wrongly_bounded_dates(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield articles whose bounds and precision are not what their date says, or say nothing."""
    chosen = {
        (item.article_id, item.field): item.value for item in document.statements if item.chosen
    }
    for article in document.articles:
        bounds = published_bounds(
            article.date_published,
            chosen.get((article.article_id, NOT_BEFORE)),
            chosen.get((article.article_id, NOT_AFTER)),
        )
        given = DateBounds(
            article.date_published_not_before,
            article.date_published_not_after,
            article.date_published_precision,
        )
        is_read = article.date_published is None or bounds.precision != "unknown"
        if given != bounds or not is_read:
            yield article.article_id, article.date_published or ""


def articleless(document: ProcessedDocument) -> Iterator[tuple[str, str]]:
    """Yield the document where nobody rejected it though it holds no article.

    A container holds none itself: its members are documents of their own.
    """
    if not document.articles and not document.rejections and document.reader not in KINDS:
        yield document.document_id, document.media_type


def _one(_: ProcessedDocument) -> int:
    """Count the document itself."""
    return 1


def _articles(document: ProcessedDocument) -> int:
    """Count articles."""
    return len(document.articles)


def _paragraphs(document: ProcessedDocument) -> int:
    """Count paragraphs."""
    return len(document.paragraphs)


RULES = (
    DocumentRule(
        "paragraph_is_verbatim",
        "paragraphs",
        "text",
        "The paragraph is not the article's text between its offsets.",
        _paragraphs,
        not_verbatim,
    ),
    DocumentRule(
        "role_fits_offsets",
        "paragraphs",
        "role",
        "A paragraph has offsets if and only if its role is part of the text.",
        _paragraphs,
        misplaced_roles,
    ),
    DocumentRule(
        "text_is_its_paragraphs",
        "articles",
        "text",
        "The text is not its paragraphs joined by blank lines, or is blank.",
        _articles,
        incomplete_texts,
    ),
    DocumentRule(
        "digest_is_of_text",
        "articles",
        "text_sha256",
        "The length or the hash is not that of the text.",
        _articles,
        wrong_digests,
    ),
    DocumentRule(
        "spans_tile_the_source",
        "removed_spans",
        "source_start",
        "A stretch of the source is in no article and no removed span, or in two of them.",
        _one,
        untiled,
    ),
    DocumentRule(
        "removed_span_is_verbatim",
        "removed_spans",
        "text",
        "The removed span is not the source between its offsets.",
        lambda document: len(document.removed_spans),
        altered_removals,
    ),
    DocumentRule(
        "statement_is_proven",
        "statements",
        "original_text",
        "The evidence does not stand in the source where the statement says.",
        lambda document: len(document.statements),
        unproven_statements,
    ),
    DocumentRule(
        "date_has_evidence",
        "articles",
        "date_published",
        "The date is not what a chosen statement gives.",
        _articles,
        dates_without_evidence,
    ),
    DocumentRule(
        "bounds_fit_the_date",
        "articles",
        "date_published",
        "The bounds or the precision are not what the date says.",
        _articles,
        wrongly_bounded_dates,
    ),
    DocumentRule(
        VERBATIM,
        "paragraphs",
        "text",
        "A quotation, name or time is not its paragraph's text between its offsets.",
        lambda document: sum(1 for _ in spans_of(document)),
        misquoted,
    ),
    DocumentRule(
        SPEAKER,
        "quotations",
        "speaker_mention_id",
        "The mention that is said to name the speaker is not in the article.",
        lambda document: len(document.annotations.quotations) if document.annotations else 0,
        unknown_speakers,
    ),
    DocumentRule(
        "document_is_accounted_for",
        "documents",
        "status",
        "The document holds no article and nobody said why.",
        _one,
        articleless,
    ),
)


ANNOTATION_RULES = tuple(rule for rule in RULES if rule.failing in {misquoted, unknown_speakers})
"""The rules for documents whose articles were checked before, and only annotated now."""


def check_document(
    document: ProcessedDocument, rules: Iterable[DocumentRule] = RULES
) -> tuple[list[Finding], list[Check]]:
    """Return every finding on a document, and what each rule counted."""
    if document.rejections:
        return [], []
    findings: list[Finding] = []
    checks: list[Check] = []
    for rule in rules:
        failing = [
            Finding(
                document.document_id, rule.table, key, rule.name, rule.message, rule.column, value
            )
            for key, value in rule.failing(document)
        ]
        findings += failing
        checks.append(Check(rule.name, rule.elements(document), len(failing)))
    return findings, checks
