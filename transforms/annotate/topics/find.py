"""Topics: where a text names what a codebook lists.

A codebook is data: topics, each with its meaning, and with the patterns of words that name it by
language (`knipsel.transforms.registers.annotations.patterns`). What a topic excludes is not counted
where it stands: *bank guarantee* is no security guarantee.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.annotate.model import ArticleText
    from knipsel.transforms.registers.annotations.patterns import Place
    from knipsel.transforms.registers.annotations.topics import Topics


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
