"""Whether a name is that of a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from knipsel.transforms.registers.lines.persons import PersonWords
    from knipsel.transforms.registers.lines.words import LineWords

_INITIAL = 2
"""Characters of an initial with its full stop."""

_SEGMENT = re.compile(r",\s+([^\s,]+\s+[^\s,]+\s[^,]{1,80})")
"""What stands behind a comma, of three words or more."""


def is_person(name: str, persons: PersonWords) -> bool:
    """Say whether a name begins as those of persons do: with a first name or initials."""
    words = name.split(" ")
    while len(words) > 1 and fold(words[0]) in persons.titles:
        words = words[1:]
    first = words[0]
    is_initial = len(words) > 1 and first.endswith(".") and first[:1].isupper()
    parts = fold(first).split("-")
    return parts[0] in persons.given_names or (is_initial and len(first) <= 2 * _INITIAL)


def outlet_of_two(text: str, start: int, until: int, words: LineWords) -> int | None:
    """Return where an outlet begins whose name is joined as two names are: *Hill & Dale Record*."""
    for found in _SEGMENT.finditer(text, start, until):
        joiner, *rest = found[1].split()[1:]
        is_joined = joiner == "&" or joiner.casefold() in words.persons.joiners
        if is_joined and rest and rest[-1].casefold() in words.authors.outlet_ends:
            return found.start()
    return None
