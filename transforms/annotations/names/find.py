"""The annotator of names: from the runs of capitals in a text to its mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.annotations.model import Mention
from transforms.annotations.names.departments import without_departments
from transforms.annotations.names.evidence import PLACE, surroundings
from transforms.annotations.names.known import OTHER
from transforms.annotations.names.pieces import Context, Piece, cut_run
from transforms.annotations.names.registers import NameRegisters, NameWords
from transforms.annotations.names.runs import Word, find_runs, with_tail
from transforms.annotations.names.vote import Named, add_neighbours, vote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from transforms.annotations.model import ArticleText

_LOWER_WORD = re.compile(r"(?<![\w-])[a-zß-ÿ]+(?![\w-])")
_NO_WORDS = NameWords()
_LEAST_SPORT_WORDS = 3
"""Different words of sport in a text about it."""
_CLUB = 0.85
"""How sure it is that a place in a text about sport is its club where no word says where."""


def find_mentions(article: ArticleText, registers: NameRegisters) -> tuple[Mention, ...]:
    """Return the people, organisations and places that a text names, in order.

    A mention is the name without titles and articles; of a compound (*NAVO-top*) it is what
    names a body that a register of entities knows. In a language without a register only what
    the registers know, and full names of people, are found.
    """
    words = registers.words.get(article.language or "", _NO_WORDS)
    text, ministries = without_departments(article, words)
    runs = [
        with_tail(text, run, registers.tails)
        for run in find_runs(text, article.sentences)
        if not _is_opener(run, words)
    ]
    lower = set(_LOWER_WORD.findall(text))
    context = Context(registers, words, lower, _pairs(runs))
    pieces = [piece for run in runs for piece in cut_run(run, context)]
    starts = [sentence.start for sentence in article.sentences]
    for piece in pieces:
        floor, ceiling, _ = article.sentences[bisect_right(starts, piece.start) - 1]
        surroundings(text, piece, floor, ceiling, context)
    named = vote(pieces, context)
    add_neighbours(text, pieces, named)
    first = {run[0].text.lower() for run in runs if run[0].is_first}
    is_sport = len((lower | first) & words.sport_words) >= _LEAST_SPORT_WORDS
    clubs = registers.club_places if is_sport else frozenset()
    found = [mention for piece in pieces if (mention := _mention(piece, named, clubs))]
    return tuple(sorted((*ministries, *found), key=_place))


def _is_opener(run: list[Word], words: NameWords) -> bool:
    """Tell whether a run is no more than the first word of a sentence."""
    return len(run) == 1 and run[0].is_first and run[0].text.lower() in words.openers


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
