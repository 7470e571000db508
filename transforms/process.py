"""From a raw document to articles: the one entry to the transforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.assemble import assemble, removed_spans, repair_blocks
from transforms.cleaning import clean
from transforms.decoding import Decoded, decode
from transforms.media_types import binary_media_type, text_media_type
from transforms.model import ProcessedDocument, RawDocument, Rejection
from transforms.readers import READERS, load_reader
from transforms.text import weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.cleaning import Block
    from transforms.registers import Registers

_LEAST_WORDS = 12
"""Words of body below which there is no article: the shortest news items have some twenty."""
_EMPTY = "\ufeff\u200b\u2060"


def process(document: RawDocument, registers: Registers) -> ProcessedDocument:
    """Turn a document into its article and removed spans, or into the reasons why not.

    The outcome follows from the bytes and the registers alone; any bytes give an outcome.
    """
    media_type = binary_media_type(document.content)
    if media_type:
        return _rejected(document, media_type, None, "", _unsupported(media_type))
    decoded = decode(document.content)
    if not decoded.text.translate(dict.fromkeys(map(ord, _EMPTY))).strip():
        rejection = Rejection("empty_file", "The file is empty or holds only white space.")
        return _rejected(document, "text/plain", decoded.encoding, decoded.text, rejection)
    media_type = text_media_type(decoded.text)
    if media_type is None:
        rejection = Rejection(
            "binary_content", "The file is neither text nor a format that is known."
        )
        return _rejected(document, "application/octet-stream", None, "", rejection)
    return _process_text(document, media_type, decoded, registers)


def _process_text(
    document: RawDocument, media_type: str, decoded: Decoded, registers: Registers
) -> ProcessedDocument:
    read = load_reader(media_type)
    if read is None:
        return _rejected(
            document, media_type, decoded.encoding, decoded.text, _unsupported(media_type)
        )
    reading = read(decoded.text, registers)
    blocks = clean(reading.units, registers, reading.kept)
    if _body_words(blocks) < _LEAST_WORDS:
        rejection = Rejection(
            "no_article", "There is no article in the file, only menus or a few words."
        )
        return _rejected(document, media_type, decoded.encoding, reading.source_text, rejection)
    repaired = repair_blocks(blocks)
    assembled = assemble(document.document_id, blocks, repaired, reading, registers)
    return ProcessedDocument(
        document_id=document.document_id,
        media_type=media_type,
        encoding=decoded.encoding,
        reader=READERS[media_type],
        source_text=reading.source_text,
        articles=(assembled.article,),
        authors=assembled.authors,
        paragraphs=assembled.paragraphs,
        removed_spans=removed_spans(document.document_id, repaired, reading.source_text),
        statements=assembled.statements,
    )


def _body_words(blocks: Iterable[Block]) -> int:
    return sum(weight(block.text) for block in blocks if block.role in {"body", "standfirst"})


def _unsupported(media_type: str) -> Rejection:
    return Rejection(
        "unsupported_media_type", f"No reader takes files of type {media_type}.", media_type
    )


def _rejected(
    document: RawDocument,
    media_type: str,
    encoding: str | None,
    source_text: str,
    rejection: Rejection,
) -> ProcessedDocument:
    return ProcessedDocument(
        document_id=document.document_id,
        media_type=media_type,
        encoding=encoding,
        reader=READERS.get(media_type),
        source_text=source_text,
        rejections=(rejection,),
    )
