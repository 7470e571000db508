"""Whether a name is that of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from knipsel.transforms.registers.lines.persons import PersonWords

_INITIAL = 2
"""Characters of an initial with its full stop."""


def is_person(name: str, persons: PersonWords) -> bool:
    """Say whether a name begins as those of persons do: with a first name or initials."""
    words = name.split(" ")
    while len(words) > 1 and fold(words[0]) in persons.titles:
        words = words[1:]
    first = words[0]
    is_initial = len(words) > 1 and first.endswith(".") and first[:1].isupper()
    parts = fold(first).split("-")
    return parts[0] in persons.given_names or (is_initial and len(first) <= 2 * _INITIAL)
