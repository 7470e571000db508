"""Outlets that no register lists, as suggestions for one: what a person looks over.

Names that differ in case, article, legal form or domain are one suggestion. What looks like an
outlet of the register, by its host, an edition or a place behind the name or a slip of the pen, is
suggested as another spelling of that one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.registers.lines.outlets import Outlet, OutletRegister

_ALIKE, _FEWEST_LETTERS = 0.9, 8
"""How alike two names are of which one is the other misspelt, by difflib; and letters of one at
least, since of short names one letter makes another: *The Sun*, *The Star*."""


class Published(NamedTuple):
    """That so many articles have an outlet by this name, a host and a language.

    ``example`` is one of them, the first by its identifier, ``method`` and ``evidence`` are how the
    outlet was found there and what stands there.
    """

    name: str
    host: str | None
    language: str | None
    articles: int
    example: str
    method: str | None = None
    evidence: str | None = None


@dataclass(slots=True)
class Suggestion:
    """An outlet that no register lists, or another spelling of one that it does: ``alias_of``."""

    name: str
    articles: int
    spellings: tuple[str, ...]
    hosts: tuple[str, ...]
    alias_of: str | None
    language: str | None
    example: str
    method: str | None
    evidence: str | None
    also: tuple[str, ...] = field(default=())
    """The spellings that a register needs beside the name: case makes none."""


def suggestions(published: Iterable[Published], outlets: OutletRegister) -> list[Suggestion]:
    """Return the outlets that the register does not list, those with the most articles first.

    A host that several suggestions have tells none of them, and is of none.
    """
    groups: dict[str, list[Published]] = {}
    for one in published:
        if outlets.name_of(one.name) is None:
            groups.setdefault(outlets.names.key(one.name) or fold(one.name), []).append(one)
    known = _Known(outlets)
    found = [_suggestion(rows, known) for rows in groups.values()]
    shared = Counter(host for one in found for host in one.hosts)
    for suggestion in found:
        suggestion.hosts = tuple(host for host in suggestion.hosts if shared[host] == 1)
    return sorted(found, key=lambda one: (-one.articles, one.name))


def _suggestion(rows: Sequence[Published], known: _Known) -> Suggestion:
    counts: Counter[str] = Counter()
    for one in rows:
        counts[one.name] += one.articles
    names = sorted(counts, key=lambda name: (-counts[name], name))
    hosts = sorted({one.host.removeprefix("www.") for one in rows if one.host})
    alias_of = known.like(names, hosts)
    name = names[0]
    example = min((one for one in rows if one.name == name), key=lambda one: one.example)
    others = {fold(one): one for one in reversed(names)}
    if alias_of is None:
        del others[fold(name)]
    return Suggestion(
        name,
        counts.total(),
        tuple(names),
        tuple(host for host in hosts if not known.has_host(host)),
        alias_of,
        _most_common(rows),
        example.example,
        example.method,
        example.evidence,
        tuple(sorted(others.values())),
    )


def _most_common(rows: Iterable[Published]) -> str | None:
    languages: Counter[str] = Counter()
    for one in rows:
        if one.language:
            languages[one.language.partition("-")[0]] += one.articles
    return min(languages, key=lambda code: (-languages[code], code)) if languages else None


class _Known:
    """The outlets of the register, by what names of one have in common."""

    def __init__(self, outlets: OutletRegister) -> None:
        self._outlets = outlets
        spellings = outlets.by_spelling.items()
        self._by_key: dict[str, Outlet] = {}
        for spelling, outlet in spellings:
            self._by_key.setdefault(outlets.names.key(spelling), outlet)

    def has_host(self, host: str) -> bool:
        """Say whether the register has a host, or the domain that it is in."""
        return self._outlets.of_host(host) is not None

    def like(self, names: Iterable[str], hosts: Iterable[str]) -> str | None:
        """Return the name of the outlet that one of the names or hosts seems to be of."""
        for name in names:
            outlet = self._by_key.get(self._outlets.names.key(name)) or self._edition(name)
            if outlet:
                return outlet.name
        on_hosts = {outlet.name for host in hosts if (outlet := self._outlets.of_host(host))}
        if len(on_hosts) == 1:
            return on_hosts.pop()
        return next(filter(None, map(self._misspelt, names)), None)

    def _edition(self, name: str) -> Outlet | None:
        """Return the outlet of a name with an edition or a place behind it."""
        listed = self._outlets.name_of(self._outlets.name_in(name))
        if listed:
            return self._outlets.by_name[listed]
        words = name.split()
        for count in range(len(words) - 1, 0, -1):
            outlet = self._outlets.by_spelling.get(fold(" ".join(words[:count])))
            if outlet:
                places = self._outlets.places.get(outlet.country, frozenset())
                behind = fold(" ".join(words[count:]))
                return outlet if behind in places | self._outlets.editions else None
        return None

    def _misspelt(self, name: str) -> str | None:
        key = self._outlets.names.key(name)
        if len(key) < _FEWEST_LETTERS:
            return None
        near = get_close_matches(key, self._by_key, 1, _ALIKE)
        return self._by_key[near[0]].name if near else None


def by_outlet(found: Iterable[Suggestion]) -> Iterator[tuple[str, list[Suggestion]]]:
    """Yield the name of each entry that a register needs, with the suggestions for it."""
    entries: dict[str, list[Suggestion]] = {}
    for one in found:
        entries.setdefault(one.alias_of or one.name, []).append(one)
    yield from entries.items()
