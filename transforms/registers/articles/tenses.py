"""The words by which a text shows that a day that it names is past, or lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from knipsel.transforms.registers.tables import LanguageTables


class TenseWords(NamedTuple):
    """Folded words of a language."""

    past: frozenset[str]
    """Words with which a sentence tells of the past, ``was``."""
    future: frozenset[str]
    """Words with which it looks ahead, or may, ``will``."""
    year_cues: frozenset[str]
    """Words before a year that is a time and no number, ``in``."""
    since: frozenset[str]
    """Words before a day that is past, ``since``."""
    ahead: frozenset[str]
    """Words before a day that may lie ahead, ``until``."""


def parse_tenses(languages: LanguageTables) -> dict[str, TenseWords]:
    """Parse the words of each language, by its code."""
    listed = languages.by_language(
        "past_words", "future_words", "year_cues", "since_words", "ahead_words"
    )
    return {code: TenseWords(*words) for code, words in listed.items()}
