"""The register of words that end in a full stop and end no sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of a language that end in a full stop and end no sentence, folded."""

    abbreviations: frozenset[str]
    openers: frozenset[str] = frozenset()
    """Words that open a sentence and no name: behind an initial, they show that one ended."""
    articles: frozenset[str] = frozenset()
    """What stands before an acronym and before nobody's initials."""
    has_dotted_ordinals: bool = False


def parse_sentence_words(table: Mapping[str, Any]) -> dict[str, SentenceWords]:
    """Parse the register of abbreviations by language; ``[all]`` holds for each of them.

    Raises `ValueError`, ``key: problem``, for a malformed one.
    """
    general = _folded("all", "abbreviations", table.get("all", {}))
    return {
        language: SentenceWords(
            general | _folded(language, "abbreviations", section),
            _folded(language, "openers", section),
            _folded(language, "articles", section),
            bool(section.get("dotted_ordinals", False)),
        )
        for language, section in table.items()
    }


def _folded(language: str, key: str, section: Mapping[str, Any]) -> frozenset[str]:
    listed = strings(f"{language}.{key}", section.get(key, []))
    return frozenset(word.casefold().rstrip(".") for word in listed)
