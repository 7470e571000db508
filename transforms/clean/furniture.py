"""Furniture: lines that stand on many pages of a corpus, and belong to none of its articles.

A line of a page shows what it is by the page alone; that the same line stands on forty others,
a whole corpus shows. What `knipsel learn` finds is written to a register, for a person to look
at, and only from there has it an effect: the text of an article follows from the bytes of its
file, the transforms and the registers, and never from what else happened to be read before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.registers.pages.furniture import FurnitureLine, furniture_key
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REASON = "furniture"

_LEAST_WORDS = 4
"""Shorter lines are headings as often as they are buttons."""
_MOSTLY = 0.75
"""Share of its documents from which on a line is furniture where it was removed in so many."""
_OPENING = 2
"""The first paragraphs of an article, which stand as a teaser on other pages, too."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A line of the corpus as it recurs: in how many documents, and in how many it was removed."""

    text: str
    documents: int
    removed: int


def find_furniture(lines: Iterable[Recurring]) -> list[FurnitureLine]:
    """Return the entries for the lines that are furniture, or may be, in order.

    A line that no article kept needs no entry. Lines that differ in numbers alone are one.
    """
    found: dict[str, FurnitureLine] = {}
    for one in lines:
        key = furniture_key(one.text)
        if one.removed == one.documents or weight(key) < _LEAST_WORDS:
            continue
        known = found.get(key, FurnitureLine(key, 0, 0, is_used=False))
        documents, removed = known.documents + one.documents, known.removed + one.removed
        found[key] = FurnitureLine(key, documents, removed, removed >= _MOSTLY * documents)
    return [found[key] for key in sorted(found)]


def find_furniture_units(
    texts: Sequence[str], kept: Sequence[bool], is_prose: Sequence[bool], used: frozenset[str]
) -> frozenset[int]:
    """Return which of the units that are taken for an article are furniture of the register.

    The article's first two paragraphs are not: they may be the very text that other pages have
    as a teaser.
    """
    if not used:
        return frozenset()
    chosen = [index for index, one in enumerate(kept) if one]
    opening = [index for index in chosen if is_prose[index]][:_OPENING]
    begun = opening[-1] if len(opening) == _OPENING else len(texts)
    return frozenset(
        index for index in chosen if index > begun and furniture_key(texts[index]) in used
    )
