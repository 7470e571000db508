"""What a trial of a codebook found, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from knipsel.warehouse.queries.topics.trial import TriedArticle

Grouping = Literal["month", "publisher"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
Cell = tuple[str | None, ...]


@dataclass(slots=True)
class TopicCount:
    """A topic in a cell: articles that name it, those of before, and places in them.

    ``gained`` are articles that did not name it before, ``lost`` those that no longer would.
    """

    articles: int = 0
    before: int = 0
    gained: int = 0
    lost: int = 0
    matches: int = 0


def count_topics(
    articles: Iterable[TriedArticle], by: Sequence[Grouping] = ()
) -> dict[Cell, TopicCount]:
    """Return the counts of each topic, and of each of its groups, in order; nulls come last."""
    counts: dict[Cell, TopicCount] = {}
    for article in articles:
        now, before = article.topics("kept", "new"), article.topics("kept", "gone")
        group = tuple(getattr(article, name) for name in by)
        for topic in now | before:
            count = counts.setdefault((topic, *group), TopicCount())
            count.articles += topic in now
            count.before += topic in before
            count.gained += topic in now - before
            count.lost += topic in before - now
        for match in article.matches:
            counts[match.topic, *group].matches += match.change != "gone"
    return dict(sorted(counts.items(), key=lambda item: _order(item[0])))


def _order(cell: Cell) -> tuple[tuple[bool, str], ...]:
    return tuple((value is None, value or "") for value in cell)
