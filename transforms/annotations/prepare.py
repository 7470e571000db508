"""From an article, or from a text of somebody else's, to the text that annotators read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.annotations.model import ArticleText, Block
from transforms.annotations.sentences import find_sentences
from transforms.edtf_bounds import DateBounds, date_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.annotations.registers import AnnotationRegisters
    from transforms.model import Article, Paragraph

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")
"""What stands between blank lines."""


def primary_language(tag: str | None) -> str | None:
    """Return the primary subtag of a tag of BCP 47: ``nl`` of ``nl-BE``."""
    return tag.partition("-")[0].casefold() if tag else None


def of_article(
    article: Article, paragraphs: Iterable[Paragraph], registers: AnnotationRegisters
) -> ArticleText:
    """Return the text of an article, with its paragraphs as blocks."""
    blocks = tuple(
        Block(one.char_start, one.char_end, one.role)
        for one in paragraphs
        if one.char_start is not None and one.char_end is not None
    )
    published = DateBounds(
        article.date_published_not_before,
        article.date_published_not_after,
        article.date_published_precision,
    )
    return _prepared(article.text, blocks, article.language, published, registers)


def of_text(
    text: str, language: str | None, date_published: str | None, registers: AnnotationRegisters
) -> ArticleText:
    """Return a text of its own, with what stands between blank lines as blocks.

    ``date_published`` is EDTF; one that is not says nothing.
    """
    blocks = tuple(
        Block(one.start(), one.start() + len(one[0].rstrip()), "body")
        for one in _BLOCK.finditer(text)
    )
    return _prepared(text, blocks, language, date_bounds(date_published), registers)


def _prepared(
    text: str,
    blocks: tuple[Block, ...],
    tag: str | None,
    published: DateBounds,
    registers: AnnotationRegisters,
) -> ArticleText:
    language = primary_language(tag)
    sentences = find_sentences(text, blocks, registers.sentence_words(language))
    return ArticleText(text, blocks, sentences, language, published)
