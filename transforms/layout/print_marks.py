"""What a browser prints at the head and the foot of each page: title, address, day and time, count.

All browsers print these, in an order and with signs of their own: ``11/6/23, 10:15 AM`` and the
title over the page and ``https://… 1/3`` under it, or ``1 of 3`` and the time under it. The day
is that of the print. None of it is text of the page, and together they say that a text is a print.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.registers.pages.reasons import PAGE_NUMBER, RUNNING_HEAD
from knipsel.transforms.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SOURCE_ADDRESS = "source_address"

_EDGE = 3
"""Lines at the head and at the foot of a page among which the marks stand."""
_SURE, _MOST = 0.8, 0.5
"""Of the pages, those that have the marks, since a cover or an empty page may be without, and
those on which the title stands where it does: text that is drawn from a print is in some disorder.
"""
_LONGEST = 400
_COUNT_WIDTH = 30
"""Characters of a count of pages at most."""
_CLOCK = (
    r"(?:[^\W\d_]{1,9}\.?\s{0,2})?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[AaPp]\.?\s?[Mm]\.?|\s?(?:Uhr|h|ч\.))?"
)
_STAMP = re.compile(
    r"(?<![\w./-])\d{1,4}(?:\.\s?|[/-])\d{1,2}(?:\.\s?|[/-])\d{1,4}\.?,?\s{1,2}"
    + _CLOCK
    + r"(?!\S)"
)
"""A day in figures and a time, as the settings of a computer write them."""
_NUMBERS = r"(?:[^\W\d_]{1,9}\.?\s)?(\d{1,4})(?:\s?/\s?|\s[^\W\d_]{1,4}\s)(\d{1,4})"
_COUNT, _LAST_COUNT = re.compile(_NUMBERS + r"(?!\S)"), re.compile(r"(?<!\S)" + _NUMBERS + "$")
"""The number of a page and of all pages: ``1/3``, ``1 of 3``, ``Page 1 of 3``."""
_PARTS = re.compile(r"\s*(?:[|•·»«]|::)\s*|\s[-–—:]\s")
"""What stands between the headline and the name of the site in a title."""
_SEPARATOR = "_"
_HEADLINE_LINES, _LEAST_WORDS = 5, 3
"""Lines of a headline at most, and words of a part of a title that may be one."""
_ADDITION, _WORDS_BEFORE = re.compile(r"\s*[\[(:]"), 4
"""What begins an addition to a headline in a title, and words before it at least."""
_ADDRESS = re.compile(r"(?<!\S)(?:https?|file)://\S{2,2000}")


class _Marks(NamedTuple):
    """The marks in a line, and what else stands in it.

    ``place`` is the number of the page and that of all pages.
    """

    has_stamp: bool
    has_address: bool
    place: tuple[int, int] | None
    rest: str

    @property
    def kinds(self) -> int:
        """How many kinds of marks the line has."""
        return self.has_stamp + self.has_address + (self.place is not None)


@dataclass(frozen=True, slots=True)
class Print:
    """The lines of marks, by page and row, each with the reason for which it goes, and the title.

    The title is that of the page on the web, empty where none was found.
    """

    reasons: Mapping[tuple[int, int], str]
    title: str = ""

    def without(self, pages: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return ``pages`` with the marks blank."""
        return [
            ["" if (page, row) in self.reasons else line for row, line in enumerate(lines)]
            for page, lines in enumerate(pages)
        ]


def find_print(pages: Sequence[Sequence[str]]) -> Print:
    """Return the marks that a browser printed on ``pages`` of lines, if it did.

    It did where the pages are counted at an edge, all up to the same number, and have the address
    or the time as well.
    """
    edges = [_edge(lines) for lines in pages]
    marked = [page for page, rows in enumerate(edges) if _is_marked(rows)]
    counts = [count for page in marked if (count := _count_of(edges[page]))]
    if not marked or len(marked) < _SURE * len(pages) or not _counts_up(counts):
        return Print({})
    found = {
        (page, row): _reason(marks)
        for page in marked
        for row, marks in edges[page].items()
        if marks.has_stamp or marks.has_address or marks.place in counts
    }
    title, rows = _title(pages, [(page, edges[page]) for page in marked])
    return Print({**found, **dict.fromkeys(rows, RUNNING_HEAD)}, title)


def _edge(lines: Sequence[str]) -> dict[int, _Marks]:
    """Return the rows at the head and the foot of a page with their marks.

    Beside a mark other words stand in the outermost rows only.
    """
    rows = [row for row, line in enumerate(lines) if line.strip()]
    outermost = {*rows[:1], *rows[-1:]}
    found = {row: _marks(lines[row]) for row in (*rows[:_EDGE], *rows[-_EDGE:])}
    return {
        row: marks._replace(has_stamp=False, has_address=False, place=None)
        if marks.rest and row not in outermost
        else marks
        for row, marks in found.items()
    }


def _marks(line: str) -> _Marks:
    if len(line) > _LONGEST:
        return _Marks(has_stamp=False, has_address=False, place=None, rest=line)
    rest, stamps = _STAMP.subn(" ", line)
    rest, addresses = _ADDRESS.subn(" ", rest)
    rest = " ".join(rest.split())
    found = _COUNT.match(rest) or _LAST_COUNT.search(rest)
    count = (int(found[1]), int(found[2])) if found else None
    if found and count and 0 < count[0] <= count[1]:
        rest = (rest[: found.start()] + rest[found.end() :]).strip()
    else:
        count = None
    return _Marks(stamps == 1, addresses == 1, count, rest)


def count_in(line: str) -> tuple[int, int] | None:
    """Return the number of a page and of all pages that stands at the end of a line of marks."""
    if not line[-1:].isdigit() or not _LAST_COUNT.search(line[-_COUNT_WIDTH:]):
        return None
    marks = _marks(line)
    return None if marks.rest else marks.place


def _is_marked(rows: Mapping[int, _Marks]) -> bool:
    marks = rows.values()
    beside = any(one.has_stamp or one.has_address for one in marks)
    return beside and _count_of(rows) is not None


def _count_of(rows: Mapping[int, _Marks]) -> tuple[int, int] | None:
    """Return the number of a page and of all: at its foot, else at its head."""
    counts = [rows[row].place for row in sorted(rows)]
    return next((count for count in (*reversed(counts[-2:]), *counts[:2]) if count), None)


def _counts_up(counts: Sequence[tuple[int, int]]) -> bool:
    """Say whether pages are counted one by one, up to the number of all."""
    numbers = [number for number, _ in counts]
    return len({total for _, total in counts}) == 1 and all(
        above < below for above, below in pairwise(numbers)
    )


def _reason(marks: _Marks) -> str:
    if marks.rest or marks.has_stamp:
        return RUNNING_HEAD
    if marks.has_address:
        return SOURCE_ADDRESS if marks.place is None else RUNNING_HEAD
    return PAGE_NUMBER


def _title(
    pages: Sequence[Sequence[str]], edges: Sequence[tuple[int, Mapping[int, _Marks]]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return the title and the rows that it has for itself.

    It stands in the line of another mark, or else right over the first mark of the page, or right
    under it.
    """
    rests = [[one.rest for one in rows.values() if one.kinds and one.rest] for _, rows in edges]
    if all(rests):
        return (rests[0][0] if len({rest[0] for rest in rests}) == 1 else ""), []
    beside = {page: row for page, rows in edges if (row := _beside_mark(rows)) is not None}
    titles = Counter(" ".join(pages[page][row].split()) for page, row in beside.items())
    title, count = titles.most_common(1)[0] if titles else ("", 0)
    if count < _MOST * len(edges):
        return "", []
    same = {
        page: [row for row in rows if " ".join(pages[page][row].split()) == title]
        for page, rows in edges
    }
    return title, [
        (page, beside[page] if beside.get(page) in rows else rows[0])
        for page, rows in same.items()
        if rows
    ]


def _beside_mark(rows: Mapping[int, _Marks]) -> int | None:
    """Return the row at the head of a page that stands over its first mark, or else under it."""
    head = sorted(rows)[:_EDGE]
    first = next((at for at, row in enumerate(head) if rows[row].kinds), None)
    if first is None or first + (first == 0) >= len(head):
        return None
    row = head[first - 1 if first else 1]
    return None if rows[row].kinds else row


def title_runs(lines: Sequence[str], title: str) -> list[range]:
    """Return the runs of lines that are a title, or what it has beside the name of the site.

    The headline is the longest part of a title, or the first: the name of a site can be long.
    Where lines are either, both are returned; the longest alone may be the site's name then.
    """
    told = [_told(line) for line in lines]
    parts = [_told(part) for part in _PARTS.split(title)]
    longest = max(range(len(parts)), key=lambda at: len(parts[at]))
    runs = _runs_of(told, _headlines_in(title, parts, longest))
    if not longest or len(parts[0]) < _LEAST_WORDS:
        return runs
    first = _runs_of(told, _headlines_in(title, parts, 0))
    return sorted({*runs, *first}, key=lambda run: run.start) if first else []


def _runs_of(told: Sequence[list[str]], wanted: Sequence[Sequence[str]]) -> list[range]:
    runs: list[range] = []
    for first in range(len(told)):
        if not runs or first >= runs[-1].stop:
            found = (_run_from(told, first, one) for one in wanted)
            runs += [max(fits, key=len)] if (fits := [run for run in found if run]) else []
    return runs


def _headlines_in(title: str, parts: Sequence[list[str]], core: int) -> list[list[str]]:
    """Return the words of a title, and of what has the part ``core`` and not all of the others."""
    around = [
        [word for part in parts[first:last] for word in (_SEPARATOR, *part)][1:]
        for first in range(core + 1)
        for last in range(core + 1, len(parts) + 1)
    ]
    before = _told(_ADDITION.split(title, maxsplit=1)[0])
    around += [before] if not core and len(before) >= _WORDS_BEFORE else []
    return [one for one in around if len(one) >= _LEAST_WORDS or one == _told(title)]


def _told(text: str) -> list[str]:
    """Return the words of a text, all apostrophes alike, and `_SEPARATOR` where one stands."""
    return words(_PARTS.sub(f" {_SEPARATOR} ", f" {text} ".replace("’", "'")))


def _run_from(told: Sequence[Sequence[str]], first: int, wanted: Sequence[str]) -> range:
    """Return the lines from ``first`` on that have all the words that are wanted, and no others."""
    reached = 0
    for last in range(first, min(len(told), first + _HEADLINE_LINES)):
        line = told[last]
        if not line or list(wanted[reached : reached + len(line)]) != list(line):
            break
        reached += len(line)
        if reached == len(wanted):
            return range(first, last + 1)
    return range(0)
