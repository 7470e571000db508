"""Labels: which lines of a page are in its gold text, aligned in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|(?:(?![\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])\w)+"
)
RUN = 3
"""Words of a run by which a line is found in the gold text."""
MOST_PLACES = 50
"""A run that stands in more places than this tells nothing of where a line stands."""
CANDIDATES = 4
BLOCK = 4
"""Runs of a line whose places differ by no more than this are one place."""
LEAST_SHARE = 0.4
"""Share of a line's words that must stand at a place for the line to be there."""
SHORT_WEIGHT = 0.9
"""What a word of a very short line is worth: it stands anywhere by chance."""
SLACK = 2
"""Words by which two lines that follow each other may overlap in the gold text."""


def split_words(text: str) -> list[str]:
    """Return the words of a text; a Han, Kana or Thai character counts as one."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the gold text a line may stand, and how many of its words do."""

    line: int
    begin: int
    end: int
    worth: float


@dataclass(frozen=True, slots=True)
class _Step:
    """A place in a chain of places in order, with the worth of the chain up to it."""

    total: float
    before: int
    place: _Place


def align(lines: Sequence[Sequence[str]], gold: Sequence[str]) -> list[float]:
    """Return for each line, given as words, the share of its words that the gold text has.

    The lines found make the chain that has most words of the gold text in their order, so a
    teaser that repeats a sentence of the article is not taken for it.
    """
    steps, last = _chain(_places(lines, gold), len(gold))
    shares = [0.0] * len(lines)
    while last >= 0:
        step = steps[last]
        size = len(lines[step.place.line])
        full = size * (SHORT_WEIGHT if size < RUN else 1.0)
        shares[step.place.line] = min(1.0, step.place.worth / full)
        last = step.before
    return shares


def _places(lines: Sequence[Sequence[str]], gold: Sequence[str]) -> Iterator[_Place]:
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    singles: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(gold):
        singles[word].append(index)
        runs[tuple(gold[index : index + RUN])].append(index)
    for number, words in enumerate(lines):
        if len(words) >= RUN:
            yield from _long_places(number, words, gold, runs)
        elif words:
            found = [p for p in singles[words[0]] if list(gold[p : p + len(words)]) == list(words)]
            for place in found[:MOST_PLACES]:
                worth = len(words) * SHORT_WEIGHT
                yield _Place(number, place, place + len(words), worth)


def _long_places(
    number: int,
    words: Sequence[str],
    gold: Sequence[str],
    runs: dict[tuple[str, ...], list[int]],
) -> Iterator[_Place]:
    starts: dict[int, list[int]] = defaultdict(list)
    for offset in range(len(words) - RUN + 1):
        places = runs.get(tuple(words[offset : offset + RUN]), [])
        if len(places) <= MOST_PLACES:
            for place in places:
                starts[(place - offset) // BLOCK].append(place)
    have = Counter(words)
    for block in sorted(starts, key=lambda one: (-len(starts[one]), one))[:CANDIDATES]:
        begin, end = min(starts[block]), max(starts[block]) + RUN
        worth = sum((have & Counter(gold[begin:end])).values())
        if worth >= LEAST_SHARE * len(words):
            yield _Place(number, begin, end, float(worth))


def _chain(places: Iterator[_Place], size: int) -> tuple[list[_Step], int]:
    """Return the best chain's steps and the index of its last; a Fenwick tree over ends."""
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 2)
    steps: list[_Step] = []
    waiting: list[tuple[int, int]] = []
    line = -1
    for place in places:
        if place.line != line:
            _settle(tree, steps, waiting)
            line = place.line
        total, before = _best(tree, min(place.begin + SLACK, size + 1))
        steps.append(_Step(total + place.worth, before, place))
        waiting.append((place.end, len(steps) - 1))
    _settle(tree, steps, waiting)
    return steps, _best(tree, size + 1)[1]


def _settle(
    tree: list[tuple[float, int]], steps: Sequence[_Step], waiting: list[tuple[int, int]]
) -> None:
    """Enter the steps of one line, which cannot follow each other, into the tree."""
    for end, step in waiting:
        index = max(end, 1)
        while index < len(tree):
            tree[index] = max(tree[index], (steps[step].total, step), key=lambda one: one[0])
            index += index & -index
    waiting.clear()


def _best(tree: Sequence[tuple[float, int]], index: int) -> tuple[float, int]:
    best = (0.0, -1)
    while index > 0:
        best = max(best, tree[index], key=lambda one: one[0])
        index -= index & -index
    return best


def shingle_score(predicted: Sequence[str], gold: Sequence[str]) -> tuple[float, float]:
    """Return precision and recall over runs of four words, as extraction benchmarks score."""
    have, want = _shingles(predicted), _shingles(gold)
    shared = sum((have & want).values())
    return shared / max(sum(have.values()), 1), shared / max(sum(want.values()), 1)


def _shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))
