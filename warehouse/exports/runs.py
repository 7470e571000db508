"""Words in a row, by which a text is known: six of them, as digests that are quick to compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Runs = NDArray[np.uint64]

RUN_WORDS = 6
"""Words in a row that tell a text: fewer are common phrases and most names."""

_WORD = re.compile(r"\w+")
_MIX = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose powers spread the digests of words over 64 bits."""
_TEXTS_AT_ONCE = 2_000
_PARTS_HELD = 50


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, and no marks."""
    return _WORD.findall(text.casefold())


def runs_of(texts: Iterable[str]) -> Runs:
    """Return the digests of all runs of six words in some texts, none across two texts."""
    words: list[int] = []
    for text in texts:
        found = words_of(text)
        if len(found) >= RUN_WORDS:
            words += map(hash, found)
            words += [0] * RUN_WORDS  # so that no run goes on in the next text
    if not words:
        return np.empty(0, np.uint64)
    digests = np.array(words, np.int64).view(np.uint64)
    count = len(digests) - RUN_WORDS + 1
    runs = np.zeros(count, np.uint64)
    is_whole = np.ones(count, np.bool_)
    for place in range(RUN_WORDS):
        part = digests[place : place + count]
        runs = runs * _MIX + part
        is_whole &= part != 0
    return runs[is_whole]


def are_in(runs: Runs, known: Runs) -> NDArray[np.bool_]:
    """Tell of each digest whether it is among known ones, which are sorted."""
    places = np.minimum(np.searchsorted(known, runs), known.size - 1)
    found: NDArray[np.bool_] = known[places] == runs
    return found


def without(runs: Runs, others: Runs) -> Runs:
    """Return digests that are sorted without those that are among others."""
    if not runs.size or not others.size:
        return runs
    common = np.unique(others[are_in(others, runs)])
    return np.delete(runs, np.searchsorted(runs, common))


def union(parts: Iterable[Runs]) -> Runs:
    """Return all digests once; parts are joined as they come, so that copies take no room."""
    held: list[Runs] = []
    for part in parts:
        held.append(part)
        if len(held) > _PARTS_HELD:
            held = [np.unique(np.concatenate(held))]
    return np.unique(np.concatenate(held)) if held else np.empty(0, np.uint64)


def some_at_a_time(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in lists of some thousands."""
    rest = iter(texts)
    while some := list(islice(rest, _TEXTS_AT_ONCE)):
        yield some
