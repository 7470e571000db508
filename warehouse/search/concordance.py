"""Each hit in its line, between the words before and behind it (KWIC)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, get_args

from knipsel.transforms.text.search.evaluate import Place, Reading
from knipsel.transforms.text.search.tokens import words_of
from knipsel.warehouse.search.ask import SORTS, Found
from knipsel.warehouse.search.index.rows import ArticleRow

LineSort = Literal["left", "right", "date", "relevance"]
LINE_SORTS: tuple[str, ...] = get_args(LineSort)
MOST_READ = 20_000
"""Articles whose texts are read for lines, or for counting hits: some seconds."""
_AT_ONCE = 1_000
_WORDS = 4
"""Words beside a hit that lines are sorted by; then the newest article comes first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A hit with what stands before and behind it; ``start`` counts in its text, in code points."""

    article_id: str
    date_published: str | None
    publisher: str | None
    zone: str
    part: int
    start: int
    left: str
    hit: str
    right: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines in order; ``hits`` counts all there are in ``articles`` articles that were read."""

    lines: tuple[Line, ...]
    hits: int
    articles: int
    is_whole: bool
    """Whether all articles that were found were read."""


def read_articles(found: Found, most: int = MOST_READ) -> Iterator[ArticleRow]:
    """Yield the articles that were found in their order, at most so many."""
    names = islice(found.ordered(), most)
    while some := list(islice(names, _AT_ONCE)):
        rows = {row.article_id: row for row in found.source.rows(some)}
        yield from (rows[name] for name in some)


def concordance(
    found: Found,
    sort: LineSort = "relevance",
    limit: int = 100,
    width: int = 60,
    most_read: int = MOST_READ,
) -> Concordance:
    """Return lines with ``width`` characters before and behind each hit.

    The texts of the first ``most_read`` articles are read.

    They are in the order of the articles, or by the words to the ``left`` (the nearest first) or to
    the ``right`` of the hit.
    """
    if sort in {"relevance", "date"} and sort != found.question.sort:
        question = replace(found.question, sort="date" if sort == "date" else "relevance")
        found = Found(found.index, question, found.source)
    lines: list[Line] = []
    count = articles = 0
    for row in read_articles(found, most_read):
        articles += 1
        places = Reading(row.article).hits(found.question.query.query, found.question.zones)
        count += len(places)
        if sort not in SORTS or len(lines) < limit:
            lines += [_line(row, place, width) for place in places]
    if sort not in SORTS:
        lines.sort(key=_left if sort == "left" else _right)
    return Concordance(tuple(lines[:limit]), count, articles, articles == found.possibly)


def _line(row: ArticleRow, place: Place, width: int) -> Line:
    text = row.article.zones[place.zone][place.part]
    left = " ".join(text[max(place.start - 2 * width, 0) : place.start].split(" "))
    right = text[place.end : place.end + 2 * width]
    return Line(
        row.article_id,
        row.date_published,
        row.publisher,
        place.zone,
        place.part,
        place.start,
        _flat(left)[-width:],
        _flat(text[place.start : place.end]),
        _flat(right)[:width],
    )


def _flat(text: str) -> str:
    """Return a text on one line, with single blanks; one at either end stays."""
    inner = " ".join(text.split())
    before = " " if text[:1].isspace() and inner else ""
    behind = " " if text[-1:].isspace() and inner else ""
    return before + inner + behind


def _left(line: Line) -> tuple[list[str], str, int]:
    return words_of(line.left)[: -_WORDS - 1 : -1], line.article_id, line.start


def _right(line: Line) -> tuple[list[str], str, int]:
    return words_of(line.right)[:_WORDS], line.article_id, line.start
