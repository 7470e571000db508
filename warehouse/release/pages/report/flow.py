"""The way of the files as a diagram: what came in on top, what is published below.

Beside each step stands what leaves there, as reviews of literature draw it (PRISMA).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

WIDTH, MAIN, SIDE_LEFT, SIDE = 760, 330, 410, 350
"""Of the drawing and its boxes, in units that scale with the page."""
LINE, PADDING, GAP = 17, 9, 24
"""The height of a line, the room in a box around its lines, and between two steps."""
MOST_REASONS = 6
"""Reasons that a box names; the rest are counted together."""


@dataclass(frozen=True, slots=True)
class Box:
    """Lines in a frame, the first of them strong, with where each is written."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A box with what leaves beside it, if anything does, and where the arrow down ends."""

    box: Box
    side: Box | None
    middle: float
    until: float | None


@dataclass(frozen=True, slots=True)
class Flow:
    """The diagram, to be drawn by the report's template."""

    steps: tuple[Step, ...]
    height: float
    centre: float = MAIN / 2
    main: int = MAIN
    side_left: int = SIDE_LEFT
    width: int = WIDTH


def flow(counts: Row, reasons: Sequence[Row]) -> Flow:
    """Return the diagram of how many files, documents and articles went which way."""
    rows = _rows(counts, reasons)
    steps = []
    y = 1.0
    for place, (lines, side) in enumerate(rows):
        height = max(_height(lines), _height(side) if side else 0)
        until = y + height + GAP if place + 1 < len(rows) else None
        box = _box(0.5, y, MAIN, lines)
        beside = _box(SIDE_LEFT, y, SIDE - 0.5, side) if side else None
        steps.append(Step(box, beside, y + min(box.height, height) / 2, until))
        y += height + GAP
    return Flow(tuple(steps), y - GAP + 1)


def _rows(counts: Row, reasons: Sequence[Row]) -> list[tuple[list[str], list[str]]]:
    again = counts["files"] - counts["documents"]
    read = counts["documents"] - counts["unread"]
    copies = counts["articles"] - counts["texts"]
    unread, held = ([one for one in reasons if one["is_unread"] is kind] for kind in (True, False))
    unreadable = (counts["unread"], unread)
    retracted = [f"Retracted: {counts['retracted']:,}"] if counts["retracted"] else []
    return [
        (
            [f"Files seen: {counts['files']:,}"],
            [f"Seen before, the same bytes: {again:,}"] if again else [],
        ),
        *(
            [([f"Different files: {counts['documents']:,}"], _left("Not readable", *unreadable))]
            if counts["unread"]
            else []
        ),
        (
            [f"{'Files' if counts['unread'] else 'Different files, all'} read: {read:,}"],
            _left("Held back by a check", counts["held_back"], held) + retracted,
        ),
        ([f"Files published: {counts['published']:,}"], []),
        (
            [f"Articles in them: {counts['articles']:,}"],
            [f"Copies of another article: {copies:,}"] if copies else [],
        ),
        ([f"Texts, each counted once: {counts['texts']:,}"], []),
    ]


def _left(what: str, number: int, reasons: Sequence[Row]) -> list[str]:
    """Return the lines on what leaves: how many, and why; a file may have several reasons."""
    if not number:
        return []
    named = [f"{one['rule'].replace('_', ' ')}: {one['documents']:,}" for one in reasons]
    more = len(named) - MOST_REASONS
    rest = [f"and {more} more reasons"] if more > 0 else []
    return [f"{what}: {number:,}", *named[:MOST_REASONS], *rest]


def _height(lines: Sequence[str]) -> float:
    return len(lines) * LINE + 2 * PADDING


def _box(x: float, y: float, width: float, lines: Sequence[str]) -> Box:
    written = tuple((line, y + PADDING + LINE * (at + 0.75)) for at, line in enumerate(lines))
    return Box(x, y, width, _height(lines), written)
