"""The register of furniture: lines that stand on many pages of a corpus, and are no article's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.pages.phrases import line_key
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
