"""Units cut at places in the source that lie within them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from knipsel.transforms.layout.unit import is_bullet
from knipsel.transforms.text.offsets import Piece, cut_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit


def cut_units(units: Iterable[Unit], places: Sequence[int], source: str) -> Iterator[Unit]:
    """Yield ``units``, each that has a place in it as those before and behind the place.

    ``places`` are sorted; what stands in the source between two units is white space, as before.
    """
    for unit in units:
        rest: Unit | None = unit
        first = bisect_right(places, unit.start)
        for place in places[first : bisect_right(places, unit.end - 1)]:
            if rest is None:
                break
            above, rest = _cut(rest, place, source)
            if above:
                yield above
        if rest:
            yield rest


def _cut(unit: Unit, place: int, source: str) -> tuple[Unit | None, Unit | None]:
    pieces = unit.pieces or (Piece(0, unit.start, len(unit.text)),)
    at = next(
        (piece.at + max(0, place - piece.start) for piece in pieces if piece.end > place),
        len(unit.text),
    )
    end = unit.start + len(source[unit.start : place].rstrip())
    rest = source[place : unit.end]
    start = place + len(rest) - len(rest.lstrip())
    return _stretch(unit, 0, at, unit.start, end), _stretch(unit, at, None, start, unit.end)


def _stretch(unit: Unit, begin: int, stop: int | None, start: int, end: int) -> Unit | None:
    """Return ``text[begin:stop]`` as the unit at ``start:end``; None where nothing stands there."""
    raw = unit.text[begin:stop]
    text = raw.strip()
    if start >= end:
        return None
    begin += len(raw) - len(raw.lstrip())
    whole = unit.pieces or (Piece(0, unit.start, len(unit.text)),)
    pieces = cut_pieces(whole, begin, begin + len(text))
    return unit._replace(start=start, end=end, text=text, is_bullet=is_bullet(text), pieces=pieces)
