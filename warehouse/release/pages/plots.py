"""Plots as SVG in the page: nothing is loaded, and each mark is a link to what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT, TOP, HEIGHT, BOTTOM = 760, 46, 8, 10, 150, 26
"""Of a plot, in units that scale with the page."""

WIDEST_BAR = 26
MOST_LABELS = 12
LETTER = 6.2
"""About the width of a letter of a label."""
FEWEST_LETTERS = 7
"""Of a label, however narrow its bar: a month has as many."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, how many surely, how many more possibly, and where it leads."""

    label: str
    surely: int
    possibly: int
    link: str


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its places in the plot."""

    bar: Bar
    x: float
    width: float
    sure_y: float
    sure_height: float
    maybe_y: float
    maybe_height: float
    label_x: float
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class BarPlot:
    """A plot of bars, to be drawn by the template ``plot.html.jinja``."""

    title: str
    bars: tuple[DrawnBar, ...]
    top: int
    has_possible: bool
    label_room: int
    width: int = WIDTH
    height: int = TOP + HEIGHT + BOTTOM
    left: int = LEFT
    floor: int = TOP + HEIGHT
    ceiling: int = TOP


def bar_plot(title: str, bars: Sequence[Bar]) -> BarPlot:
    """Return where each bar is drawn: what is sure at the bottom, what is possible above it."""
    top = nice_end(max((bar.surely + bar.possibly for bar in bars), default=1))
    step = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    width = min(step * 0.86, WIDEST_BAR)
    every = -(-len(bars) // MOST_LABELS)
    drawn = (
        _drawn(bar, LEFT + step * number, step, width, top, is_labelled=number % every == 0)
        for number, bar in enumerate(bars)
    )
    has_possible = any(bar.possibly for bar in bars)
    room = max(int(step * every / LETTER), FEWEST_LETTERS)
    return BarPlot(title, tuple(drawn), top, has_possible, room)


def _drawn(
    bar: Bar, left: float, step: float, width: float, top: int, *, is_labelled: bool
) -> DrawnBar:
    sure, maybe = HEIGHT * bar.surely / top, HEIGHT * bar.possibly / top
    floor = TOP + HEIGHT
    return DrawnBar(
        bar,
        x=round(left + (step - width) / 2, 2),
        width=round(width, 2),
        sure_y=round(floor - sure, 2),
        sure_height=round(sure, 2),
        maybe_y=round(floor - sure - maybe, 2),
        maybe_height=round(maybe, 2),
        label_x=round(left + step / 2, 2),
        is_labelled=is_labelled,
    )


def nice_end(number: int) -> int:
    """Return the end of an axis for counts: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= number:
                return step * power
        power *= 10


def periods(first: str, last: str) -> list[str]:
    """Return all months from one to another, or years where these are years.

    A plot over time has a place for each, with nothing in it where there is nothing.
    """
    if len(first) == len("2024"):
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    begin, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(begin, end + 1)]
