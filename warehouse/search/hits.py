"""Articles that were found, with fragments of their texts: data, to be shown in any way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knipsel.transforms.text.search.evaluate import Place, Reading, has
from knipsel.warehouse.search.ask import Found, Ranked
from knipsel.warehouse.search.index.rows import ArticleRow

FRAGMENT_CHARACTERS = 200
"""How long a fragment is, about: two lines."""
_MOST_FRAGMENTS = 3
_AT_ONCE = 500
"""Articles whose texts are in memory."""
_BLANK = re.compile(r"\s")
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a text of an article, with what was found in it.

    ``start`` is where it begins in that text and ``marks`` are where the hits stand in ``text``, in
    code points. ``part`` says which of the texts of the zone it is: a quotation of several.
    """

    zone: str
    part: int
    start: int
    text: str
    marks: tuple[Mark, ...]
    is_begun: bool
    """Whether the text begins before it."""
    is_unfinished: bool
    """Whether the text goes on behind it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``hits`` counts the places where words of the query stand.

    ``copies`` are the other members of its cluster, ``headline_marks`` hits in the headline.
    ``is_sure`` is false where its date only possibly is one that was asked for.
    """

    article_id: str
    headline: str | None
    headline_marks: tuple[Mark, ...]
    publisher: str | None
    date_published: str | None
    language: str | None
    completeness: str
    copies: int
    is_sure: bool
    score: float
    hits: int
    fragments: tuple[Fragment, ...]


def hits(
    found: Found, limit: int = 10, offset: int = 0, fragments: int = _MOST_FRAGMENTS
) -> list[Hit]:
    """Return articles in the order that was asked for, from a place on, with their fragments."""
    return list(each_hit(found, limit, offset, fragments))


def each_hit(
    found: Found, limit: int, offset: int = 0, fragments: int = _MOST_FRAGMENTS
) -> Iterator[Hit]:
    """Yield the same one after the other: there may be more than the memory holds."""
    ranked = iter(found.page(limit, offset))
    while some := list(islice(ranked, _AT_ONCE)):
        rows = {row.article_id: row for row in found.source.rows([one.article_id for one in some])}
        yield from (_hit(found, one, rows[one.article_id], fragments) for one in some)


def _hit(found: Found, ranked: Ranked, row: ArticleRow, most: int) -> Hit:
    question = found.question
    reading = Reading(row.article)
    places = reading.hits(question.query.query, question.zones)
    headline = next(iter(row.article.zones["headline"]), None)
    in_headline = [one for one in places if (one.zone, one.part) == ("headline", 0)]
    return Hit(
        row.article_id,
        headline,
        tuple(_merged([(one.start, one.end) for one in in_headline])),
        row.publisher,
        row.date_published,
        row.language,
        row.completeness,
        row.members - 1,
        ranked.is_sure,
        ranked.score,
        len(places),
        tuple(_fragments(found, row, [one for one in places if one not in in_headline], most)),
    )


def _said(found: Found, row: ArticleRow) -> list[int]:
    """Return which quotations of an article are by the speakers that are asked for."""
    asked = [name for name in found.question.all_names() if name.facet == "speaker"]
    return [
        part
        for part, speaker in enumerate(row.said_by or ())
        if speaker and any(has({"speaker": (speaker,)}, one) for one in asked)
    ]


def _fragments(found: Found, row: ArticleRow, places: Sequence[Place], most: int) -> list[Fragment]:
    """Return the fragments with the most hits, in the order of the text.

    Where there are no hits: what the speakers say who are asked for, else how it begins.
    """
    if not places:
        zones = row.article.zones
        if said := _said(found, row)[:most]:
            return [cut("quotations", part, zones["quotations"][part], []) for part in said]
        text = row.article.zones["text"][-1] if row.article.zones["text"] else ""
        return [cut("text", len(row.article.zones["text"]) - 1, text, [])] if text and most else []
    groups: list[list[Place]] = []
    for place in places:
        same = groups and (groups[-1][0].zone, groups[-1][0].part) == (place.zone, place.part)
        if same and place.end - groups[-1][0].start <= FRAGMENT_CHARACTERS // 2:
            groups[-1].append(place)
        else:
            groups.append([place])
    best = sorted(range(len(groups)), key=lambda at: (-len(groups[at]), at))[:most]
    return [
        cut(
            group[0].zone,
            group[0].part,
            _text(row, group[0]),
            [(one.start, one.end) for one in group],
        )
        for group in (groups[at] for at in sorted(best))
    ]


def _text(row: ArticleRow, place: Place) -> str:
    return row.article.zones[place.zone][place.part]


def cut(zone: str, part: int, text: str, marks: Sequence[Mark]) -> Fragment:
    """Return a fragment of a text around marks, cut between words."""
    first = marks[0][0] if marks else 0
    last = max((end for _, end in marks), default=0)
    room = max(FRAGMENT_CHARACTERS - (last - first), 0) // 2 if marks else FRAGMENT_CHARACTERS
    start = _forth(text, max(first - room, 0), first)
    end = _back(text, min(last + room, len(text)), last)
    shown = tuple((one - start, other - start) for one, other in _merged(marks))
    return Fragment(zone, part, start, text[start:end], shown, start > 0, end < len(text))


def _forth(text: str, at: int, most: int) -> int:
    """Return the beginning of the first whole word from a place on."""
    if at == 0:
        return 0
    blank = _BLANK.search(text, at, most)
    return blank.end() if blank else at


def _back(text: str, at: int, least: int) -> int:
    """Return the end of the last whole word up to a place."""
    if at >= len(text):
        return len(text)
    blanks = [one.start() for one in _BLANK.finditer(text, least, at)]
    return blanks[-1] if blanks else at


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks that do not overlap, in order."""
    merged: list[Mark] = []
    for start, end in sorted(marks):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
