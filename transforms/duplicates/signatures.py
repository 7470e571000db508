"""Signatures: the keys by which texts that may be duplicates find each other.

Two kinds, for two kinds of likeness. *Bands* of MinHash values (Broder 1997; here rensa's)
find texts that share much of all they say, however small the pieces. *Passages*, chosen by
winnowing (Schleimer, Wilkerson and Aiken 2003), find a stretch of text that two have in
common however long the rest of either is: a teaser in its article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rensa import RMinHash

from knipsel.transforms.duplicates.hashing import Rows, combined, hash_words, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from knipsel.transforms.duplicates.settings import DuplicateSettings

_PASSAGE = np.uint64(1)
_SEED = 0
"""Any would do; signatures of different seeds do not fit together."""


class Keys(NamedTuple):
    """The keys of several texts, a row for each: all columns have the same length.

    ``text`` counts the texts from 0, ``key`` is a signed 64-bit hash whose lowest bit tells the
    two kinds apart, as ``is_passage`` does; ``passages`` is the number of passages of the text.
    """

    text: NDArray[np.int64]
    key: NDArray[np.int64]
    is_passage: NDArray[np.bool_]
    passages: NDArray[np.int64]


def sign(texts: Sequence[str], settings: DuplicateSettings) -> Keys:
    """Return the keys of texts; each text has some of both kinds, and none of them twice."""
    words = hash_words(texts, settings.telling_letters)
    bands = _bands(windows(words, settings.shingle_words), settings)
    owners, passages = _passages(windows(words, settings.passage_words), settings)
    counts = np.bincount(owners, minlength=len(texts)).astype(np.int64)
    text = np.concatenate([np.repeat(np.arange(len(texts)), settings.bands), owners])
    return Keys(
        text,
        np.concatenate([bands & ~_PASSAGE, passages]).view(np.int64),
        np.arange(len(text)) >= len(bands),
        counts[text],
    )


def _bands(shingles: Rows, settings: DuplicateSettings) -> NDArray[np.uint64]:
    """Return a hash of each band of each text's MinHash signature, text by text."""
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles.values, shingles.bounds.astype(np.uint64), settings.permutations, _SEED
    )
    values = np.array(matrix.to_rows(), dtype=np.uint64).reshape(-1, settings.band_rows)
    number = np.arange(len(values), dtype=np.uint64) % np.uint64(settings.bands)
    return combined([number, *values.T])


def _passages(
    passages: Rows, settings: DuplicateSettings
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return the passages that stand for each text, each once: the text's number, the hash."""
    owners = np.repeat(np.arange(len(passages.lengths)), passages.lengths)
    is_short = (passages.lengths <= settings.passage_window)[owners]
    least = _sliding_minimum(passages.values, settings.passage_window)
    firsts = owners[: len(least)]
    is_within = firsts == owners[len(owners) - len(least) :]
    is_within &= ~is_short[: len(least)]
    # Windows side by side mostly have the same minimum.
    is_within[1:] &= ~is_within[:-1] | (least[1:] != least[:-1])
    chosen = np.concatenate([passages.values[is_short], least[is_within]])
    return _distinct(np.concatenate([owners[is_short], firsts[is_within]]), chosen | _PASSAGE)


def _sliding_minimum(values: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """Return the least of each run of ``size`` values, or none where there are fewer."""
    if len(values) < size:
        return values[:0]
    least, width = values, 1
    while 2 * width <= size:
        least, width = np.minimum(least[:-width], least[width:]), 2 * width
    rest = size - width
    return np.minimum(least[: len(least) - rest], least[rest:])


def _distinct(
    owners: NDArray[np.int64], values: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return pairs of numbers sorted, each once."""
    order = np.lexsort((values, owners))
    owners, values = owners[order], values[order]
    is_first = np.ones(len(values), dtype=bool)
    is_first[1:] = (owners[1:] != owners[:-1]) | (values[1:] != values[:-1])
    return owners[is_first], values[is_first]
