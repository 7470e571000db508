"""Which candidate wins a field, and which cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from operator import neg
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidates.dated_texts import OF_SOMETHING_ELSE
from knipsel.transforms.describe.candidates.declared_authors import NAMES_FEWER, NOT_IN_BYLINE
from knipsel.transforms.describe.candidates.declared_days import (
    DAY_IN_UTC,
    DEFAULT_DAY,
    OUTVOTED,
)
from knipsel.transforms.describe.candidates.unlisted_outlets import UNCONFIRMED
from knipsel.transforms.describe.facts import MISNAMED, NO_VALUE
from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.transforms.text.edtf import date_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knipsel.transforms.describe.candidate import Candidate

FUTURE, BEFORE_OUTLET, NOT_A_DATE = "future", "before_outlet", "not_a_date"
OF_ONE = "of_one_of_several"
REPEATED, OF_OUTLET = "repeated", "of_outlet"
"""Reasons that only the other articles of the outlet give."""
REJECTIONS = {
    FUTURE: "it lies after the day on which the file was read",
    BEFORE_OUTLET: "it lies before the outlet existed",
    NOT_A_DATE: "it is no date in EDTF",
    DEFAULT_DAY: "programs put this day where they know none",
    DAY_IN_UTC: "it is the day in UTC of a moment to which the page itself gives another day",
    OUTVOTED: "the page gives another day in two places, or prints another",
    OF_SOMETHING_ELSE: "what stands before it says that it is the day of something else",
    NOT_IN_BYLINE: "the byline on the page names somebody else",
    NAMES_FEWER: "another place of the page names these and more",
    UNCONFIRMED: "nothing else in the source bears out that it is the outlet",
    OF_ONE: "the text seems to hold several articles, and this is said of one of them",
    NO_VALUE: "a person states that the article has none",
    MISNAMED: "the name of the file has not the form that `file_names` gives it",
    REPEATED: "it stands in more articles of the outlet than can have it as their own",
    OF_OUTLET: "it is the name of the outlet",
}
"""Every reason for which a candidate cannot be, with its meaning."""
_DATES = frozenset({"date_published", "date_modified", "date_created"})
_OF_AN_ARTICLE = _DATES | {
    *("author", "publisher", "dateline", "completeness", "genre", "article_section"),
    *("date_published_not_before", "date_published_not_after"),
}
"""Fields that several articles do not share."""
_BY_METHOD = frozenset({"date_published"})
"""Fields of which, among likely values, the way of finding decides: of days that lie side by side
the known ones cannot tell which is right, so that no probability was learnt of that."""
_BESIDE = 60
"""Characters from one author's byline to the next one's, at most: a label and a line end."""
_ZONES = timedelta(days=1)
"""Where the file was read it may still be yesterday."""


def reject_dates(
    candidates: Iterable[Candidate], seen_on: date | None, founded: int | None
) -> list[Candidate]:
    """Return the candidates, those for dates that cannot be with the reason.

    ``seen_on`` is the day on which the file was read, ``founded`` the year in which the outlet
    began; what is not known rejects nothing, and what a person states stands.
    """
    return [
        replace(one, rejection=one.rejection or _rejection(one, seen_on, founded))
        if one.field in _DATES and one.method not in CURATED
        else one
        for one in candidates
    ]


def _rejection(one: Candidate, seen_on: date | None, founded: int | None) -> str | None:
    bounds = date_bounds(one.value)
    if bounds.precision == "unknown":
        return NOT_A_DATE
    if seen_on and bounds.not_before and bounds.not_before > seen_on + _ZONES:
        return FUTURE
    if founded and bounds.not_after and bounds.not_after.year < founded:
        return BEFORE_OUTLET
    return None


def reject_of_one(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates of a text that seems to hold several articles.

    What is said in it of one of them, who wrote it, when, for whom, whether it is whole, is not
    said of all; what a person states stands.
    """
    return [
        one
        if one.rejection or one.method in CURATED or one.field not in _OF_AN_ARTICLE
        else replace(one, rejection=OF_ONE)
        for one in candidates
    ]


def with_followers(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, bylines with the names of those that follow in lines of their own."""
    bylines = [one for one in candidates if one.field == "author" and one.method == "byline"]
    for one in candidates:
        if one in bylines:
            names, end = dict.fromkeys(one.names), one.end
            for other in bylines:
                if other.start is None or end is None or not 0 <= other.start - end <= _BESIDE:
                    continue
                names |= dict.fromkeys(other.names)
                end = other.end
            yield replace(one, names=tuple(names))
        else:
            yield one


def choose(candidates: Sequence[Candidate], least: float = 0.0) -> dict[str, Candidate]:
    """Return the surest candidate for each field, the first in the source among equals.

    What a person states, in the order in which it counts, stands before all others; then what is
    likeliest; then, where nothing is estimated, the way of finding it decides. What is less likely
    than ``least`` is not chosen.
    """
    chosen: dict[str, Candidate] = {}
    for one in candidates:
        if one.rejection is not None or _is_unlikely(one, least):
            continue
        best = chosen.get(one.field)
        if best is None or _is_surer(one, best):
            chosen[one.field] = one
    return chosen


def _is_unlikely(one: Candidate, least: float) -> bool:
    is_weighed = one.probability is not None and one.method not in CURATED
    return is_weighed and (one.probability or 0.0) < least


def _is_surer(one: Candidate, best: Candidate) -> bool:
    return best.method not in CURATED and _order(one) > _order(best)


def _order(one: Candidate) -> tuple[bool, float, float]:
    sure = one.confidence if one.method in CURATED else one.probability
    orders = sure or 0.0, one.confidence
    return sure is not None, *(reversed(orders) if one.field in _BY_METHOD else orders)


def ranks(candidates: Sequence[Candidate], chosen: Mapping[str, Candidate]) -> Iterator[int | None]:
    """Yield the place of each candidate in the order in which its field would choose them.

    The chosen one has 1, and nobody has where none is; a rejected one has none.
    """
    order = sorted(
        (one for one in candidates if one.rejection is None),
        key=lambda one: (one.method not in CURATED, *map(neg, _order(one))),
    )
    places: dict[int, int] = {}
    next_place: dict[str, int] = {}
    for one in order:
        if one is chosen.get(one.field):
            places[id(one)] = 1
        else:
            places[id(one)] = next_place[one.field] = next_place.get(one.field, 1) + 1
    return (places.get(id(one)) for one in candidates)


def without_idle_bounds(
    chosen: Mapping[str, Candidate], first: str, last: str
) -> dict[str, Candidate]:
    """Return what is chosen, but the bounds of a date only where they bound it.

    Where the date is known, that says what they are; and what excludes each other says nothing.
    """
    bounds = [chosen[field].value for field in (first, last) if field in chosen]
    is_idle = "date_published" in chosen or bounds != sorted(bounds)
    return {field: one for field, one in chosen.items() if not (is_idle and field in {first, last})}
