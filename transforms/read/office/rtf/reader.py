"""RTF: paragraphs in order; notes, headers and comments after them, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.identify.decoding import decode_declared
from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.layout import lay_out
from knipsel.transforms.read.properties import mark_title, property_tags
from knipsel.transforms.read.source import Source
from knipsel.transforms.text.decoded import Decoded, most_telling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.registers.model import Registers


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a Rich Text Format file (version 1.9.1 and before, as word processors write it).

    RTF does not mark headings; the title in its properties may tell the headline. Rejects a
    file that is cut off (``broken_rtf``). What the file says of its code pages is held against the
    text, as in other files.
    """
    from knipsel.transforms.read.office.rtf.parser import RtfError, parse_rtf  # with its tables

    try:
        parsed = parse_rtf(source.content)
        decoded = {
            codec: decode_declared(raw, codec, registers.encodings, source.stated_encoding)
            for codec, raw in parsed.raw.items()
            if not raw.isascii()
        }
        read_as = _other_codecs(decoded, registers.encodings)
        if read_as:
            parsed = parse_rtf(source.content, read_as)
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
    return Reading(text, (Section(units, head=tuple(head)),), most_telling(decoded.values()))


def _other_codecs(decoded: Mapping[str, Decoded], encodings: Encodings) -> dict[str, str]:
    """Return the codecs that bytes are in, by those that a file says, where they are others."""
    found = ((said, encodings.codec_of(one.encoding)) for said, one in decoded.items())
    return {said: codec for said, codec in found if codec and codec != encodings.codec_of(said)}
