"""Asking an index: which articles a question finds, how many, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from knipsel.transforms.text.search.evaluate import Reading
from knipsel.transforms.text.search.parse import parse
from knipsel.transforms.text.search.query import DEFAULT_ZONES, Has, Parsed, names_in
from knipsel.warehouse.search.index import schema
from knipsel.warehouse.search.index.build import EPOCH
from knipsel.warehouse.search.index.opened import OpenIndex
from knipsel.warehouse.search.index.rows import ArticleSource
from knipsel.warehouse.search.translate import Translator

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tantivy import DocAddress
    from tantivy import Query as Asked

Sort = Literal["relevance", "date"]
SORTS: tuple[str, ...] = get_args(Sort)
_TEXTS_AT_ONCE = 2_000
"""Texts that are looked at between two looks at the clock, and are in memory."""


MOST_CHECKED = 20_000
"""Texts that are looked at for one question, where the index cannot answer alone: half a minute."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a query, and what the articles must be besides.

    ``first`` and ``last`` bound the day of publication, each included. Of ``names`` an article has
    one of each facet that is named. ``copies`` also finds what is a copy of another article.
    """

    query: Parsed
    zones: tuple[str, ...] = DEFAULT_ZONES
    first: date | None = None
    last: date | None = None
    names: tuple[Has, ...] = ()
    copies: bool = False
    sort: Sort = "relevance"

    @classmethod
    def of(cls, words: str, **kept: object) -> Question:
        """Return the question for words as they are typed."""
        return cls(parse(words), **kept)  # type: ignore[arg-type]

    @property
    def is_dated(self) -> bool:
        """Whether it bounds the day of publication."""
        return self.first is not None or self.last is not None

    def all_names(self) -> list[Has]:
        """Return the names that an article has to have, or may have, those in the query too."""
        return [*self.names, *names_in(self.query.query)]

    def names_by_facet(self) -> list[tuple[str, list[Has]]]:
        """Return the names that are asked for, by facet."""
        ordered = sorted(self.names, key=lambda one: one.facet)
        return [(facet, list(some)) for facet, some in groupby(ordered, lambda one: one.facet)]

    def is_surely_within(self, days: tuple[date, date] | None) -> bool:
        """Tell whether all days that an article can be of are within the bounds."""
        if not self.is_dated:
            return True
        if days is None:
            return False
        return (self.first is None or self.first <= days[0]) and (
            self.last is None or days[1] <= self.last
        )

    def is_possibly_within(self, days: tuple[date, date] | None) -> bool:
        """Tell whether any day that an article can be of is; not where its date is not known."""
        if not self.is_dated:
            return True
        if days is None:
            return False
        return (self.first is None or self.first <= days[1]) and (
            self.last is None or days[0] <= self.last
        )


class Ranked(NamedTuple):
    """An article that was found; ``is_sure`` where it surely lies within the dates asked for."""

    number: int
    article_id: str
    score: float
    is_sure: bool


@dataclass
class Found:
    """What a question finds in an index. All is counted exactly, when it is asked for.

    ``source`` is where the texts are; they are looked at only where the index cannot answer alone.
    """

    index: OpenIndex
    question: Question
    source: ArticleSource
    translator: Translator = field(init=False)

    def __post_init__(self) -> None:
        """Translate the question."""
        self.translator = Translator(self.index)
        self._base = self._translated()

    def _translated(self) -> Asked:
        from tantivy import Occur, Query

        parsed, question, index = self.question.query, self.question, self.index
        translated = self.translator
        wanted = [translated.translate(parsed.query, question.zones)] if parsed.query else []
        for _, names in question.names_by_facet():
            any_name = [(Occur.Should, translated.name(one)) for one in names]
            wanted.append(Query.boolean_query(any_name))
        if not question.copies:
            canonical = Query.term_query(index.schema, schema.CANONICAL, field_value=True)
            wanted.append(Query.const_score_query(canonical, 0.0))
        if parsed.is_empty:
            return Query.empty_query()
        every = [(Occur.Must, one) for one in wanted or [Query.all_query()]]
        return Query.boolean_query(every)

    @cached_property
    def base(self) -> Asked:
        """What finds the articles whatever their date is."""
        if not self.translator.needs_texts:
            return self._base
        from tantivy import Occur, Query

        numbers = self._checked(self._numbers(self._base))
        chosen = Query.term_set_query(self.index.schema, schema.NUMBER, numbers)
        return Query.boolean_query(
            [(Occur.Must, self._base), (Occur.Must, Query.const_score_query(chosen, 0.0))]
        )

    def _checked(self, numbers: NDArray[np.int64]) -> list[int]:
        """Return the numbers of those articles that the query means."""
        query = self.question.query.query
        if query is None:
            return [int(number) for number in numbers]
        by_id = {self.index.identifiers[number].decode(): int(number) for number in numbers}
        names = list(by_id)
        if len(names) > MOST_CHECKED:
            self.translator.cut.append(
                f"{len(names):,} articles may have all of this; only {MOST_CHECKED:,} of them were "
                "looked at: another word, or more letters before a star, finds all."
            )
            del names[MOST_CHECKED:]
        return sorted(
            by_id[row.article_id]
            for start in range(0, len(names), _TEXTS_AT_ONCE)
            for row in self.source.rows(names[start : start + _TEXTS_AT_ONCE])
            if Reading(row.article).matches(query, self.question.zones)
        )

    def within(self, *, is_sure: bool) -> Asked:
        """Return what finds the articles surely, or possibly, within the dates."""
        first, last = self.question.first, self.question.last
        starts, ends = schema.FIRST_DAY, schema.LAST_DAY
        bounds = []
        if first is not None:
            bounds.append(self._range(starts if is_sure else ends, _day(first), None))
        if last is not None:
            bounds.append(self._range(ends if is_sure else starts, None, _day(last)))
        return self._also(bounds)

    def _also(self, conditions: Sequence[Asked]) -> Asked:
        from tantivy import Occur, Query

        if not conditions:
            return self.base
        scored = [(Occur.Must, Query.const_score_query(one, 0.0)) for one in conditions]
        return Query.boolean_query([(Occur.Must, self.base), *scored])

    def _range(self, field_name: str, lower: int | None, upper: int | None) -> Asked:
        from tantivy import FieldType, Query

        integer = FieldType.Integer
        return Query.range_query(self.index.schema, field_name, integer, lower, upper)

    def _count(self, asked: Asked) -> int:
        return int(self.index.searcher.search(asked, 1).count)  # type: ignore[attr-defined]

    @cached_property
    def possibly(self) -> int:
        """How many articles it finds that lie within the dates, or may."""
        return self._count(self.within(is_sure=False))

    @cached_property
    def surely(self) -> int:
        """How many of them surely do; all of them where no dates are asked for."""
        return self._count(self.within(is_sure=True)) if self.question.is_dated else self.possibly

    @cached_property
    def undated(self) -> int:
        """How many have no date at all, where dates are asked for: these are in neither count."""
        if not self.question.is_dated:
            return 0
        known = self._range(schema.FIRST_DAY, -(1 << 40), None)
        return self._count(self.base) - self._count(self._also([known]))

    def page(self, limit: int, offset: int = 0) -> list[Ranked]:
        """Return articles in the order that was asked for, from a place on."""
        asked = self.within(is_sure=False)
        if limit <= 0 or offset >= self.possibly:
            return []
        if self.question.sort == "relevance":
            hits = self.index.searcher.search(asked, limit, count=False, offset=offset).hits
            addresses = [address for _, address in hits]
            numbers = self._values(schema.NUMBER, addresses)
            scores = [float(score) for score, _ in hits]
        else:
            numbers = self.by_date[offset : offset + limit].tolist()
            scores = [0.0] * len(numbers)
        sure = self._sure if self.question.is_dated else frozenset(numbers)
        return [
            Ranked(number, self.index.identifiers[number].decode(), score, number in sure)
            for number, score in zip(numbers, scores, strict=True)
        ]

    @cached_property
    def _sure(self) -> frozenset[int]:
        return frozenset(self._numbers(self.within(is_sure=True)).tolist())

    def _values(self, field_name: str, addresses: list[DocAddress]) -> list[int]:
        values = self.index.searcher.fast_field_values(field_name, addresses)
        return [int(value) if value is not None else _NO_DAY for value in values]

    def _numbers(self, asked: Asked, *fields: str) -> NDArray[np.int64]:
        """Return the numbers of all articles that are found, with further fields in columns."""
        searcher = self.index.searcher
        every = max(searcher.num_docs, 1)
        hits = searcher.search(asked, every, count=False, order_by_field=schema.NUMBER).hits
        addresses = [address for _, address in hits]
        if not fields:
            return np.array([int(number) for number, _ in hits], dtype=np.int64)
        columns = [self._values(name, addresses) for name in (schema.NUMBER, *fields)]
        return np.array(columns, dtype=np.int64)

    @cached_property
    def by_date(self) -> NDArray[np.int64]:
        """The numbers of all articles, the newest first, those without a date last."""
        columns = self._numbers(self.within(is_sure=False), schema.FIRST_DAY)
        if not columns.size:
            return np.empty(0, dtype=np.int64)
        numbers, days = columns
        return np.asarray(numbers[np.lexsort((self.index.identifiers[numbers], -days))])

    def identifiers(self) -> list[str]:
        """Return the identifiers of all articles that are found, sorted."""
        numbers = self._numbers(self.within(is_sure=False))
        return sorted(one.decode() for one in self.index.identifiers[numbers].tolist())

    def ordered(self) -> Iterator[str]:
        """Yield the identifiers of all articles in the order that was asked for."""
        if self.question.sort == "date":
            yield from (self.index.identifiers[number].decode() for number in self.by_date)
            return
        yield from (one.article_id for one in self.page(max(self.possibly, 1)))


_NO_DAY = -(1 << 40)
"""Before all days: an article without a date is the last."""


def _day(day: date) -> int:
    return (day - EPOCH).days


def whole_or_part(facet: str, names: Iterable[str]) -> tuple[Has, ...]:
    """Return what is asked for by the names of options: in quotation marks as a whole."""
    return tuple(
        Has(facet, one[1:-1], is_whole=True)
        if len(one) > 1 and one[0] == one[-1] == '"'
        else Has(facet, one)
        for one in names
    )
