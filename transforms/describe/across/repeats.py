"""Whether a value that many articles of an outlet share is theirs, or the outlet's furniture.

What repeats lawfully has a pattern: the title of a column has its author, or its day of the week.
Furniture stands beside what it hides: articles that share it give other values besides, each its
own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field as made_by
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.describe.across.rules import LOWERED, REJECTED, CorpusBounds, Effect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

_TELLING_RIVALS = 3
"""So many other values, at least, among the articles that share one: two may be two spellings."""
_MOST = 0.5
"""The share of the articles which have another value, from which on it tells."""
_OF_SERIES = 0.8
"""The share of the articles of a series that its author wrote, and that have a day of their own."""
_SLACK = 1
"""Days by which a gap may differ from the usual one: a holiday moves a column."""
_FEWEST_DAYS = 4
_OTHER_DAYS = 8
"""Other days that an outlet must have, to say that one of them is too frequent."""
_TIMES_BUSIEST = 4
"""How many times as many articles as on the busiest other day no issue of an outlet has."""
_TIMES_IF_LAST = 2
"""The same, of a day after all others: that of a crawl is."""
_LONGEST_IMPRINT = 3
"""Words that may stand beside the outlet's name where the two are an imprint or a desk."""
_SHORTEST_NAME = 6
"""Characters of an outlet's name, at least, to be known in a longer one: *Metro* is a word."""
_WEEKLY = 5
"""Days of a gap, from which on a missing issue makes it a multiple."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is known of an outlet: how many articles it has, copies counted once, and its names.

    ``names`` are in the form of `Repeat.key`; ``authors`` and ``days`` say in how many articles
    each stands.
    """

    articles: int
    names: frozenset[str] = frozenset()
    authors: Mapping[str, int] = made_by(default_factory=dict)
    days: Mapping[date, int] = made_by(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A value that several articles of an outlet give for a field.

    ``key`` is it in small letters without signs; ``value`` is it as written once. ``carriers`` are
    the articles that give it, copies counted once, ``chosen`` those that alone would choose it;
    ``rivals`` the other values that carriers give, with in how many of them each stands, and
    ``contested`` how many carriers give any. ``elsewhere`` are the articles that have the words,
    but as something else, ``below`` the carriers that have another line of a headline's form under
    it. ``authors`` and ``days`` are those of the carriers.
    """

    field: str
    key: str
    value: str
    carriers: int
    chosen: int
    contested: int = 0
    rivals: Mapping[str, int] = made_by(default_factory=dict)
    elsewhere: int = 0
    below: int = 0
    authors: Mapping[str, int] = made_by(default_factory=dict)
    days: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks against a value: a rule, and what it means for the value."""

    rule: str
    effect: Effect


def judge(
    repeat: Repeat, outlet: Outlet, bounds: CorpusBounds, is_person: Callable[[str], bool]
) -> Verdict | None:
    """Return what speaks against a value that articles of an outlet share, None where nothing does.

    ``is_person`` tells whether a name, as written, is that of a person. Of an outlet with few
    articles nothing is said: what a document alone shows is weighed where it is read.
    """
    is_known = outlet.articles > bounds.repeats
    if is_known and repeat.field == "author" and _is_outlet(repeat, outlet, is_person):
        return Verdict("outlet_as_author", REJECTED)
    if (
        is_known
        and repeat.field == "headline"
        and _squeezed(repeat.key) in map(_squeezed, outlet.names)
    ):
        return Verdict("outlet_as_headline", REJECTED)
    if repeat.carriers <= bounds.repeats:
        return None
    return _JUDGES[repeat.field](repeat, outlet)


def _squeezed(key: str) -> str:
    return key.replace(" ", "")


def _is_outlet(repeat: Repeat, outlet: Outlet, is_person: Callable[[str], bool]) -> bool:
    """Say whether a name is the outlet's, or has it with a few words that make no person."""
    for name in outlet.names:
        extra = len(repeat.key.split()) - len(name.split())
        is_imprint = f" {name} " in f" {repeat.key} " and 0 < extra <= _LONGEST_IMPRINT
        is_imprint = is_imprint and len(name) >= _SHORTEST_NAME
        if _squeezed(name) == _squeezed(repeat.key) or is_imprint:
            return not is_person(repeat.value)
    return False


def _is_contested(repeat: Repeat) -> bool:
    """Say whether most of the articles give values of their own besides."""
    strongest = max(repeat.rivals.values(), default=0)
    return (
        repeat.contested >= _MOST * repeat.carriers
        and len(repeat.rivals) >= _TELLING_RIVALS
        and strongest <= _MOST * repeat.contested
    )


def is_series(repeat: Repeat, outlet: Outlet) -> bool:
    """Say whether the articles look like those of a column: one author's, or regular ones."""
    author, count = max(
        repeat.authors.items(), key=lambda item: (item[1], item[0]), default=("", 0)
    )
    named = sum(repeat.authors.values())
    is_own = count >= _MOST * outlet.authors.get(author, count)
    if named >= _MOST * repeat.carriers and count >= _OF_SERIES * named and is_own:
        return True
    return _is_regular(repeat.days)


def _is_regular(days: Sequence[date]) -> bool:
    """Say whether days follow each other in even steps, hardly ever two at once."""
    different = sorted(set(days))
    if len(different) < _FEWEST_DAYS or len(different) < _OF_SERIES * len(days):
        return False
    gaps = [(later - day).days for day, later in pairwise(different)]
    usual, _ = Counter(gaps).most_common(1)[0]
    return sum(_is_alike(gap, usual) for gap in gaps) >= _OF_SERIES * len(gaps)


def _is_alike(gap: int, usual: int) -> bool:
    """Say whether a gap is the usual one, or several of them: an issue was left out, or is lost."""
    rest = gap % usual if usual >= _WEEKLY else abs(gap - usual)
    return min(rest, abs(usual - rest)) <= _SLACK if usual >= _WEEKLY else rest <= _SLACK


def _headline(repeat: Repeat, outlet: Outlet) -> Verdict | None:
    if _is_contested(repeat):
        return Verdict("repeated_headline", REJECTED)
    if is_series(repeat, outlet):
        return None
    is_furniture = repeat.elsewhere > 0 or repeat.below >= _MOST * repeat.chosen
    return Verdict("repeated_headline", REJECTED if is_furniture else LOWERED)


def _description(repeat: Repeat, outlet: Outlet) -> Verdict | None:
    return None if is_series(repeat, outlet) else Verdict("repeated_description", REJECTED)


def _author(repeat: Repeat, outlet: Outlet) -> Verdict | None:
    del outlet
    return Verdict("repeated_author", REJECTED) if _is_contested(repeat) else None


def _day(repeat: Repeat, outlet: Outlet) -> Verdict | None:
    if _is_contested(repeat):
        return Verdict("repeated_day", REJECTED)
    others = {day: count for day, count in outlet.days.items() if f"{day:%Y %m %d}" != repeat.key}
    is_last = all(f"{day:%Y %m %d}" < repeat.key for day in others)
    times = _TIMES_IF_LAST if is_last else _TIMES_BUSIEST
    if len(others) >= _OTHER_DAYS and repeat.chosen >= times * max(others.values()):
        return Verdict("repeated_day", LOWERED)
    return None


_JUDGES: Mapping[str, Callable[[Repeat, Outlet], Verdict | None]] = {
    "headline": _headline,
    "description": _description,
    "author": _author,
    "date_published": _day,
}
WEIGHED_FIELDS = tuple(_JUDGES)
"""The fields whose values are looked at across articles."""
