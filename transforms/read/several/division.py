"""How a section is divided into articles: by elements, by lines between, or by their fronts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.read.several.dividers import by_lines
from knipsel.transforms.read.several.elements import by_elements
from knipsel.transforms.read.several.fronts import by_fronts

if TYPE_CHECKING:
    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Division, Gaps


def divide(lines: SectionLines, found: Gaps) -> Division | None:
    """Return the articles of a section, where it is certain that they are several."""
    if len(found.gaps) < _FEWEST_GAPS:
        return None
    return by_elements(lines, found) or by_lines(lines, found) or by_fronts(lines, found)


_FEWEST_GAPS = 2
"""Texts with something over them, of which each article has one at least."""
