"""How languages put hyphens: what keeps one, and what loses it at the end of a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.tables import LanguageTables


@dataclass(frozen=True, slots=True)
class HyphenWords:
    """Folded words, and codes of languages."""

    suspended_followers: frozenset[str]
    """Words behind the hyphen of a part that comes later: ``haven- en stadswijken``."""
    prefixes: frozenset[str]
    """Words that keep a hyphen before the word that they are put to: ``oud-minister``."""
    suffixes: frozenset[str]
    """Words that are put to another with a hyphen: ``dit-il``."""
    between: frozenset[str]
    """Letters that a hyphen keeps apart in a compound: ``auto-ongeluk``."""
    languages: frozenset[str]
    """Languages whose compounds have a hyphen; others write them as one word."""
    languages_after_names: frozenset[str]
    """Languages that put one only where a compound begins with a name."""


def parse_hyphen_words(languages: LanguageTables) -> HyphenWords:
    """Parse the words of hyphens."""
    return HyphenWords(
        suspended_followers=languages.set("suspended_hyphen_followers"),
        prefixes=languages.set("hyphen_prefixes"),
        suffixes=languages.set("hyphen_suffixes"),
        between=languages.set("hyphen_between"),
        languages=languages.set("hyphenating_languages"),
        languages_after_names=languages.set("hyphen_after_names"),
    )
