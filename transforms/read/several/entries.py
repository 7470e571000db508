"""A live blog: one article whose entries each have a time, and perhaps a heading."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.parse.dated_line import TIME, DatedLine
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.layout.section import Section
    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.registers.lines.words import LineWords

_FEWEST = 3
"""Times, each over prose, that make a text a live blog."""
_LONGEST = 50
"""Characters of a line that holds a time, perhaps with the day, and nothing else."""
_NEAR = 3
"""Lines between a time and the prose or the first line of its entry."""


def with_entries(section: Section, lines: SectionLines, words: LineWords) -> Section:
    """Return a section in which the times and headings of a live blog are of its body.

    Only where the format says what the body is, and within it: below it readers tell times, too.
    """
    kept = section.kept
    if not kept or not any(kept):
        return section
    prose = [index for index in range(len(lines)) if kept[index] and lines.is_prose[index]]
    if len(prose) < _FEWEST:
        return section
    times = _times(lines, range(max(0, prose[0] - _NEAR), prose[-1]), words)
    if not _are_entries(lines, times):
        return section
    marked = {*times, *(near for index in times for near in _headings(lines, index))}
    units = tuple(
        unit._replace(kind="heading") if index in marked else unit
        for index, unit in enumerate(section.units)
    )
    flags = tuple(flag or index in marked for index, flag in enumerate(kept))
    return replace(section, units=units, kept=flags)


def _times(lines: SectionLines, body: range, words: LineWords) -> list[int]:
    return [
        index
        for index in body
        if len(lines.units[index].text) <= _LONGEST
        and lines.units[index].reason is None
        and _is_time(lines.units[index].text, words)
    ]


def _is_time(text: str, words: LineWords) -> bool:
    """Say whether a line is a time, with the day or without, and no more."""
    if not text[:1].isdigit() or TIME.search(text) is None:
        return False
    rest = text
    for found in reversed(DatedLine(text, words).dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    tokens = [fold(token) for token in TIME.sub(" ", rest).split()]
    known = words.dates.beside | words.dates.label_words | words.dates.weekdays
    return all(not token or token in known for token in tokens)


def _are_entries(lines: SectionLines, times: Sequence[int]) -> bool:
    """Say whether times go one way only, each with prose before the next one."""
    if len(times) < _FEWEST:
        return False
    bounds = pairwise([*times, len(lines)])
    if not all(any(lines.is_prose[begin:end]) for begin, end in bounds):
        return False
    told = [_minutes(lines.units[index].text) for index in times]
    return told in (sorted(set(told)), sorted(set(told), reverse=True))


def _minutes(text: str) -> tuple[int, ...]:
    found = TIME.search(text)
    printed = found[0].lower() if found else ""
    numbers = [int(one) for one in "".join(c if c.isdigit() else " " for c in printed).split()]
    is_later = "p" in printed and numbers[0] < _NOON
    return (numbers[0] + _NOON * is_later, *numbers[1:])


_NOON = 12


def _headings(lines: SectionLines, index: int) -> list[int]:
    """Return the headings right above and below a time."""
    near = (place for place in (index - 1, index + 1) if 0 <= place < len(lines))
    return [place for place in near if lines.units[place].kind == "heading"]
