"""Which lines of a page make its article, by how likely each is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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
