"""The values that candidates give for a field: who gives each, and who gives another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.describe.probability.page import DECLARED_WAYS
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from knipsel.transforms.describe.candidate import Candidate

BYLINES = frozenset({"byline", "signature"})
NAME_LINES = frozenset({"name_line", "author_line", "single_name", "handle"})
"""Lines that may be a byline, without a word that says so."""
PRINTED_WAYS = BYLINES | NAME_LINES | {"date_line", "posted_line", "opening_day"}
"""How a page tells people who wrote it, and when."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value with the candidates that give it; ``key`` is the same for equal ones."""

    key: Any
    candidates: tuple[Candidate, ...]
    methods: frozenset[str]

    @property
    def text(self) -> str:
        """The value as its first candidate has it."""
        return self.candidates[0].value

    @property
    def names(self) -> tuple[str, ...]:
        """The people whom an author names."""
        return self.candidates[0].names

    @property
    def is_declared(self) -> bool:
        """Whether the page tells it to machines."""
        return not self.methods.isdisjoint(DECLARED_WAYS)

    @property
    def is_printed(self) -> bool:
        """Whether the page tells it to people."""
        return not self.methods.isdisjoint(PRINTED_WAYS)


def key_of(one: Candidate) -> Hashable:
    """Return what is the same for candidates that give the same value for a field."""
    if one.field == "author":
        return frozenset(map(fold, one.names))
    return fold(one.value) if one.field == "headline" else one.value


def values_of(candidates: Iterable[Candidate]) -> list[Value]:
    """Return the values that candidates for one field give, in the order of their first ones."""
    found: dict[Hashable, list[Candidate]] = {}
    for one in candidates:
        found.setdefault(key_of(one), []).append(one)
    return [
        Value(key, tuple(given), frozenset(one.method for one in given))
        for key, given in found.items()
    ]


def ways(value: Value, names: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """Return which ways of finding it a value was found in, by the names of the ways."""
    return {name: float(not value.methods.isdisjoint(methods)) for name, methods in names.items()}


def others_of(value: Value, values: Sequence[Value]) -> list[Value]:
    """Return the other values of the field."""
    return [other for other in values if other is not value]
