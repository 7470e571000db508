"""The register of the phrases that show that a text is only the beginning of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.registers.pages.phrases import line_key
from knipsel.transforms.text.words import fold


@dataclass(frozen=True, slots=True)
class CutSigns:
    """Phrases that show that a text is only the beginning of one, folded, ``#`` for numbers."""

    lines: frozenset[str]
    more: frozenset[str]
    """Lines that lead on, but as often to another article."""
    endings: tuple[str, ...]
    declared: frozenset[str]


def parse_cut_signs(table: dict[str, Any]) -> CutSigns:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    return CutSigns(
        frozenset(_keys("cut_lines", table)),
        frozenset(_keys("more_lines", table)),
        tuple(sorted(_keys("cut_endings", table))),
        frozenset(text.casefold() for text in _listed("declared_endings", table)),
    )


def _keys(key: str, table: dict[str, Any]) -> list[str]:
    return [line_key(fold(text)) or text.casefold() for text in _listed(key, table)]


def _listed(key: str, table: dict[str, Any]) -> list[str]:
    return strings(key, table.get(key, []))
