"""Which languages the ASCII words of a text are in: what its other letters are to fit."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from knipsel.transforms.registers.files.letters import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from knipsel.transforms.registers.files.letters import Letters

_PLACES = {letter: place for place, letter in enumerate(f"{BOUNDARY}abcdefghijklmnopqrstuvwxyz")}
"""The first rows and columns in the pairs of every language in Latin letters."""
_WEIGHT = 0.5
"""Letters beside each other are not independent: what they say of the language counts half."""
_MOST_WORDS = 300
"""Different words that are looked at: a tenth of them would do for most languages."""


class PlainWords:
    """Tells how likely ASCII words are in each language in Latin letters."""

    def __init__(self, letters: Letters) -> None:
        """Take the letters of all languages."""
        latin = [one for one in letters.values() if one.script == "Latin"]
        size = len(_PLACES)
        self._languages = [one.language for one in latin]
        self._pairs = np.stack(
            [
                np.frombuffer(one.pairs, np.uint8).reshape(len(one.rows), -1)[:size, :size]
                for one in latin
            ],
            axis=-1,
        ).astype(np.int64)
        self._seen: dict[str, NDArray[np.int64]] = {}

    def scores(self, words: Mapping[str, int]) -> dict[str, int]:
        """Return the logarithms by language, 0 for the likeliest; words are in small letters."""
        total = np.zeros(len(self._languages), np.int64)
        for word, count in islice(words.items(), _MOST_WORDS):
            total += count * self._score(word)
        total -= total.max()
        return dict(zip(self._languages, (total * _WEIGHT).astype(int).tolist(), strict=True))

    def _score(self, word: str) -> NDArray[np.int64]:
        if word not in self._seen:
            places = [_PLACES[one] for one in f"{BOUNDARY}{word}{BOUNDARY}"]
            firsts, seconds = zip(*pairwise(places), strict=True)
            self._seen[word] = self._pairs[list(firsts), list(seconds)].sum(axis=0)
        return self._seen[word]
