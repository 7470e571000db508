"""Workbooks as the library can be given them: whole, and small enough to be held.

It holds each sheet from its first to its last cell, the empty ones as well, so one cell far away
would take all memory; and it believes what the directory of an old workbook says of sizes.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LARGEST = 256_000_000
"""Bytes of XML that are unpacked of a workbook: ten times those of 100,000 usual articles."""
MOST_CELLS = 10_000_000
_CELL = re.compile(
    rb"<(?:\w{1,20}:)?c\b[^>]{0,200}?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]{0,200}(?<!/)>"
)
"""A cell of Office Open XML that has something in it, with its column and row."""
_LETTERS = 26
_STREAMS = ("Workbook", "Book")
_RECORD, _PLACE = struct.Struct("<HH"), struct.Struct("<HH")
_BEGIN, _DIMENSIONS, _UNKNOWN = 0x0809, 0x0200, 0x0FFF
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E})
"""Records of BIFF that begin with the row and the column of a cell that has something in it."""
_SECTOR, _PER_SECTOR, _CUTOFF, _LISTED = 512, 128, 4096, 109
_END, _FREE, _FAT, _MORE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
"""Sizes and signs of containers; smaller streams than the cutoff would lie elsewhere in them."""
_SEVERAL = 0x00BD
"""The record of several numbers side by side, which ends with the last column."""


class OversizedBookError(ValueError):
    """A workbook that cannot be held in memory."""


class BrokenBookError(ValueError):
    """A workbook whose directory cannot be read."""


def safe_book(content: bytes) -> bytes:
    """Return a workbook that the library can read; raise where there is none.

    Spreadsheets of OpenDocument are bounded by the library itself.
    """
    if content.startswith(b"PK"):
        if not _zip_fits(content):
            raise OversizedBookError
        return content
    return _old_book(content)


def _zip_fits(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > LARGEST:
                return False
            sheets = [one for one in members if one.filename.endswith(".xml")]
            return all(_area(_xml_cells(archive.read(one))) <= MOST_CELLS for one in sheets)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return True  # the library unpacks the same parts, and says what is wrong


def _xml_cells(sheet: bytes) -> Iterator[tuple[int, int]]:
    for found in _CELL.finditer(sheet):
        column = 0
        for letter in found[1]:
            column = column * _LETTERS + letter - ord("A") + 1
        yield int(found[2]), column


def _old_book(content: bytes) -> bytes:
    """Return a workbook of BIFF in a container that has nothing else in it."""
    from olefile import OleFileIO  # slow to load

    try:
        with OleFileIO(BytesIO(content)) as container:
            name = next(name for name in _STREAMS if container.exists(name))
            book = container.openstream(name).read()
    except Exception as error:
        raise BrokenBookError from error
    if any(_area(cells) > MOST_CELLS for cells in _sheets(book)):
        raise OversizedBookError
    return _contained(name, _without_dimensions(book))


def _without_dimensions(book: bytes) -> bytes:
    """Return a workbook that says nothing of the size of its sheets, for which room is made."""
    changed = bytearray(book)
    for kind, at, _ in _records(book):
        if kind == _DIMENSIONS:
            struct.pack_into("<H", changed, at - _RECORD.size, _UNKNOWN)
    return bytes(changed)


def _records(book: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the kind of each record of a workbook, where its content begins, and its size."""
    at = 0
    while at + _RECORD.size <= len(book):
        kind, size = _RECORD.unpack_from(book, at)
        yield kind, at + _RECORD.size, size
        at += _RECORD.size + size


def _contained(name: str, stream: bytes) -> bytes:
    """Return a container (MS-CFB, version 3) with one stream."""
    stream = stream.ljust(_CUTOFF, b"\0")
    count = -(-len(stream) // _SECTOR)
    fats = extra = 0
    while fats * _PER_SECTOR < count + 1 + fats + extra:
        fats += 1
        extra = -(-max(fats - _LISTED, 0) // (_PER_SECTOR - 1))
    table = [*range(1, count), _END, _END, *[_FAT] * fats, *[_MORE] * extra]
    listed = [*range(count + 1, count + 1 + fats)]
    first_extra = count + 1 + fats if extra else _END
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fats, count, 0, _CUTOFF, _END, 0, first_extra, extra)
    header += _numbers(listed[:_LISTED], _LISTED)
    directory = _entry("Root Entry", 5, child=1) + _entry(name, 2, size=len(stream))
    body = stream.ljust(count * _SECTOR, b"\0") + directory.ljust(_SECTOR, b"\0")
    body += _numbers(table, fats * _PER_SECTOR)
    for at in range(extra):
        begin = _LISTED + at * (_PER_SECTOR - 1)
        following = first_extra + at + 1 if at + 1 < extra else _END
        body += _numbers(listed[begin : begin + _PER_SECTOR - 1], _PER_SECTOR - 1)
        body += struct.pack("<I", following)
    return header + body


def _numbers(values: Sequence[int], count: int) -> bytes:
    """Return ``count`` numbers of four bytes, of which the last ones stand for nothing."""
    return struct.pack(f"<{count}I", *values, *[_FREE] * (count - len(values)))


def _entry(name: str, kind: int, *, child: int = _FREE, size: int = 0) -> bytes:
    """Return an entry of a container's directory; its stream begins at the first sector."""
    encoded = name.encode("utf-16-le") + b"\0\0"
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    start = 0 if size else _END
    links = struct.pack("<III", _FREE, _FREE, child)
    return head + links + bytes(36) + struct.pack("<IQ", start, size)


def _sheets(book: bytes) -> Iterator[list[tuple[int, int]]]:
    """Yield the cells of each sheet of a workbook in BIFF, from the record that begins it on."""
    cells: list[tuple[int, int]] = []
    for kind, at, size in _records(book):
        if kind == _BEGIN:
            yield cells
            cells = []
        elif kind in _CELLS and at + _PLACE.size <= len(book):
            row, column = _PLACE.unpack_from(book, at)
            end = at + size
            if kind == _SEVERAL and at + _PLACE.size < end <= len(book):
                column = max(column, struct.unpack_from("<H", book, end - 2)[0])
            cells.append((row + 1, column + 1))
    yield cells


def _area(cells: Iterable[tuple[int, int]]) -> int:
    """Return the number of cells from the first row and column to the last ones."""
    deepest = widest = 0
    for row, column in cells:
        deepest, widest = max(deepest, row), max(widest, column)
    return deepest * widest
