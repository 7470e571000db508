"""What may stand in a register, and how a file of one's own adds to it.

A shape checks a value that a person wrote, and merges it with what is there already: a list
grows, a table is merged key by key, of single values the own one counts. Wherever a table stands,
``replaces = true`` in it lets it take the place of the other one instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

REPLACES = "replaces"
_LISTED = 16
"""So many keys are named where one is unknown; of more, those that are nearest."""


class Shape(Protocol):
    """A value of a register: both methods raise ``ValueError("key: problem")``."""

    def check(self, key: str, value: object) -> None:
        """Raise where ``value`` cannot stand at ``key``."""
        ...

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return what two values make, both checked; ``base`` is None where there is none.

        With ``among_own`` both are a person's own, and neither goes before the other.
        """
        ...


def problem(key: str, said: str) -> ValueError:
    """Return the error that something is wrong at a key."""
    return ValueError(f"{key}: {said}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return what a person may have meant, as part of a sentence; empty where nothing is near."""
    close = get_close_matches(name, sorted(known), n=3)
    return f"; did you mean {' or '.join(close)}?" if close else ""


@dataclass(frozen=True, slots=True)
class Value:
    """A single value: the own one counts."""

    type: type | tuple[type, ...] = str
    what: str = "a string"

    def check(self, key: str, value: object) -> None:
        """Raise where the value is of another type; a truth value is no number."""
        types = self.type if isinstance(self.type, tuple) else (self.type,)
        is_truth = isinstance(value, bool) and bool not in types
        if is_truth or not isinstance(value, self.type):
            raise problem(key, f"must be {self.what}")

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return the own value; raise where two of one's own differ."""
        if among_own and base is not None and base != own:
            raise problem(key, f"is {base!r} in another file of your own")
        return own


TRUTH = Value(bool, "true or false")
NUMBER = Value((int, float), "a number")
IN_ORDER = Value(list, "a list")
"""A list whose places have a meaning: it is given whole or not at all."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words or phrases in one string: those of one's own come behind the others."""

    between: str = "\n"

    def check(self, key: str, value: object) -> None:
        """Raise where the value is no string."""
        if not isinstance(value, str):
            raise problem(key, "must be a string, with white space between words")

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return both as one string."""
        del key, among_own
        edges = self.between + " \n"
        lines = (line.strip() for line in own.strip(edges).splitlines())
        added = "\n".join(line for line in lines if line)
        return f"{base.strip(edges)}{self.between}{added}" if base else added


PHRASES = Words(" | ")


@dataclass(frozen=True, slots=True)
class Items:
    """A list of strings, or of lists of strings: those of one's own are put behind it."""

    def check(self, key: str, value: object) -> None:
        """Raise where the value is no such list."""
        if not isinstance(value, list) or not all(isinstance(one, str | list) for one in value):
            raise problem(key, "must be a list of strings")

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return both lists as one, nothing in it twice."""
        del key, among_own
        found = list(base or ())
        for one in own:
            if one not in found:
                found.append(one)
        return found


@dataclass(frozen=True, slots=True)
class Rows:
    """So many lists of strings, as of the twelve months: each of them grows."""

    count: int

    def check(self, key: str, value: object) -> None:
        """Raise where there are fewer lists or more."""
        if not isinstance(value, list) or len(value) != self.count:
            raise problem(key, f"must be {self.count} lists of names, empty where you have none")
        for row in value:
            Items().check(key, row)

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return the lists, each with those of one's own behind it."""
        del among_own
        rows = base or [[] for _ in own]
        return [Items().merged(key, *pair) for pair in zip(rows, own, strict=True)]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``keys`` are those that are known; any other that ``is_other`` has ``others``."""

    keys: Mapping[str, Shape] = field(default_factory=dict)
    others: Shape | None = None
    is_other: Callable[[str], bool] = bool

    def check(self, key: str, value: object) -> None:
        """Raise for the first key that nothing reads, or whose value is wrong."""
        if not isinstance(value, dict):
            raise problem(key, "must be a table")
        for name, inner in value.items():
            self._shape(key, name).check(_path(key, name), inner)

    def _shape(self, key: str, name: str) -> Shape:
        """Return the shape of a key; raise where nothing reads it."""
        if name == REPLACES:
            return TRUTH
        if name in self.keys:
            return self.keys[name]
        if self.others is not None and self.is_other(name):
            return self.others
        known = sorted(self.keys)
        listed = f"; known are {', '.join(known)}" if len(known) <= _LISTED else ""
        said = f"nothing reads it{nearest(name, known) or listed}"
        raise problem(_path(key, name), said)

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return both tables as one, key by key; the own one alone where it says so."""
        own = dict(own)
        if not among_own and own.pop(REPLACES, False):
            if base is None:
                raise problem(_path(key, REPLACES), "there is nothing to replace")
            base = None
        found = dict(base or {})
        for name, value in own.items():
            shape = self._shape(key, name)
            path = _path(key, name)
            found[name] = shape.merged(path, found.get(name), value, among_own=among_own)
        return found


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of tables, those of one's own behind the others.

    With ``by`` a table whose value there is that of another one is merged with it.
    """

    table: Table
    by: str | None = None

    def check(self, key: str, value: object) -> None:
        """Raise where the value is no list of such tables."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise problem(key, "must be a list of tables")
        for row in value:
            if self.by and not isinstance(row.get(self.by), str):
                raise problem(_path(key, self.by), "each entry must have one, a string")
            self.table.check(key, row)

    def merged(self, key: str, base: Any, own: Any, *, among_own: bool = False) -> Any:
        """Return all tables, each once."""
        found = list(base or ())
        places = {row[self.by]: place for place, row in enumerate(found)} if self.by else {}
        for row in own:
            place = places.get(row[self.by]) if self.by else None
            before = None if place is None else found[place]
            merged = self.table.merged(key, before, row, among_own=among_own)
            if place is None:
                found.append(merged)
            else:
                found[place] = merged
        return found


def _path(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
