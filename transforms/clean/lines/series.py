"""Series along the lines of a page: what is above and below each line, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from knipsel.transforms.clean.lines.columns import Column

    Mask = NDArray[np.bool_]

FAR = 100
"""Lines beyond which a distance tells nothing more."""


def faded(values: Column, decay: float) -> Column:
    """Return for each row the sum of the rows above, each fading with its distance."""
    total, sums = 0.0, []
    for value in values.tolist():
        sums.append(total)
        total = total * decay + value
    return np.array(sums)


def distances(masks: Mask) -> tuple[Column, Column]:
    """Return how far above and below each line the nearest line of each mask is.

    ``masks`` has a row for each mask, as have the two results; a distance is in lines.
    """
    count = masks.shape[1]
    index = np.arange(count, dtype=float)
    up, down = np.full(masks.shape, np.inf), np.full(masks.shape, np.inf)
    above = np.maximum.accumulate(np.where(masks, index, -np.inf), axis=1)
    below = np.minimum.accumulate(np.where(masks, index, np.inf)[:, ::-1], axis=1)[:, ::-1]
    up[:, 1:] = index[1:] - above[:, :-1]
    down[:, :-1] = below[:, 1:] - index[:-1]
    return np.minimum(up, FAR), np.minimum(down, FAR)


def counts_around(masks: Mask) -> tuple[Column, Column]:
    """Return how many lines of each mask are above and below each line, in logarithms."""
    total = np.cumsum(masks, axis=1)
    return np.log1p(total - masks), np.log1p(total[:, -1:] - total)


def best_sum(weights: Sequence[float]) -> tuple[int, int]:
    """Return the stretch with the highest sum (Kadane's method)."""
    best, found, total, begin = 0.0, (0, 0), 0.0, 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, begin = 0.0, index
        total += weight
        if total > best:
            best, found = total, (begin, index + 1)
    return found
