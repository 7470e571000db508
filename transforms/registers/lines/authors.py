"""What is a person in a byline, and what is none, from the register ``authors.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTHORS_FILE = "authors.toml"
KEYS = (
    *("before", "lines", "above", "behind", "nobody", "ours", "no_person", "outlet_ends"),
    *("places", "joiners"),
)
"""The lists of the register."""
_BEGINNINGS = ("before", "lines", "above")
"""Those that are tried as beginnings."""


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """Folded words of all languages together; without the register all are empty."""

    before: tuple[str, ...] = ()
    """What stands before names, beside the byline words of each language; longest first."""
    lines: tuple[str, ...] = ()
    """Byline words of languages without a register; titles begin with them, too."""
    above: tuple[str, ...] = ()
    """What stands over the name in a box about the author; longest first."""
    behind: frozenset[str] = frozenset()
    """Words that end a name."""
    nobody: frozenset[str] = frozenset()
    """Whole values that name nobody."""
    ours: frozenset[str] = frozenset()
    """Possessives before a group that is not named: *our foreign staff*."""
    no_person: frozenset[str] = frozenset()
    """Words that are in no person's name."""
    outlet_ends: frozenset[str] = frozenset()
    """The last words in the names of outlets."""
    places: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    """What joins two names, in languages without a register."""


def parse_author_words(table: Mapping[str, Any]) -> AuthorWords:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed."""
    lists = {key: [fold(one) for one in strings(key, table.get(key, []))] for key in KEYS}
    sets = {key: frozenset(lists[key]) for key in KEYS if key not in _BEGINNINGS}
    before, lines, above = (
        tuple(sorted(set(lists[key]), key=lambda word: (-len(word), word))) for key in _BEGINNINGS
    )
    return AuthorWords(before, lines, above, **sets)
