"""Trying a codebook: what it finds in a text beside what was found there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from knipsel.transforms.annotate.topics.find import find_topics

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knipsel.transforms.annotate.model import ArticleText
    from knipsel.transforms.registers.annotations.topics import Topics

Change = Literal["kept", "new", "gone"]


class Match(NamedTuple):
    """A place where a text names a topic; it is ``new``, or ``gone``, or was found before too."""

    topic: str
    start: int
    end: int
    change: Change


def try_topics(
    text: ArticleText, topics: Topics, before: Collection[tuple[str, int, int]]
) -> Iterator[Match]:
    """Yield each place that the codebooks find, and those of ``before`` that are gone."""
    found = {
        (topic.topic, start, end)
        for topic in find_topics(text, topics)
        for start, end in topic.places
    }
    known = set(before)
    for place in sorted(found | known, key=lambda one: (one[1], one[2], one[0])):
        change: Change = "gone" if place not in found else "kept" if place in known else "new"
        yield Match(*place, change)
