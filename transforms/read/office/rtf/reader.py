"""RTF: paragraphs in order; notes, headers and comments after them, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.layout import lay_out
from knipsel.transforms.read.properties import mark_title, property_tags
from knipsel.transforms.read.source import Source

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a Rich Text Format file (version 1.9.1 and before, as word processors write it).

    RTF does not mark headings; the title in its properties may tell the headline. Rejects a
    file that is cut off (``broken_rtf``).
    """
    from knipsel.transforms.read.office.rtf.parser import RtfError, parse_rtf  # with its tables

    try:
        parsed = parse_rtf(source.content)
    except RtfError as error:
        message = f"The RTF file {error}: save or export it again."
        return Rejection("broken_rtf", message)
    text, laid_out = lay_out(parsed.body, parsed.asides, registers.layout)
    units = mark_title(laid_out, parsed.title, registers.file_properties)
    head = property_tags(
        registers.file_properties,
        title=parsed.title,
        author=parsed.author,
        created=parsed.created,
    )
    return Reading(text, (Section(units, head=tuple(head)),))
