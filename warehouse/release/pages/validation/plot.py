"""The trend over runs as a plot: SVG that stands in the page itself and loads nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

WIDTH, LEFT, RIGHT = 760, 70, 10
"""Of the drawing, in units that scale with the page."""

PANEL, TOP, GAP = 90, 26, 34
"""The height of a panel's bars, the room for its title above, and between two panels."""

WIDEST_BAR = 40
"""A single run is a bar, not a wall."""

ROOM_FOR_TIMES = 250
"""Two times stand side by side in no less."""

SHARE_STEPS = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Where the axis of shares may end."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """A part of the plot: its title, its parts from below upwards, and where its axis ends."""

    title: str
    parts: Sequence[tuple[str, Callable[[Row], float]]]
    top: float
    label: str


def share(row: Row) -> float:
    """Return the share of a group's new documents that was held back."""
    new = row["published"] + row["quarantined"]
    return float(row["quarantined"] / new) if new else 0.0


def when(row: Row) -> str:
    """Return when the runs of a group started."""
    if row["runs"] == 1:
        return str(row["first"])
    return f"{row['first']} to {row['last']} ({row['runs']} runs)"


def _nice(number: float) -> int:
    """Return the end of an axis for counts: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= number:
                return step * power
        power *= 10


def _count_panel(title: str, names: Sequence[tuple[str, str]], rows: Sequence[Row]) -> _Panel:
    """Return a panel of stacked counts."""
    top = _nice(max(sum(row[name] for name, _ in names) for row in rows))
    parts = [(style, lambda row, name=name: float(row[name])) for name, style in names]
    return _Panel(title, parts, top, f"{top:,}")


def _panels(rows: Sequence[Row]) -> list[_Panel]:
    """Return the panels, each with an axis of its own: few new files among many seen show."""
    most = max(map(share, rows))
    top = next(step for step in SHARE_STEPS if step >= most)
    return [
        _count_panel("Files seen", [("seen", "seen")], rows),
        _count_panel(
            "New documents: published, and above them held back",
            [("published", "published"), ("quarantined", "quarantined")],
            rows,
        ),
        _Panel(
            "Share of the new documents that was held back",
            [("quarantined", share)],
            top,
            f"{top:.0%}",
        ),
    ]


def _tip(row: Row) -> str:
    """Return what is shown where somebody points at a bar."""
    failures = f", {row['failures']:,} failed runs" if row["failures"] else ""
    return (
        f"{when(row)}: {row['seen']:,} files seen, {row['published']:,} published, "
        f"{row['quarantined']:,} held back ({share(row):.0%}){failures}"
    )


def _bars(panel: _Panel, rows: Sequence[Row], base: float) -> Iterator[str]:
    """Yield the bars of a panel that stands on the height ``base``."""
    step = _step(rows)
    for number, row in enumerate(rows):
        yield f"<g><title>{_tip(row)}</title>"
        reached = base
        for style, value in panel.parts:
            height = PANEL * value(row) / panel.top
            reached -= height
            yield (
                f'<rect class="{style}" x="{LEFT + number * step:.2f}" y="{reached:.2f}" '
                f'width="{step * 0.85:.2f}" height="{height:.2f}"/>'
            )
        if row["failures"]:
            middle = LEFT + (number + 0.425) * step
            yield f'<text class="failed" x="{middle:.2f}" y="{base + 10:.2f}">×</text>'
        yield "</g>"


def _frame(panel: _Panel, base: float) -> Iterator[str]:
    """Yield the title and the axis of a panel."""
    top = base - PANEL
    yield f'<text class="title" x="{LEFT}" y="{top - 8:.2f}">{panel.title}</text>'
    for height, label in ((top, panel.label), (base, "0")):
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.2f}" y2="{height:.2f}"/>'
        yield f'<text class="axis" x="{LEFT - 6}" y="{height + 4:.2f}">{label}</text>'


def _step(rows: Sequence[Row]) -> float:
    """Return the room for a bar."""
    return min((WIDTH - LEFT - RIGHT) / len(rows), WIDEST_BAR)


def _times(rows: Sequence[Row], y: float) -> Iterator[str]:
    """Yield when the first and the last bar are of; in one text where the bars are few."""
    first, last = rows[0]["first"], rows[-1]["last"]
    end = LEFT + len(rows) * _step(rows)
    if end - LEFT > ROOM_FOR_TIMES:
        yield f'<text x="{LEFT}" y="{y}">{first}</text>'
        yield f'<text class="end" x="{end:.2f}" y="{y}">{last}</text>'
    else:
        until = "" if first == last else f" to {last}"
        yield f'<text x="{LEFT}" y="{y}">{first}{until}</text>'


def trend_svg(rows: Sequence[Row]) -> str:
    """Return the plot of groups of runs, oldest first; empty where there is none.

    Only numbers and times of ``rows`` are drawn, so nothing in it needs escaping.
    """
    if not rows:
        return ""
    panels = _panels(rows)
    height = len(panels) * (TOP + PANEL + GAP)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="plot-title">',
        '<title id="plot-title">Files seen, documents published and held back, by run</title>',
    ]
    for number, panel in enumerate(panels):
        base = number * (TOP + PANEL + GAP) + TOP + PANEL
        parts += [*_frame(panel, base), *_bars(panel, rows, base)]
    parts += _times(rows, height - 4)
    return "\n".join([*parts, "</svg>"])
