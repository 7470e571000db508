"""What an EDTF value says: the days that it allows, and how precise it is."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import time

    from knipsel.transforms.model import Precision

_SEASON = re.compile(r"\d{4}-(?:2[1-9]|3\d|4[01])$", re.ASCII)
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?$", re.ASCII)
_UNSPECIFIED = re.compile(r"\d{3}X$|\d{2}XX$", re.ASCII)
"""A decade or a century: common in texts."""
_UNCERTAINTY = re.compile(r"[?~%]")
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class DateBounds:
    """The first and the last day that an EDTF value allows, and how precise it is.

    A bound is None where the value leaves that side open or the day lies outside the years
    1 to 9999.
    """

    not_before: date | None
    not_after: date | None
    precision: Precision


_UNKNOWN = DateBounds(None, None, "unknown")


@lru_cache(maxsize=4096)
def date_bounds(edtf: str | None) -> DateBounds:
    """Return what ``edtf`` says; nothing for None and for what is not EDTF.

    Years, months, days, decades, centuries and intervals of them are computed here. All other
    forms (seasons, other unspecified digits) are read by the `edtf` library, which is slow to load.
    """
    if edtf is None:
        return _UNKNOWN
    plain = _PLAIN.match(edtf)
    if plain:
        return _plain_bounds(*(int(part) if part else None for part in plain.groups()))
    if _UNSPECIFIED.match(edtf):
        return _years_bounds(int(edtf.replace("X", "0")), int(edtf.replace("X", "9")))
    return _other_bounds(edtf)


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
        first = date(year or 0, month or 1, 1 if day is None else day)
        if day is not None:
            return DateBounds(first, first, "day")
        last_month = month or _DECEMBER
        last = date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    except ValueError:
        return _UNKNOWN
    return DateBounds(first, last, "month" if month else "year")


def _years_bounds(first: int, last: int) -> DateBounds:
    if not first:
        return _UNKNOWN  # there is no day of the year 0
    return DateBounds(date(first, 1, 1), date(last, _DECEMBER, 31), "interval")


def _other_bounds(edtf: str) -> DateBounds:
    if "/" in edtf:
        return _interval_bounds(edtf)
    bare = _UNCERTAINTY.sub("", edtf)
    if bare != edtf and (_PLAIN.match(bare) or _UNSPECIFIED.match(bare)):
        return date_bounds(bare)
    from edtf import EDTFParseException, parse_edtf  # a quarter of a second to load

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
