"""All annotators on a text: the one entry to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import Annotations
from knipsel.transforms.annotate.names.find import find_mentions
from knipsel.transforms.annotate.prepare import of_article
from knipsel.transforms.annotate.quotations.find import find_quotations
from knipsel.transforms.annotate.rows import annotation_rows
from knipsel.transforms.annotate.times.find import find_times
from knipsel.transforms.annotate.topics.find import find_topics
from knipsel.transforms.model import AnnotationRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.annotate.model import ArticleText
    from knipsel.transforms.annotate.registers import AnnotationRegisters
    from knipsel.transforms.model import Article, Paragraph


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
