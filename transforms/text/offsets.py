"""Where in the source each character of a repaired text stands.

A text whose line ends, hyphens or page breaks were undone is made of pieces: stretches of
the source, verbatim and in order, with spaces put between some of them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HYPHENS = "-\u00ad\u2010"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that text and source share: ``text[at : at + length]`` begins at ``start``."""

    at: int
    start: int
    length: int

    @property
    def end(self) -> int:
        """Where the stretch ends in the source."""
        return self.start + self.length


def join_pieces(parts: Iterable[tuple[str, int | None]]) -> tuple[str, tuple[Piece, ...]]:
    """Return the joined text of ``parts`` and its pieces.

    A part is a text with the place in the source where it stands, or with None where it stands
    nowhere, as a space put for a line's end does.
    """
    texts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for text, start in parts:
        if text and start is not None:
            pieces.append(Piece(at, start, len(text)))
        texts.append(text)
        at += len(text)
    return "".join(texts), tuple(pieces)


def source_stretch(pieces: Sequence[Piece], begin: int, end: int) -> tuple[int, int]:
    """Return where ``text[begin:end]`` stands in the source: from its first to its last piece.

    What stands nowhere in the source, such as a space that was put in, has the empty stretch
    behind the piece before it. There is at least one piece.
    """
    first = max(bisect_right(pieces, begin, key=attrgetter("at")) - 1, 0)
    if begin >= pieces[first].at + pieces[first].length and first + 1 < len(pieces):
        first += 1
    start = pieces[first].start + min(max(begin - pieces[first].at, 0), pieces[first].length)
    last = max(bisect_right(pieces, end - 1, key=attrgetter("at")) - 1, 0)
    stop = pieces[last].start + min(max(end - pieces[last].at, 0), pieces[last].length)
    return (start, stop) if start <= stop else (stop, stop)


def cut_pieces(pieces: Sequence[Piece], begin: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of ``text[begin:end]``, counted from its own beginning."""
    cut = (
        (max(piece.at, begin), min(piece.at + piece.length, end), piece)
        for piece in pieces
        if piece.at < end and piece.at + piece.length > begin
    )
    return tuple(
        Piece(low - begin, piece.start + low - piece.at, high - low) for low, high, piece in cut
    )


def left_out(pieces: Sequence[Piece], source: str) -> list[tuple[int, int]]:
    """Return the lines, or what there is of them, that stand between the pieces in the source.

    The line ends themselves and the hyphens before them are not among them.
    """
    found: list[tuple[int, int]] = []
    for above, below in pairwise(pieces):
        start = above.end + (source[above.end] in _HYPHENS)
        for line in source[start : below.start].splitlines(keepends=True):
            text = line.strip()
            if text:
                begin = start + line.index(text)
                found.append((begin, begin + len(text)))
            start += len(line)
    return found
