"""Declared days that others speak against: defaults of programs, days in UTC, lone ones.

Sites declare a day for machines, and print one for people. Where they differ, the printed one
is right more often in these cases; the declared one stays as a statement, with the reason.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from knipsel.transforms.registers.articles.facts import CURATED
from knipsel.transforms.text.edtf import date_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.describe.candidate import Candidate

DEFAULT_DAY, DAY_IN_UTC, OUTVOTED = "default_day", "day_in_utc", "outvoted"
DECLARED = frozenset({"json-ld", "opengraph", "meta", "time", "trafilatura"})
SHOWN = frozenset({"date_line", "byline", "signature", "posted_line", "address"})
"""How a page gives its day to people: in a line, and in its address."""
_DEFAULTS = frozenset(
    f"{year}-{day}"
    for year, day in (
        *(("1970", "01-01"), ("1969", "12-31"), ("1970", "01-02"), ("0001", "01-01")),
        *(("1900", "01-01"), ("1899", "12-30"), ("1899", "12-31"), ("1904", "01-01")),
        *(("1980", "01-01"), ("2000", "01-01"), ("1999", "12-31"), ("0000", "01-01")),
    )
)
"""The days with which programs begin to count, each also as the evening before in another zone."""
_ZONE = timedelta(days=1)
_UTC = ("Z", "+00:00", "+0000")
_SEVERAL = 2
_FIRST_SITES = "1990"
"""Before this year no page declared a day; a scan has it in its text."""


def weigh_days(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, declared days of publication that others speak against rejected."""
    days = [
        one
        for one in candidates
        if one.field == "date_published" and one.rejection is None and _day(one)
    ]
    in_utc = {
        (one.method, one.value[: len("2023-03-01")])
        for one in candidates
        if one.field == "time_published" and one.value.endswith(_UTC)
    }
    return [
        replace(one, rejection=_against(one, days, in_utc))
        if one.field == "date_published" and one.method in DECLARED and one.rejection is None
        else one
        for one in candidates
    ]


def _against(
    one: Candidate, days: Sequence[Candidate], in_utc: Iterable[tuple[str, str]]
) -> str | None:
    """Return what speaks against a declared day, or None."""
    others = [other for other in days if other.value != one.value]
    if one.value in _DEFAULTS and (others or one.value < _FIRST_SITES):
        return DEFAULT_DAY
    own = _day(one)
    if own is None or not others:
        return None
    shown = {day for other in days if other.method in SHOWN and (day := _day(other))}
    is_near = own not in shown and any(abs(day - own) == _ZONE for day in shown)
    if (one.method, one.value) in in_utc and is_near:
        return DAY_IN_UTC
    if _is_outvoted(one, own, days):
        return OUTVOTED
    return None


def _is_outvoted(one: Candidate, own: date, days: Sequence[Candidate]) -> bool:
    """Say whether a day stands alone against two that agree, or against what lines print.

    On the pages it was built on, five printed another day than they declared, all five rightly.
    """
    if any(other.method in CURATED and other.value == one.value for other in days):
        return False
    ways: dict[str, set[str]] = {}
    for other in days:
        ways.setdefault(other.value, set()).add(other.method)
    alone = len(ways[one.value]) == 1
    agreeing = any(
        len(methods) >= _SEVERAL
        and abs(date.fromisoformat(value) - own) > _ZONE
        and not methods.isdisjoint(SHOWN | {"opengraph", "meta"})
        for value, methods in ways.items()
        if value != one.value
    )
    printed = (other for other in days if other.method in SHOWN - {"address"})
    lines = {other.value for other in printed}
    return (alone and agreeing) or (bool(lines) and one.value not in lines)


def _day(one: Candidate) -> date | None:
    bounds = date_bounds(one.value)
    return bounds.not_before if bounds.precision == "day" else None
