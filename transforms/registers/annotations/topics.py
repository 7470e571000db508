"""Codebooks: topics, each with its meaning and the patterns of words that name it by language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.annotations.patterns import Codebook
from knipsel.transforms.registers.checked import strings

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPICS_FILE, TOPICS_FOLDER = "topics.toml", "topics/*.toml"
"""The project's codebook, and those that people put beside it."""
CODEBOOK_FILES = {"negotiations": TOPICS_FILE}
"""The file of each codebook of the project."""

_EXCLUDES = "excludes"
_ABOUT = ("name", "meaning", "iptc")


@dataclass(frozen=True, slots=True)
class TopicMeaning:
    """A topic of a codebook: what it is called, what it means, and its IPTC Media Topic.

    ``languages`` are those that have patterns for it.
    """

    topic: str
    name: str
    meaning: str
    iptc: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """All codebooks together, ready to be looked for, by language."""

    meanings: tuple[TopicMeaning, ...]
    codebooks: Mapping[str, Codebook]


def parse_topics(table: Mapping[str, Any]) -> Topics:
    """Parse codebooks; raise `ValueError`, ``key: problem``, for a malformed one."""
    patterns: dict[str, dict[tuple[str, bool], list[str]]] = {}
    for topic, section in table.items():
        for part, excluded in ((section, False), (section.get(_EXCLUDES, {}), True)):
            for language, listed in part.items():
                if language not in {*_ABOUT, _EXCLUDES}:
                    found = strings(f"{topic}.{language}", listed)
                    patterns.setdefault(language, {})[topic, excluded] = found
    meanings = tuple(_meaning(topic, section) for topic, section in sorted(table.items()))
    return Topics(meanings, {one: Codebook(one, listed) for one, listed in patterns.items()})


def _meaning(topic: str, section: Mapping[str, Any]) -> TopicMeaning:
    for key in ("name", "meaning"):
        if not isinstance(section.get(key), str) or not section[key].strip():
            message = f"{topic}.{key}: must say something"
            raise ValueError(message)
    languages = tuple(sorted(section.keys() - {*_ABOUT, _EXCLUDES}))
    return TopicMeaning(topic, section["name"], section["meaning"], section.get("iptc"), languages)
