"""A division to sections: what each article is made of, and why it is one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Division, Part

DIVISION = "division"
"""The field of the statement that says why an article was divided from others."""
OUTSIDE, DIVIDER = "no_article", "separator"
"""Why units are removed: they stand outside of all articles, or are the lines between them."""

_OF_ALL = frozenset(
    {"publisher", "site_name", "hostname", "language", "copyright_holder", "license"}
)
"""What a file declares of all that is in it."""
_OF_MESSAGE = frozenset({"date_published", "publisher"})
_MAIL = "mail_field"
_SHARED = 0.5
"""How sure at most a value is that the file states of all its articles: their own go before."""
_DECK_WORDS = 5
"""Words from which a line under the headline that says nothing of the article is a deck."""


def to_sections(section: Section, lines: SectionLines, division: Division) -> list[Section]:
    """Return a section for each article, and one for each stretch outside of them."""
    sections: list[Section] = []
    reached = 0
    for part, mark in zip(division.parts, division.marks, strict=True):
        sections += _outside(section, reached, part.begin)
        sections.append(_article(section, lines, division, part, mark))
        reached = part.end
    return [*sections, *_outside(section, reached, len(section.units))]


def _outside(section: Section, begin: int, end: int) -> list[Section]:
    units = tuple(outside(unit) for unit in section.units[begin:end])
    return [Section(units, (False,) * len(units))] if units else []


def outside(unit: Unit) -> Unit:
    """Return a unit that is of no article."""
    return unit if unit.reason else unit._replace(kind=None, reason=OUTSIDE)


def _article(
    section: Section, lines: SectionLines, division: Division, part: Part, mark: int
) -> Section:
    indexes = range(part.begin, part.end)
    units = tuple(_unit(lines, division, part, index) for index in indexes)
    kept = _kept(section, lines, part)
    evidence = section.units[mark]
    tag = HeadTag(DIVISION, evidence.text[:200], division.method, 1.0, evidence.start, evidence.end)
    head = (tag, *shared_tags(section, units))
    return Section(units, kept, head)


def _unit(lines: SectionLines, division: Division, part: Part, index: int) -> Unit:
    """Return a unit of an article: its headline as such, other titles as headings."""
    unit = lines.units[index]
    if index in division.dividers:
        return unit._replace(kind=None, reason=unit.reason or DIVIDER)
    if part.opening and part.opening.is_sure and index == part.opening.headline:
        return unit._replace(kind="headline")
    return unit._replace(kind="heading") if unit.kind == "headline" else unit


def _kept(section: Section, lines: SectionLines, part: Part) -> tuple[bool, ...]:
    """Say of each unit whether it is of the body: all from the first prose to the last.

    Where the format says what of it is the body, that holds, if it has most of the prose.
    """
    prose = [index for index in range(part.begin, part.end) if lines.is_prose[index]]
    body = range(prose[0], prose[-1] + 1)
    kept = [index in body or _is_deck(lines, part, index) for index in range(part.begin, part.end)]
    told = section.kept[part.begin : part.end] if section.kept else None
    if told:
        words = sum(lines.sizes[i] for i in prose if told[i - part.begin])
        if words >= _MOST_OF_PROSE * part.words:
            return told
    return tuple(kept)


_MOST_OF_PROSE = 0.9


def _is_deck(lines: SectionLines, part: Part, index: int) -> bool:
    opening = part.opening
    return (
        opening is not None
        and opening.headline < index < opening.prose
        and lines.said(index).is_title
        and lines.sizes[index] >= _DECK_WORDS
    )


def shared_tags(section: Section, units: Sequence[Unit]) -> Iterator[HeadTag]:
    """Yield what the file declares of these units, and of all."""
    told = [unit for unit in units if unit.reason is None] or units
    first, last = told[0].start, told[-1].end
    for tag in section.head:
        if tag.start is not None and tag.end is not None and first <= tag.start < last:
            yield tag
        elif tag.field in _OF_ALL or (tag.method == _MAIL and tag.field in _OF_MESSAGE):
            yield replace(tag, confidence=min(tag.confidence, _SHARED))
