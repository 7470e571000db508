"""The dates that stand in a line.

A date is written as EDTF (ISO 8601-2) and is never finer than its evidence: ``2022-12`` is
a month and stays one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.edtf_bounds import date_bounds
from transforms.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
class FoundDate:
    """A date that stands at ``start:end`` of a text."""

    edtf: str
    start: int
    end: int


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
