"""All annotators on a text: the one entry to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.annotations.model import Annotations
from transforms.annotations.names.find import find_mentions
from transforms.annotations.prepare import of_article
from transforms.annotations.quotations.finder import find_quotations
from transforms.annotations.rows import AnnotationRows, annotation_rows
from transforms.annotations.times.find import find_times
from transforms.annotations.topics import find_topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.annotations.model import ArticleText
    from transforms.annotations.registers import AnnotationRegisters
    from transforms.model import Article, Paragraph


def annotate(text: ArticleText, registers: AnnotationRegisters) -> Annotations:
    """Return what a text says; it follows from the text, its language and date alone."""
    mentions = find_mentions(text, registers.names, registers.recogniser)
    return Annotations(
        quotations=find_quotations(text, mentions, registers.quotations),
        mentions=mentions,
        time_expressions=find_times(text, registers),
        topics=find_topics(text, registers.topics),
    )


def annotate_article(
    article: Article, paragraphs: Sequence[Paragraph], registers: AnnotationRegisters
) -> AnnotationRows:
    """Return the rows of what an article says."""
    text = of_article(article, paragraphs, registers)
    in_text = [one.paragraph_id for one in paragraphs if one.char_start is not None]
    return annotation_rows(article.article_id, text, in_text, annotate(text, registers))
