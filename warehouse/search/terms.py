"""What each part of a query finds by itself, and what else it may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from knipsel.transforms.text.search.evaluate import Reading
from knipsel.transforms.text.search.lemmas import lemmas
from knipsel.transforms.text.search.query import (
    ZONES,
    Has,
    Leaf,
    Near,
    Parsed,
    Piece,
    Words,
    leaves,
    names_in,
)
from knipsel.warehouse.search.ask import Found, Question
from knipsel.warehouse.search.concordance import MOST_READ, read_articles
from knipsel.warehouse.search.counts import facet
from knipsel.warehouse.search.index.schema import exact_field

HITS_READ = 2_000
"""Articles whose texts are read to count the hits of a word where nobody asks for it: a moment."""
_LEAST_LIKE, _LIKE = 0.75, 3
"""How like a word must be to be proposed (as difflib measures), and how many are."""
_FIRST_LETTERS = 2
_MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class TermCount:
    """A part of a query: in how many articles of the release it is, and how often in them.

    The dates and names that are asked for besides do not count here. ``hits`` is None where more
    articles have it than were read.
    """

    term: str
    zones: tuple[str, ...]
    is_refused: bool
    articles: int
    hits: int | None


def term_counts(found: Found, most_read: int = HITS_READ) -> list[TermCount]:
    """Return what each of the words and phrases of a query finds, in their order.

    Hits are counted as long as ``most_read`` articles in all are enough for it.
    """
    question = found.question
    counted: dict[tuple[str, tuple[str, ...], bool], TermCount] = {}
    room = most_read
    for leaf, zones, is_refused in leaves(question.query.query, question.zones):
        key = (str(leaf), zones, is_refused)
        if key not in counted:
            articles, hits = _counts(found, leaf, zones, room)
            room -= 0 if hits is None else articles
            counted[key] = TermCount(*key, articles, hits)
    return list(counted.values())


def _alone(found: Found, leaf: Leaf, zones: tuple[str, ...]) -> Found:
    question = replace(
        *(found.question,), query=Parsed(leaf), zones=zones, first=None, last=None, names=()
    )
    return Found(found.index, question, found.source)


def _counts(
    found: Found, leaf: Leaf, zones: tuple[str, ...], most_read: int
) -> tuple[int, int | None]:
    alone = _alone(found, leaf, zones)
    if alone.possibly > min(most_read, MOST_READ):
        return alone.possibly, None
    return alone.possibly, count_hits(alone)


def count_hits(found: Found) -> int:
    """Return at how many places the words of a query stand in the articles that were found."""
    question = found.question
    return sum(
        len(Reading(row.article).hits(question.query.query, question.zones))
        for row in read_articles(found)
    )


def advice(found: Found) -> list[str]:
    """Return what to try where nothing is found: in sentences."""
    counts = term_counts(found, most_read=0)
    unknown = {one.term for one in counts if not one.articles and not one.is_refused}
    sentences = [
        sentence
        for leaf, zones, _ in leaves(found.question.query.query, found.question.zones)
        if str(leaf) in unknown
        for sentence in _of_unknown(found, leaf, zones)
    ]
    if found.question.query.is_empty:
        return ["There are no words to look for."]
    if not sentences:
        sentences = list(_of_conditions(found)) or [_of_all(found)]
    return list(dict.fromkeys(sentences))


def _of_unknown(found: Found, leaf: Leaf, zones: tuple[str, ...]) -> Iterator[str]:
    pieces = _pieces(leaf)
    if len(pieces) > 1:
        alone = [one for one in pieces if _has_none(found, Words((one,), _is_exact(leaf)), zones)]
        if not alone:
            yield f"The words of {leaf} are there, but nowhere so; try them with AND between them."
            return
        pieces = alone
    others = tuple(zone for zone in ZONES if zone not in zones)
    for piece in pieces:
        elsewhere = [
            zone
            for zone in others
            if not _has_none(found, Words((piece,), _is_exact(leaf)), (zone,))
        ]
        if elsewhere:
            yield f"{piece} is not in {' or '.join(zones)}, but in {' and '.join(elsewhere)}."
            continue
        near = [word for word in spellings(found, piece, zones) if word != piece.word]
        like = f"; there is {', '.join(near)}" if near else ""
        yield f"No article has {piece}{like}."


def _pieces(leaf: Leaf) -> list[Piece]:
    words = (
        [one for operand in leaf.operands for one in operand] if isinstance(leaf, Near) else [leaf]
    )
    return list(dict.fromkeys(piece for one in words for piece in one.pieces))


def _is_exact(leaf: Leaf) -> bool:
    return isinstance(leaf, Words) and leaf.is_exact


def _has_none(found: Found, words: Words, zones: tuple[str, ...]) -> bool:
    return _alone(found, words, zones).possibly == 0


def spellings(found: Found, piece: Piece, zones: tuple[str, ...]) -> list[str]:
    """Return words of the index that are spelled nearly so, the most like first."""
    searcher = found.index.searcher
    beginning = piece.word[:_FIRST_LETTERS]
    known: dict[str, int] = {}
    for zone in zones:
        for word, count in searcher.terms_with_prefix(
            exact_field(zone), beginning, limit=_MOST_COMPARED
        ):
            if abs(len(word) - len(piece.word)) <= _FIRST_LETTERS:
                known[word] = known.get(word, 0) + count
    known.update(dict.fromkeys(found.index.accented(piece.word), 1))
    return get_close_matches(piece.word, known, _LIKE, _LEAST_LIKE)


def _of_conditions(found: Found) -> Iterator[str]:
    """Yield which condition besides the words leaves nothing."""
    question = found.question
    for name in names_in(question.query.query):
        if not _found_by(found, query=Parsed(name), first=None, last=None, names=()):
            yield _no_such_name(found, name)
    for name in question.names:
        without = tuple(one for one in question.names if one != name)
        if count := _found_by(found, names=without):
            yield f"Without {name} it finds {count:,}."
    if question.is_dated and (count := _found_by(found, first=None, last=None)):
        yield f"Without the dates it finds {count:,}."
    if not question.copies and (count := _found_by(found, copies=True)):
        yield f"With --copies it finds {count:,}."
    if question.zones != ZONES and (count := _found_by(found, zones=ZONES)):
        yield f"In headlines, texts and quotations together it finds {count:,}."


def _no_such_name(found: Found, name: Has) -> str:
    """Say that no article has a name, and which are the most frequent ones."""
    everything = Question(Parsed(None), copies=found.question.copies)
    known = facet(Found(found.index, everything, found.source), name.facet, _LIKE)
    there = f"; there is {', '.join(value for value, _ in known)}" if known else ""
    return f"No article has {name}{there}."


def _of_all(found: Found) -> str:
    """Return what to say where each part finds something."""
    names = [str(one) for one in names_in(found.question.query.query)]
    if names:
        return f"No article is so and has {' and '.join(names)}."
    return "Each word is there, but never all as asked; try OR, or fewer words."


def _found_by(found: Found, **changes: object) -> int:
    question = replace(found.question, **changes)  # type: ignore[arg-type]
    return Found(found.index, question, found.source).possibly


def lemma_of(word: str, group: str) -> str:
    """Return the lemma that a word is looked for by, in a group of languages."""
    return lemmas(group)[word].partition(":")[2]
