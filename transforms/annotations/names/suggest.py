"""Who is named often and described in no register of entities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.annotations.model import Kind, Mention

LEAST_ARTICLES = 3
"""Articles that name somebody, before it is worth describing them."""


class Suggestion(NamedTuple):
    """A name that no register describes: in how many articles, and how often in all."""

    name: str
    kind: Kind
    articles: int
    mentions: int


def suggest(
    articles: Iterable[Iterable[Mention]], least_articles: int = LEAST_ARTICLES
) -> list[Suggestion]:
    """Return the names without an entity that several articles have, the most frequent first."""
    in_articles: Counter[tuple[str, Kind]] = Counter()
    in_all: Counter[tuple[str, Kind]] = Counter()
    for mentions in articles:
        found = Counter((one.name, one.kind) for one in mentions if one.entity is None)
        in_articles.update(found.keys())
        in_all.update(found)
    suggested = [
        Suggestion(name, kind, count, in_all[name, kind])
        for (name, kind), count in in_articles.items()
        if count >= least_articles
    ]
    return sorted(suggested, key=lambda one: (-one.articles, -one.mentions, one.name, one.kind))
