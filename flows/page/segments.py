"""A text cut where stretches of it begin and end, so that they can be shown where they overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """A part of a text, in code points, and what stands there."""

    start: int
    end: int
    what: T


@dataclass(frozen=True, slots=True)
class Segment(Generic[T]):
    """A part of a text in which no stretch begins or ends; ``of`` are those that it is part of."""

    start: int
    text: str
    of: tuple[T, ...]


def segments(text: str, stretches: Iterable[Stretch[T]]) -> list[Segment[T]]:
    """Return a text in parts, in order, which join to it; empty stretches count for nothing.

    What reaches beyond the text is cut.
    """
    known = [one for one in stretches if one.start < one.end]
    edges = {0, len(text)}
    for one in known:
        edges.update(min(max(edge, 0), len(text)) for edge in (one.start, one.end))
    cuts = sorted(edges)
    return [
        Segment(start, text[start:end], _at(start, known))
        for start, end in itertools.pairwise(cuts)
    ]


def _at(start: int, stretches: Sequence[Stretch[T]]) -> tuple[T, ...]:
    return tuple(one.what for one in stretches if one.start <= start < one.end)
