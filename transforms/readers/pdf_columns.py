"""The columns of a page and the order in which they are read.

A gutter is a place left of which and right of which stand lines over a stretch of the page.
What reaches over it (a title, a table, a wide picture's caption) divides that stretch; above
and below the columns are read one after the other.
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from transforms.readers.pdf_fragments import Fragment

_FEWEST_LINES = 3
"""Lines on both sides of a gutter; two next to each other may be a table's."""
_FEWEST_CHARACTERS = 10
"""Characters of a line in a column, on average; shorter ones are bullets or a table's cells."""
_GUTTER = 0.4
"""How wide a gutter is at least, in line heights."""
_ALIGNED = 3.0
"""Points within which lines of a column begin at the same place."""
_MOST_CANDIDATES = 24
_DEEPEST = 6
"""Columns within columns; more than six stand on no page."""


def regions(fragments: Sequence[Fragment], depth: int = 0) -> list[list[Fragment]]:
    """Divide the level fragments of a page into stretches of one column, in reading order."""
    gutter = _best_gutter(fragments) if depth < _DEEPEST else None
    if gutter is None:
        return [list(fragments)] if fragments else []
    ordered: list[list[Fragment]] = []
    open_region = False
    for left, right, crossing in _bands(fragments, gutter):
        if _are_columns(left, right):
            ordered += [*regions(left, depth + 1), *regions(right, depth + 1)]
            open_region = False
        elif open_region:
            ordered[-1] += [*left, *right]
        else:
            ordered.append([*left, *right])
            open_region = True
        if crossing:
            if not open_region:
                ordered.append([])
                open_region = True
            ordered[-1] += crossing
    return [region for region in ordered if region]


def _best_gutter(fragments: Sequence[Fragment]) -> float | None:
    """Return where the gutter stands that has the most lines beside it, or None."""
    if len(fragments) < 2 * _FEWEST_LINES:
        return None
    starts = Counter(round(one.left / _ALIGNED) for one in fragments)
    near = {place: starts[place] + starts[place + 1] for place in starts}
    leftmost = min(starts)
    candidates = sorted(
        (place for place in near if place > leftmost + 1 and near[place] >= _FEWEST_LINES),
        key=lambda place: (-near[place], place),
    )[:_MOST_CANDIDATES]
    scores = {place: _score(fragments, (place - 0.5) * _ALIGNED) for place in sorted(candidates)}
    best = max(scores, key=lambda place: (scores[place], -place), default=None)
    if best is None or not scores[best]:
        return None
    return (best - 0.5) * _ALIGNED


def _score(fragments: Sequence[Fragment], gutter: float) -> int:
    """Count the lines that have a line on the other side of the gutter."""
    return sum(
        min(_lines(left), _lines(right))
        for left, right, _ in _bands(fragments, gutter)
        if _are_columns(left, right)
    )


def _bands(
    fragments: Sequence[Fragment], gutter: float
) -> Iterator[tuple[list[Fragment], list[Fragment], list[Fragment]]]:
    """Yield from top to bottom what stands left and right, and then what reaches over the gutter.

    A fragment reaches over it also where it comes too near to its other side.
    """
    left: list[Fragment] = []
    right: list[Fragment] = []
    crossing: list[Fragment] = []
    for one in sorted(fragments, key=lambda one: (-one.middle, one.left)):
        is_right, is_left = one.left >= gutter, one.right <= gutter - _GUTTER * one.height
        if not (is_left or is_right):
            crossing.append(one)
            continue
        if crossing:
            yield left, right, crossing
            left, right, crossing = [], [], []
        (left if is_left else right).append(one)
    yield left, right, crossing


def _are_columns(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    return all(
        _lines(side) >= _FEWEST_LINES
        and sum(len(one.text) for one in side) >= _FEWEST_CHARACTERS * _lines(side)
        for side in (left, right)
    )


def _lines(fragments: Sequence[Fragment]) -> int:
    """Count lines: places at which fragments stand, half a line's height apart."""
    if not fragments:
        return 0
    step = max(median(one.height for one in fragments) / 2, 1.0)
    return len({round(one.middle / step) for one in fragments})
