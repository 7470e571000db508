"""From an article, or from a text of somebody else's, to the text that annotators read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import ArticleText, TextBlock
from knipsel.transforms.annotate.sentences import find_sentences
from knipsel.transforms.text.edtf import DateBounds, date_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.model import Article, Paragraph
    from knipsel.transforms.registers.annotations.registers import AnnotationRegisters

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")
"""What stands between blank lines."""


_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_ENDS = ".!?…:;\"'’”»“"
_WIDEST = 120
"""Characters of a line that is wrapped, at most."""
_ENDED = 0.6
"""The share of lines from which on they end as sentences do because they are paragraphs."""


def primary_language(tag: str | None) -> str | None:
    """Return the primary subtag of a tag of BCP 47: ``nl`` of ``nl-BE``."""
    return tag.partition("-")[0].casefold() if tag else None


def of_article(
    article: Article, paragraphs: Iterable[Paragraph], registers: AnnotationRegisters
) -> ArticleText:
    """Return the text of an article, with its paragraphs as blocks."""
    blocks = tuple(
        TextBlock(one.char_start, one.char_end, one.role)
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
    """Return a text of its own, with its paragraphs as blocks.

    They stand between blank lines, or are lines that are no part of wrapped ones.
    ``date_published`` is EDTF; one that is not says nothing.
    """
    blocks = tuple(
        TextBlock(start, end, "body")
        for one in _BLOCK.finditer(text)
        for start, end in _paragraphs(text, one.start(), one.end())
    )
    return _prepared(text, blocks, language, date_bounds(date_published), registers)


def of_paragraphs(
    text: str,
    blocks: Iterable[TextBlock],
    language: str | None,
    registers: AnnotationRegisters,
) -> ArticleText:
    """Return an article's text with its paragraphs as they are stored, and no date."""
    return _prepared(text, tuple(blocks), language, date_bounds(None), registers)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a stretch without blank lines: its lines, or all of it if wrapped."""
    lines = [(one.start() + start, one.end() + start) for one in _LINE.finditer(text[start:end])]
    ended = sum(1 for _, stop in lines[:-1] if text[stop - 1] in _ENDS)
    is_wrapped = max(stop - begin for begin, stop in lines) <= _WIDEST and (
        ended < _ENDED * len(lines[:-1])
    )
    yield from [(lines[0][0], lines[-1][1])] if is_wrapped else lines


def _prepared(
    text: str,
    blocks: tuple[TextBlock, ...],
    tag: str | None,
    published: DateBounds,
    registers: AnnotationRegisters,
) -> ArticleText:
    language = primary_language(tag)
    sentences = find_sentences(text, blocks, registers.sentence_words(language))
    return ArticleText(text, blocks, sentences, language, published)
