"""Counting articles by what they carry, and correcting the counts by what people checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from knipsel.transforms.checks.accuracy import RIGHT, Check
from knipsel.transforms.checks.fields import ARTICLES
from knipsel.transforms.checks.intervals import Numbers, as_floats, corrected_total
from knipsel.transforms.registers.articles.facts import NOTHING
from knipsel.transforms.text.edtf import DateBounds, date_bounds

FEWEST_CHECKS = 30
"""Checks that a cell needs for an estimate; from so many on intervals hold what they say."""
DATE = "date_published"
UNITS = {"month": "%Y-%m", "year": "%Y"}
"""The parts of the calendar to count by, and how one is written."""
FIELDS = {
    "month": DATE,
    "year": DATE,
    "publisher": "publisher",
    "language": "language",
    "genre": "genre",
    "section": "article_section",
}
"""What can be counted by and checked: the name for people, and the column of articles."""
LISTS = ("topic", "author")
"""What an article has several of: counted by as it stands."""
NAMES = (*FIELDS, *LISTS)
_FORMS = {"month": re.compile(r"\d{4}-(0[1-9]|1[0-2])$"), "year": re.compile(r"\d{4}$")}

Cell = tuple[str | None, ...]
"""What a count is of: a value for each name that is counted by."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted: by which names, and of which articles (name and value, None for none)."""

    by: tuple[str, ...]
    where: tuple[tuple[str, str | None], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of articles that decide the counts, and can be checked."""
        names = (*self.by, *(name for name, _ in self.where))
        return tuple(dict.fromkeys(FIELDS[name] for name in names if name in FIELDS))


def question_of(by: Sequence[str], where: Sequence[str]) -> Question:
    """Return what to count; raise ``ValueError`` with what is wrong with it."""
    if not by:
        message = f"Say what to count by: {', '.join(NAMES)}."
        raise ValueError(message)
    for name in by:
        _check_name(name)
    if len(set(by)) < len(by) or set(UNITS) <= set(by):
        raise ValueError("Count by each thing once, and by month or by year.")
    return Question(tuple(by), tuple(map(_condition, where)))


def _check_name(name: str) -> None:
    if name not in NAMES:
        message = f"Nothing is counted by {name!r}; these can be: {', '.join(NAMES)}."
        raise ValueError(message)


def _condition(text: str) -> tuple[str, str | None]:
    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not value:
        message = f"{text!r} is no condition, such as topic=climate or year=2022."
        raise ValueError(message)
    _check_name(name)
    if name in _FORMS and value != NOTHING and not _FORMS[name].match(value):
        message = f"{value!r} is no {name}, such as {'2022-03' if name == 'month' else '2022'}."
        raise ValueError(message)
    return name, None if value == NOTHING else value


@dataclass(frozen=True, slots=True)
class Carried:
    """What an article carries: values by column, and of what it has several, by name."""

    values: Mapping[str, str | None]
    lists: Mapping[str, Sequence[str]]

    def having(self, values: Mapping[str, str | None]) -> Carried:
        """Return the same with other values in some columns."""
        return Carried({**self.values, **values}, self.lists)


def cells_of(article: Carried, question: Question) -> frozenset[Cell]:
    """Return the cells that an article is surely in."""
    for name, value in question.where:
        if not _meets(article, name, value):
            return frozenset()
    return frozenset(product(*(_values(article, name) for name in question.by)))


def _meets(article: Carried, name: str, value: str | None) -> bool:
    if name in UNITS:
        bounds = date_bounds(article.values[DATE])
        return bounds.precision == "unknown" if value is None else _lies_in(bounds, value)
    if name in LISTS:
        values = article.lists[name]
        return value in values if value is not None else not values
    return article.values[FIELDS[name]] == value


def _lies_in(inner: DateBounds, value: str) -> bool:
    outer = date_bounds(value)
    bounds = (outer.not_before, inner.not_before, inner.not_after, outer.not_after)
    known = [one for one in bounds if one is not None]
    return len(known) == len(bounds) and known == sorted(known)


def _values(article: Carried, name: str) -> Sequence[str | None]:
    """Return the values by which an article is counted; of its date, where that is fine enough."""
    if name in LISTS:
        return article.lists[name] or (None,)
    if name not in UNITS:
        return (article.values[FIELDS[name]],)
    bounds = date_bounds(article.values[DATE])
    if bounds.not_before is None or bounds.not_after is None:
        return ()
    first, last = (day.strftime(UNITS[name]) for day in (bounds.not_before, bounds.not_after))
    return (first,) if first == last else ()


@dataclass(frozen=True, slots=True)
class Unit:
    """An article that was checked: its stratum, what was stated, and what is true of it."""

    row_key: str
    stratum: str
    population: int
    stated: Mapping[str, str | None]
    true: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """The articles of a draw that were checked in all of ``columns``."""

    columns: tuple[str, ...]
    units: tuple[Unit, ...]


def sample_of(checks: Iterable[Check], columns: Sequence[str]) -> Sample:
    """Return the sample that tells most of some columns of articles.

    That is the draw in which most of them were checked, the newest release before older ones, and
    most articles before fewer: samples of different releases are not put together.
    """
    draws: dict[str, list[Check]] = {}
    for one in checks:
        if one.table_name == ARTICLES and one.field in columns:
            draws.setdefault(one.draw, []).append(one)
    samples = [(rows[0].release_version, _sample(rows, columns)) for rows in draws.values()]
    ranked = sorted(samples, key=lambda one: (len(one[1].columns), one[0], len(one[1].units)))
    return ranked[-1][1] if ranked else Sample((), ())


def _sample(rows: Sequence[Check], columns: Sequence[str]) -> Sample:
    checked = tuple(column for column in columns if any(one.field == column for one in rows))
    by_article: dict[str, dict[str, Check]] = {}
    for one in rows:
        if one.is_judged:
            by_article.setdefault(one.row_key, {})[one.field] = one
    units = (
        _unit(key, fields)
        for key, fields in sorted(by_article.items())
        if len(fields) == len(checked)
    )
    return Sample(checked, tuple(units))


def _unit(key: str, fields: Mapping[str, Check]) -> Unit:
    one = next(iter(fields.values()))
    return Unit(
        key,
        one.stratum,
        one.population,
        {name: check.value for name, check in fields.items()},
        {name: _true(check) for name, check in fields.items()},
    )


def _true(check: Check) -> str | None:
    """Return what is true: where that is not known, it is at least not what was stated."""
    if check.verdict == RIGHT:
        return check.value
    return None if check.right_value == NOTHING else check.right_value


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles are in a cell.

    By their values so many are in it ``surely``, and ``possibly`` these and more, whose date
    allows it. ``checked`` articles of the sample are in it, by their values or in truth; where
    these are enough, ``estimate`` is how many truly are, with the bounds ``low`` and ``high`` of
    its interval of 95 %.
    """

    cell: Cell
    surely: int
    possibly: int
    checked: int = 0
    estimate: float | None = None
    low: float | None = None
    high: float | None = None


def estimated(
    counts: Sequence[Count],
    question: Question,
    sample: Sample,
    carried: Mapping[str, Carried],
    rows: int,
) -> list[Count]:
    """Return counts with estimates where the sample has enough.

    ``carried`` is what the sampled articles carry now, by identifier; ``rows`` is how many
    articles there are. Behind the counts stand cells in which no article is said to be, and enough
    of those that were checked are. What was found wrong may be corrected by now, which tells
    nothing of those that were not checked: so the values as they were drawn count, for the sample
    and in the count.
    """
    units = [one for one in sample.units if one.row_key in carried]
    if not units:
        return list(counts)
    now = [carried[one.row_key] for one in units]
    judged = _Judged(
        [cells_of(one, question) for one in now],
        [cells_of(one.having(unit.stated), question) for one, unit in zip(now, units, strict=True)],
        [cells_of(one.having(unit.true), question) for one, unit in zip(now, units, strict=True)],
        *_strata(units, rows),
    )
    unstated = set().union(*judged.true) - {count.cell for count in counts}
    found = [judged.corrected(count) for count in counts]
    new = [judged.corrected(Count(cell, 0, 0)) for cell in sorted(unstated, key=repr)]
    return [*found, *(count for count in new if count.estimate is not None)]


def _strata(units: Sequence[Unit], rows: int) -> tuple[NDArray[np.intp], Numbers]:
    """Return the stratum of each unit by its place, and how many of all rows each stratum has."""
    sizes = dict(sorted({(one.stratum, one.population) for one in units}))
    places = {name: at for at, name in enumerate(sizes)}
    of_unit = np.array([places[one.stratum] for one in units], dtype=np.intp)
    population = np.array(list(sizes.values()), dtype=np.float64)
    scaled = population * rows / population.sum()
    return of_unit, np.maximum(scaled, np.bincount(of_unit))


@dataclass(frozen=True, slots=True)
class _Judged:
    """The cells of each unit, by its values now, as they were drawn, and in truth; its stratum."""

    now: Sequence[frozenset[Cell]]
    stated: Sequence[frozenset[Cell]]
    true: Sequence[frozenset[Cell]]
    of_unit: NDArray[np.intp]
    population: Numbers

    def corrected(self, count: Count) -> Count:
        """Return a count with its estimate, where enough units are in its cell."""
        in_now, said, is_so = (
            np.array([count.cell in cells for cells in kind])
            for kind in (self.now, self.stated, self.true)
        )
        checked = int((said | is_so).sum())
        if checked < FEWEST_CHECKS or None in count.cell:
            return replace(count, checked=checked)
        estimate = corrected_total(
            count.surely + int(said.sum()) - int(in_now.sum()),
            self._by_stratum(is_so & ~said),
            self._by_stratum(said & ~is_so),
            self._by_stratum(np.ones_like(said)),
            self.population,
        )
        value, low, high = as_floats(estimate)
        return replace(count, checked=checked, estimate=value, low=low, high=high)

    def _by_stratum(self, hits: NDArray[np.bool_]) -> Numbers:
        hit = np.bincount(self.of_unit[hits], minlength=len(self.population))
        return hit.astype(np.float64)
