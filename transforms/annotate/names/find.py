"""The annotator of names: from the runs of capitals in a text to its mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import Mention
from knipsel.transforms.annotate.names.boundaries import Context, is_calendar, make_context
from knipsel.transforms.annotate.names.departments import without_departments
from knipsel.transforms.annotate.names.evidence import PLACE, surroundings
from knipsel.transforms.annotate.names.known import OTHER, look_up
from knipsel.transforms.annotate.names.pieces import Piece, cut_run
from knipsel.transforms.annotate.names.recogniser import with_recognised
from knipsel.transforms.annotate.names.runs import Word, before, find_runs, with_tail
from knipsel.transforms.annotate.names.spelling import as_written
from knipsel.transforms.annotate.names.vote import Named, add_neighbours, join_acronyms, vote
from knipsel.transforms.registers.annotations.names import NameRegisters, NameWords

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from knipsel.transforms.annotate.model import ArticleText
    from knipsel.transforms.registers.annotations.registers import Recogniser

_LOWER_WORD = re.compile(r"(?<![\w-])[a-zß-ÿ]+(?![\w-])")
_NO_WORDS = NameWords()
_LEAST_SPORT_WORDS = 3
"""Different words of sport in a text about it."""
_CLUB = 0.85
"""How sure it is that a place in a text about sport is its club where no word says where."""


def find_mentions(
    article: ArticleText, registers: NameRegisters, recogniser: Recogniser | None = None
) -> tuple[Mention, ...]:
    """Return the people, organisations and places that a text names, in order.

    A mention is the name without titles and articles; of a compound (*NAVO-top*) it is what
    names an entity whose register wants it. ``recogniser`` is a model that names are asked of
    too. In a language without a register only what the registers know is found, and full names
    of people.
    """
    words = registers.words.get(article.language or "", _NO_WORDS)
    text, ministries = without_departments(article, words)
    runs = _runs(text, article, registers, words)
    context = make_context(registers, words, set(_LOWER_WORD.findall(text)), _pairs(runs))
    pieces = _pieces(text, runs, article, context)
    named = vote(pieces, context)
    if words.openers and not words.capital_nouns:
        add_neighbours(text, pieces, named, context)
    join_acronyms(text, pieces, named)
    written = as_written(named, article.language, registers)
    clubs = registers.club_places if _is_sport(runs, context) else frozenset()
    found = [mention for piece in pieces if (mention := _mention(piece, written, clubs))]
    mentions = tuple(sorted((*ministries, *found), key=_place))
    if recogniser is None:
        return mentions
    return with_recognised(article, mentions, recogniser(article.text), registers)


def _runs(
    text: str, article: ArticleText, registers: NameRegisters, words: NameWords
) -> list[list[Word]]:
    return [
        with_tail(text, run, registers.tails)
        for run in find_runs(text, article.sentences, words.openers)
    ]


def _pieces(
    text: str, runs: list[list[Word]], article: ArticleText, context: Context
) -> list[Piece]:
    """Return the parts of runs that may be names, with what the words around them tell."""
    cut = (piece for run in runs for piece in cut_run(run, context))
    pieces = [piece for one in cut if (piece := _without_time(text, one, context))]
    starts = [sentence.start for sentence in article.sentences]
    for piece in pieces:
        floor, ceiling, _ = article.sentences[bisect_right(starts, piece.start) - 1]
        surroundings(text, piece, floor, ceiling, context)
    return pieces


def _without_time(text: str, piece: Piece, context: Context) -> Piece | None:
    """Return a piece without the month or weekday that it begins with, as in *in April Jones*."""
    first, _, rest = piece.text.partition(" ")
    if not is_calendar(first, context.words):
        return piece
    previous, gap = before(text, piece.start, 0)
    if gap.strip() or previous.lower() not in context.words.calendar_cues:
        return piece
    if not rest:
        return None
    start = piece.end - len(rest)
    return Piece(start, piece.end, rest, is_first=False, known=look_up(rest, context.registers))


def _is_sport(runs: list[list[Word]], context: Context) -> bool:
    first = {run[0].text.lower() for run in runs if run[0].is_first}
    return len((context.lower | first) & context.words.sport_words) >= _LEAST_SPORT_WORDS


def _place(mention: Mention) -> int:
    return mention.char_start


def _pairs(runs: list[list[Word]]) -> set[tuple[str, str]]:
    found = set()
    for words in runs:
        for left, right in pairwise(words):
            if not left.is_first:
                found.add((left.text, right.text))
    return found


def _mention(piece: Piece, named: Mapping[str, Named], clubs: AbstractSet[str]) -> Mention | None:
    one = named.get(piece.text)
    if one is None or (piece.known and piece.known.kind == OTHER):
        return None
    if piece.text in clubs and one.kind == "place" and piece.evidence[PLACE] <= 0:
        one = Named("organisation", one.name, None, "rule", _CLUB)
    place = piece.start, piece.end
    return Mention(*place, one.kind, one.name, one.entity, one.method, one.confidence)
