"""Dates in EDTF as people say them, in English: ``2022-22`` is *summer 2022*."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from knipsel.transforms.text.edtf import date_bounds

_SEASON = re.compile(r"(\d{4})-2([1-4])$", re.ASCII)
SEASONS = ("spring", "summer", "autumn", "winter")
"""The seasons of EDTF, 21 to 24; they are not of one half of the earth."""
_PLAIN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$", re.ASCII)
_DECADE = re.compile(r"(\d{3})X$", re.ASCII)
DOUBTS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
"""What stands before a date that EDTF marks so."""
_DAY = timedelta(days=1)
_DECEMBER = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def date_in_words(edtf: str | None) -> str | None:
    """Return what a date says: a day, month, year, season or stretch; None for what is no EDTF."""
    if edtf is None:
        return None
    if season := _SEASON.match(edtf):
        return f"{SEASONS[int(season[2]) - 1]} {season[1]}"
    if decade := _DECADE.match(edtf):
        return f"the {decade[1]}0s"
    bounds = date_bounds(edtf)
    said = span_in_words(bounds.not_before, bounds.not_after)
    doubt = "" if "/" in edtf else next((DOUBTS[one] for one in edtf if one in DOUBTS), "")
    return said and doubt + said


def span_in_words(first: date | None, last: date | None) -> str | None:
    """Return the days from the first to the last in words; None where neither is known.

    What begins and ends with a month, or a year, is said in months, or years.
    """
    if first is None:
        return f"before {_from(last + _DAY)}" if last and last < date.max else None
    return f"from {_from(first)} on" if last is None else _stretch(first, last)


def _stretch(first: date, last: date) -> str:
    """Return the days from the first to the last in words."""
    years = str(first.year), str(last.year)
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, _DECEMBER, 31):
        return _between(("", years[0]), ("", years[1]))
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _between((_month(first), years[0]), (_month(last), years[1]))
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {_day(last)}"
    days = f"{first.day} {_month(first)}", f"{last.day} {_month(last)}"
    return _between((days[0], years[0]), (days[1], years[1]))


def plain_or_both(edtf: str | None) -> str | None:
    """Return a date for a person: in EDTF, with words behind it where it is no day, month, year."""
    if edtf is None or _PLAIN.match(edtf):
        return edtf
    said = date_in_words(edtf)
    return f"{edtf} ({said})" if said else edtf


def _between(first: tuple[str, str], last: tuple[str, str]) -> str:
    """Return two ends, each what is said in its year and the year, which is said once if it can."""
    begin, end = (" ".join(filter(None, one)) for one in (first, last))
    if begin == end:
        return end
    is_one_year = first[1] == last[1] and first[0]
    return f"between {first[0] if is_one_year else begin} and {end}"


def _from(day: date) -> str:
    """Return a day in words; the year or the month that begins with it."""
    if day.day > 1:
        return _day(day)
    return str(day.year) if day.month == 1 else f"{_month(day)} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]
