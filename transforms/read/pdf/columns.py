"""The columns of a page and the order in which they are read.

A gutter is a place left of which and right of which stand lines over a stretch of the page.
What reaches over it (a title, a table, a wide picture's caption) divides that stretch; above
and below the columns are read one after the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from knipsel.transforms.read.pdf.fragments import rows
from knipsel.transforms.text.words import begins_upper, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.read.pdf.fragments import Fragment

    Row = list[Fragment]

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
    lines = list(rows(fragments))
    gutter = _best_gutter(lines, len(fragments)) if depth < _DEEPEST else None
    if gutter is None:
        return _with_last_column(lines) or ([list(fragments)] if fragments else [])
    ordered: list[list[Fragment]] = [[]]
    for left, right, crossing in _bands(lines, gutter):
        if _are_columns(left, right):
            ordered += [*regions(_flat(left), depth + 1), *regions(_flat(right), depth + 1), []]
        else:
            ordered[-1] += [*_flat(left), *_flat(right)]
        ordered[-1] += crossing
    return [region for region in ordered if region]


def _with_last_column(lines: Sequence[Row]) -> list[list[Fragment]] | None:
    """Divide a column from the one or few lines beside its top with which its text ends, if so.

    So few lines are a column only where the text goes on with them: it breaks off without an end,
    and they have one.
    """
    top = list(takewhile(lambda line: len(line) == 1, lines))
    below = lines[len(top) :]
    beside = list(takewhile(lambda line: len(line) > 1, below))
    left = [line[:-1] if at < len(beside) else line for at, line in enumerate(below)]
    right = [line[-1] for line in beside]
    if not 0 < len(right) < _FEWEST_LINES or any(len(line) != 1 for line in left):
        return None
    column = _flat(left)
    begin = min(one.left for one in right)
    is_level = max(one.left for one in right) - begin <= _ALIGNED
    is_free = all(one.right <= begin - _GUTTER * one.height for one in column)
    is_alike = all(abs(one.height - column[-1].height) < _ALIKE * one.height for one in right)
    if not (is_level and is_free and is_alike and _is_column(left)):
        return None
    goes_on = not ends_sentence(column[-1].text) and not begins_upper(right[0].text)
    is_end = goes_on and ends_sentence(right[-1].text)
    return [one for one in (_flat(top), column, right) if one] if is_end else None


def _flat(lines: Iterable[Row]) -> list[Fragment]:
    return [one for line in lines for one in line]


def _best_gutter(lines: Sequence[Row], count: int) -> float | None:
    """Return where the gutter stands that has the most lines beside it, or None."""
    if not 2 * _FEWEST_LINES <= count <= _MOST_FRAGMENTS:
        return None
    starts = Counter(round(one.left / _ALIGNED) for line in lines for one in line)
    near = {place: starts[place] + starts[place + 1] for place in starts}
    leftmost = min(starts)
    candidates = sorted(
        (place for place in near if place > leftmost + 1 and near[place] >= _FEWEST_LINES),
        key=lambda place: (-near[place], place),
    )[:_MOST_CANDIDATES]
    scores = {place: _score(lines, (place - 0.5) * _ALIGNED) for place in sorted(candidates)}
    best = max(scores, key=lambda place: (scores[place], -place), default=None)
    return None if best is None or not scores[best] else (best - 0.5) * _ALIGNED


def _score(lines: Sequence[Row], gutter: float) -> int:
    """Count the lines that have a line on the other side of the gutter."""
    bands = _bands(lines, gutter)
    return sum(min(len(left), len(right)) for left, right, _ in bands if _are_columns(left, right))


def _bands(lines: Iterable[Row], gutter: float) -> Iterator[tuple[list[Row], list[Row], Row]]:
    """Yield from top to bottom what stands left and right, and then what reaches over the gutter.

    A fragment reaches over it also where it comes too near to its other side, and with it what
    stands on its line, or alone under it: the short last line of a title.
    """
    left: list[Row] = []
    right: list[Row] = []
    crossing: Row = []
    lines = list(lines)
    beyond = sorted((one for line in lines for one in line if one.left >= gutter), key=_from_top)
    for line in lines:
        wide = [one for one in line if _crosses(one, gutter)]
        is_over = any(not _goes_on_beside(one, beyond) for one in wide)
        if is_over or (not wide and _ends_title(line, gutter, crossing)):
            crossing += line
            continue
        if crossing:
            yield left, right, crossing
            left, right, crossing = [], [], []
        for side, part in (
            (left, [one for one in line if one.left < gutter]),
            (right, [one for one in line if one.left >= gutter]),
        ):
            if part:
                side.append(part)
    yield left, right, crossing


def _crosses(one: Fragment, gutter: float) -> bool:
    return one.left < gutter and one.right > gutter - _GUTTER * one.height


def _goes_on_beside(wide: Fragment, beyond: Sequence[Fragment]) -> bool:
    """Say whether the other column goes on beside a line that reaches into it: a wide caption.

    ``beyond`` are the lines of that column from its top.
    """
    at = bisect_right(beyond, _from_top(wide), key=_from_top)
    if not 0 < at < len(beyond):
        return False
    above, below = beyond[at - 1], beyond[at]
    return above.bottom - below.bottom < _NEAR * max(above.height, below.height)


def _from_top(one: Fragment) -> float:
    return -one.bottom


def _ends_title(line: Row, gutter: float, above: Row) -> bool:
    """Say whether a line on one side is of the same paragraph as the one over both above it."""
    if not above or len({one.left < gutter for one in line}) > 1:
        return False
    height = above[-1].height
    is_near = above[-1].bottom - line[0].bottom < _NEAR * height
    return is_near and abs(height - line[0].height) < _ALIKE * height


def _are_columns(left: Sequence[Row], right: Sequence[Row]) -> bool:
    return _is_column(left) and _is_column(right)


def _is_column(side: Sequence[Row]) -> bool:
    if len(side) < _FEWEST_LINES:
        return False
    if sum(len(one.text) for line in side for one in line) < _FEWEST_CHARACTERS * len(side):
        return False
    places = Counter(round(line[0].left / _ALIGNED) for line in side)
    return max(places[at] + places[at + 1] for at in places) >= _ALIGNED_SHARE * len(side)
