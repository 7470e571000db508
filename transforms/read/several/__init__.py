"""Several articles in one text whose form nobody described: known by what repeats in it.

The text is divided where that is certain: each part has a headline of its own, a day, a byline
or an outlet at the same place as the others, and prose; nothing is left over. Where it is only
likely, the text is no single article all the same, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading
from knipsel.transforms.read.several.division import divide
from knipsel.transforms.read.several.doubt import doubt_of
from knipsel.transforms.read.several.lines import SectionLines
from knipsel.transforms.read.several.openings import find_gaps
from knipsel.transforms.read.several.sections import to_sections

if TYPE_CHECKING:
    from knipsel.transforms.layout.section import Section
    from knipsel.transforms.registers.model import Registers

NAME = "several"
"""What is added to the name of a reader whose text was divided here."""


def split_several(reading: Reading, registers: Registers) -> Reading | None:
    sections: list[Section] = []
    for section in reading.sections:
        made = _split(section, registers)
        sections += made or [section]
    return (
        Reading(reading.source_text, tuple(sections))
        if len(sections) > len(reading.sections)
        else None
    )


def _split(section: Section, registers: Registers) -> list[Section] | None:
    if section.is_declared:
        return None
    lines = SectionLines(section.units, registers.lines)
    division = divide(lines, find_gaps(lines))
    return to_sections(section, lines, division) if division else None
