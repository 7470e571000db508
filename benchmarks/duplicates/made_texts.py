"""News made up for measuring duplicates: words as rare as in a language, some told twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

WORDS_OF_A_LANGUAGE = 30_000
WORDS = 430
"""Words of an article: with these words some 3,000 characters."""
RETOLD = 20
"""Every so manieth article is a version of the one before it, with a sentence of its own."""
_SYLLABLES = ("ba", "der", "ke", "lo", "ming", "nu", "ra", "sel", "ti", "vo")


def _vocabulary() -> list[str]:
    """Return words of one to five syllables, the rarer the longer."""
    words = []
    for rank in range(WORDS_OF_A_LANGUAGE):
        digits = [int(digit) for digit in str(rank)]
        words.append("".join(_SYLLABLES[digit] for digit in digits))
    return words


def made_texts(numbers: range) -> Iterator[str]:
    """Yield the text of each number; the same number gives the same text.

    Words are as frequent as Zipf's law has them.
    """
    words = _vocabulary()
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in numbers:
        is_retold = number % RETOLD == RETOLD - 1
        chance = random.Random(number - is_retold)
        chosen = chance.choices(words, cum_weights=weights, k=WORDS)
        if is_retold:
            chosen += random.Random(number).choices(words, cum_weights=weights, k=20)
        yield " ".join(chosen)
