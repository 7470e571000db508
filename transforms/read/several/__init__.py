"""Which articles a text holds, where its format does not say: of exports, of forms unknown.

A person may say so. Exports of press databases are known by their labels. Any other text is
divided where that is certain: each part has a headline of its own, a day, a byline or an outlet
at the same place as the others, and prose, and nothing is left over. Where it is only likely,
the text is no single article all the same, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.exports import split_export
from knipsel.transforms.read.several.division import divide
from knipsel.transforms.read.several.doubt import doubt_of
from knipsel.transforms.read.several.entries import with_entries
from knipsel.transforms.read.several.lines import SectionLines
from knipsel.transforms.read.several.openings import find_gaps
from knipsel.transforms.read.several.sections import DIVISION, to_sections
from knipsel.transforms.read.several.stated import STATED, split_at
from knipsel.transforms.text.line_pattern import LinePattern, SplitBefore

if TYPE_CHECKING:
    from knipsel.transforms.layout.section import Section
    from knipsel.transforms.read.several.openings import Opening
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.model import Registers

SEVERAL = "several_articles"
"""The rule that holds back what seems to be several articles; a person may overrule it."""
_NAME = "several"
_KNOWN_BY_SHAPE = "cuttings"
"""The kind of export that no label tells, only lines that name outlets: where the same structure
shows more articles, it saw some of them only."""
_SHOWN, _SHOWN_CHARACTERS = 3, 60
"""Headlines that the reason names, and characters of each."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A reading with a section for each article.

    ``name`` is what divided it, for the name of the reader. ``doubt`` is why it seems to hold more
    articles than it has sections.
    """

    reading: Reading
    name: str | None = None
    doubt: Rejection | None = None


def divide_reading(
    reading: Reading, registers: Registers, said: SplitBefore
) -> Divided | Rejection:
    """Return a reading divided into its articles, or why it cannot be divided as a person said.

    ``said`` is which lines begin an article, False where there is one, None where nobody says.
    """
    if isinstance(said, LinePattern):
        made = split_at(reading, said, registers.lines)
        return made if isinstance(made, Rejection) else Divided(made, STATED)
    if said is False:
        return Divided(reading)
    export = split_export(reading, registers)
    if export and export.name != _KNOWN_BY_SHAPE:
        return Divided(export.reading, export.name)
    labels = registers.exports.labels
    titles = frozenset(label for label, field in labels.items() if field == "headline")
    divided = _by_structure(reading, registers.lines, titles)
    if export and _articles(divided.reading) <= _articles(export.reading):
        return Divided(export.reading, export.name)
    return divided


def _articles(reading: Reading) -> int:
    """Count the sections that are articles for sure."""
    told = (any(tag.field == DIVISION for tag in section.head) for section in reading.sections)
    return sum(
        section.is_declared or is_told
        for section, is_told in zip(reading.sections, told, strict=True)
    )


def _by_structure(reading: Reading, words: LineWords, titles: frozenset[str]) -> Divided:
    sections: list[Section] = []
    fronts: list[str] = []
    for section in reading.sections:
        lines = SectionLines(section.units, words, titles)
        found = find_gaps(lines)
        division = None if section.is_declared else divide(lines, found)
        if division:
            sections += to_sections(section, lines, division)
            continue
        doubt = [] if section.is_declared else doubt_of(lines, found)
        whole = replace(section, is_doubtful=True) if doubt else section
        sections.append(with_entries(whole, lines, words))
        fronts += [_shown(lines, one) for one in doubt]
    made = Reading(reading.source_text, tuple(sections))
    return Divided(
        made,
        _NAME if len(sections) > len(reading.sections) else None,
        _reason(fronts) if fronts else None,
    )


def _shown(lines: SectionLines, opening: Opening) -> str:
    return lines.units[opening.headline].text[:_SHOWN_CHARACTERS]


def _reason(fronts: list[str]) -> Rejection:
    named = ", ".join(f"{front!r}" for front in fronts[:_SHOWN])
    return Rejection(
        SEVERAL,
        f"The file seems to hold {len(fronts)} articles or more in a form that is not known, such "
        f"as {named}; one author and date cannot stand for all.",
        str(len(fronts)),
    )
