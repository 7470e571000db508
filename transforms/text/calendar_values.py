"""Stretches of the calendar, as EDTF (ISO 8601-2) writes them.

A value is never finer than its unit: a month is ``2022-03``, a week the interval of its days,
a decade ``199X``. Arithmetic that leaves the years 1 to 9999 raises ``ValueError`` or
``OverflowError``.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

Unit = Literal[
    "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century",
    "span",
]  # fmt: skip
Part = Literal["begin", "middle", "end"]

MONTHS = 12
WEEK = 7
_QUARTER, _HALF = 3, 6
_DECADE, _CENTURY = 10, 100
_THURSDAY, _SATURDAY = 3, 5
_SEASONS = (3, 6, 9, 12)
"""The months with which spring, summer, autumn and winter begin, as meteorologists count."""
_PARTS_OF_MONTH = {"begin": (1, 10), "middle": (11, 20), "end": (21, 31)}
_PARTS_OF_YEAR = {"begin": (1, 4), "middle": (5, 8), "end": (9, 12)}
_PARTS_OF_DECADE = {"begin": (0, 3), "middle": (4, 6), "end": (7, 9)}
_PARTS_OF_CENTURY = {"begin": (0, 33), "middle": (34, 66), "end": (67, 99)}
_PARTS_OF_WEEK = {"begin": (0, 2), "middle": (2, 3), "end": (3, 6)}
"""Thirds, as far as they are whole: nobody who writes *begin maart* counts days."""
OPEN = ".."


class Value(NamedTuple):
    """A stretch of the calendar: its two ends as EDTF, and as days.

    ``begin`` and ``end`` are the same text where one EDTF value says both.
    """

    begin: str
    end: str
    first: date
    last: date
    unit: Unit

    @property
    def edtf(self) -> str:
        """Return the value as one EDTF text."""
        return self.begin if self.begin == self.end else f"{self.begin}/{self.end}"


def day(when: date) -> Value:
    """Return a day."""
    text = when.isoformat()
    return Value(text, text, when, when, "day")


def month(year_number: int, number: int) -> Value:
    """Return a month; ``number`` may run out of the year to either side."""
    years, index = divmod(number - 1, MONTHS)
    first = date(year_number + years, index + 1, 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    text = f"{first.year:04d}-{first.month:02d}"
    return Value(text, text, first, last, "month")


def year(number: int) -> Value:
    """Return a year."""
    text = f"{number:04d}"
    return Value(text, text, date(number, 1, 1), date(number, MONTHS, 31), "year")


def decade(number: int) -> Value:
    """Return the decade of a year: ``199X`` of 1994."""
    start = number - number % _DECADE
    text = f"{start:04d}"[:3] + "X"
    return Value(text, text, date(start, 1, 1), date(start + _DECADE - 1, MONTHS, 31), "decade")


def century(number: int) -> Value:
    """Return the hundred years of a year: ``19XX`` of 1994."""
    start = number - number % _CENTURY
    text = f"{start:04d}"[:2] + "XX"
    return Value(text, text, date(start, 1, 1), date(start + _CENTURY - 1, MONTHS, 31), "century")


def week(when: date) -> Value:
    """Return the days of the week, from Monday on, in which a day lies."""
    monday = when - timedelta(when.weekday())
    return days(monday, monday + timedelta(WEEK - 1), "week")


def weekend(when: date) -> Value:
    """Return the Saturday and Sunday of the week in which a day lies."""
    monday = when - timedelta(when.weekday())
    return days(monday + timedelta(_SATURDAY), monday + timedelta(WEEK - 1), "weekend")


def season(year_number: int, number: int) -> Value:
    """Return three months; spring is 0, and the winter of a year begins in its December."""
    begin = _SEASONS[number]
    return span(month(year_number, begin), month(year_number, begin + 2), "season")


def quarter(year_number: int, number: int) -> Value:
    """Return a quarter of a year, counted from 0 and beyond the year to either side."""
    first = number * _QUARTER + 1
    return span(month(year_number, first), month(year_number, first + 2), "quarter")


def half(year_number: int, number: int) -> Value:
    """Return a half of a year, counted from 0."""
    first = number * _HALF + 1
    return span(month(year_number, first), month(year_number, first + _HALF - 1), "half")


def days(first: date, last: date, unit: Unit = "span") -> Value:
    """Return the days from ``first`` to ``last``, both in it."""
    return Value(first.isoformat(), last.isoformat(), first, last, unit)


def span(one: Value, other: Value, unit: Unit = "span") -> Value:
    """Return what runs from the beginning of one value to the end of another.

    Raises `ValueError` where it would end before it begins.
    """
    if one.first > other.last:
        raise ValueError("an interval ends before it begins")
    return one if one == other else Value(one.begin, other.end, one.first, other.last, unit)


def since(value: Value) -> Value:
    """Return all time from the beginning of a value on."""
    return Value(value.begin, OPEN, value.first, date.max, "span")


def until(value: Value) -> Value:
    """Return all time to the end of a value."""
    return Value(OPEN, value.end, date.min, value.last, "span")


def before(value: Value) -> Value:
    """Return all time before a value; a year ends with a year, anything else with a day."""
    if value.unit in {"year", "month"}:
        return until(_named(value.first - timedelta(1), value.unit))
    return until(day(value.first - timedelta(1)))


def after(value: Value) -> Value:
    """Return all time after a value; a year is followed by a year, anything else by a day."""
    if value.unit in {"year", "month"}:
        return since(_named(value.last + timedelta(1), value.unit))
    return since(day(value.last + timedelta(1)))


def approximate(value: Value) -> Value:
    """Return a value that holds about."""
    if OPEN in (value.begin, value.end) or value.begin.endswith("~"):
        return value
    return value._replace(begin=f"{value.begin}~", end=f"{value.end}~")


def part(value: Value, which: Part) -> Value:
    """Return the beginning, the middle or the end of a value; `ValueError` where it has none."""
    start = value.first
    if value.unit == "week":
        first, last = _PARTS_OF_WEEK[which]
        return days(start + timedelta(first), start + timedelta(last))
    if value.unit == "month":
        first, last = _PARTS_OF_MONTH[which]
        return days(start.replace(day=first), start.replace(day=min(last, value.last.day)))
    if value.unit == "year":
        first, last = _PARTS_OF_YEAR[which]
        return span(month(start.year, first), month(start.year, last))
    if value.unit in {"decade", "century"}:
        parts = _PARTS_OF_DECADE if value.unit == "decade" else _PARTS_OF_CENTURY
        first, last = parts[which]
        return span(year(start.year + first), year(start.year + last))
    return _third(value, which)


def _third(value: Value, which: Part) -> Value:
    """Return a third of the months of a season, a quarter or a half."""
    if value.unit not in {"season", "quarter", "half"}:
        raise ValueError("has no parts")
    third = _HALF // 3 if value.unit == "half" else 1
    begin = value.first.month + third * ("begin", "middle", "end").index(which)
    year_number = value.first.year
    return span(month(year_number, begin), month(year_number, begin + third - 1), "span")


def _named(when: date, unit: Unit) -> Value:
    return year(when.year) if unit == "year" else month(when.year, when.month)


def containing(when: date, unit: Unit, shift: int = 0) -> Value:
    """Return the unit in which a day lies, or the one so many units later."""
    if unit in {"week", "weekend"}:
        return (week if unit == "week" else weekend)(when + timedelta(WEEK * shift))
    if unit in {"month", "quarter", "half"}:
        return _part_of_year(when, unit, shift)
    if unit == "day":
        return day(when + timedelta(shift))
    years = {"decade": _DECADE, "century": _CENTURY}.get(unit, 1)
    whole = {"decade": decade, "century": century}.get(unit, year)
    return whole(when.year + shift * years)


def _part_of_year(when: date, unit: Unit, shift: int) -> Value:
    if unit == "month":
        return month(when.year, when.month + shift)
    length = _QUARTER if unit == "quarter" else _HALF
    return (quarter if unit == "quarter" else half)(when.year, (when.month - 1) // length + shift)


def plus(when: date, unit: Unit, count: float) -> date:
    """Return the day so many units later; the last of a month where it has no such day."""
    if unit in {"day", "week", "weekend"}:
        return when + timedelta(round(count * (1 if unit == "day" else WEEK)))
    months = {
        "month": 1, "season": _QUARTER, "quarter": _QUARTER, "half": _HALF, "year": MONTHS,
        "decade": _DECADE * MONTHS, "century": _CENTURY * MONTHS,
    }[unit]  # fmt: skip
    target = month(when.year, when.month + round(count * months))
    return target.first.replace(day=min(when.day, target.last.day))


def nth_weekday(whole: Value, weekday: int, number: int) -> Value:
    """Return the so manieth such weekday in a value; the last for -1."""
    if number < 0:
        back = (whole.last.weekday() - weekday) % WEEK
        return _inside(whole, whole.last - timedelta(back))
    ahead = (weekday - whole.first.weekday()) % WEEK
    return _inside(whole, whole.first + timedelta(ahead + WEEK * (number - 1)))


def nth_week(whole: Value, number: int) -> Value:
    """Return the so manieth week of a month or a year: the first has its Thursday in it."""
    thursday = nth_weekday(whole, _THURSDAY, number)
    return week(thursday.first)


def _inside(whole: Value, when: date) -> Value:
    if not whole.first <= when <= whole.last:
        raise ValueError("there are not so many")
    return day(when)


def easter(year_number: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    golden, leap = year_number % 19, year_number // 100
    epact = (leap - leap // 4 - (8 * leap + 13) // 25 + 19 * golden + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year_number + year_number // 4 + full_moon + 2 - leap + leap // 4) % 7
    offset = full_moon - weekday
    number = 3 + (offset + 40) // 44
    return date(year_number, number, offset + 28 - 31 * (number // 4))
