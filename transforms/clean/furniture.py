"""Furniture: lines that stand on many pages of a corpus, and belong to none of its articles.

A line of a page shows what it is by the page alone; that the same line stands on forty others,
a whole corpus shows. What `knipsel learn` finds is written to a register, for a person to look
at, and only from there has it an effect: the text of an article follows from the bytes of its
file, the transforms and the registers, and never from what else happened to be read before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.boilerplate_phrases import line_key
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """An entry of the register; ``line`` is folded, with ``#`` for any number.

    ``is_used`` is false where a person is to decide: articles kept the line more often than not.
    """

    line: str
    documents: int
    removed: int
    is_used: bool


def furniture_key(text: str) -> str:
    """Return ``text`` as the register lists it."""
    return line_key(fold(text))


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


def used_lines(lines: Iterable[FurnitureLine]) -> frozenset[str]:
    """Return the lines that are removed."""
    return frozenset(one.line for one in lines if one.is_used)


def parse_furniture(table: Mapping[str, Any]) -> tuple[FurnitureLine, ...]:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    rows = table.get("lines", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("lines: must be a list of tables")
    return tuple(map(_parse_line, rows))


def _parse_line(row: Mapping[str, Any]) -> FurnitureLine:
    line, is_used = row.get("line"), row.get("use")
    documents, removed = row.get("documents", 0), row.get("removed", 0)
    if not isinstance(line, str) or not furniture_key(line):
        raise ValueError("lines.line: must be a text")
    if not isinstance(is_used, bool):
        message = f"lines.use: must be true or false, for {line!r}"
        raise ValueError(message)  # noqa: TRY004
    if not isinstance(documents, int) or not isinstance(removed, int):
        message = f"lines.documents, lines.removed: must be numbers, for {line!r}"
        raise ValueError(message)  # noqa: TRY004
    return FurnitureLine(furniture_key(line), documents, removed, is_used)


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
