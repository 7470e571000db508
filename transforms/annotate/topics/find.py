"""Topics: where a text names what a codebook lists.

A codebook is data: topics, each with its meaning, and with the patterns of words that name it by
language (`knipsel.transforms.annotate.topics.patterns`). What a topic excludes is not counted
where it stands: *bank guarantee* is no security guarantee.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.annotate.model import Topic
from knipsel.transforms.annotate.topics.patterns import Codebook, Place
from knipsel.transforms.registers.checked import strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knipsel.transforms.annotate.model import ArticleText

TOPICS_FILE, TOPICS_FOLDER = "topics.toml", "topics/*.toml"
"""The project's codebook, and those that people put beside it."""

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


def find_topics(text: ArticleText, topics: Topics) -> tuple[Topic, ...]:
    """Return the topics that a text names, by their names; none in a language without patterns."""
    codebook = topics.codebooks.get(text.language or "")
    if codebook is None:
        return ()
    places: dict[str, set[Place]] = {}
    excluded: dict[str, set[Place]] = {}
    for sentence in text.sentences:
        for pattern, place in codebook.find(text.text, sentence.start, sentence.end):
            topic, is_excluded = pattern.meaning
            (excluded if is_excluded else places).setdefault(topic, set()).add(place)
    found = (
        Topic(topic, tuple(_counted(sorted(there), sorted(excluded.get(topic, ())))))
        for topic, there in sorted(places.items())
    )
    return tuple(topic for topic in found if topic.places)


def _counted(places: Iterable[Place], excluded: Iterable[Place]) -> Iterator[Place]:
    """Yield the places that count: of two that overlap the longer one of those that begin first."""
    allowed = [one for one in places if not any(_overlap(one, other) for other in excluded)]
    kept: Place | None = None
    for place in allowed:
        if kept and _overlap(place, kept):
            kept = place if place.start == kept.start else kept
            continue
        if kept:
            yield kept
        kept = place
    if kept:
        yield kept


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end
