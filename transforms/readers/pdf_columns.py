"""The columns of a page and the order in which they are read.

A gutter is a place left of which and right of which stand lines over a stretch of the page.
What reaches over it (a title, a table, a wide picture's caption) divides that stretch; above
and below the columns are read one after the other.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from transforms.readers.pdf_fragments import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from transforms.readers.pdf_fragments import Fragment

_FEWEST_LINES = 4
"""Lines on both sides of a gutter; fewer next to each other may be a table's, or words that
are set wide apart."""
_ALIGNED_SHARE = 0.6
"""Of the lines of a column, those that begin at one place: the others are set in."""
_FEWEST_CHARACTERS = 10
"""Characters of a line in a column, on average; shorter ones are bullets or a table's cells."""
_GUTTER = 0.4
"""How wide a gutter is at least, in line heights."""
_ALIGNED = 3.0
"""Points within which lines of a column begin at the same place."""
_NEAR, _ALIKE = 1.6, 0.1
"""In line heights, how near lines of one paragraph stand, and how much their heights differ."""
_MOST_CANDIDATES = 12
_MOST_FRAGMENTS = 10_000
"""Fragments of a page whose columns are sought; a newspaper's page has some two thousand."""
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
    if not 2 * _FEWEST_LINES <= len(fragments) <= _MOST_FRAGMENTS:
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
        min(len(list(rows(left))), len(list(rows(right))))
        for left, right, _ in _bands(fragments, gutter)
        if _are_columns(left, right)
    )


def _bands(
    fragments: Sequence[Fragment], gutter: float
) -> Iterator[tuple[list[Fragment], list[Fragment], list[Fragment]]]:
    """Yield from top to bottom what stands left and right, and then what reaches over the gutter.

    A fragment reaches over it also where it comes too near to its other side, and with it what
    stands on its line, or alone under it: the short last line of a title.
    """
    left: list[Fragment] = []
    right: list[Fragment] = []
    crossing: list[Fragment] = []
    for row in rows(fragments):
        if any(_crosses(one, gutter) for one in row) or _ends_title(row, gutter, crossing):
            crossing += row
            continue
        if crossing:
            yield left, right, crossing
            left, right, crossing = [], [], []
        left += [one for one in row if one.left < gutter]
        right += [one for one in row if one.left >= gutter]
    yield left, right, crossing


def _crosses(one: Fragment, gutter: float) -> bool:
    return one.left < gutter and one.right > gutter - _GUTTER * one.height


def _ends_title(row: Sequence[Fragment], gutter: float, above: Sequence[Fragment]) -> bool:
    """Say whether a line on one side is of the same paragraph as the one over both above it."""
    if not above or len({one.left < gutter for one in row}) > 1:
        return False
    height = above[-1].height
    is_near = above[-1].bottom - row[0].bottom < _NEAR * height
    return is_near and abs(height - row[0].height) < _ALIKE * height


def _are_columns(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    return _is_column(left) and _is_column(right)


def _is_column(side: Sequence[Fragment]) -> bool:
    firsts = [row[0] for row in rows(side)]
    if len(firsts) < _FEWEST_LINES:
        return False
    if sum(len(one.text) for one in side) < _FEWEST_CHARACTERS * len(firsts):
        return False
    places = Counter(round(one.left / _ALIGNED) for one in firsts)
    return max(places[at] + places[at + 1] for at in places) >= _ALIGNED_SHARE * len(firsts)
