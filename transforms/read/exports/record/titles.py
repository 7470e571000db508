"""Titles in exports: what the format marks as one, and how far it goes where lines are wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.text.words import Line

_KINDS = frozenset({"headline", "heading"})
_WIDEST = 160
"""Characters of a line beyond which lines are paragraphs, and none is wrapped."""
_MOST_LINES = 4
"""Lines of a title."""


def marked_titles(reading: Reading) -> dict[int, int]:
    """Return where the headings that a format marks begin, and where each ends."""
    units = (unit for section in reading.sections for unit in section.units)
    return {unit.start: unit.end for unit in units if unit.kind in _KINDS}


def end_of_title(lines: Sequence[Line], start: int, marked: Mapping[int, int]) -> int:
    """Return the index below the title that begins at ``start``: a marked one has its end."""
    end = marked.get(lines[start].start)
    stop = start + 1
    if end is not None:
        while stop < len(lines) and lines[stop].end <= end:
            stop += 1
        return stop
    while stop < len(lines) and stop - start < _MOST_LINES and is_wrapped(lines, stop):
        stop += 1
    return stop


def start_of_title(lines: Sequence[Line], last: int) -> int:
    """Return the index of the first line of a title whose last line is known."""
    start = last
    while start > 0 and last - start < _MOST_LINES - 1 and is_wrapped(lines, start):
        start -= 1
    return start


def is_wrapped(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line goes on from the one above: its first word did not fit there any more."""
    above, line = lines[index - 1], lines[index]
    width = max(len(one.text) for one in lines)
    if line.after_blank or not above.text or width > _WIDEST:
        return False
    first = line.text.split(maxsplit=1)[0]
    return len(above.text) + 1 + len(first) > width
