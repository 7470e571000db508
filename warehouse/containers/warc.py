"""WARC (ISO 28500), compressed or not: pages as crawlers and libraries keep them.

Members are what a web server answered, without the HTTP headers and with compression undone,
and what a ``resource`` or ``conversion`` record holds; each is named by its address. The time
of capture is not taken over: what becomes of a page follows from its bytes alone.
"""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from knipsel.transforms.identify.media_types import binary_media_type
from knipsel.warehouse.containers.compressed import decompressed
from knipsel.warehouse.containers.entries import Entry, Opening
from knipsel.warehouse.containers.meter import HEADER_BYTES, Metered
from knipsel.warehouse.containers.model import Member, PassedOver
from knipsel.warehouse.containers.names import printable_name

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

logging.getLogger("warcio").propagate = False
logging.getLogger("warcio").addHandler(logging.NullHandler())
"""It would print what is wrong with a header, and the header with it, on somebody's terminal."""

_RECORD_BYTES = 64 << 20
"""Answers above this size stay unread: no page or PDF with articles comes near it, and what
is compressed or comes in chunks is held in memory."""

_MEDIA_TYPES = {
    "text/html",
    "text/plain",
    "text/markdown",
    "text/rtf",
    "application/xhtml+xml",
    "application/pdf",
    "application/rtf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What may hold articles; scripts, styles, pictures and data are most of an archive."""

_TAKEN = {"response", "resource", "conversion"}
_UNPACKED = {"", "identity"}
_WINDOWS = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
"""How zlib is to read each compression; servers send `deflate` with its header and without."""

_GZIP_MARK = b"\x1f\x8b"
_BLOCK = 1 << 16
_DIGITS = 16


def _inflated(packed: bytes, encoding: str) -> bytes | None:
    """Return an answer with its compression undone, or None where it is broken.

    One that is cut off gives what there is; one that is not compressed, though it says so,
    is returned as it is.
    """
    if "gzip" in encoding and not packed.startswith(_GZIP_MARK):
        return packed
    for window in _WINDOWS[encoding]:
        try:
            return zlib.decompressobj(window).decompress(packed, _RECORD_BYTES + 1)
        except zlib.error:
            continue
    return None


def _header(record: ArcWarcRecord, name: str) -> str:
    """Return a header of an answer, without parameters and in small letters; else ''."""
    value = record.http_headers.get_header(name) if record.http_headers else None
    return (value or "").partition(";")[0].strip().lower()


def _media_type(record: ArcWarcRecord) -> str:
    """Return what a record says that it holds; '' where it does not."""
    if record.http_headers:
        return _header(record, "content-type")
    return (record.content_type or "").partition(";")[0].strip().lower()


def _reason(record: ArcWarcRecord) -> str | None:
    """Return why a record is no member by its headers, or None where it may be one."""
    if record.rec_type not in _TAKEN:
        return "record"
    if record.rec_type == "response" and record.http_headers is None:
        return "record"
    if record.http_headers and record.http_headers.get_statuscode() != "200":
        return "http_status"
    if record.length > _RECORD_BYTES:
        return "record_size"
    if _header(record, "content-encoding") not in _UNPACKED | set(_WINDOWS):
        return "content_encoding"
    return None if _media_type(record) in _MEDIA_TYPES | {""} else "media_type"


def _name(record: ArcWarcRecord, number: int, opening: Opening) -> str:
    """Return the address of a record, cut where it is too long; its number without one."""
    address = record.rec_headers.get_header("WARC-Target-URI") or f"record-{number}"
    name = "".join(sign if sign.isprintable() else "?" for sign in printable_name(address))
    most = opening.limits.name_characters
    if len(name) <= most:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]
    return f"{name[: most - _DIGITS - 1]}~{digest}"


def _payload(record: ArcWarcRecord) -> Any:
    """Return the stream of an answer's payload, still compressed where it is."""
    from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]

    if _header(record, "transfer-encoding") == "chunked":
        return ChunkedDataReader(record.raw_stream)
    return record.raw_stream


def _entry(record: ArcWarcRecord, number: int, opening: Opening) -> Entry:
    """Return what a record is to us."""
    reason = _reason(record)
    if reason:
        return PassedOver(reason)
    payload, encoding = _payload(record), _header(record, "content-encoding")
    if encoding not in _UNPACKED:
        content = _inflated(payload.read(_RECORD_BYTES), encoding)
        if content is None or len(content) > _RECORD_BYTES:
            return PassedOver("content_encoding" if content is None else "record_size")
        opening.meter.add_bytes(len(content))
        payload = BytesIO(content)
    if not _media_type(record):
        head = payload.read(_BLOCK)
        if binary_media_type(head) not in _MEDIA_TYPES | {None}:
            return PassedOver("media_type")
        payload = _Chained(head, payload)
    return Member(_name(record, number, opening), payload)


class _Chained:
    """A stream of which the first bytes were read already."""

    def __init__(self, head: bytes, rest: Any) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return bytes(self._rest.read(size))


def _drain(record: ArcWarcRecord) -> None:
    """Read a record to its end; `EOFError` where the file ends before."""
    while record.raw_stream.read(_BLOCK):
        pass
    if record.raw_stream.limit:
        message = "the file ends within a record"
        raise EOFError(message)


def _records(metered: Metered) -> Iterator[ArcWarcRecord]:
    """Yield the records of a WARC; each can be read until the next is asked for."""
    from warcio.bufferedreaders import BufferedReader
    from warcio.recordloader import ArcWarcRecordLoader

    loader, lines = ArcWarcRecordLoader(verify_http=False), BufferedReader(metered)
    while True:
        metered.headroom = HEADER_BYTES  # all headers are held in memory
        line = lines.readline()
        while line and not line.strip():
            line = lines.readline()
        if not line:
            return
        record = loader.parse_record_stream(lines, line, known_format="warc")
        if record.length is None:
            message = "a record does not say how long it is"
            raise ValueError(message)
        metered.headroom = None
        yield record
        _drain(record)


def entries(opening: Opening) -> Iterator[Entry]:
    """Yield the records of a web archive: pages, texts and PDFs as members."""
    with decompressed(opening.file) as stream:
        records = _records(Metered(stream, opening.meter))
        for number, record in enumerate(records, start=1):
            yield _entry(record, number, opening)
