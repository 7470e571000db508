"""Plain text: the source text is the decoded text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.units import text_units
from knipsel.transforms.read.source import Source
from knipsel.transforms.text.offsets import left_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.layout.units import TextUnits
    from knipsel.transforms.registers.model import Registers

_SHOWN_TITLE, _TITLE = 0.85, 0.6
"""How sure the title that a browser printed is the headline: where lines of the page are the same
it is surer than the line that looks like one."""


def read(source: Source, registers: Registers) -> Reading:
    """Read a plain text.

    A page number or running head in the midst of a paragraph lies within the paragraph's
    stretch of the source, so it is no removed span; a statement ``page_break`` says where it is.
    """
    laid_out = text_units(source.text, registers.layout)
    head = (*_printed_title(laid_out), *_page_breaks(laid_out.units, source.text))
    return Reading(source.text, (Section(tuple(laid_out.units), head=head),))


def _printed_title(laid_out: TextUnits) -> Iterator[HeadTag]:
    if laid_out.title:
        confidence = _SHOWN_TITLE if laid_out.shows_title else _TITLE
        yield HeadTag("headline", laid_out.title, "print_title", confidence)


def _page_breaks(units: Sequence[Unit], source: str) -> Iterator[HeadTag]:
    for unit in units:
        for start, end in left_out(unit.pieces, source):
            yield HeadTag("page_break", source[start:end], "layout", 1.0, start, end)
