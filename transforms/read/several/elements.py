"""Articles by the elements of a page that are called so, if each is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.read.several.certain import are_articles
from knipsel.transforms.read.several.openings import FEWEST, Division, part_of, title_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.read.several.lines import SectionLines
    from knipsel.transforms.read.several.openings import Gaps

ELEMENT = "article_element"
"""The method: the page has an ``<article>`` for each."""

_LEFT_OVER = 0.2
"""Share of the prose that may stand outside of the elements: notices of cookies and rights."""


def by_elements(lines: SectionLines, found: Gaps) -> Division | None:
    """Return the division at the elements, where all of equal rank are articles."""
    stretches = list(_stretches(lines))
    if len(stretches) < FEWEST:
        return None
    kind = title_kind(lines, stretches)
    parts = [part_of(lines, begin, end, found.repeated, kind) for begin, end in stretches]
    words = sum(
        size for size, is_prose in zip(lines.sizes, lines.is_prose, strict=True) if is_prose
    )
    if sum(part.words for part in parts) < (1 - _LEFT_OVER) * words:
        return None
    if not are_articles(lines, parts, is_element=True):
        return None
    marks = tuple(part.opening.headline for part in parts if part.opening)
    return Division(ELEMENT, tuple(parts), marks)


def _stretches(lines: SectionLines) -> Iterator[tuple[int, int]]:
    """Yield the units of each element, first and end."""
    begin = 0
    for index in range(1, len(lines) + 1):
        number = lines.units[begin].element
        if index == len(lines) or lines.units[index].element != number:
            if number is not None:
                yield begin, index
            begin = index
