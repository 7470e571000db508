"""The result of a search in a warehouse, as programs and commands have it.

Nothing is held open between two questions to it; whoever asks many keeps a `Found` open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.search.parse import parse
from knipsel.transforms.text.search.query import DEFAULT_ZONES, ZONES, Has
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.meant import NoSuchArticleError
from knipsel.warehouse.queries.queries import NoReleaseError
from knipsel.warehouse.release.rollback import find_release
from knipsel.warehouse.release.versions import current_release, read_versions
from knipsel.warehouse.search.ask import SORTS, Found, Question, Sort, whole_or_part
from knipsel.warehouse.search.cite import Citation, Comparison, cite, compare
from knipsel.warehouse.search.concordance import (
    LINE_SORTS,
    Concordance,
    LineSort,
    concordance,
)
from knipsel.warehouse.search.counts import Cells, count_by, facet
from knipsel.warehouse.search.hits import Hit, hits
from knipsel.warehouse.search.index.build import no_progress
from knipsel.warehouse.search.index.opened import OpenIndex, open_index
from knipsel.warehouse.search.index.rows import ArticleRow, ArticleSource
from knipsel.warehouse.search.many import QueryTable, ask_many, read_queries
from knipsel.warehouse.search.terms import TermCount, advice, term_counts
from knipsel.warehouse.search.why import Explanation, explain_article

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Names = str | Iterable[str]
"""A name, or several of which an article has any."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told while an index is made: whether it is kept, and how many articles are done."""

    is_made_anew: Callable[[bool], None] = lambda _: None
    progress: Callable[[int], None] = no_progress


NOBODY = Told()


@dataclass(frozen=True, slots=True)
class Opened:
    """A release that is held open: its index, and a connection to its database."""

    index: OpenIndex
    connection: DuckDBPyConnection


@dataclass(frozen=True)
class SearchResult:
    """What a search finds in a release of a warehouse; it is counted when that is asked for."""

    place: Warehouse
    release: str
    words: str
    question: Question
    told: Told = field(default=NOBODY, repr=False)
    opened: Opened | None = field(default=None, repr=False)

    @contextmanager
    def found(self) -> Iterator[Found]:
        """Open the index and the release, for a block that asks several things."""
        folder = self.place.releases / self.release
        if self.opened is not None:
            with ArticleSource(folder, self.opened.connection) as source:
                yield Found(self.opened.index, self.question, source)
            return
        told = self.told
        with (
            open_index(self.place, folder, told.progress, told.is_made_anew) as index,
            ArticleSource(folder) as source,
        ):
            yield Found(index, self.question, source)

    @cached_property
    def _counts(self) -> tuple[int, int, int]:
        with self.found() as found:
            return found.surely, found.possibly, found.undated

    @property
    def understood(self) -> str:
        """The query as it was understood."""
        return str(self.question.query)

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the query was not understood, or was cut, in sentences."""
        with self.found() as found:
            return (*self.question.query.notes, *found.translator.cut)

    @property
    def surely(self) -> int:
        """How many articles it finds, surely within the dates."""
        return self._counts[0]

    @property
    def possibly(self) -> int:
        """How many it finds at most: these, and those whose date only may be within."""
        return self._counts[1]

    @property
    def undated(self) -> int:
        """How many have no date, where dates are asked for; they are in neither count."""
        return self._counts[2]

    def hits(self, limit: int = 10, offset: int = 0) -> list[Hit]:
        """Return articles in order, from a place on, with fragments of their texts."""
        with self.found() as found:
            return hits(found, limit, offset)

    def identifiers(self) -> list[str]:
        """Return the identifiers of all articles, sorted."""
        with self.found() as found:
            return found.identifiers()

    def lines(self, sort: LineSort = "relevance", limit: int = 100, width: int = 60) -> Concordance:
        """Return each hit in its line. Raises ``ValueError`` for an order that is none."""
        _check_one("sort", sort, LINE_SORTS)
        with self.found() as found:
            return concordance(found, sort, limit, width)

    def count_by(self, names: Sequence[str]) -> list[Cells]:
        """Return how many articles there are by month, publisher and the like.

        Raises ``ValueError`` where nothing is counted by a name.
        """
        with self.found() as found:
            return count_by(found, names)

    def facet(self, name: str, most: int = 20) -> list[tuple[str, int]]:
        """Return the most frequent names of a facet, with how many articles have each."""
        with self.found() as found:
            return facet(found, name, most)

    def terms(self) -> list[TermCount]:
        """Return what each word and phrase of the query finds by itself."""
        with self.found() as found:
            return term_counts(found)

    def advice(self) -> list[str]:
        """Return what to try where nothing was found."""
        with self.found() as found:
            return advice(found)

    def why(self, article: str) -> Explanation:
        """Return which conditions an article meets. Raises `NoSuchArticleError`."""
        with self.found() as found:
            return explain_article(found, _row(found, self.release, article))

    def cite(self) -> Citation:
        """Return how to cite the result, and to repeat it."""
        with self.found() as found:
            return cite(found, self.words, self.release)

    def compare(self, expected: str) -> Comparison:
        """Tell whether a result that was cited is found again. Raises `ExpectationError`."""
        with self.found() as found:
            return compare(found, expected)

    def many(self, queries: str) -> QueryTable:
        """Return what each of several queries finds; raise `QueriesError`.

        ``queries`` is a text with a line ``label = query`` for each.
        """
        with self.found() as found:
            return ask_many(found, read_queries(queries))


def _row(found: Found, release: str, article: str) -> ArticleRow:
    names = found.source.find(article)
    if article in names:
        names = [article]
    if len(names) != 1:
        which = (
            f"Several begin with {article}: {', '.join(names)}."
            if names
            else (
                f"Release {release} has no article {article}: it may be held back "
                "(`knipsel quarantine list`), retracted, or of another release."
            )
        )
        raise NoSuchArticleError(which)
    return next(found.source.rows(names))


def search(
    place: Warehouse,
    words: str = "",
    *,
    first: str | date | None = None,
    last: str | date | None = None,
    publisher: Names = (),
    language: Names = (),
    speaker: Names = (),
    topic: Names = (),
    zones: Collection[str] = DEFAULT_ZONES,
    copies: bool = False,
    sort: Sort = "relevance",
    release: str | None = None,
    told: Told = NOBODY,
    opened: Opened | None = None,
) -> SearchResult:
    """Return the result of a search in a release, the latest where none is named.

    Whoever asks it again and again has it ``opened``.

    Raises ``ValueError`` for what cannot be asked, `NoReleaseError`, `NoSuchReleaseError`.
    """
    _check_one("sort", sort, SORTS)
    for zone in zones:
        _check_one("zone", zone, ZONES)
    named = {"publisher": publisher, "language": language, "speaker": speaker, "topic": topic}
    question = Question(
        parse(words),
        tuple(zone for zone in ZONES if zone in zones) or DEFAULT_ZONES,
        _bound(first, is_last=False),
        _bound(last, is_last=True),
        tuple(name for facet, names in named.items() for name in _names(facet, names)),
        copies,
        sort,
    )
    if question.first and question.last and question.first > question.last:
        raise ValueError("The first day is after the last one.")
    return SearchResult(place, _version(place, release), words, question, told, opened)


def _check_one(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        message = f"There is no {what} {value!r}; there are {', '.join(known)}."
        raise ValueError(message)


def _names(facet_name: str, names: Names) -> tuple[Has, ...]:
    return whole_or_part(facet_name, [names] if isinstance(names, str) else names)


def _bound(day: str | date | None, *, is_last: bool) -> date | None:
    """Return the first or the last day of a date as EDTF: ``2022`` begins with January."""
    if day is None or isinstance(day, date):
        return day
    bounds = date_bounds(day)
    bound = bounds.not_after if is_last else bounds.not_before
    if bound is None:
        message = f"{day!r} is no date, such as 2022, 2022-03 or 2022-03-15."
        raise ValueError(message)
    return bound


def _version(place: Warehouse, release: str | None) -> str:
    if release is not None:
        return find_release(place, release).version
    current = current_release(place, read_versions(place))
    if current is None:
        raise NoReleaseError(place)
    return current.version
