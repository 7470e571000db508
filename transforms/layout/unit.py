"""A unit: what is judged as one, a paragraph, a heading, an item of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from knipsel.transforms.layout.wrapping import BULLET
from knipsel.transforms.text.offsets import Piece, source_stretch


class Unit(NamedTuple):
    """A stretch of the source, ``start:end``, that is one paragraph, heading or item.

    ``text`` is the source with its line ends undone. ``kind`` is what the format says it is
    (``heading``, ``caption``, ``headline``), None where it says nothing. ``reason`` is set where
    the reader knows that the unit is no part of an article, and says why. ``pieces`` say where
    in the source each part of ``text`` stands; without them it is the source verbatim. ``element``
    is the number of the element that the format calls an article, where the unit is in one;
    ``is_aside`` says whether it is in one that stands beside the text, ``linked`` which share of
    its characters is in links.
    """

    start: int
    end: int
    text: str
    is_bullet: bool = False
    after_blank: bool = True
    kind: str | None = None
    reason: str | None = None
    pieces: tuple[Piece, ...] = ()
    element: int | None = None
    is_aside: bool = False
    linked: float = 0.0

    def stretch(self, begin: int, end: int) -> tuple[int, int]:
        """Return where ``text[begin:end]`` stands in the source."""
        whole = (Piece(0, self.start, len(self.text)),)
        return source_stretch(self.pieces or whole, begin, end)

    def shifted(self, by: int) -> Unit:
        """Return the unit as it stands in a source that has ``by`` characters more before it."""
        pieces = tuple(replace(piece, start=piece.start + by) for piece in self.pieces)
        return self._replace(start=self.start + by, end=self.end + by, pieces=pieces)


def is_bullet(text: str) -> bool:
    """Say whether ``text`` begins with the sign of a list item."""
    return BULLET.match(text) is not None


def without_bullet(text: str) -> str:
    """Return ``text`` without the signs of a list item before it; numbers stay."""
    found = BULLET.match(text)
    return text if not found or found[0][0].isdigit() else text[found.end() :].lstrip()
