"""Counting what was found: by outlet, language, topic and the like, and by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from knipsel.transforms.text.search.query import FACETS
from knipsel.warehouse.search.ask import Found
from knipsel.warehouse.search.index import schema

if TYPE_CHECKING:
    from tantivy import Query as Asked

COUNTED = ("month", "year", *FACETS)
"""What can be counted by."""
_BUCKETS = 60_000
"""Values of a facet that are counted at most: tantivy refuses more."""
_YEARS = 100
"""A date that allows more years than these is as good as none."""
_MONTHS = 12
Cell = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """How many articles are in a cell: ``surely``, and ``possibly`` these and more."""

    cell: Cell
    surely: int
    possibly: int


def check_names(names: Sequence[str]) -> None:
    """Raise ``ValueError`` where something is named that nothing is counted by."""
    for name in names:
        if name not in COUNTED:
            message = f"Nothing is counted by {name!r}; these can be: {', '.join(COUNTED)}."
            raise ValueError(message)
    if len(set(names)) < len(names) or {"month", "year"} <= set(names):
        raise ValueError("Count by each thing once, and by month or by year.")


def count_by(found: Found, names: Sequence[str]) -> list[Cells]:
    """Return in how many articles that were found each combination of values is, in order.

    An article with several values of a facet counts for each, one without any under None. By month
    or year it is possibly in each that its date allows, and surely where that is only one and it
    surely lies within the dates that were asked for. Raises ``ValueError``.
    """
    check_names(names)
    surely: Counter[Cell] = Counter()
    possibly: Counter[Cell] = Counter()
    every = list(_leaves(found, found.within(is_sure=False), names))
    is_dated = found.question.is_dated
    sure = list(_leaves(found, found.within(is_sure=True), names)) if is_dated else every
    for is_sure, leaves, counts in ((True, sure, surely), (False, every, possibly)):
        for values, count in leaves:
            options = [
                _cells(found, name, value) for name, value in zip(names, values, strict=True)
            ]
            if is_sure and any(len(one) != 1 for one in options):
                continue
            for cell in product(*options):
                counts[cell] += count
    ordered = sorted(possibly, key=lambda cell: [(one is None, one or "") for one in cell])
    return [Cells(cell, surely[cell], possibly[cell]) for cell in ordered]


def facet(found: Found, name: str, most: int = 20) -> list[tuple[str, int]]:
    """Return the names of a facet with how many articles have each, the most frequent first."""
    return facets(found, [name], most)[name]


def facets(found: Found, names: Sequence[str], most: int = 20) -> dict[str, list[tuple[str, int]]]:
    """Return the most frequent names of several facets: the index is gone through once."""
    request = {name: {"terms": {"field": _field(name), "size": _BUCKETS}} for name in names}
    answer = found.index.searcher.aggregate(found.within(is_sure=False), request)
    return {
        name: sorted(
            ((str(one["key"]), int(one["doc_count"])) for one in answer[name]["buckets"]),
            key=lambda one: (-one[1], one[0]),
        )[:most]
        for name in names
    }


def months(found: Found) -> list[Cells]:
    """Return how many articles are in each month, surely and possibly; None is no date."""
    return count_by(found, ["month"])


def _leaves(found: Found, asked: Asked, names: Sequence[str]) -> Iterator[tuple[Cell, int]]:
    """Yield each combination of values as the index has them, with its articles."""
    request: dict[str, Any] = {}
    for name in reversed(names):
        terms = {"field": _field(name), "size": _BUCKETS, "missing": _MISSING}
        request = {name: {"terms": terms, **({"aggs": request} if request else {})}}
    answer = found.index.searcher.aggregate(asked, request)
    yield from _walk(answer, names, ())


_MISSING = "\x00"
"""What stands for no value: no name is so."""


def _walk(answer: dict[str, Any], names: Sequence[str], cell: Cell) -> Iterator[tuple[Cell, int]]:
    for bucket in answer[names[0]]["buckets"]:
        value = None if bucket["key"] == _MISSING else str(bucket["key"])
        here = (*cell, value)
        if len(names) > 1:
            yield from _walk(bucket, names[1:], here)
        else:
            yield here, int(bucket["doc_count"])


def _field(name: str) -> str:
    return schema.MONTHS if name in {"month", "year"} else schema.name_field(name)


def _cells(found: Found, name: str, value: str | None) -> list[str | None]:
    """Return the cells that a value may be in: for a stretch of months each of them."""
    if name not in {"month", "year"} or value is None:
        return [value]
    first, last = (_number(one) for one in value.split("/"))
    if last - first > _YEARS * _MONTHS:
        return [None]
    question = found.question
    first = max(first, _of(question.first)) if question.first else first
    last = min(last, _of(question.last)) if question.last else last
    written = [f"{at // _MONTHS:04d}-{at % _MONTHS + 1:02d}" for at in range(first, last + 1)]
    if name == "year":
        written = [month.partition("-")[0] for month in written]
    return list(dict.fromkeys(written))


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * _MONTHS + int(number) - 1


def _of(day: date) -> int:
    return day.year * _MONTHS + day.month - 1
