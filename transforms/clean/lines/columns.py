"""The lines of a page in columns: their characters, words and repeats, counted all at once.

A page has hundreds of lines and each some hundred features; computed line by line in plain
Python they would take longer than everything else together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from knipsel.transforms.text.words import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    Indexes = NDArray[np.int64]
    Keys = NDArray[np.uint64]
    Kinds = NDArray[np.uint8]

_LAST_CODE = 0x32000
"""Code points from here on are rare enough to count as no class at all."""
_CLASSES = (
    "letter",
    "upper",
    "lower",
    "ascii_letter",
    "digit",
    "punctuation",
    "symbol",
    "bracket",
    "dash",
    "unspaced",
    "unspaced_letter",
    "word",
    "terminal",
    "comma",
    "quote",
    "separator",
    "colon",
    "slash",
    "closer",
    "space",
    "shown",
)
_CATEGORIES = {
    "letter": ("Lu", "Ll", "Lt", "Lm", "Lo"),
    "upper": ("Lu", "Lt"),
    "digit": ("Nd", "Nl", "No"),
    "punctuation": ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
    "bracket": ("Ps", "Pe"),
    "dash": ("Pd",),
    "symbol": ("Sm", "Sc", "Sk", "So"),
}
"""Classes by Unicode's general categories."""
_ASCII = 128
_SIGNS = {
    "terminal": ".!?…。！？؟।",
    "comma": ",;、，؛،；",
    "quote": "\"'’‘“”„«»「」『』",
    "separator": "|»·•>›/",
    "colon": ":：",
    "slash": "/",
    "closer": "\"'’”»“)]*¹ 」』）",
}
_OPENING = 12
"""Characters with which lines of a kind begin alike."""
_MOST_CLOSERS = 4
"""Closing marks that stand behind one another: `.”)` and a sign of a note."""
_FACTORS = np.random.RandomState(2022).randint(0, 2**63, 512, np.uint64) * 2 + 1
"""What makes a key of characters, and of words, depend on their order: the old generator, since
its numbers are promised to stay the same."""


@cache
def _kinds() -> tuple[Kinds, NDArray[np.float64]]:
    """Return the kind of each code point, and the classes that each kind is in, a row for each.

    Characters that are in the same classes are of one kind; there are a few dozen kinds.
    """
    inside = _classes("".join(map(chr, range(_LAST_CODE + 1))))
    marks = np.zeros(_LAST_CODE + 1, np.int64)
    for index, name in enumerate(_CLASSES):
        marks |= inside[name].astype(np.int64) << index
    marks[_LAST_CODE] = 0
    distinct, kinds = np.unique(marks, return_inverse=True)
    rows = distinct[:, None] >> np.arange(len(_CLASSES)) & 1
    return kinds.astype(np.uint8), rows.astype(np.float64)


@cache
def _members(name: str) -> NDArray[np.float64]:
    """Return for each kind 1 where it is in a class, else 0."""
    return np.ascontiguousarray(_kinds()[1][:, _CLASSES.index(name)])


def _classes(characters: str) -> dict[str, NDArray[np.bool_]]:
    """Say for each class which of the characters, in the order of their codes, are in it."""
    codes = np.arange(len(characters))
    category = np.array(list(map(unicodedata.category, characters)))
    inside = {name: np.isin(category, within) for name, within in _CATEGORIES.items()}
    inside |= {name: np.isin(codes, [ord(one) for one in signs]) for name, signs in _SIGNS.items()}
    inside["ascii_letter"] = inside["letter"] & (codes < _ASCII)
    inside["lower"] = inside["letter"] & _each(str.islower, characters)
    inside["word"] = _each(str.isalnum, characters) | (codes == ord("_"))
    inside["space"] = _each(str.isspace, characters)
    inside["shown"] = _each(str.isprintable, characters) & ~inside["space"]
    written = [(codes >= first) & (codes <= last) for first, last in UNSPACED]
    inside["unspaced"] = np.logical_or.reduce(written)
    inside["unspaced_letter"] = inside["letter"] & inside["unspaced"]
    return inside


def _each(test: Callable[[str], bool], characters: str) -> NDArray[np.bool_]:
    return np.fromiter(map(test, characters), np.bool_, len(characters))


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of a page by their kinds, and where its lines begin and end.

    Each line ends behind the line end that was put after it.
    """

    kinds: Kinds
    starts: Indexes
    ends: Indexes

    def of(self, name: str) -> NDArray[np.bool_]:
        """Say of each character whether it is in a class."""
        inside: NDArray[np.bool_] = (_members(name) > 0)[self.kinds]
        return inside

    def counts(self) -> NDArray[np.float64]:
        """Return how many characters of each class each line has."""
        rows = _kinds()[1]
        line = np.repeat(np.arange(len(self.ends)) * len(rows), self.ends - self.starts)
        cells = np.bincount(line + self.kinds, minlength=len(self.ends) * len(rows))
        found: NDArray[np.float64] = cells.reshape(len(self.ends), len(rows)) @ rows
        return found

    def tokens(self) -> Column:
        """Return how many stretches without white space each line has."""
        is_space = self.of("space")
        begins = np.flatnonzero(is_space[:-1] & ~is_space[1:]) + 1
        count = np.diff(np.searchsorted(begins, self.ends), prepend=0)
        count[:1] += ~is_space[:1]
        return count.astype(np.float64)

    def before_closers(self) -> Indexes:
        """Return the place of the last character of each line that closes nothing."""
        closer = self.of("closer")
        place = self.ends - 2
        for _ in range(_MOST_CLOSERS):
            place = place - (closer[place] & (place > self.starts))
        return place


def _characters(joined: str, lengths: Indexes) -> _Characters:
    codes = _codes(joined)
    ends = np.cumsum(lengths + 1)
    return _Characters(_kinds()[0][np.minimum(codes, _LAST_CODE)], ends - lengths - 1, ends)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in order: the line of each, its length, its place in the line.

    A word is known by its key, a number that is the same for the same word in lower case on
    every page: the words themselves would take longer to cut out than all else. ``masked``
    holds the keys of the words without their digits, ``begins`` the kind of the first character.
    """

    line: Indexes
    place: Indexes
    length: Indexes
    keys: Keys
    masked: Keys
    begins: Kinds

    def numbered(self) -> tuple[Indexes, int]:
        """Return a number for each word, the same for the same word, and how many there are."""
        distinct, numbers = np.unique(self.keys, return_inverse=True)
        return numbers, len(distinct)

    def among(self, listed: frozenset[str]) -> NDArray[np.bool_]:
        """Say of each word whether it is one of ``listed``."""
        known = _keys_of(listed)
        if not len(known):
            return np.zeros(len(self.keys), np.bool_)
        near = np.searchsorted(known, self.keys).clip(max=len(known) - 1)
        found: NDArray[np.bool_] = known[near] == self.keys
        return found

    def at(self, place: int, lines: int) -> Keys:
        """Return the masked keys of the words at ``place`` of each line, 0 where there is none.

        Places count from 0, or from the end as -1, -2.
        """
        edges = np.searchsorted(self.line, np.arange(lines + 1), side="left")
        index = place + (edges[:-1] if place >= 0 else edges[1:])
        found = (index >= edges[:-1]) & (index < edges[1:])
        keys = np.zeros(lines, np.uint64)
        keys[found] = self.masked[index[found]]
        return keys

    def shared_runs(self, rows: Indexes, most: int) -> Iterator[NDArray[np.int64]]:
        """Yield the lines, of those in ``rows``, that share a run of three words, for each run.

        Lines are given by their places in ``rows``, which is in order; runs that more than
        ``most`` lines have tell nothing and are left out.
        """
        inside = np.isin(self.line, rows)
        line, keys = np.searchsorted(rows, self.line[inside]), self.keys[inside]
        whole = line[:-2] == line[2:]
        runs = (keys[:-2] + _FACTORS[0] * keys[1:-1] + _FACTORS[1] * keys[2:])[whole]
        order = np.argsort(runs, kind="stable")
        runs, line = runs[order], line[:-2][whole][order]
        again = runs[1:] == runs[:-1]
        edges = np.flatnonzero(np.diff(again, prepend=False, append=False))
        for begin, end in edges.reshape(-1, 2).tolist():
            group = np.unique(line[begin : end + 1])
            if 1 < len(group) <= most:
                yield group

    def first(self) -> tuple[Indexes, Kinds]:
        """Return the lines that have a word, and the kinds that their first words begin with."""
        first = np.flatnonzero(self.place == 0)
        return self.line[first], self.begins[first]


@lru_cache(maxsize=4)
def _keys_of(words: frozenset[str]) -> Keys:
    joined = "\n".join((*sorted(words), ""))
    lengths = np.fromiter(map(len, sorted(words)), np.int64, len(words))
    return np.unique(_find_words(_codes(joined), _characters(joined, lengths)).keys)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page, none of them empty, with what was counted in them.

    ``counts`` holds for each class of characters how many a line has, ``tokens`` how many
    stretches without white space.
    """

    texts: tuple[str, ...]
    length: Column
    tokens: Column
    counts: dict[str, Column]
    words: Words
    openings: Keys
    """A key for the characters that each line begins with."""
    first: Kinds
    last: Kinds
    last_before_closers: Kinds
    """The kinds of the first character of each line, of the last, and of the last one before
    closing quotation marks and brackets."""

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.texts)

    def row_keys(self, words: Keys) -> Keys:
        """Return a key for each line, the same for lines of the same ``words`` in their order.

        ``words`` are keys of all words. Lines of signs alone are all the same.
        """
        keys = np.zeros(len(self), np.uint64)
        np.add.at(keys, self.words.line, words * _FACTORS[self.words.place % len(_FACTORS)])
        return keys

    def weight(self) -> Column:
        """Return the lines' words as `knipsel.transforms.text.words.weight` has them."""
        return self.tokens + self.counts["unspaced"] // 2

    def per_line(
        self, weights: Column | None = None, words: NDArray[np.bool_] | None = None
    ) -> Column:
        """Return for each line the sum of ``weights`` over its words, or how many it has."""
        lines = self.words.line if words is None else self.words.line[words]
        kept = weights if words is None or weights is None else weights[words]
        return np.bincount(lines, weights=kept, minlength=len(self)).astype(np.float64)


def in_class(kinds: Kinds, name: str) -> Column:
    """Say of characters, given by their kinds, whether they are of the class named: 1 or 0."""
    found: Column = _members(name)[kinds]
    return found


def count_lines(texts: Sequence[str]) -> Lines:
    """Count the characters and words of the lines of a page."""
    rows = tuple(text.replace("\n", " ") for text in texts)
    joined = "\n".join((*rows, ""))
    codes = _codes(_lower(joined))
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    characters = _characters(joined, lengths)
    counts = characters.counts()
    return Lines(
        texts=rows,
        length=lengths.astype(np.float64),
        tokens=characters.tokens(),
        counts={name: counts[:, index] for index, name in enumerate(_CLASSES)},
        words=_find_words(codes, characters),
        openings=_openings(codes, characters),
        first=characters.kinds[characters.starts],
        last=characters.kinds[characters.ends - 2],
        last_before_closers=characters.kinds[characters.before_closers()],
    )


def _find_words(lower: NDArray[np.uint32], characters: _Characters) -> Words:
    is_word = characters.of("word")
    edges = np.flatnonzero(np.diff(is_word, prepend=False, append=False))
    starts, stops = edges[::2], edges[1::2]
    line = np.searchsorted(characters.ends, starts, side="right")
    first = np.searchsorted(line, line, side="left")
    length = stops - starts
    codes = lower[is_word].astype(np.uint64)
    begins = np.cumsum(length) - length
    place = np.arange(len(codes)) - np.repeat(begins, length)
    terms = (codes + np.uint64(1)) * _FACTORS[place % len(_FACTORS)]
    without_digits = np.where(characters.of("digit")[is_word], np.uint64(0), terms)
    return Words(
        line=line,
        place=np.arange(len(line)) - first,
        length=length,
        keys=_sums(terms, begins),
        masked=_sums(without_digits, begins),
        begins=characters.kinds[starts],
    )


def _openings(lower: NDArray[np.uint32], characters: _Characters) -> Keys:
    index = characters.starts[:, None] + np.arange(_OPENING)
    inside = index < characters.ends[:, None] - 1
    codes = lower[np.minimum(index, len(lower) - 1)].astype(np.uint64) if len(lower) else index
    return np.asarray((codes * inside * _FACTORS[:_OPENING]).sum(axis=1), np.uint64)


def _sums(terms: Keys, begins: Indexes) -> Keys:
    return np.add.reduceat(terms, begins) if len(begins) else np.zeros(0, np.uint64)


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _lower(text: str) -> str:
    """Return ``text`` in lower case, each character by itself so that none moves."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one := character.lower()) == 1 else character for character in text)


def repeats(keys: NDArray[Any]) -> Column:
    """Return how often each key occurs among all."""
    _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: Column = counts[numbers].astype(np.float64)
    return found


def occurrences(keys: NDArray[Any]) -> Column:
    """Return which occurrence of its key each one is, counted from 1."""
    _, numbers = np.unique(keys, return_inverse=True)
    order = np.argsort(numbers, kind="stable")
    ranked = numbers[order]
    found = np.zeros(len(keys))
    found[order] = np.arange(len(keys)) - np.searchsorted(ranked, ranked, side="left") + 1
    return found


def lines_with(pattern: re.Pattern[str], texts: Sequence[str], among: NDArray[np.bool_]) -> Column:
    """Say of each line ``among`` whether the pattern is found in it, which no line end matches."""
    rows = np.flatnonzero(among)
    sought = [texts[row] for row in rows.tolist()]
    ends = np.cumsum([len(text) + 1 for text in sought])
    found = [match.start() for match in pattern.finditer("\n".join(sought))]
    column = np.zeros(len(texts))
    column[rows[np.searchsorted(ends, found, side="right")]] = 1
    return column
