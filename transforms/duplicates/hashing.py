"""Texts as rows of numbers: a hash for each word, and for each window of words.

Words are found and hashed in columns, for all texts at once: a word at a time takes four times
as long. Hashes depend on nothing but the words, so that those of other runs and machines fit.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from knipsel.transforms.text.words import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]

NUMBER, TELLING = np.uint64(1), np.uint64(2)
"""The lowest bits of a word's hash: whether it holds a digit, whether it is a telling word."""
_FLAGS = np.uint64(3)
_OTHER, _SEPARATOR, _LETTER, _DIGIT, _UNSPACED = range(5)
"""Kinds of characters: those above a separator are part of words. A separator parts words but
within a number; an unspaced character is a word by itself."""
_SEPARATORS = ".,"
_LAST_LISTED = 0x20000
"""From here on all that is assigned is Han, which is written without spaces."""
_PIECE = 1 << 18
"""Characters that are turned into numbers at a time: 20 MB of columns."""
# Odd constants that spread bits well: of the FNV hash, and of the finaliser of SplitMix64
# (Steele, Lea and Flood 2014).
_PRIME = np.uint64(0x100000001B3)
_INVERSE = np.uint64(pow(0x100000001B3, -1, 1 << 64))
_BASIS = np.uint64(0xCBF29CE484222325)
_MIX, _MIX_AGAIN = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


class Rows(NamedTuple):
    """Hashes of several texts in one array: text ``i`` has ``values[bounds[i]:bounds[i + 1]]``."""

    values: Hashes
    bounds: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many hashes each text has."""
        return np.diff(self.bounds)

    def of(self, index: int) -> Hashes:
        """Return the hashes of one text."""
        return self.values[self.bounds[index] : self.bounds[index + 1]]


def hash_words(texts: Sequence[str], telling_letters: int) -> Rows:
    """Return the hashes of the words of each text, in order.

    Letters are folded, numbers lose their separators; hyphens and apostrophes part words, since
    renderings differ in them. A word of ``telling_letters`` and more is marked as telling.
    """
    pieces = [(index, piece) for index, text in enumerate(texts) for piece in _pieces(text)]
    hashes: list[Hashes] = [np.zeros(0, dtype=np.uint64)]
    counts = np.zeros(len(texts), dtype=np.int64)
    for group in _groups(pieces):
        values, owners = _hash_pieces([piece for _, piece in group], telling_letters)
        hashes.append(values)
        of_text = np.array([index for index, _ in group], dtype=np.int64)[owners]
        counts += np.bincount(of_text, minlength=len(texts))
    return Rows(np.concatenate(hashes), _bounds(counts))


def _pieces(text: str) -> Iterator[str]:
    """Yield a text folded, in pieces that end between words wherever there is white space."""
    folded = unicodedata.normalize("NFC", text).casefold()
    start = 0
    while len(folded) - start > _PIECE:
        last = folded.rfind(" ", start + 1, start + _PIECE)
        end = last if last > 0 else start + _PIECE
        yield folded[start:end]
        start = end
    yield folded[start:]


def _groups(pieces: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Yield pieces in groups that are small enough to be held as columns."""
    group: list[tuple[int, str]] = []
    size = 0
    for piece in pieces:
        if group and size + len(piece[1]) > _PIECE:
            yield group
            group, size = [], 0
        group.append(piece)
        size += len(piece[1])
    if group:
        yield group


def _hash_pieces(pieces: Sequence[str], telling_letters: int) -> tuple[Hashes, Places]:
    """Return the hashes of the words of all pieces, and the number of each word's piece."""
    # A line feed parts the pieces, so that no word goes from one into the next.
    joined = "\n".join(pieces).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4").astype(np.uint32, copy=False)
    kinds = _kinds()[np.minimum(codes, _LAST_LISTED)]
    ends = np.cumsum(np.array([len(piece) + 1 for piece in pieces]))
    parting = _within_numbers(kinds)
    if len(parting):
        codes, kinds = np.delete(codes, parting), np.delete(kinds, parting)
        ends -= np.searchsorted(parting, ends)
    starts, stops = _word_bounds(kinds)
    hashes = _word_hashes(codes, np.flatnonzero(kinds == _DIGIT), starts, stops, telling_letters)
    return hashes, np.searchsorted(ends, starts, side="right")


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return the kind of each code point up to the last that is listed, which stands for more."""
    kinds = np.full(_LAST_LISTED + 1, _OTHER, dtype=np.uint8)
    for code in range(_LAST_LISTED):
        character = chr(code)
        if character.isdecimal():
            kinds[code] = _DIGIT
        elif character.isalnum() or unicodedata.category(character).startswith("M"):
            kinds[code] = _LETTER
    for first, last in UNSPACED:
        stretch = kinds[first : last + 1]
        stretch[stretch == _LETTER] = _UNSPACED
    kinds[[ord(separator) for separator in _SEPARATORS]] = _SEPARATOR
    kinds[_LAST_LISTED] = _UNSPACED
    return kinds


def _within_numbers(kinds: NDArray[np.uint8]) -> Places:
    """Return where separators stand between two digits."""
    places = np.flatnonzero(kinds == _SEPARATOR)
    places = places[(places > 0) & (places < len(kinds) - 1)]
    is_between: NDArray[np.bool_] = (kinds[places - 1] == _DIGIT) & (kinds[places + 1] == _DIGIT)
    return np.compress(is_between, places)


def _word_bounds(kinds: NDArray[np.uint8]) -> tuple[Places, Places]:
    """Return where words start and where they end, exclusive."""
    is_inside = np.zeros(len(kinds) + 2, dtype=bool)
    is_inside[1:-1] = kinds > _SEPARATOR
    edges = np.flatnonzero(is_inside[1:] != is_inside[:-1])
    starts, stops = edges[::2], edges[1::2]
    alone = np.flatnonzero(kinds == _UNSPACED)
    if not len(alone):
        return starts, stops
    return np.union1d(starts, _inner(alone, stops)), np.union1d(stops, _inner(alone, starts))


def _inner(alone: Places, edges: Places) -> Places:
    """Return where words meet at characters that are words by themselves, given other edges.

    Such a character begins a word and ends one; where a run of words ends, none begins.
    """
    meeting = np.union1d(alone, alone + 1)
    return np.setdiff1d(meeting, edges, assume_unique=True)


def _word_hashes(
    codes: NDArray[np.uint32], digits: Places, starts: Places, stops: Places, telling_letters: int
) -> Hashes:
    """Return the hash of each word: a polynomial in its characters, of which sums make any."""
    powers, inverses = _powers(_PRIME, len(codes)), _powers(_INVERSE, len(codes))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers, out=sums[1:])
    lengths = stops - starts
    values = (sums[stops] - sums[starts]) * inverses[starts] + lengths.astype(np.uint64)
    is_number = np.zeros(len(starts), dtype=bool)
    is_number[np.searchsorted(starts, digits, side="right") - 1] = True
    is_telling = ~is_number & (lengths >= telling_letters)
    return (mixed(values) & ~_FLAGS) | (is_number * NUMBER) | (is_telling * TELLING)


@cache
def _all_powers(base: np.uint64) -> Hashes:
    return np.cumprod(np.full(2 * _PIECE, base), dtype=np.uint64)


def _powers(base: np.uint64, count: int) -> Hashes:
    """Return the powers of a number from the first on, as they wrap around in 64 bits."""
    powers = _all_powers(base)
    return (
        powers[:count]
        if count <= len(powers)
        else np.cumprod(np.full(count, base), dtype=np.uint64)
    )


def mixed(values: Hashes) -> Hashes:
    """Return hashes whose every bit depends on every bit of those given."""
    values = (values ^ (values >> np.uint64(30))) * _MIX
    values = (values ^ (values >> np.uint64(27))) * _MIX_AGAIN
    return values ^ (values >> np.uint64(31))


def combined(columns: Sequence[Hashes]) -> Hashes:
    """Return one hash for each row of several columns of hashes; their order matters."""
    joined = np.full(len(columns[0]), _BASIS)
    for column in columns:
        joined = (joined ^ column) * _PRIME
        joined ^= joined >> np.uint64(32)
    return mixed(joined)


def windows(words: Rows, size: int) -> Rows:
    """Return the hashes of all runs of ``size`` words, in order; of a shorter text that of all."""
    words = _padded(words, size)
    count = max(0, len(words.values) - size + 1)
    joined = combined([words.values[start : start + count] for start in range(size)])
    is_whole = np.ones(count, dtype=bool)
    if count:
        # A run that begins among the last words of a text would end in the next one.
        across = (words.bounds[1:-1, None] - np.arange(1, size)).ravel()
        is_whole[across] = False
    return Rows(joined[is_whole], _bounds(words.lengths - size + 1))


def _padded(words: Rows, size: int) -> Rows:
    """Return rows in which no text has fewer than ``size`` words: zeros stand for the others."""
    lengths = words.lengths
    if not len(lengths) or lengths.min() >= size:
        return words
    bounds = _bounds(np.maximum(lengths, size))
    values = np.zeros(bounds[-1], dtype=np.uint64)
    places = np.arange(len(words.values)) + np.repeat(bounds[:-1] - words.bounds[:-1], lengths)
    values[places] = words.values
    return Rows(values, bounds)


def _bounds(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)])
