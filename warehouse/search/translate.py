"""From a query to what tantivy asks of its index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import TYPE_CHECKING

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
)
from knipsel.transforms.text.search.tokens import name_key
from knipsel.warehouse.search.index.opened import OpenIndex
from knipsel.warehouse.search.index.schema import WHOLE, exact_field, lemma_field

if TYPE_CHECKING:
    from tantivy import Query as Asked

MOST_BEGINNINGS = 2_000
"""Words that a star stands for: in 100,000 articles two letters begin fewer, one letter more."""
MOST_PHRASES = 4_000
"""Phrases that words with stars, or alternatives of NEAR, stand for."""
HEADLINE_WEIGHT = 2.0
"""How much more a word in a headline makes an article relevant."""


@dataclass(slots=True)
class Translator:
    """Translates queries for one index; says what was cut, and whether texts must be looked at.

    Where ``needs_texts`` is true, what is found is more than the query means, and each article
    has to be held against it.
    """

    index: OpenIndex
    needs_texts: bool = False
    cut: list[str] = field(default_factory=list)

    def translate(self, query: Query, zones: Sequence[str] = DEFAULT_ZONES) -> Asked:
        """Return what is to be asked."""
        return self._asked(query, tuple(zones), is_more=True)

    def _asked(self, query: Query, zones: tuple[str, ...], *, is_more: bool) -> Asked:
        """Return what finds all articles that a query finds, or, not ``is_more``, none besides."""
        from tantivy import Query as Asked

        match query:
            case Words() | Near():
                return self.leaf(query, zones, is_more=is_more)
            case Within(zone, inner):
                return self._asked(inner, (zone,), is_more=is_more)
            case Has():
                return self.name(query)
            case Or(parts):
                return _any_of([self._asked(one, zones, is_more=is_more) for one in parts])
            case Not(inner):
                one_refused = self._asked(inner, zones, is_more=not is_more)
                return _all_of([Asked.all_query()], [one_refused])
            case And(parts):
                refused = [
                    self._asked(one.inner, zones, is_more=not is_more)
                    for one in parts
                    if isinstance(one, Not)
                ]
                wanted = [
                    self._asked(one, zones, is_more=is_more)
                    for one in parts
                    if not isinstance(one, Not)
                ]
                return _all_of(wanted or [Asked.all_query()], refused)

    def leaf(self, leaf: Leaf, zones: Sequence[str], *, is_more: bool = True) -> Asked:
        """Return what finds words in any of some zones.

        Where that may be more than they mean and may not be, it is nothing.
        """
        from tantivy import Query as Asked

        others_need_texts, self.needs_texts = self.needs_texts, False
        found: list[Asked] = []
        for zone in zones:
            one = self._words(leaf, zone) if isinstance(leaf, Words) else self._near(leaf, zone)
            weighs = zone == "headline" and len(zones) > 1
            found.append(Asked.boost_query(one, HEADLINE_WEIGHT) if weighs else one)
        is_more_than_meant = self.needs_texts
        self.needs_texts |= others_need_texts
        if is_more_than_meant and not is_more:
            return Asked.empty_query()
        return _any_of(found)

    def name(self, asked: Has) -> Asked:
        """Return what finds articles with a name."""
        from tantivy import Query as Asked

        key, schema = name_key(asked.value), self.index.schema
        words = key.split("_")
        if asked.is_whole:
            found = Asked.term_query(schema, asked.facet, WHOLE + key)
        elif len(words) > 1:
            found = Asked.phrase_query(schema, asked.facet, list(words))
        else:
            found = Asked.term_query(schema, asked.facet, words[0])
        return Asked.const_score_query(found, 0.0)

    def beginnings(self, piece: Piece, zone: str) -> list[str]:
        """Return the words that a piece with a star stands for in a zone, bounded; says so."""
        searcher = self.index.searcher
        found = [
            word
            for word, _ in searcher.terms_with_prefix(
                exact_field(zone), piece.word, limit=MOST_BEGINNINGS + 1
            )
        ]
        if not piece.has_accents:
            there = (
                word
                for word in self.index.accented(piece.word)
                if not word.startswith(piece.word) and searcher.doc_freq(exact_field(zone), word)
            )
            found += islice(there, MOST_BEGINNINGS + 1)
        if len(found) > MOST_BEGINNINGS:
            self._say_cut(
                f"{piece} begins more than {MOST_BEGINNINGS:,} words; only these were looked for; "
                "with more letters before the star it finds all."
            )
        return found[:MOST_BEGINNINGS]

    def _say_cut(self, sentence: str) -> None:
        if sentence not in self.cut:
            self.cut.append(sentence)

    def _words(self, words: Words, zone: str) -> Asked:
        return _any_of(
            [
                self._row(field_name, options)
                for field_name, options in self._forms(words, zone)
                if all(options)
            ]
        )

    def _forms(self, words: Words, zone: str) -> Iterable[tuple[str, list[list[str]]]]:
        """Yield a field, and in it for each word what it may be: by language, or exactly."""
        has_star = any(piece.is_prefix for piece in words.pieces)
        if words.is_exact or (has_star and len(words.pieces) == 1):
            yield exact_field(zone), [self._exact(piece, zone) for piece in words.pieces]
            return
        if has_star:
            # The words before the last are lemmas and the last is exact: no field has both.
            self.needs_texts = True
            words = Words(words.pieces[:-1])
        for group in self.index.state.groups:
            yield lemma_field(zone), [[lemmas(group)[piece.word]] for piece in words.pieces]

    def _exact(self, piece: Piece, zone: str) -> list[str]:
        return self.beginnings(piece, zone) if piece.is_prefix else [piece.word]

    def _row(self, field_name: str, options: list[list[str]]) -> Asked:
        """Return what finds words side by side, each any of its options."""
        from tantivy import Query as Asked

        schema = self.index.schema
        if len(options) == 1:
            terms = options[0]
            if len(terms) == 1:
                return Asked.term_query(schema, field_name, terms[0])
            return Asked.term_set_query(schema, field_name, terms)
        if _ways(options) > MOST_PHRASES:
            self.needs_texts = True
            return _all_of([Asked.term_set_query(schema, field_name, one) for one in options])
        return _any_of(
            [Asked.phrase_query(schema, field_name, list(way)) for way in product(*options)]
        )

    def _near(self, near: Near, zone: str) -> Asked:
        from tantivy import Query as Asked

        pairs = self._pairs(near, zone)
        if pairs is not None:
            schema = self.index.schema
            return _any_of(
                [
                    Asked.phrase_query(schema, field_name, [one, other], near.distance)
                    for field_name, one, other in pairs
                ]
            )
        self.needs_texts = True
        return _all_of(
            [_any_of([self._words(one, zone) for one in operand]) for operand in near.operands]
        )

    def _pairs(self, near: Near, zone: str) -> list[tuple[str, str, str]] | None:
        """Return the pairs of words in one field that a NEAR stands for, in both orders.

        None where that is not all that it means: of more than two, of phrases, of a lemma and an
        exact word, or where one word may be both. The slop of tantivy is no distance but for two
        different words: then it is that between them, and the other order costs two more.
        """
        forms = [
            [form for words in operand for form in self._single(words, zone)]
            for operand in near.operands
        ]
        if len(forms) != 2 or any(None in one for one in forms):  # noqa: PLR2004 - a pair
            return None
        sides = [[form for form in one if form is not None] for one in forms]
        fields = {field_name for one in sides for field_name, _ in one}
        if len(fields) > 1 or set(sides[0]) & set(sides[1]):
            return None
        if 2 * len(sides[0]) * len(sides[1]) > MOST_PHRASES:
            return None
        return [
            (field_name, *pair)
            for (field_name, one), (_, other) in product(*sides)
            if one.partition(":")[0] == other.partition(":")[0] or ":" not in one
            for pair in ((one, other), (other, one))
        ]

    def _single(self, words: Words, zone: str) -> list[tuple[str, str] | None]:
        """Return the field and the term of each form of a single word; None for a phrase."""
        if len(words.pieces) > 1:
            return [None]
        return [
            (field_name, term)
            for field_name, (terms,) in self._forms(words, zone)
            for term in terms
        ]


def _ways(options: list[list[str]]) -> int:
    ways = 1
    for one in options:
        ways *= len(one)
    return ways


def _any_of(queries: list[Asked]) -> Asked:
    from tantivy import Occur
    from tantivy import Query as Asked

    if len(queries) == 1:
        return queries[0]
    if not queries:
        return Asked.empty_query()
    return Asked.boolean_query([(Occur.Should, one) for one in queries])


def _all_of(wanted: Sequence[Asked], refused: Sequence[Asked] = ()) -> Asked:
    from tantivy import Occur
    from tantivy import Query as Asked

    if len(wanted) == 1 and not refused:
        return wanted[0]
    return Asked.boolean_query(
        [(Occur.Must, one) for one in wanted] + [(Occur.MustNot, one) for one in refused]
    )
