"""Trying a codebook on a release: each article with what it would find there.

Articles are read from the release as they are, some at a time; nothing is written, and no source is
opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

import duckdb

from knipsel.transforms.annotate.model import TextBlock
from knipsel.transforms.annotate.prepare import of_paragraphs
from knipsel.transforms.annotate.topics.trial import Match, try_topics
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
from knipsel.warehouse.sql import quoted

_AT_ONCE = 500
"""Articles that are in memory: some megabytes."""

Blocks = dict[str, list[TextBlock]]
Places = dict[str, set[tuple[str, int, int]]]


@dataclass(frozen=True, slots=True)
class TriedArticle:
    """An article of a release with the matches in it; ``month`` is null where it is not known."""

    article_id: str
    date_published: str | None
    month: str | None
    publisher: str | None
    text: str
    matches: tuple[Match, ...]

    def topics(self, *changes: str) -> set[str]:
        """Return the topics of the matches that are of some kinds."""
        return {match.topic for match in self.matches if match.change in changes}


def try_codebook(
    connection: duckdb.DuckDBPyConnection,
    registers: AnnotationRegisters,
    topics: Collection[str],
    *,
    copies: bool = False,
) -> Iterator[TriedArticle]:
    """Yield the articles of a release in order, with what ``registers`` find of some ``topics``.

    The connection's tables are those of the release. Each text counts once, unless ``copies`` are
    asked for.
    """
    names = [
        str(name)
        for (name,) in connection.execute(
            f"SELECT article_id FROM articles {'' if copies else 'WHERE is_canonical'} "
            "ORDER BY date_published_not_before NULLS LAST, article_id"
        ).fetchall()
    ]
    for start, end in pairwise([*range(0, len(names), _AT_ONCE), len(names)]):
        yield from _tried(connection, names[start:end], registers, topics)


def _tried(
    connection: duckdb.DuckDBPyConnection,
    names: list[str],
    registers: AnnotationRegisters,
    topics: Collection[str],
) -> Iterator[TriedArticle]:
    blocks, before = _blocks(connection, names), _places(connection, names, topics)
    rows = connection.execute(
        """
        SELECT article_id, date_published, month_published, publisher, text, language
        FROM unnest($names) WITH ORDINALITY AS wanted(article_id, place)
        JOIN articles_wide USING (article_id) ORDER BY place
        """,
        {"names": names},
    ).fetchall()
    for article_id, date, month, publisher, text, language in rows:
        prepared = of_paragraphs(text, blocks[article_id], language, registers)
        matches = try_topics(prepared, registers.topics, before[article_id])
        chosen = tuple(match for match in matches if match.topic in topics)
        yield TriedArticle(article_id, date, month, publisher, text, chosen)


def _blocks(connection: duckdb.DuckDBPyConnection, names: list[str]) -> Blocks:
    """Return the paragraphs of articles that are part of their texts."""
    found: Blocks = defaultdict(list)
    for article_id, *block in connection.execute(
        "SELECT article_id, char_start, char_end, role FROM paragraphs "
        "WHERE article_id IN (SELECT unnest($names)) AND char_start IS NOT NULL "
        "ORDER BY article_id, char_start",
        {"names": names},
    ).fetchall():
        found[article_id].append(TextBlock(*block))
    return found


def _places(
    connection: duckdb.DuckDBPyConnection, names: list[str], topics: Collection[str]
) -> Places:
    """Return where articles were found to name topics."""
    found: Places = defaultdict(set)
    wanted = ", ".join(map(quoted, sorted(topics)))
    for article_id, *place in connection.execute(
        "SELECT article_id, topic, char_start, char_end FROM topic_matches "
        f"WHERE article_id IN (SELECT unnest($names)) AND topic IN ({wanted})",
        {"names": names},
    ).fetchall():
        found[article_id].add((place[0], place[1], place[2]))
    return found
