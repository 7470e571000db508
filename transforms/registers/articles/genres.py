"""The register of the kinds of pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold


@dataclass(frozen=True, slots=True)
class Genres:
    """The kind by each folded label, and by each of schema.org's types in lower case."""

    labels: dict[str, str]
    types: dict[str, str]


def parse_genres(table: dict[str, Any]) -> Genres:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    return Genres(_by_label("genres", table), _by_label("types", table))


def _by_label(key: str, table: dict[str, Any]) -> dict[str, str]:
    kinds = table.get(key, {})
    found: dict[str, str] = {}
    for kind, labels in kinds.items() if isinstance(kinds, dict) else ():
        for label in strings(f"{key}.{kind}", labels):
            if found.setdefault(fold(label), kind) != kind:
                message = f"{key}.{kind}: {label!r} is of {found[fold(label)]} too"
                raise ValueError(message)
    return found
