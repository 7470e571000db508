"""Days with a name: fixed ones, ones that Easter decides, and such as the second Sunday of May."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from transforms.annotations.times.values import easter, month, nth_weekday

Holiday = Callable[[int], date]
"""Gives the day of a year."""

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EASTER = re.compile(r"easter([+-]\d{1,2})?")
_FIXED = re.compile(r"(\d\d)-(\d\d)(?: (\w{3})([+-]\d))?")
_NTH = re.compile(r"(\w{3}) (\w{3}) (-?\d)([+-]\d)?")


def parse_holiday(rule: str) -> Holiday:
    """Return the day that a rule of the register says; raise `ValueError` where it says none."""
    try:
        if found := _EASTER.fullmatch(rule):
            return _of_easter(int(found[1] or 0))
        if found := _FIXED.fullmatch(rule):
            other = (_DAYS.index(found[3]), int(found[4])) if found[3] else (-1, 0)
            return _fixed(int(found[1]), int(found[2]), *other)
        if found := _NTH.fullmatch(rule):
            names = _NAMES.index(found[1]) + 1, _DAYS.index(found[2])
            return _nth(*names, int(found[3]), int(found[4] or 0))
    except ValueError:
        pass
    message = f"holidays: {rule!r} says no day"
    raise ValueError(message)


def _of_easter(offset: int) -> Holiday:
    return lambda year: easter(year) + timedelta(offset)


def _fixed(month_number: int, day: int, weekday: int, shift: int) -> Holiday:
    def of_year(year: int) -> date:
        usual = date(year, month_number, day)
        return usual + timedelta(shift) if usual.weekday() == weekday else usual

    of_year(2000)  # refuses what is no day, in a year that has them all
    return of_year


def _nth(month_number: int, weekday: int, number: int, shift: int) -> Holiday:
    return lambda year: (
        nth_weekday(month(year, month_number), weekday, number).first + timedelta(shift)
    )
