"""Drawing a sample with known chances: the same seed draws the same, whatever the order of rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST_DRAWN = 5
"""Strata of which fewer would be drawn are merged: an interval of fewer says next to nothing."""
_FEWEST_OF_A_STRATUM = 2
"""What is drawn of a stratum at the least: of one row nobody can tell how much rows differ."""
SMALL = "others: "
"""How the name of merged strata begins."""
_LONGEST_NAME = 120
"""Characters of the name of a stratum."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of a table from which ``drawn`` of ``population`` rows are drawn, all as likely.

    ``parts`` are what was merged in it: its own name alone where nothing was.
    """

    name: str
    parts: tuple[str, ...]
    population: int
    drawn: int

    @property
    def chance(self) -> float:
        """The chance that a row has to be drawn."""
        return self.drawn / self.population


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row that was drawn, by its key, and the stratum that it was drawn from."""

    key: str
    stratum: Stratum


def draw(rows: Iterable[tuple[str, str]], count: int, seed: int) -> list[Drawn]:
    """Return ``count`` rows, all where there are fewer, in an order by chance.

    ``rows`` are keys, each once, with the name of the stratum. Whoever stops before the end of the
    list has a sample as well. Each key has a number of its own for a seed (permanent random
    numbers: Ohlsson 1995), so that rows that come or go change little.
    """
    ranked = sorted((_number(seed, key), key, name) for key, name in rows)
    strata = strata_of(Counter(name for _, _, name in ranked), count)
    of_part = {part: stratum for stratum in strata for part in stratum.parts}
    left = {stratum.name: stratum.drawn for stratum in strata}
    found = []
    for _, key, name in ranked:
        stratum = of_part[name]
        if left[stratum.name]:
            left[stratum.name] -= 1
            found.append(Drawn(key, stratum))
    return found


def _number(seed: int, key: str) -> bytes:
    return hashlib.blake2b(f"{seed}:{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def strata_of(sizes: Mapping[str, int], count: int) -> list[Stratum]:
    """Return the strata to draw ``count`` rows from: as many of each as its size deserves.

    Small ones are merged to one, which the names of its parts name.
    """
    rows = sum(sizes.values())
    count = min(count, rows)
    small = {name for name, size in sizes.items() if size * count < FEWEST_DRAWN * rows}
    merged = tuple(sorted(small, key=lambda name: (-sizes[name], name)))
    groups: dict[str, tuple[str, ...]] = {
        name: (name,) for name in sizes if len(small) == 1 or name not in small
    }
    if len(merged) > 1:
        groups[_named(merged)] = merged
    populations = {name: sum(sizes[part] for part in parts) for name, parts in groups.items()}
    shares = _allotted(populations, count)
    return [
        Stratum(name, groups[name], populations[name], shares[name])
        for name in sorted(populations, key=lambda name: (-populations[name], name))
    ]


def _named(parts: tuple[str, ...]) -> str:
    """Return the name of merged strata, which names as many of them as there is room for."""
    name = SMALL
    for place, part in enumerate(parts):
        more = f"{'; ' if place else ''}{part}"
        if len(name) + len(more) > _LONGEST_NAME:
            return f"{name}{'; ' if place else ''}and {len(parts) - place:,} more"
        name += more
    return name


def _allotted(populations: Mapping[str, int], count: int) -> dict[str, int]:
    """Return how many are drawn of each: in proportion, by largest remainders, two at the least."""
    rows = sum(populations.values())
    found = {name: size * count // rows for name, size in populations.items()}
    order = sorted(populations, key=lambda name: (-(populations[name] * count % rows), name))
    for name in order[: count - sum(found.values())]:
        found[name] += 1
    for name in sorted(populations):
        wanted = min(_FEWEST_OF_A_STRATUM, populations[name])
        richest = max(found, key=lambda one: (found[one], one))
        if found[name] < wanted and found[richest] > _FEWEST_OF_A_STRATUM:
            found[richest] -= wanted - found[name]
            found[name] = wanted
    return found
