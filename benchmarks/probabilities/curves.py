"""Draw how often values were right against how sure they were said to be, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SIDE, _MARGIN, _GAP = 220, 34, 20
_BANDS = 10
_LARGEST = 9.0
"""Radius of the point with the most values; areas are as their numbers."""
_LEAST = 5
"""Values of a band, fewer than which no share is drawn."""


@dataclass(frozen=True, slots=True)
class Point:
    """A band of values: how sure they were on average, how many were right, and how many."""

    stated: float
    right: float
    count: int


def points_of(likely: Floats, right: Floats) -> list[Point]:
    """Return a point for each tenth of certainty that holds enough values."""
    bands = np.minimum(_BANDS - 1, (likely * _BANDS + 1e-9).astype(int))
    masks = (bands == band for band in range(_BANDS))
    return [
        Point(float(likely[mask].mean()), float(right[mask].mean()), int(mask.sum()))
        for mask in masks
        if mask.sum() >= _LEAST
    ]


def drawing(panels: Sequence[tuple[str, Sequence[Point]]]) -> str:
    """Return an SVG with a panel for each field: stated certainty across, true share upwards."""
    width = len(panels) * (_SIDE + _MARGIN + _GAP)
    height = _SIDE + 2 * _MARGIN + 10
    said = "Share of values that were right, by how sure they were said to be"
    size = f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{said}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (title, points) in enumerate(panels):
        parts += _panel(_MARGIN + number * (_SIDE + _MARGIN + _GAP), title, points)
    return "\n".join((*parts, "</svg>", ""))


def _panel(left: int, title: str, points: Sequence[Point]) -> Iterator[str]:
    top, bottom = _MARGIN, _MARGIN + _SIDE
    yield f'<text x="{left}" y="{top - 10}" font-weight="bold">{title}</text>'
    yield f'<rect x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>'
    yield f'<path d="M{left} {bottom}L{left + _SIDE} {top}" stroke="#bbb" stroke-dasharray="4 3"/>'
    for share in (0.0, 0.5, 1.0):
        at = round(share * _SIDE)
        yield _text(left + at, bottom + 14, f"{share:g}")
        yield f'<text x="{left - 5}" y="{bottom - at + 4}" text-anchor="end">{share:g}</text>'
    middle = left + _SIDE // 2
    yield _text(middle, bottom + 28, "stated, with true share")
    most = max((point.count for point in points), default=1)
    for point in points:
        x, y = left + point.stated * _SIDE, bottom - point.right * _SIDE
        radius = max(2.0, _LARGEST * (point.count / most) ** 0.5)
        place = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
        yield f'<circle {place} fill="#2563a8" opacity=".7"/>'
        yield _text(round(x, 1), round(y - radius - 3, 1), str(point.count))


def _text(x: float, y: float, said: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle">{said}</text>'
