"""Blocks to rows: the article, its authors and paragraphs, and the removed spans."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from knipsel.transforms.describe.candidates.named_days import NOT_AFTER, NOT_BEFORE
from knipsel.transforms.describe.describe import Description, Origin, describe
from knipsel.transforms.model import (
    TEXT_ROLES,
    Article,
    ArticleAuthor,
    Completeness,
    Paragraph,
    RemovedSpan,
)
from knipsel.transforms.text.edtf import published_bounds
from knipsel.transforms.text.words import count_words, repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.clean.blocks import Block, Cleaned
    from knipsel.transforms.model import Statement
    from knipsel.transforms.registers.articles.words import ArticleWords

PARAGRAPH_SEPARATOR = "\n\n"
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Assembled:
    """One article with all its rows."""

    article: Article
    authors: tuple[ArticleAuthor, ...]
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Statement, ...]


def article_identifier(document_id: str, position: int) -> str:
    """Return the identifier of the article at ``position`` (from 1) of a document."""
    return f"{document_id[:_ID_DIGITS]}-{position}"


def repair_blocks(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with repaired texts; a paragraph that then shows nothing is removed."""
    return [_repair_block(block) if block.role else block for block in blocks]


def _repair_block(block: Block) -> Block:
    text = repair(block.text)
    return block._replace(text=text) if text else block._replace(role=None, reason="invisible")


def assemble(
    document_id: str,
    position: int,
    cleaned: Cleaned,
    words: ArticleWords,
    origin: Origin,
) -> Assembled:
    """Make the rows of the article at ``position`` (from 1) of a document."""
    article_id = article_identifier(document_id, position)
    paragraphs = tuple(_paragraphs(article_id, cleaned.published))
    in_text = [one for one in paragraphs if one.role in TEXT_ROLES]
    text = PARAGRAPH_SEPARATOR.join(one.text for one in in_text)
    description = describe(cleaned, text, words, article_id, origin)
    article = _article(article_id, document_id, position, description)
    article = _with_text(article, text, sum(one.word_count for one in in_text))
    article = replace(article, text_confidence=_text_confidence(cleaned, words))
    authors = tuple(
        ArticleAuthor(article_id, position, name, probability)
        for position, (name, probability) in enumerate(description.authors, 1)
    )
    return Assembled(article, authors, paragraphs, description.statements)


def _text_confidence(cleaned: Cleaned, words: ArticleWords) -> float | None:
    """Return the F1 that the body is to be expected to have, None where no model judged it."""
    score, curve = cleaned.cut.expected_score, words.probabilities.text
    return None if score is None or curve is None else curve(score)


def _paragraphs(article_id: str, blocks: Iterable[Block]) -> Iterator[Paragraph]:
    heading, offset = None, 0
    kept = [(block, block.role) for block in blocks if block.role]
    for position, (block, role) in enumerate(kept, 1):
        in_text = role in TEXT_ROLES
        heading = block.text if role == "heading" else heading
        yield Paragraph(
            paragraph_id=f"{article_id}.p{position}",
            article_id=article_id,
            position=position,
            role=role,
            heading=heading,
            text=block.text,
            char_start=offset if in_text else None,
            char_end=offset + len(block.text) if in_text else None,
            source_start=block.start,
            source_end=block.end,
            word_count=count_words(block.text),
        )
        offset += len(block.text) + len(PARAGRAPH_SEPARATOR) if in_text else 0


def _article(article_id: str, document_id: str, position: int, description: Description) -> Article:
    values = description.values
    bounds = published_bounds(
        values.get("date_published"), values.get(NOT_BEFORE), values.get(NOT_AFTER)
    )
    return Article(
        article_id=article_id,
        document_id=document_id,
        position=position,
        text="",
        headline=values.get("headline"),
        alternative_headline=values.get("alternative_headline"),
        description=values.get("description"),
        language=values.get("language"),
        author=values.get("author"),
        publisher=values.get("publisher"),
        hostname=values.get("hostname"),
        genre=values.get("genre"),
        article_section=values.get("article_section"),
        pagination=values.get("pagination"),
        print_edition=values.get("print_edition"),
        identifier=values.get("identifier"),
        dateline=values.get("dateline"),
        date_published=values.get("date_published"),
        date_published_not_before=bounds.not_before,
        date_published_not_after=bounds.not_after,
        date_published_precision=bounds.precision,
        completeness=_completeness(values.get("completeness")),
        license=values.get("license"),
        copyright_notice=values.get("copyright_notice"),
    )


def _completeness(value: str | None) -> Completeness:
    return next((one for one in get_args(Completeness) if one == value), "unknown")


def _with_text(article: Article, text: str, word_count: int) -> Article:
    return replace(
        article,
        text=text,
        word_count=word_count,
        char_count=len(text),
        text_sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    )


def removed_spans(
    document_id: str, blocks: Iterable[Block], source_text: str
) -> tuple[RemovedSpan, ...]:
    """Return the removed stretches of the source; neighbours with one reason become one."""
    spans: list[tuple[int, int, str]] = []
    previous: str | None = None
    for block in blocks:
        if block.reason and block.reason == previous:
            spans[-1] = (spans[-1][0], block.end, block.reason)
        elif block.reason:
            spans.append((block.start, block.end, block.reason))
        previous = block.reason
    return tuple(
        RemovedSpan(document_id, start, end, source_text[start:end], reason)
        for start, end, reason in spans
    )
