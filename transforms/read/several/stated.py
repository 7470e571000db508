"""A text divided as a person says: each line of a kind begins an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.cut import cut_units
from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.several.lines import SectionLines
from knipsel.transforms.read.several.openings import part_of, title_kind
from knipsel.transforms.read.several.sections import (
    DIVIDER,
    DIVISION,
    outside,
    shared_tags,
)
from knipsel.transforms.text.words import Line, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.text.line_pattern import LinePattern

STATED = "split_before"
"""The method, the key of a sidecar, and the rule where the line stands nowhere."""


def split_at(reading: Reading, pattern: LinePattern, words: LineWords) -> Reading | Rejection:
    """Return a reading divided at each line that ``pattern`` means, or why it cannot be."""
    found = [line for line in split_lines(reading.source_text) if pattern.matches(line.text)]
    sections = [
        part
        for section in reading.sections
        for part in _parts(section, reading.source_text, found, pattern, words)
    ]
    if len(sections) == len(reading.sections) and not _is_divided(sections):
        return Rejection(
            STATED,
            f"No line of the file is {pattern.printed!r}, before which it should be split. See how "
            "its lines read with `knipsel preview FILE --removed`, or say `split_before = false` "
            "where it is one article.",
            pattern.printed,
        )
    return Reading(reading.source_text, tuple(sections))


def _is_divided(sections: Sequence[Section]) -> bool:
    return any(tag.method == STATED for section in sections for tag in section.head)


def _parts(
    section: Section,
    source: str,
    found: Sequence[Line],
    pattern: LinePattern,
    words: LineWords,
) -> Iterator[Section]:
    if not section.units or section.is_declared:
        yield section
        return
    first, last = section.units[0].start, section.units[-1].end
    starts = [line for line in found if first <= line.start < last]
    if not starts:
        yield section
        return
    places = sorted({place for line in starts for place in (line.start, line.end)})
    units = list(cut_units(section.units, places, source))
    bounds = [_index(units, line.start) for line in starts]
    before = units[: bounds[0]]
    if before:
        yield _before(section, before, words)
    for line, begin, end in zip(starts, bounds, [*bounds[1:], len(units)], strict=True):
        part = units[begin:end]
        if part and not pattern.has_rest:
            part[0] = part[0]._replace(kind=None, reason=part[0].reason or DIVIDER)
        tag = HeadTag(DIVISION, line.text, STATED, 1.0, line.start, line.end)
        yield _article(section, part, words, tag)


def _index(units: Sequence[Unit], place: int) -> int:
    return next((at for at, unit in enumerate(units) if unit.start >= place), len(units))


def _before(section: Section, units: Sequence[Unit], words: LineWords) -> Section:
    """Return what stands before the first such line: an article if it has prose, else its cover."""
    if any(SectionLines(units, words).is_prose):
        return _article(section, units, words)
    return Section(tuple(outside(unit) for unit in units), (False,) * len(units))


def _article(section: Section, units: Sequence[Unit], words: LineWords, *tags: HeadTag) -> Section:
    """Return units as an article: its body goes from the first prose to the last."""
    lines = SectionLines(units, words)
    prose = [at for at, is_prose in enumerate(lines.is_prose) if is_prose]
    body = range(prose[0], prose[-1] + 1) if prose else range(1, len(units))
    kept = tuple(at in body and unit.reason is None for at, unit in enumerate(units))
    headline = _headline(lines)
    marked = (
        unit._replace(kind="headline") if at == headline else unit for at, unit in enumerate(units)
    )
    head = (*tags, *shared_tags(section, units))
    return Section(tuple(marked), kept if any(kept) else None, head)


def _headline(lines: SectionLines) -> int | None:
    """Return the line that can only be the headline: it is marked so, or is the only title."""
    kind = title_kind(lines, [(0, len(lines))])
    opening = part_of(lines, 0, len(lines), (), kind).opening
    return opening.headline if opening and opening.is_sure else None
