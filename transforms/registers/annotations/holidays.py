"""Days with a name: fixed ones, ones that Easter decides, and such as the second Sunday of May."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from knipsel.transforms.text.calendar_values import easter, month, nth_weekday

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EASTER = re.compile(r"easter([+-]\d{1,2})?")
_FIXED = re.compile(r"(\d\d)-(\d\d)(?: (\w{3})([+-]\d))?")
_NTH = re.compile(r"(\w{3}) (\w{3}) (-?\d)([+-]\d)?")
_SOME_YEAR = 2000
"""A year that has all days."""


class Holiday(NamedTuple):
    """A rule for a day of each year, and how many days later or earlier it is.

    Without a month it is counted from Easter Sunday; without a day it is a weekday of the month,
    by its number; with a weekday beside the day, only a day that falls on it is shifted.
    """

    month: int | None
    day: int | None
    weekday: int | None
    number: int
    shift: int

    def of_year(self, year: int) -> date:
        """Return the day of a year."""
        if self.month is None:
            return easter(year) + timedelta(self.shift)
        if self.day is None and self.weekday is not None:
            found = nth_weekday(month(year, self.month), self.weekday, self.number)
            return found.first + timedelta(self.shift)
        usual = date(year, self.month, self.day or 1)
        return usual + timedelta(self.shift) if usual.weekday() == self.weekday else usual


def parse_holiday(rule: str) -> Holiday:
    """Return the day that a rule of the register says; raise `ValueError` where it says none."""
    try:
        holiday = _parsed(rule)
        holiday.of_year(_SOME_YEAR)
    except ValueError:
        message = f"holidays: {rule!r} says no day"
        raise ValueError(message) from None
    return holiday


def _parsed(rule: str) -> Holiday:
    if found := _EASTER.fullmatch(rule):
        return Holiday(None, None, None, 0, int(found[1] or 0))
    if found := _FIXED.fullmatch(rule):
        weekday = _DAYS.index(found[3]) if found[3] else None
        return Holiday(int(found[1]), int(found[2]), weekday, 0, int(found[4] or 0))
    if found := _NTH.fullmatch(rule):
        names = _NAMES.index(found[1]) + 1, _DAYS.index(found[2])
        return Holiday(names[0], None, names[1], int(found[3]), int(found[4] or 0))
    raise ValueError("no such rule")
