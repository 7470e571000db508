"""What a query hits in an article: the meaning of the query language, word by word.

The index answers the same question for all articles at once; tests hold it against this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from knipsel.transforms.text.search.article import SearchedArticle, SearchedText
from knipsel.transforms.text.search.lemmas import lemmas
from knipsel.transforms.text.search.query import (
    DEFAULT_ZONES,
    And,
    Has,
    Leaf,
    Near,
    Not,
    Or,
    Piece,
    Query,
    Within,
    Words,
    leaves,
)
from knipsel.transforms.text.search.tokens import name_key, plain

Stretch = tuple[int, int]
"""The first and the last word of a hit, by their places in a text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A hit: the zone, which of its texts, and where in it, in code points."""

    zone: str
    part: int
    start: int
    end: int


@dataclass(slots=True)
class Reading:
    """An article that queries are asked of; its words are cut once."""

    article: SearchedArticle
    _texts: dict[str, tuple[SearchedText, ...]] = field(default_factory=dict)

    def texts(self, zone: str) -> tuple[SearchedText, ...]:
        """Return the texts of a zone."""
        if zone not in self._texts:
            self._texts[zone] = self.article.texts(zone)
        return self._texts[zone]

    def matches(self, query: Query, zones: Sequence[str] = DEFAULT_ZONES) -> bool:
        """Tell whether a query finds the article."""
        match query:
            case Words() | Near():
                return any(
                    True
                    for zone in zones
                    for text in self.texts(zone)
                    for _ in stretches(query, text, self.article.group)
                )
            case Within(zone, inner):
                return self.matches(inner, (zone,))
            case Has():
                return has(self.article.facets, query)
            case Not(inner):
                return not self.matches(inner, zones)
            case And(parts):
                return all(self.matches(part, zones) for part in parts)
            case Or(parts):
                return any(self.matches(part, zones) for part in parts)

    def hits(self, query: Query | None, zones: tuple[str, ...] = DEFAULT_ZONES) -> list[Place]:
        """Return where the words of a query stand, in order, each place once.

        What must not be there is none. Whether the article is found at all is not asked.
        """
        found = {
            place
            for leaf, where, is_negated in leaves(query, zones)
            if not is_negated
            for place in self._places(leaf, where)
        }
        order = {zone: at for at, zone in enumerate(zones)}
        return sorted(found, key=lambda one: (order.get(one.zone, 9), one.part, one.start, one.end))

    def _places(self, leaf: Leaf, zones: Sequence[str]) -> Iterator[Place]:
        for zone in zones:
            for part, text in enumerate(self.texts(zone)):
                spans = text.tokens.spans
                for first, last in stretches(leaf, text, self.article.group):
                    yield Place(zone, part, spans[first][0], spans[last][1])


def has(facets: Mapping[str, Sequence[str]], asked: Has) -> bool:
    """Tell whether an article has a name: the whole, or where it may be a part, its words."""
    wanted = name_key(asked.value)
    keys = [name_key(name) for name in facets.get(asked.facet, ())]
    if asked.facet == "language":
        keys += [key.partition("_")[0] for key in keys]
    if asked.is_whole:
        return wanted in keys
    return any(f"_{wanted}_" in f"_{key}_" for key in keys)


def stretches(leaf: Leaf, text: SearchedText, group: str) -> Iterator[Stretch]:
    """Yield where words, or words near each other, stand in a text."""
    if isinstance(leaf, Words):
        yield from _side_by_side(leaf, text, group)
        return
    operands = [
        sorted({one for words in alternatives for one in _side_by_side(words, text, group)})
        for alternatives in leaf.operands
    ]
    if all(operands):
        yield from sorted(set(_clumps(operands, leaf.distance)))


def _side_by_side(words: Words, text: SearchedText, group: str) -> Iterator[Stretch]:
    first, rest = words.pieces[0], words.pieces[1:]
    for at in _occurrences(first, text, group, is_exact=words.is_exact):
        last = at + len(rest)
        if last < len(text.tokens.exact) and all(
            _is(piece, text, at + step, group, is_exact=words.is_exact)
            for step, piece in enumerate(rest, 1)
        ):
            yield at, last


def _occurrences(piece: Piece, text: SearchedText, group: str, *, is_exact: bool) -> Sequence[int]:
    if piece.is_prefix:
        return [at for at, word in enumerate(text.tokens.exact) if begins(word, piece)]
    wanted = piece.word if is_exact else lemmas(group)[piece.word]
    if wanted not in (text.known if is_exact else text.known_lemmas):
        return ()
    where = text.tokens.exact if is_exact else text.lemmas
    return [at for at, word in enumerate(where) if word == wanted]


def _is(piece: Piece, text: SearchedText, at: int, group: str, *, is_exact: bool) -> bool:
    if piece.is_prefix:
        return begins(text.tokens.exact[at], piece)
    if is_exact:
        return text.tokens.exact[at] == piece.word
    return text.lemmas[at] == lemmas(group)[piece.word]


def begins(word: str, piece: Piece) -> bool:
    """Tell whether a word begins as a piece with a star; accents count where it has some."""
    if word.startswith(piece.word):
        return True
    return not word.isascii() and not piece.has_accents and _plain(word).startswith(piece.word)


@lru_cache(1 << 16)
def _plain(word: str) -> str:
    return plain(word)


def _clumps(operands: Sequence[Sequence[Stretch]], distance: int) -> Iterator[Stretch]:
    """Yield from where to where one occurrence of each operand stands, none over another.

    Between the end of the one that begins first and the beginning of the one that begins last there
    are at most ``distance`` words.
    """
    for which, occurrences in enumerate(operands):
        others = [one for at, one in enumerate(operands) if at != which]
        for first in occurrences:
            within = [
                [one for one in other if first[1] < one[0] <= first[1] + distance + 1]
                for other in others
            ]
            if all(within):
                last = _furthest(within, first)
                if last is not None:
                    yield first[0], last


def _furthest(
    within: Sequence[Sequence[Stretch]], first: Stretch, taken: tuple[Stretch, ...] = ()
) -> int | None:
    """Return the end of the nearest choice of one each, none over another; None where none is."""
    if len(taken) == len(within):
        return max(one[1] for one in taken) if taken else first[1]
    for one in within[len(taken)]:
        if all(one[1] < other[0] or other[1] < one[0] for other in taken):
            found = _furthest(within, first, (*taken, one))
            if found is not None:
                return found
    return None
