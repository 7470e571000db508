"""Which lines of a page make its article, by how likely each is of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LEAST_CERTAIN = 0.2
"""The surest line of an article has .9 and more; of a menu without one, less than .1."""
_LEAST_LIKELY = 0.05
"""Many lines that are next to impossible add up to a little, but are never worth taking."""
_DIGITS = 6
"""What lines are worth is rounded, since the last bits of a sum depend on the machine."""


def choose_lines(probabilities: Floats, sizes: Floats) -> NDArray[np.bool_]:
    """Return the lines that make the best article: those above the page's own threshold.

    ``sizes`` are the lines' words. The threshold is the one with the highest expected sum of
    precision and recall in words, as the probabilities have it; a page of which little is
    certain is read more generously so than with a fixed one. Where no line is likely there is
    no article.
    """
    if not len(probabilities) or probabilities.max() < _LEAST_CERTAIN:
        return np.zeros(len(probabilities), np.bool_)
    order = np.argsort(-probabilities, kind="stable")
    likely = np.cumsum((probabilities * sizes)[order])
    chosen = np.cumsum(sizes[order])
    total = max(float((probabilities * sizes).sum()), 1e-9)
    worth = np.round(likely / np.maximum(chosen, 1.0) + likely / total, _DIGITS)
    keep = np.zeros(len(order), np.bool_)
    keep[order[: int(np.argmax(worth)) + 1]] = True
    return keep & (probabilities >= _LEAST_LIKELY)


def expected_score(
    probabilities: Sequence[float], taken: Sequence[bool], sizes: Sequence[int]
) -> float | None:
    """Return the F1 in words that the taken lines are expected to have, None without a model.

    A line of which the model says that it is of the article with .9 counts for nine tenths of its
    words, where it was taken as where it was not.
    """
    if not probabilities or not any(taken):
        return None
    likely = [share * size for share, size in zip(probabilities, sizes, strict=True)]
    right = math.fsum(one for one, is_taken in zip(likely, taken, strict=True) if is_taken)
    words = sum(size for size, is_taken in zip(sizes, taken, strict=True) if is_taken)
    return round(2 * right / max(1.0, words + math.fsum(likely)), _DIGITS)
