"""Why an article is, or is not, in a result: each condition, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knipsel.transforms.text.search.evaluate import Reading, has
from knipsel.transforms.text.search.query import (
    And,
    Has,
    Near,
    Not,
    Or,
    Piece,
    Query,
    Within,
    Words,
)
from knipsel.warehouse.search.ask import Found, Question
from knipsel.warehouse.search.index.rows import ArticleRow


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a question, whether the article meets it, and what the article has instead.

    ``depth`` is how deep it stands within others: of an OR one of those below it has to hold.
    """

    condition: str
    holds: bool
    detail: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an article is in a result or is not."""

    article_id: str
    headline: str | None
    is_found: bool
    conditions: tuple[Condition, ...]


def explain_article(found: Found, row: ArticleRow) -> Explanation:
    """Return each condition of a question with whether an article meets it."""
    question = found.question
    conditions = [*_besides(question, row)]
    reading = Reading(row.article)
    if question.query.query is not None:
        conditions += _of_query(reading, question.query.query, question.zones, 0)
    headline = next(iter(row.article.zones["headline"]), None)
    is_found = all(one.holds for one in conditions if one.depth == 0)
    return Explanation(row.article_id, headline, is_found, tuple(conditions))


def _besides(question: Question, row: ArticleRow) -> Iterator[Condition]:
    if not question.copies:
        told = "" if row.is_canonical else f"it is a copy of {row.canonical_article_id}"
        yield Condition("each text once", row.is_canonical, told)
    if question.is_dated:
        is_sure = question.is_surely_within(row.days)
        holds = question.is_possibly_within(row.days)
        told = f"its date is {row.date_published}" if row.days else "its date is not known"
        if holds and not is_sure:
            told += ": possibly, not surely"
        bounds = f"{question.first or '…'} to {question.last or '…'}"
        yield Condition(f"published {bounds}", holds, told)
    for facet, names in question.names_by_facet():
        holds = any(has(row.facets, one) for one in names)
        yield Condition(" or ".join(map(str, names)), holds, _names(row, facet))


def _names(row: ArticleRow, facet: str) -> str:
    names = row.facets.get(facet, ())
    return f"it has {', '.join(names)}" if names else f"it has no {facet}"


def _of_query(
    reading: Reading, query: Query, zones: tuple[str, ...], depth: int
) -> Iterator[Condition]:
    holds = reading.matches(query, zones)
    match query:
        case And(parts) if depth == 0:
            for part in parts:
                yield from _of_query(reading, part, zones, depth)
        case And(parts) | Or(parts):
            what = "all of" if isinstance(query, And) else "one of"
            yield Condition(what, holds, "", depth)
            for part in parts:
                yield from _of_query(reading, part, zones, depth + 1)
        case Not(inner):
            told = "" if holds else _there(reading, inner, zones)
            yield Condition(str(query), holds, told, depth)
        case Within(zone, inner):
            yield from _of_query(reading, inner, (zone,), depth)
        case Has():
            names = reading.article.facets.get(query.facet, ())
            told = f"it has {', '.join(names)}" if names else f"it has no {query.facet}"
            yield Condition(str(query), holds, told, depth)
        case Words() | Near():
            where = " or ".join(zones)
            told = _there(reading, query, zones) if holds else _instead(reading, query, zones)
            yield Condition(f"{query} in {where}", holds, told, depth)


def _there(reading: Reading, query: Query, zones: tuple[str, ...]) -> str:
    places = reading.hits(query, zones)
    if not places:
        return "it is so"
    texts = reading.article.zones
    forms = dict.fromkeys(texts[one.zone][one.part][one.start : one.end] for one in places)
    times = "once" if len(places) == 1 else f"{len(places)} times"
    return f"{times}: {', '.join(list(forms)[:3])}"


def _instead(reading: Reading, query: Words | Near, zones: tuple[str, ...]) -> str:
    """Say what of words is there that are not there as asked."""
    operands = [query] if isinstance(query, Words) else [w for o in query.operands for w in o]
    pieces = list(dict.fromkeys(piece for one in operands for piece in one.pieces))
    counts = {piece: _times(reading, piece, zones) for piece in pieces}
    if len(pieces) > 1:
        told = ", ".join(f"{piece} {count} times" for piece, count in counts.items())
        return f"not so; {told}"
    other = [one for one in ("headline", "text", "quotations") if one not in zones]
    elsewhere = [one for one in other if reading.matches(query, (one,))]
    by_lemma = Words(tuple(Piece(one.word, typed=one.typed) for one in pieces))
    if isinstance(query, Words) and query.is_exact and reading.matches(by_lemma, zones):
        return f"not exactly; without quotation marks {_there(reading, by_lemma, zones)}"
    return f"only in {', '.join(elsewhere)}" if elsewhere else "nowhere in it"


def _times(reading: Reading, piece: Piece, zones: tuple[str, ...]) -> int:
    return len(reading.hits(Words((piece,)), zones))
