"""All annotators on a text: the one entry to them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.failures import Attempts, all_failed
from knipsel.transforms.annotate.model import Annotations
from knipsel.transforms.annotate.names.find import find_mentions
from knipsel.transforms.annotate.prepare import of_article
from knipsel.transforms.annotate.quotations.find import find_quotations
from knipsel.transforms.annotate.rows import annotation_rows
from knipsel.transforms.annotate.times.find import find_times
from knipsel.transforms.annotate.topics.find import find_topics
from knipsel.transforms.model import AnnotationRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from knipsel.transforms.annotate.model import ArticleText, Mention, TimeExpression
    from knipsel.transforms.model import Article, Paragraph
    from knipsel.transforms.registers.annotations.registers import AnnotationRegisters


def annotate(text: ArticleText, registers: AnnotationRegisters) -> Annotations:
    """Return what a text says; it follows from the text, its language and date alone.

    An annotator that fails costs what it would have found, and says so in ``errors``. One that is
    not at work finds nothing: without names no speaker is a mention.
    """
    attempts = Attempts(at_work=registers.annotators)
    mentions = attempts.of(
        "mentions", lambda: find_mentions(text, registers.names, registers.recogniser)
    )
    return Annotations(
        quotations=attempts.of(
            "quotations", lambda: find_quotations(text, mentions, registers.quotations)
        ),
        mentions=mentions,
        time_expressions=attempts.of(
            "time_expressions", lambda: _in_no_name(find_times(text, registers.times), mentions)
        ),
        topics=attempts.of("topics", lambda: find_topics(text, registers.topics)),
        errors=attempts.errors,
    )


def _in_no_name(
    times: Iterable[TimeExpression], mentions: Iterable[Mention]
) -> tuple[TimeExpression, ...]:
    """Return the times that are no part of somebody's name: *April Jones*, *Karl Freitag*."""
    people = [one for one in mentions if one.kind == "person"]
    ends = [one.char_end for one in people]

    def is_in_name(time: TimeExpression) -> bool:
        at = bisect_left(ends, time.char_end)
        return at < len(people) and people[at].char_start <= time.char_start

    return tuple(one for one in times if not is_in_name(one))


def annotated(
    name: str,
    prepare: Callable[[], tuple[ArticleText, Sequence[str]]],
    registers: AnnotationRegisters,
) -> AnnotationRows:
    """Return the rows of what a text says that goes by a name.

    ``prepare`` gives the text and the identifiers of its blocks; where it fails, all annotators do.
    """
    try:
        text, paragraph_ids = prepare()
    except MemoryError:  # what takes too much is the document
        raise
    except Exception as error:  # noqa: BLE001 - recorded with the article
        return all_failed(name, error)
    return annotation_rows(name, text, paragraph_ids, annotate(text, registers))


def annotate_article(
    article: Article, paragraphs: Sequence[Paragraph], registers: AnnotationRegisters
) -> AnnotationRows:
    """Return the rows of what an article says; none where no annotator is at work."""
    if not registers.annotators:
        return AnnotationRows()

    def prepare() -> tuple[ArticleText, Sequence[str]]:
        in_text = [one.paragraph_id for one in paragraphs if one.char_start is not None]
        return of_article(article, paragraphs, registers), in_text

    return annotated(article.article_id, prepare, registers)
