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
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO

from knipsel.transforms.identify.media_types import binary_media_type
from knipsel.transforms.model import Rejection
from knipsel.warehouse.intake.archive import Readable
from knipsel.warehouse.intake.containers.compressed import decompressed
from knipsel.warehouse.intake.containers.entries import Entry, Opening, is_fault_of_file
from knipsel.warehouse.intake.containers.meter import HEADER_BYTES, Metered
from knipsel.warehouse.intake.containers.model import BrokenMember, Member, PassedOver
from knipsel.warehouse.intake.containers.names import printable_name

if TYPE_CHECKING:
    from warcio.bufferedreaders import BufferedReader  # type: ignore[import-untyped]
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
_OTHERS = {"warcinfo", "request", "metadata", "revisit", "continuation"}
_UNPACKED = {"", "identity"}
_WINDOWS = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
"""How zlib is to read each compression; servers send `deflate` with its header and without."""

_GZIP_MARK, _GZIP_RECORD, _GZIP_HEAD = b"\x1f\x8b", b"\x1f\x8b\x08", 512
"""What a GZ file, and each part of it, begins with, and how many bytes show what is in a part."""
_MARK, _NEXT_RECORD = b"WARC/", b"\r\n\r\nWARC/1.0\r\nWARC-"
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
    if (record.length or 0) > _RECORD_BYTES:
        return "record_size"
    if _header(record, "content-encoding") not in _UNPACKED | set(_WINDOWS):
        return "content_encoding"
    return None if _media_type(record) in _MEDIA_TYPES | {""} else "media_type"


def _idle_reason(record: ArcWarcRecord | None) -> str | None:
    """Return why a record that cannot be read would have been no member anyway, else None."""
    reason = None if record is None else _reason(record)
    is_page = record is not None and reason == "record" and record.rec_type not in _OTHERS
    return None if is_page else reason


def _check(record: ArcWarcRecord) -> None:
    """Raise `ValueError` where a record does not say what it is, or how long."""
    length = record.rec_headers.get_header("Content-Length") or ""
    if not record.rec_type or not length.strip().isdecimal():
        message = "a record does not say what it is, or how long"
        raise ValueError(message)


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
    from warcio.bufferedreaders import ChunkedDataReader

    if _header(record, "transfer-encoding") == "chunked":
        return ChunkedDataReader(record.raw_stream)
    return record.raw_stream


def _entry(record: ArcWarcRecord, number: int, opening: Opening) -> Entry:
    """Return what a record is to us; any error is of a record that cannot be read."""
    reason = _reason(record)
    if reason:
        return PassedOver(reason)
    content, encoding = _payload(record).read(_RECORD_BYTES), _header(record, "content-encoding")
    if _NEXT_RECORD in content:
        message = "a record says that it is longer than it is"
        raise ValueError(message)
    if encoding not in _UNPACKED:
        unpacked = _inflated(content, encoding)
        if unpacked is None or len(unpacked) > _RECORD_BYTES:
            return PassedOver("content_encoding" if unpacked is None else "record_size")
        opening.meter.add_bytes(len(unpacked))
        content = unpacked
    if not _media_type(record) and binary_media_type(content[:_BLOCK]) not in _MEDIA_TYPES | {None}:
        return PassedOver("media_type")
    return Member(_name(record, number, opening), BytesIO(content))


def _drain(record: ArcWarcRecord) -> None:
    """Read a record to its end; `EOFError` where the file ends before."""
    while record.raw_stream.read(_BLOCK):
        pass
    if record.raw_stream.limit:
        message = "the file ends within a record"
        raise EOFError(message)


def _broken(record: ArcWarcRecord | None, number: int, place: int, opening: Opening) -> Entry:
    """Return what stands for a record that cannot be read: its header, and where it is."""
    name = _name(record, number, opening) if record else f"record-{number}"
    header = record.rec_headers.to_str() if record else "WARC/1.0\r\n"
    rejection = Rejection(
        "broken_record",
        f"Record {number:,} of the web archive, which begins at byte {place:,} of it, is cut off "
        f"or damaged; the others are read. Get the archive, or the page, anew.",
        name,
    )
    return BrokenMember(name, f"{header}\r\n\r\n".encode("utf-8", "replace"), rejection)


class _Watched:
    """A stream that remembers that it cannot be read any further."""

    def __init__(self, source: Readable) -> None:
        """Read from ``source``."""
        self._source = source
        self.failed = False

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, or raise what the source raises."""
        try:
            return self._source.read(size)
        except Exception:
            self.failed = True
            raise


@dataclass(slots=True)
class _Records:
    """The records of a stretch of an archive, one after the other."""

    opening: Opening
    source: _Watched
    metered: Metered
    begin: int
    """Where the stretch begins in the file, in bytes."""
    numbers: Iterator[int]
    is_packed: bool

    def entries(self) -> Iterator[Entry]:
        """Yield what each record is to us; lines between records are passed by."""
        from warcio.bufferedreaders import BufferedReader
        from warcio.recordloader import ArcWarcRecordLoader

        loader, lines = ArcWarcRecordLoader(verify_http=False), BufferedReader(self.metered)
        while True:
            record, number, place = None, 0, self.begin
            try:
                line = self._next_line(lines)
                if not line:
                    return
                number = next(self.numbers)
                place = self._place(lines, line)
                record = loader.parse_record_stream(lines, line, known_format="warc")
                _check(record)
                self.metered.headroom = None
                entry = _entry(record, number, self.opening)
                _drain(record)
            except Exception as error:
                if not is_fault_of_file(error):
                    raise
                reason = _idle_reason(record)
                entry = _broken(record, number or next(self.numbers), place, self.opening)
                yield PassedOver(reason) if reason else entry
                if self.source.failed:
                    return
                continue
            yield entry

    def _next_line(self, lines: BufferedReader) -> bytes:
        """Return the line with which a record begins; empty at the end."""
        while True:
            self.metered.headroom = HEADER_BYTES  # all headers are held in memory
            line = bytes(lines.readline())
            if not line or line.startswith(_MARK):
                return line

    def _place(self, lines: BufferedReader, line: bytes) -> int:
        """Return where a record begins in the file: in a packed one, where its stretch does."""
        if self.is_packed:
            return self.begin
        return self.begin + self.metered.count - int(lines.rem_length()) - len(line)


class _GzipMember:
    """One of the parts that a GZ file consists of, usually a record each; read to its end."""

    def __init__(self, file: BinaryIO, begin: int) -> None:
        """Start at byte ``begin`` of a file."""
        file.seek(begin)
        self._file = file
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; `EOFError` where the file is cut off."""
        while not self._unpacker.eof:
            self._packed = self._unpacker.unconsumed_tail or self._file.read(_BLOCK)
            if not self._packed:
                message = "the file ends within a record"
                raise EOFError(message)
            data = self._unpacker.decompress(self._packed, size)
            if data:
                return data
        return b""

    @property
    def end(self) -> int | None:
        """Where the next part begins; None where this one was not read to its end."""
        if not self._unpacker.eof:
            return None
        return self._file.tell() - len(self._unpacker.unused_data)


def _gzip_members(file: BinaryIO) -> Iterator[tuple[int, Readable]]:
    """Yield the parts of a GZ file with their places; after a broken one the next sound one."""
    begin: int | None = 0
    while begin is not None:
        member = _GzipMember(file, begin)
        yield begin, member
        sound_end = member.end
        begin = _next_member(file, begin + 1) if sound_end is None else _behind(file, sound_end)


def _behind(file: BinaryIO, end: int) -> int | None:
    """Return where there is more behind a part; a file may be padded with zeros."""
    file.seek(end)
    while block := file.read(_BLOCK):
        bare = block.lstrip(b"\0")
        if bare:
            return file.tell() - len(bare)
    return None


def _next_member(file: BinaryIO, begin: int) -> int | None:
    """Return where, from a place on, the next part with a record begins."""
    file.seek(begin)
    held, place = b"", begin
    while block := file.read(_BLOCK):
        held += block
        at = held.find(_GZIP_RECORD)
        while at >= 0:
            if _begins_record(held[at : at + _GZIP_HEAD]):
                return place + at
            at = held.find(_GZIP_RECORD, at + 1)
        place += max(len(held) - _GZIP_HEAD, 0)
        held = held[-_GZIP_HEAD:]
    return None


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, 8).startswith(_MARK)
    except zlib.error:
        return False


def entries(opening: Opening) -> Iterator[Entry]:
    """Yield the records of a web archive: pages, texts and PDFs as members.

    One that is cut off or damaged is held back alone, with its place; the others are read.
    """
    numbers = count(1)
    with opening.file.open("rb") as file:
        if file.read(len(_GZIP_MARK)) == _GZIP_MARK:
            for place, member in _gzip_members(file):
                yield from _records(member, place, opening, numbers, is_packed=True)
            return
    with decompressed(opening.file) as stream:
        yield from _records(stream, 0, opening, numbers, is_packed=False)


def _records(
    source: Readable, place: int, opening: Opening, numbers: Iterator[int], *, is_packed: bool
) -> Iterator[Entry]:
    watched = _Watched(source)
    metered = Metered(watched, opening.meter)
    return _Records(opening, watched, metered, place, numbers, is_packed).entries()
