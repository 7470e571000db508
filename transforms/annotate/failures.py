"""Annotators that fail: what each costs, so that no error of ours costs an article.

The tables that annotators fill stand for them: who finds names fills ``mentions``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from knipsel.transforms.model import ANNOTATORS, AnnotationRows, AnnotatorFailure, OwnError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

T = TypeVar("T")

_FALL_WITH: Mapping[str, tuple[str, ...]] = {"mentions": ("quotations",)}
"""What goes with an annotator that fails: without names, a quotation would be nobody's though the
text says whose it is."""


def falling(annotator: str) -> tuple[str, ...]:
    """Return the annotators whose rows go where one fails: itself, and who builds on it."""
    return (annotator, *_FALL_WITH.get(annotator, ()))


class Attempts:
    """The annotators of one text at work; ``errors`` has the error of each that failed."""

    def __init__(
        self, errors: Mapping[str, str] | None = None, at_work: Collection[str] = ANNOTATORS
    ) -> None:
        """Begin with the errors that there are; only annotators that are ``at_work`` are asked."""
        self.errors = dict(errors or {})
        self._at_work = at_work

    def of(self, annotator: str, make: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """Return all that an annotator makes, or nothing where it fails or failed before."""
        if annotator in self.errors or annotator not in self._at_work:
            return ()
        try:
            return tuple(make())
        except MemoryError:  # what takes too much is the document
            raise
        except Exception as error:  # noqa: BLE001 - recorded with the article
            self.errors |= dict.fromkeys(falling(annotator), str(OwnError.of(error)))
            return ()


def failures_of(article_id: str, errors: Mapping[str, str]) -> tuple[AnnotatorFailure, ...]:
    """Return the errors of annotators as failures on an article."""
    return tuple(
        AnnotatorFailure(article_id, annotator, errors[annotator])
        for annotator in ANNOTATORS
        if annotator in errors
    )


def all_failed(article_id: str, error: Exception) -> AnnotationRows:
    """Return the rows of an article on which no annotator could begin."""
    errors: dict[str, str] = dict.fromkeys(ANNOTATORS, str(OwnError.of(error)))
    return AnnotationRows(failures=failures_of(article_id, errors))


def without(rows: AnnotationRows, failures: Iterable[AnnotatorFailure]) -> AnnotationRows:
    """Return rows without those of annotators that failed after all, each on an article."""
    failed = {
        (failure.article_id, annotator): replace(failure, annotator=annotator)
        for failure in failures
        for annotator in falling(failure.annotator)
    }

    def kept(annotator: str, table: Iterable[T]) -> tuple[T, ...]:
        return tuple(row for row in table if (_article(row), annotator) not in failed)

    mentions = kept("mentions", rows.mentions)
    named = {one.entity_id for one in mentions}
    return AnnotationRows(
        kept("quotations", rows.quotations),
        mentions,
        tuple(one for one in rows.entities if one.entity_id in named),
        kept("time_expressions", rows.time_expressions),
        kept("topics", rows.topics),
        kept("topics", rows.topic_matches),
        (*rows.failures, *(failed[key] for key in sorted(failed))),
    )


def _article(row: object) -> str:
    return str(getattr(row, "article_id"))  # noqa: B009 - rows of five types have it
