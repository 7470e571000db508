"""The dates that stand in a line.

A date is written as EDTF (ISO 8601-2) and is never finer than its evidence: ``2022-12`` is
a month and stays one. Every date here has its year, so each is sought around a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.registers.lines.months import month_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knipsel.transforms.registers.lines.dates import DateWords, Order


_EARLIEST, _LATEST = 1600, 2099
"""Years of dates; other numbers of four digits are numbers."""
_THIS_CENTURY_UNTIL = 39
"""The last year of this century that two digits tell: no article is of the years to come, and
``'40`` is the year of the war that the press writes so."""
_LAST_DAY = 31
_WINDOW = 36
"""Characters before a year in which its day and its month stand: more than the longest take."""

_GLUED = r"\d?(?::\d\d|\s?min|\.?\s[^\W\d_]{3}|[./-]\d\d?[./-](?:19|20)\d\d)"
_FULL_YEAR = re.compile(rf"[12](?<!\d[12])\d{{3}}(?!\d(?!{_GLUED}))")
"""No digit follows, but the beginning of what a page shows apart: a time, ``20236:01 PM``, a
second date, ``20233. March 2023``, a number of comments, ``20230 comments``."""
_APOSTROPHES = "'’‘"
_MAY_BE_YEAR = re.compile(rf"\d\d(?:\d\d|(?<=[{_APOSTROPHES}]\d\d))")
"""Most lines have no year, and are done with so."""
_APOSTROPHE_YEAR = re.compile(rf"(?<![^\W\d])[{_APOSTROPHES}](\d\d)(?!\w)")
_BARE_YEAR = re.compile(rf"(?<![\d{_APOSTROPHES}])(\d\d)(?![\d%]|[./:h-]\d)")
_BARE_END = re.compile(r"\s*(?:[^\w\s.:]|\Z|[^\W\d]{0,4}\s?\d{1,2}[:.h]\d\d)")
"""What follows ``10 mrt 23``: an end, a sign or a time; in ``March 10 20 comments`` a word."""

_DAY = r"(\d{1,2})(?:(?:st|nd|rd|th|er|ste|de|:?e|º|°)(?![^\W\d_]))?"
_NAME = r"([^\W\d_]{3,30}+)"
_HALVES = ("AM", "PM")
_OF = r"(?:(?:of|de|del|van)\s|d['’])?"
_DIGITS_BEFORE = re.compile(r"(?:(?<![\d./•-])|(?<=[12]\d{3}))(\d{1,2})([./•-])\s?(\d{1,2})\2\s?\Z")
_NAME_BEFORE = re.compile(
    rf"(?:(?:(?<!\d)|(?<=:\d\d)|(?<=[12]\d{{3}}))(?<!\d[.,])(?<![^\W\d_][-–]){_DAY}\.?[\s/-]{{0,3}}{_OF}"
    rf"|(?<![^\W\d])){_NAME}(?P<dot>\.?)[.,]?[\s/-]{{0,3}}{_OF}"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?(?:(?P<comma>[.,]{{1,2}})\s{{0,3}}|[\s/-]{{1,3}}){_OF})?\Z"
)
_DIGITS_AFTER = re.compile(r"([-/.•])(\d{1,2})\1(\d{1,2})(?!\d)")
_SIGNS_AFTER = re.compile(r"\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NAME_AFTER = re.compile(rf"[.,]?[\s/-]{{1,3}}{_NAME}(\.?)[\s/-]{{1,3}}{_DAY}(?!\d|[.:]\d)")
_MONTH_AFTER = re.compile(r"-(\d{2})(?![\d-])")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that stands at ``start:end`` of a text."""

    edtf: str
    start: int
    end: int


class _Year(NamedTuple):
    start: int
    end: int
    number: int
    is_bare: bool = False
    """Whether it is two digits without an apostrophe."""


class _Candidate(NamedTuple):
    """What may be a date; of those in the same place, the lowest rank is taken."""

    rank: int
    start: int
    end: int
    edtf: str
    """Empty where there is no such day, and where it may be one of two."""


def is_day(found: FoundDate) -> bool:
    """Say whether a found date is as fine as a day."""
    return len(found.edtf) > len("2022-12")


def find_dates(
    text: str,
    months: Mapping[str, int],
    *,
    short_years: bool = False,
    order: Order | None = None,
) -> list[FoundDate]:
    """Return the dates in ``text`` that have a year, in order, none inside another.

    ``order`` is what dates of digits begin with on this page. Where it is None, ``10.03.2023``
    and ``10-03-2023`` begin with the day, and ``3/4/2023`` is left out: it is in March or in
    April, by the country of who wrote it. Of such a date nothing is returned: its year alone
    would pass for all that the line says.

    ``short_years`` is for a line that is known to hold a date. Two digits are a year there if
    the line has none in full, and the last of three numbers; elsewhere ``10.03.23`` is a
    version or a time. With hyphens, ``10-03-23`` may begin with its year, and is read where
    ``order`` is the day. Behind an apostrophe two digits are a year in every line.
    """
    years = _years(text)
    if short_years and not years and order != "year":
        years = [_short_year(match, is_bare=True) for match in _BARE_YEAR.finditer(text)]
    if not years:
        return []
    candidates = [one for year in years for one in _candidates(text, year, months, order)]
    taken = sorted(_apart(candidates, len(text)), key=lambda one: one.start)
    return [FoundDate(one.edtf, one.start, one.end) for one in taken if one.edtf]


def dates_in(text: str, words: DateWords, *, short_years: bool = False) -> list[FoundDate]:
    """Return the dates in ``text`` as `find_dates` does, in the order that its document has."""
    return find_dates(text, words.months, short_years=short_years, order=words.order)


def order_shown(texts: Iterable[str]) -> Order | None:
    """Return the order that dates of digits in ``texts`` show: ``25/03/2023`` begins with a day.

    None where no date shows one, and where they show both.
    """
    shown = {
        order
        for text in texts
        for year in _years(text)
        for match in _before(_DIGITS_BEFORE, text, year)
        for order in _only_order(year, int(match[1]), int(match[3]))
    }
    return shown.pop() if len(shown) == 1 else None


def _years(text: str) -> list[_Year]:
    """Return the years in ``text``: in full, or two digits behind an apostrophe."""
    if not _MAY_BE_YEAR.search(text):
        return []
    years = [
        _Year(match.start(), match.end(), int(match[0])) for match in _FULL_YEAR.finditer(text)
    ]
    if any(sign in text for sign in _APOSTROPHES):
        years += [_short_year(match) for match in _APOSTROPHE_YEAR.finditer(text)]
    return [year for year in years if _EARLIEST <= year.number <= _LATEST]


def _short_year(match: re.Match[str], *, is_bare: bool = False) -> _Year:
    number = int(match[1])
    century = 2000 if number <= _THIS_CENTURY_UNTIL else 1900
    return _Year(match.start(), match.end(), century + number, is_bare)


def _candidates(
    text: str, year: _Year, months: Mapping[str, int], order: Order | None
) -> Iterator[_Candidate]:
    """Yield what may be a date with this year, by what stands before and behind it."""
    for match in _before(_DIGITS_BEFORE, text, year):
        edtf = _of_digits(year, match, order)
        yield _Candidate(0, match.start(), year.end, edtf)
    for match in _before(_NAME_BEFORE, text, year):
        yield from _named(text, year, match, months)
    if year.end - year.start == len("2023"):
        yield from _digits_after(text, year)
        yield from _named_after(text, year, months)


def _apart(candidates: Iterable[_Candidate], length: int) -> Iterator[_Candidate]:
    """Yield the candidates of the lowest ranks that do not overlap, of a text of this length."""
    covered = bytearray(length)
    for candidate in sorted(candidates):
        place = slice(candidate.start, candidate.end)
        if not any(covered[place]):
            covered[place] = b"\1" * (place.stop - place.start)
            yield candidate


def _before(pattern: re.Pattern[str], text: str, year: _Year) -> Iterator[re.Match[str]]:
    """Yield the match of ``pattern`` that ends where the year begins, if there is one."""
    match = pattern.search(text, max(0, year.start - _WINDOW), year.start)
    if match:
        yield match


def _named(
    text: str, year: _Year, match: re.Match[str], months: Mapping[str, int]
) -> Iterator[_Candidate]:
    """Yield the date whose month stands before the year by its name."""
    glued = _glued(match[2])
    day_first, day_last = None if glued else match[1], match["day"]
    sure = bool(match["dot"] or match["comma"] or (day_first and not day_last))
    month = month_of(match[2][glued:], months, sure=sure)
    day = day_last or day_first
    if month is None or (year.is_bare and not (day and _BARE_END.match(text, year.end))):
        return
    start = match.start() if day_first and not day_last else match.start(2) + glued
    if day:
        yield _Candidate(0, start, year.end, _day(year, month, int(day)))
    elif match.end("dot") < year.start:
        yield _Candidate(2, start, year.end, f"{year.number}-{month:02d}")


def _glued(name: str) -> int:
    """Return where the name of a month begins in a word that pages glue it to.

    That may be a name, ``JansenMar 5, 2025``, or the end of a time, ``6:01 PMMarch 5, 2025``.
    """
    if name.islower() or name[1:].islower():
        return 0
    return next(
        (
            place
            for place in range(len(name) - 1, 0, -1)
            if name[place].isupper() and (name[place - 1].islower() or name[:place] in _HALVES)
        ),
        0,
    )


def _digits_after(text: str, year: _Year) -> Iterator[_Candidate]:
    """Yield the dates that begin with the year and have a month of digits."""
    signs = _SIGNS_AFTER.match(text, year.end)
    if signs:
        edtf = _day(year, int(signs[1]), int(signs[2]))
        yield _Candidate(0, year.start, signs.end(), edtf)
    if text[year.start - 1 : year.start] == "-":
        return
    digits = _DIGITS_AFTER.match(text, year.end)
    if digits:
        edtf = _day(year, int(digits[2]), int(digits[3]))
        yield _Candidate(0, year.start, digits.end(), edtf)
    month = _MONTH_AFTER.match(text, year.end)
    if month:
        first = _day(year, int(month[1]), 1)
        yield _Candidate(1, year.start, month.end(), first[: len("2022-12")])


def _named_after(text: str, year: _Year, months: Mapping[str, int]) -> Iterator[_Candidate]:
    """Yield the date that begins with the year and has a month by its name: ``2023 March 10``."""
    match = _NAME_AFTER.match(text, year.end)
    month = month_of(match[1], months, sure=bool(match[2])) if match else None
    if match and month:
        yield _Candidate(1, year.start, match.end(), _day(year, month, int(match[3])))


def _of_digits(year: _Year, match: re.Match[str], order: Order | None) -> str:
    """Read the two numbers before a year, by the sign between them and the order of the page."""
    first, second = int(match[1]), int(match[3])
    known = None if order == "year" else order
    if not year.is_bare or match[2] == "/":
        return _numeric(year, first, second, known or (None if match[2] == "/" else "day"))
    may_begin_with_year = match[2] == "-" and year.number % 100 <= _LAST_DAY and known != "day"
    return "" if may_begin_with_year else _readings(year, first, second).get("day", "")


def _numeric(year: _Year, first: int, second: int, order: Order | None) -> str:
    """Read two numbers as a day and a month: by the order, or in the only way that is a date."""
    readings = _readings(year, first, second)
    if len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    return readings.get(order, "") if order else ""


def _only_order(year: _Year, first: int, second: int) -> list[Order]:
    """Return the order that two numbers have if they are a date in one order only."""
    orders = list(_readings(year, first, second))
    return orders if len(orders) == 1 else []


def _readings(year: _Year, first: int, second: int) -> dict[Order, str]:
    both: dict[Order, str] = {
        "day": _day(year, second, first),
        "month": _day(year, first, second),
    }
    return {order: edtf for order, edtf in both.items() if edtf}


def _day(year: _Year, month: int, day: int) -> str:
    """Return a day as EDTF; an empty text where there is no such day."""
    try:
        return date(year.number, month, day).isoformat()
    except ValueError:
        return ""
