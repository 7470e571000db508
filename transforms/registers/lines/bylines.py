"""The words with which lines say who made an article, and who its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.tables import LanguageTables


@dataclass(frozen=True, slots=True)
class BylineWords:
    """Folded words of all languages together; lists are longest first."""

    words: tuple[str, ...]
    nouns: frozenset[str]
    """The byline words that titles begin with too: they need a colon or a person's name."""
    credits: tuple[str, ...]
    """What stands before the names of those who made a picture."""
    other_credits: tuple[str, ...]
    """What stands before the names of those who did something else than write: *edited by*."""
    picture_labels: tuple[str, ...]
    """What a page says of the picture of an author, before the name or behind it."""
    kickers: frozenset[str]
    biography_verbs: frozenset[str] = frozenset()
    """What tells of an author behind the name: *is*, *writes*."""


def parse_byline_words(languages: LanguageTables, others: tuple[str, ...] = ()) -> BylineWords:
    """Parse the words of bylines; ``others`` are those of languages without a register."""
    listed = languages.set("byline_words")
    nouns = languages.set("byline_nouns") | (frozenset(others) - listed)
    return BylineWords(
        words=tuple(sorted(listed | nouns, key=lambda word: (-len(word), word))),
        nouns=nouns,
        credits=languages.longest_first("credit_words"),
        other_credits=languages.longest_first("other_credits"),
        picture_labels=languages.longest_first("picture_labels"),
        kickers=languages.set("kickers"),
        biography_verbs=languages.set("biography_verbs"),
    )
