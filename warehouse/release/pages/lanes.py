"""Lanes: a row for each name, all on one axis of time, so that they are compared at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knipsel.warehouse.release.pages.over_time import Counts, Row, all_of, in_few_periods, spread
from knipsel.warehouse.release.pages.plots import MOST_LABELS

WIDTH, LEFT, RIGHT, HEIGHT, GAP, BOTTOM = 760, 190, 54, 30, 8, 22
"""Of the drawing and of a lane, in units that scale with the page; names stand on the left."""

NARROWEST = 0.14
"""Of a lane's height, a bar of one among many: it still shows."""

NO_LINK: Callable[[str, str], str] = lambda _name, _period: ""  # noqa: E731 - a value with a type


@dataclass(frozen=True, slots=True)
class Cell:
    """What a lane has in a period: how many, and the heights of what is sure and what may be.

    A gap is a period without anything, between others that surely have something.
    """

    period: str
    surely: int
    possibly: int
    x: float
    sure_height: float
    maybe_height: float
    is_gap: bool
    link: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A name with its number in all, the height of its floor, and its periods with anything."""

    name: str
    number: int
    gaps: int
    floor: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes, to be drawn by the template ``lanes.html.jinja``; ``ticks`` are labels with places."""

    title: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[str, float], ...]
    bar: float
    height: int
    has_possible: bool
    is_by_year: bool
    width: int = WIDTH
    left: int = LEFT
    end: int = WIDTH - RIGHT


def lanes(
    title: str,
    rows: Sequence[Row],
    names: Mapping[str, int],
    link: Callable[[str, str], str] = NO_LINK,
    *,
    with_gaps: bool = False,
) -> Lanes | None:
    """Return the lanes of ``names``, which have their number in all; None where none has a date.

    ``rows`` have a ``name``, and what `spread` wants. Each lane is drawn to its own height, so
    that rare names show their course as well as frequent ones. ``with_gaps`` marks the periods
    without anything, where a name is expected in each.
    """
    rows = in_few_periods([row for row in rows if row["name"] in names])
    axis = all_of(spread(rows))
    if not axis:
        return None
    step = (WIDTH - LEFT - RIGHT) / len(axis)
    drawn = []
    for place, (name, number) in enumerate(names.items()):
        counts = spread(row for row in rows if row["name"] == name)
        floor = (place + 1) * (HEIGHT + GAP)
        cells = tuple(
            replace(cell, link=link(name, cell.period))
            for cell in _cells(counts, axis, step)
            if with_gaps or not cell.is_gap
        )
        gaps = sum(cell.is_gap for cell in cells)
        drawn.append(Lane(name, number, gaps, floor, cells))
    every = -(-len(axis) // MOST_LABELS)
    ticks = islice(enumerate(axis), 0, None, every)
    return Lanes(
        title,
        tuple(drawn),
        tuple((period, round(LEFT + step * (at + 0.5), 2)) for at, period in ticks),
        bar=round(step * 0.86, 2),
        height=len(drawn) * (HEIGHT + GAP) + BOTTOM,
        has_possible=any(cell.possibly for lane in drawn for cell in lane.cells),
        is_by_year=len(axis[0]) == len("2024"),
    )


def _cells(counts: Counts, axis: Sequence[str], step: float) -> Iterable[Cell]:
    sure = [period for period, (surely, _) in counts.items() if surely]
    top = max((sum(both) for both in counts.values()), default=1)
    for at, period in enumerate(axis):
        surely, possibly = counts.get(period, (0, 0))
        is_gap = bool(sure) and not surely + possibly and min(sure) < period < max(sure)
        if surely or possibly or is_gap:
            x = round(LEFT + step * (at + 0.07), 2)
            heights = (_height(surely, top), _height(possibly, top))
            yield Cell(period, surely, possibly, x, *heights, is_gap, "")


def _height(number: int, top: int) -> float:
    if not number:
        return 0
    return round(HEIGHT * max(number / top, NARROWEST) * (1 - NARROWEST), 2)
