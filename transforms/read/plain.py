"""Plain text: the source text is the decoded text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.units import build_units
from knipsel.transforms.read.source import Source
from knipsel.transforms.text.offsets import left_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.model import Registers


def read(source: Source, registers: Registers) -> Reading:
    """Read a plain text.

    A page number or running head in the midst of a paragraph lies within the paragraph's
    stretch of the source, so it is no removed span; a statement ``page_break`` says where it is.
    """
    units = tuple(build_units(source.text, registers.layout))
    return Reading(source.text, (Section(units, head=tuple(_page_breaks(units, source.text))),))


def _page_breaks(units: Sequence[Unit], source: str) -> Iterator[HeadTag]:
    for unit in units:
        for start, end in left_out(unit.pieces, source):
            yield HeadTag("page_break", source[start:end], "layout", 1.0, start, end)
