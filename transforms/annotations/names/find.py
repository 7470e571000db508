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
from transforms.annotations.names.vote import Named, vote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from transforms.annotations.model import ArticleText

_LOWER_WORD = re.compile(r"(?<![\w-])[a-zß-ÿ]+(?![\w-])")
_NO_WORDS = NameWords()
_LEAST_SPORT_WORDS = 4
"""Different words of sport in a text about it."""
_CLUB = 0.85


def find_mentions(article: ArticleText, registers: NameRegisters) -> tuple[Mention, ...]:
    """Return the people, organisations and places that a text names, in order.

    A mention is the name without titles and articles; of a compound (*NAVO-top*) it is what
    names a body that a register of entities knows. In a language without a register only what
    the registers know, and full names of people, are found.
    """
    words = registers.words.get(article.language or "", _NO_WORDS)
    text, ministries = without_departments(article, words)
    runs = [with_tail(text, run, registers.tails) for run in find_runs(text, article.sentences)]
    lower = set(_LOWER_WORD.findall(text))
    context = Context(registers, words, lower, _pairs(runs))
    pieces = [piece for run in runs for piece in cut_run(run, context)]
    starts = [sentence.start for sentence in article.sentences]
    for piece in pieces:
        floor, ceiling, _ = article.sentences[bisect_right(starts, piece.start) - 1]
        surroundings(text, piece, floor, ceiling, words)
    named = vote(pieces, context)
    is_sport = len(lower & words.sport_words) >= _LEAST_SPORT_WORDS
    if is_sport:
        named |= _clubs(pieces, named, registers)
    found = [mention for piece in pieces if (mention := _mention(piece, named))]
    return tuple(sorted((*ministries, *found), key=_place))


def _place(mention: Mention) -> int:
    return mention.char_start


def _pairs(runs: list[list[Word]]) -> set[tuple[str, str]]:
    found = set()
    for words in runs:
        for left, right in pairwise(words):
            if not left.is_first:
                found.add((left.text, right.text))
    return found


def _mention(piece: Piece, named: Mapping[str, Named]) -> Mention | None:
    one = named.get(piece.text)
    if one is None or (piece.known and piece.known.kind == OTHER):
        return None
    place = piece.start, piece.end
    return Mention(*place, one.kind, one.name, one.entity, one.method, one.confidence)


def _clubs(
    pieces: list[Piece], named: Mapping[str, Named], registers: NameRegisters
) -> dict[str, Named]:
    """Return the places in a text about sport that are clubs: no word before one says where."""
    at_places = {piece.text for piece in pieces if piece.evidence[PLACE] > 0}
    return {
        text: Named("organisation", one.name, None, "rule", _CLUB)
        for text, one in named.items()
        if one.kind == "place" and text in registers.club_places and text not in at_places
    }
