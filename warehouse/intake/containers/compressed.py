"""One file in GZ, BZ2 or XZ: its member is named as the container is, without the suffix."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from knipsel.warehouse.intake.archive import Readable
from knipsel.warehouse.intake.containers.entries import Entry, Opening
from knipsel.warehouse.intake.containers.meter import Metered
from knipsel.warehouse.intake.containers.model import Member

_SUFFIXES = {".gz", ".gzip", ".bz2", ".xz"}
_XZ_MEMORY = 128 << 20
"""What unpacking may take: the strongest level that people use takes 65 MB."""

_BLOCK = 1 << 16


class _Xz:
    """The content of an XZ file, unpacked in bounded memory: `lzma.open` takes no limit."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._unpacker = self._new()
        self._rest = b""

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)

    def _next_stream(self) -> bool:
        """Go on to the next of several streams in a file; false where there is none."""
        rest = self._unpacker.unused_data
        while rest.strip(b"\0") == b"":  # streams may be padded with zeros
            rest = self._source.read(_BLOCK)
            if not rest:
                return False
        self._rest, self._unpacker = rest.lstrip(b"\0"), self._new()
        return True

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes; `EOFError` where the file is cut off."""
        while True:
            if self._unpacker.eof and not self._next_stream():
                return b""
            packed = self._rest
            if not packed and self._unpacker.needs_input:
                packed = self._source.read(_BLOCK)
                if not packed:
                    message = "the file ends before its end mark"
                    raise EOFError(message)
            self._rest = b""
            data = self._unpacker.decompress(packed, size)
            if data:
                return data


@contextmanager
def decompressed(path: Path) -> Iterator[Readable]:
    """Open what a file holds: unpacked by its first bytes, or as it is."""
    with path.open("rb") as file:
        head = file.peek(6)[:6]
        if head.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=file) as stream:
                yield stream
        elif head.startswith(b"BZh"):
            with bz2.BZ2File(file) as unpacked:
                yield unpacked
        else:
            yield _Xz(file) if head.startswith(b"\xfd7zXZ\0") else file


def entries(opening: Opening) -> Iterator[Entry]:
    """Yield the one member of a compressed file."""
    path = PurePosixPath(opening.name)
    name = path.stem if path.suffix.lower() in _SUFFIXES else path.name
    with decompressed(opening.file) as stream:
        yield Member(name, Metered(stream, opening.meter))
