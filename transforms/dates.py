"""Dates: what an EDTF value says, and the dates that stand in a line.

A date is written as EDTF (ISO 8601-2) and is never finer than its evidence: ``2022-12`` is
a month and stays one.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from transforms.text import fold

if TYPE_CHECKING:
    import time
    from collections.abc import Iterator, Mapping

    from transforms.model import Precision

_SEASON = re.compile(r"\d{4}-(?:2[1-9]|3\d|4[01])$", re.ASCII)
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?$", re.ASCII)
_UNCERTAINTY = re.compile(r"[?~%]")
_DECEMBER = 12

_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|ste|de|e|º)?"
_NAME = r"([^\W\d_]{3,12})"
_YEAR = r"((?:1[6-9]|20)\d{2})(?!\d(?!\d?(?::\d\d|\s?min)))"
"""No digit follows, but the beginning of a time that a page shows apart: ``20236:01 PM``."""
_FOUR_DIGITS = re.compile(r"\d{4}")
"""Every date here has a year in full; most lines have none, and are done with so."""
_OF = r"(?:(?:of|de|del)\s)?"
_PATTERNS = (
    ("ymd", re.compile(rf"(?<![\d-]){_YEAR}([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)")),
    ("ym", re.compile(rf"(?<![\d-]){_YEAR}(-)(\d{{2}})(?![\d-])")),
    (
        "ymd",
        re.compile(rf"(?<!\d){_YEAR}\s?([年년])\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]"),
    ),
    (
        "dmy",
        re.compile(
            rf"(?<![\d.]){_DAY}\.?[\s-]{{1,3}}{_OF}{_NAME}[.,]{{0,2}}[\s-]{{1,3}}{_OF}{_YEAR}"
        ),
    ),
    ("mdy", re.compile(rf"(?<!\w){_NAME}\.?\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR}")),
    ("my", re.compile(rf"(?<!\w){_NAME}\.?,?\s{{1,3}}{_OF}{_YEAR}")),
    ("numeric", re.compile(rf"(?<![\d./-])(\d{{1,2}})([./-])(\d{{1,2}})\2{_YEAR}")),
)


@dataclass(frozen=True, slots=True)
class DateBounds:
    """The first and the last day that an EDTF value allows, and how precise it is.

    A bound is None where the value leaves that side open or the day lies outside the years
    1 to 9999.
    """

    not_before: date | None
    not_after: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that stands at ``start:end`` of a text."""

    edtf: str
    start: int
    end: int


_UNKNOWN = DateBounds(None, None, "unknown")


@lru_cache(maxsize=4096)
def date_bounds(edtf: str | None) -> DateBounds:
    """Return what ``edtf`` says; nothing for None and for what is not EDTF.

    Years, months and days are computed here. All other forms (intervals, seasons,
    unspecified digits, uncertainty) are read by the `edtf` library, which is slow to load.
    """
    if edtf is None:
        return _UNKNOWN
    plain = _PLAIN.match(edtf)
    if plain:
        return _plain_bounds(*(int(part) if part else None for part in plain.groups()))
    return _library_bounds(edtf)


def published_bounds(edtf: str | None, not_before: str | None, not_after: str | None) -> DateBounds:
    """Return the bounds of a date of publication.

    Without a date they are the days, in ISO 8601, before and after which something else shows
    that it cannot be; bounds that exclude each other say nothing.
    """
    if edtf is not None or (not_before is None and not_after is None):
        return date_bounds(edtf)
    return date_bounds(f"{not_before or '..'}/{not_after or '..'}")


def _plain_bounds(year: int | None, month: int | None, day: int | None) -> DateBounds:
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return DateBounds(first, first, "day")
        last_month = month or _DECEMBER
        last = date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        return _UNKNOWN
    return DateBounds(first, last, "month" if month else "year")


def _library_bounds(edtf: str) -> DateBounds:
    from edtf import EDTFParseException, parse_edtf  # a quarter of a second to load

    if "/" in edtf:
        return _interval_bounds(edtf)
    bare = _UNCERTAINTY.sub("", edtf)
    if bare != edtf and _PLAIN.match(bare):
        return date_bounds(bare)
    try:
        value = parse_edtf(edtf)
        first, last = _as_date(value.lower_strict()), _as_date(value.upper_strict())
    except (EDTFParseException, TypeError, ValueError, AttributeError):
        return _UNKNOWN
    if first and last and _SEASON.match(edtf):
        return DateBounds(first, last, "interval")
    return DateBounds(first, last, _span_precision(first, last))


def _interval_bounds(edtf: str) -> DateBounds:
    """Read an interval by its two ends: the library cannot compute the bounds of an open one."""
    begin, _, end = edtf.partition("/")
    first, last = date_bounds(begin).not_before, date_bounds(end).not_after
    open_ends = {"", ".."}
    if (
        (first is None and begin not in open_ends)
        or (last is None and end not in open_ends)
        or first is last
    ):
        return _UNKNOWN
    return _UNKNOWN if first and last and first > last else DateBounds(first, last, "interval")


def _as_date(value: time.struct_time) -> date | None:
    try:
        return date(value[0], value[1], value[2])
    except ValueError:
        return None


def _span_precision(first: date | None, last: date | None) -> Precision:
    """Name the calendar unit that runs from ``first`` to ``last``."""
    if first is None or last is None:
        return "interval"
    if first == last:
        return "day"
    month = _plain_bounds(first.year, first.month, None)
    if (first, last) == (month.not_before, month.not_after):
        return "month"
    is_year = (first.month, first.day, last.month, last.day) == (
        1,
        1,
        _DECEMBER,
        31,
    ) and first.year == last.year
    return "year" if is_year else "interval"


def is_day(found: FoundDate) -> bool:
    """Say whether a found date is as fine as a day."""
    return len(found.edtf) > len("2022-12")


def find_dates(text: str, months: Mapping[str, int]) -> list[FoundDate]:
    """Return the dates in ``text`` that have a year, in order, none inside another.

    ``3/4/2023`` is left out: it is in March or in April, by the country of who wrote it.
    """
    found: list[FoundDate] = []
    if not _FOUR_DIGITS.search(text):
        return found
    for candidate in _candidates(text, months):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in found):
            found.append(candidate)
    return sorted((one for one in found if one.edtf), key=lambda one: one.start)


def _candidates(text: str, months: Mapping[str, int]) -> Iterator[FoundDate]:
    for order, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            edtf = _edtf(order, match.groups(), months)
            if edtf is not None:
                # No such day: the rest of it ("februari 2023") must not be found either.
                yield FoundDate(
                    edtf if date_bounds(edtf).not_before else "", match.start(), match.end()
                )


def _edtf(order: str, parts: tuple[str, ...], months: Mapping[str, int]) -> str | None:
    if order == "ymd":
        return _iso(parts[0], int(parts[2]), int(parts[3]))
    if order == "ym":
        return _iso(parts[0], int(parts[2]), None)
    if order == "numeric":
        return _numeric(int(parts[0]), parts[1], int(parts[2]), parts[3])
    name = {"dmy": 1, "mdy": 0, "my": 0}[order]
    month = months.get(fold(parts[name]))
    if month is None:
        return None
    return _iso(parts[-1], month, None if order == "my" else int(parts[1 - name]))


def _numeric(first: int, separator: str, second: int, year: str) -> str | None:
    """Read ``10.03.2023`` with the day first; with slashes only what is a date in one way."""
    if separator in ".-" or first == second or first > _DECEMBER:
        return _iso(year, second, first)
    return _iso(year, first, second) if second > _DECEMBER else None


def _iso(year: str, month: int, day: int | None) -> str:
    return f"{int(year):04d}-{month:02d}" + (f"-{day:02d}" if day else "")
