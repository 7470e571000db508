"""The lines of a page in columns: their characters, words and repeats, counted all at once.

A page has hundreds of lines and each some hundred features; computed line by line in plain
Python they would take longer than everything else together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    Indexes = NDArray[np.int64]
    Classes = NDArray[np.float64]

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
    "word",
    "terminal",
    "comma",
    "quote",
    "separator",
    "colon",
    "slash",
    "closer",
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
_UNSPACED = ((0x0E00, 0x0E7F), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_MOST_CLOSERS = 4
"""Closing marks that stand behind one another: `.”)` and a sign of a note."""
_DIGITS = re.compile(r"[0-9]+")


@cache
def _kinds() -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
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


def _classes(characters: str) -> dict[str, NDArray[np.bool_]]:
    """Say for each class which of the characters, in the order of their codes, are in it."""
    codes = np.arange(len(characters))
    category = np.array(list(map(unicodedata.category, characters)))
    inside = {name: np.isin(category, within) for name, within in _CATEGORIES.items()}
    inside |= {name: np.isin(codes, [ord(one) for one in signs]) for name, signs in _SIGNS.items()}
    inside["ascii_letter"] = inside["letter"] & (codes < _ASCII)
    inside["lower"] = inside["letter"] & _each(str.islower, characters)
    inside["word"] = _each(str.isalnum, characters) | (codes == ord("_"))
    written = [(codes >= first) & (codes <= last) for first, last in _UNSPACED]
    inside["unspaced"] = inside["letter"] & np.logical_or.reduce(written)
    return inside


def _each(test: Callable[[str], bool], characters: str) -> NDArray[np.bool_]:
    return np.fromiter(map(test, characters), np.bool_, len(characters))


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of a page by their kinds, and where its lines begin and end."""

    kinds: NDArray[np.uint8]
    starts: Indexes
    ends: Indexes

    def rows(self, places: Indexes) -> Classes:
        """Return the classes of the characters at ``places``."""
        found: Classes = _kinds()[1][self.kinds[places]]
        return found

    def of(self, name: str) -> NDArray[np.bool_]:
        """Say of each character whether it is in a class."""
        inside: NDArray[np.bool_] = (_kinds()[1][:, _CLASSES.index(name)] > 0)[self.kinds]
        return inside

    def counts(self) -> Classes:
        """Return how many characters of each class each line has."""
        rows = _kinds()[1]
        line = np.repeat(np.arange(len(self.ends)), self.ends - self.starts)
        cells = np.bincount(line * len(rows) + self.kinds, minlength=len(self.ends) * len(rows))
        found: Classes = cells.reshape(len(self.ends), len(rows)) @ rows
        return found

    def before_closers(self) -> Indexes:
        """Return the place of the last character of each line that closes nothing."""
        closer = self.of("closer")
        place = self.ends - 2
        for _ in range(_MOST_CLOSERS):
            place = place - (closer[place] & (place > self.starts))
        return place


def _characters(joined: str, lengths: Indexes) -> _Characters:
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(lengths + 1)
    return _Characters(_kinds()[0][np.minimum(codes, _LAST_CODE)], ends - lengths - 1, ends)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in order: the line of each, its number in ``distinct``, its length.

    ``begins`` holds the classes of the first character of each, a row for each word.
    """

    line: Indexes
    number: Indexes
    length: Indexes
    begins: Classes
    distinct: tuple[str, ...]

    def first_in(self, lines: int) -> Classes:
        """Return the classes that the first word of each line begins with, zeros without one."""
        rows = np.zeros((lines, len(_CLASSES)))
        found, index = np.unique(self.line, return_index=True)
        rows[found] = self.begins[index]
        return rows


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page, none of them empty, with what was counted in them.

    ``folded`` are the lines in lower case with single spaces, ``masked`` the same with each
    number a zero; ``counts`` holds for each class of characters how many a line has.
    """

    texts: tuple[str, ...]
    folded: tuple[str, ...]
    masked: tuple[str, ...]
    length: Column
    counts: dict[str, Column]
    words: Words
    first: Classes
    last: Classes
    last_before_closers: Classes
    """The classes of the first character of each line, of the last, and of the last one before
    closing quotation marks and brackets."""

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.texts)

    def per_line(
        self, weights: Column | None = None, words: NDArray[np.bool_] | None = None
    ) -> Column:
        """Return for each line the sum of ``weights`` over its words, or how many it has."""
        lines = self.words.line if words is None else self.words.line[words]
        kept = weights if words is None or weights is None else weights[words]
        return np.bincount(lines, weights=kept, minlength=len(self)).astype(np.float64)


def in_class(rows: Classes, name: str) -> Column:
    """Say of characters, given as rows of classes, whether they are of the one named."""
    return rows[:, _CLASSES.index(name)]


def count_lines(texts: Sequence[str]) -> Lines:
    """Count the characters and words of the lines of a page."""
    rows = tuple(text.replace("\n", " ") for text in texts)
    joined = "\n".join(rows) + "\n"
    lower = _lower(joined)
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    characters = _characters(joined, lengths)
    counts = characters.counts()
    folded = tuple(map(_single_spaces, lower[:-1].split("\n")))
    return Lines(
        texts=rows,
        folded=folded,
        masked=tuple(_DIGITS.sub("0", "\n".join(folded)).split("\n")),
        length=lengths.astype(np.float64),
        counts={name: counts[:, index] for index, name in enumerate(_CLASSES)},
        words=_find_words(lower, characters),
        first=characters.rows(characters.starts),
        last=characters.rows(characters.ends - 2),
        last_before_closers=characters.rows(characters.before_closers()),
    )


def _single_spaces(row: str) -> str:
    return row if row.isascii() and "  " not in row else " ".join(row.split())


def _find_words(lower: str, characters: _Characters) -> Words:
    edges = np.flatnonzero(np.diff(characters.of("word"), prepend=False, append=False))
    starts, stops = edges[::2], edges[1::2]
    words = [lower[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
    distinct = tuple(dict.fromkeys(words))
    numbers = {word: number for number, word in enumerate(distinct)}
    return Words(
        line=np.searchsorted(characters.ends, starts, side="right"),
        number=np.fromiter(map(numbers.__getitem__, words), np.int64, len(words)),
        length=stops - starts,
        begins=characters.rows(starts),
        distinct=distinct,
    )


def _lower(text: str) -> str:
    """Return ``text`` in lower case, each character by itself so that none moves."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one := character.lower()) == 1 else character for character in text)


def repeats(keys: Sequence[str]) -> Column:
    """Return how often each key occurs among all."""
    seen = Counter(keys)
    return np.fromiter(map(seen.__getitem__, keys), np.float64, len(keys))


def occurrences(keys: Sequence[str]) -> Column:
    """Return which occurrence of its key each one is, counted from 1."""
    seen: dict[str, int] = {}
    numbers = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        numbers.append(seen[key])
    return np.array(numbers, np.float64)


def lines_with(pattern: re.Pattern[str], texts: Sequence[str]) -> Column:
    """Say of each line whether the pattern, which matches within a line, is found in it."""
    ends = np.cumsum([len(text) + 1 for text in texts])
    found = [match.start() for match in pattern.finditer("\n".join(texts))]
    column = np.zeros(len(texts))
    column[np.searchsorted(ends, found, side="right")] = 1
    return column
