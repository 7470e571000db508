"""What is a person in a byline, and what is none, from the register ``authors.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTHORS_FILE = "authors.toml"
KEYS = ("before", "behind", "nobody", "no_person", "outlet_ends", "places")
"""The lists of the register."""


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """Folded words of all languages together; without the register all are empty."""

    before: tuple[str, ...] = ()
    """What stands before names, beside the byline words of each language; longest first."""
    behind: frozenset[str] = frozenset()
    """Words that end a name."""
    nobody: frozenset[str] = frozenset()
    """Whole values that name nobody."""
    no_person: frozenset[str] = frozenset()
    """Words that are in no person's name."""
    outlet_ends: frozenset[str] = frozenset()
    """The last words in the names of outlets."""
    places: frozenset[str] = frozenset()


def parse_author_words(table: Mapping[str, Any]) -> AuthorWords:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    lists = {key: [fold(one) for one in strings(key, table.get(key, []))] for key in KEYS}
    return AuthorWords(
        before=tuple(sorted(lists["before"], key=lambda word: (-len(word), word))),
        **{key: frozenset(lists[key]) for key in KEYS[1:]},
    )
