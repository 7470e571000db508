"""Queries: what was understood of what a person typed, and how it is written.

``str(query)`` is the canonical form: parsing it gives an equal query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from knipsel.transforms.text.search.tokens import plain

ZONES = ("headline", "text", "quotations")
"""Where words are looked for: headlines, standfirst and body, or what is quoted in it."""
DEFAULT_ZONES = ("headline", "text")
FACETS = (
    "publisher",
    "language",
    "topic",
    "speaker",
    "author",
    "genre",
    "section",
    "completeness",
)
"""What an article has that can be asked for by name."""
OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})
DEFAULT_DISTANCE, FARTHEST = 10, 50
"""Words that may stand between those of a NEAR where nothing is said, and at most: more is most of
a paragraph, and AND says the same."""
MOST_OPERANDS = 6
"""Operands of a NEAR: which choice of so many is the nearest is tried out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a query in its exact form; with a star it stands for all that begin so."""

    word: str
    is_prefix: bool = False
    typed: str = field(default="", compare=False)

    @property
    def has_accents(self) -> bool:
        """Whether it was typed with accents, which count then."""
        return plain(self.word) != self.word

    def __str__(self) -> str:
        """Return it as typed, with its star."""
        return (self.typed or self.word) + "*" * self.is_prefix


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand side by side: by lemma, or exactly where they were in quotation marks.

    A word with a star is looked for in its exact form.
    """

    pieces: tuple[Piece, ...]
    is_exact: bool = False

    def __str__(self) -> str:
        """Return them as they are typed."""
        if self.is_exact:
            return f'"{" ".join(map(str, self.pieces))}"'
        text = "-".join(map(str, self.pieces))
        return text.lower() if text in OPERATORS else text


@dataclass(frozen=True, slots=True)
class Near:
    """Words with at most ``distance`` others between the first and the last of them.

    Each operand is one of several alternatives. Their order does not count.
    """

    operands: tuple[tuple[Words, ...], ...]
    distance: int = DEFAULT_DISTANCE

    def __str__(self) -> str:
        """Return it as ``NEAR(a (b OR c), 5)``."""
        parts = (
            str(one[0]) if len(one) == 1 else f"({' OR '.join(map(str, one))})"
            for one in self.operands
        )
        return f"NEAR({' '.join(parts)}, {self.distance})"


@dataclass(frozen=True, slots=True)
class Within:
    """A query that is asked of one zone only."""

    zone: str
    inner: Query

    def __str__(self) -> str:
        """Return it as ``headline:word``."""
        inner = str(self.inner)
        return f"{self.zone}:{inner if isinstance(self.inner, Words) else f'({inner})'}"


@dataclass(frozen=True, slots=True)
class Has:
    """What an article has, by name: ``publisher:"De Morgen"``.

    A ``whole`` name is meant where it was in quotation marks; else it is the name, or where nothing
    is called so a part of it.
    """

    facet: str
    value: str
    is_whole: bool = False

    def __str__(self) -> str:
        """Return it as it is typed."""
        if self.is_whole:
            return f'{self.facet}:"{self.value}"'
        return f"{self.facet}:{'_'.join(self.value.split())}"


@dataclass(frozen=True, slots=True)
class And:
    """All of several queries."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        """Return them side by side."""
        return " AND ".join(_bracketed(one) for one in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of several queries."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        """Return them divided by OR."""
        return " OR ".join(_bracketed(one) for one in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """All that a query does not find."""

    inner: Query

    def __str__(self) -> str:
        """Return it behind NOT."""
        return f"NOT {_bracketed(self.inner)}"


Query = Words | Near | Within | Has | And | Or | Not


def _bracketed(query: Query) -> str:
    return f"({query})" if isinstance(query, (And, Or)) else str(query)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood of a text, None where it is nothing, and in sentences what was not.

    Where nothing was typed, there is nothing to note either, and all articles are meant.
    """

    query: Query | None
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether something was typed, and nothing of it understood: that finds nothing."""
        return self.query is None and bool(self.notes)

    def __str__(self) -> str:
        """Return the query in its canonical form."""
        return "" if self.query is None else str(self.query)


Leaf = Words | Near
"""What stands in a text, at places."""


def names_in(query: Query | None, *, negated: bool = False) -> Iterator[Has]:
    """Yield the names in a query that an article may have; not those that must not be there."""
    match query:
        case Has():
            if not negated:
                yield query
        case Within(_, inner):
            yield from names_in(inner, negated=negated)
        case Not(inner):
            yield from names_in(inner, negated=not negated)
        case And(parts) | Or(parts):
            for part in parts:
                yield from names_in(part, negated=negated)


def leaves(
    query: Query | None, zones: tuple[str, ...] = DEFAULT_ZONES, *, negated: bool = False
) -> Iterator[tuple[Leaf, tuple[str, ...], bool]]:
    """Yield the words of a query, each with its zones, and whether it must not be there."""
    match query:
        case Words() | Near():
            yield query, zones, negated
        case Within(zone, inner):
            yield from leaves(inner, (zone,), negated=negated)
        case Not(inner):
            yield from leaves(inner, zones, negated=not negated)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, zones, negated=negated)
