"""TAR, compressed or not: read forward, without ever going back."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import IO, Any, cast

from knipsel.warehouse.intake.archive import Readable
from knipsel.warehouse.intake.containers.compressed import decompressed
from knipsel.warehouse.intake.containers.entries import Entry, Opening
from knipsel.warehouse.intake.containers.meter import HEADER_BYTES, Metered
from knipsel.warehouse.intake.containers.model import Limits, Member, PassedOver
from knipsel.warehouse.intake.containers.names import is_hidden, safe_name

_BLOCK = tarfile.BLOCKSIZE
_DRAIN = 1 << 20


class _Tail:
    """A stream that remembers its last block: an archive that is whole ends in zeros."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.last = b""

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self.last = (self.last + data)[-_BLOCK:]
        return data


def _drain(stream: Readable) -> None:
    while stream.read(_DRAIN):
        pass


def _entry(archive: tarfile.TarFile, info: tarfile.TarInfo, limits: Limits) -> Entry:
    """Return what an entry is to us; regular files alone are members."""
    if info.isdir():
        return PassedOver("directory")
    if info.issym() or info.islnk():
        return PassedOver("link")
    if not info.isreg() or info.issparse():
        return PassedOver("special")
    name = safe_name(info.name, limits)
    if is_hidden(name):
        return PassedOver("hidden")
    return Member(name, cast("Readable", archive.extractfile(info)))


def _entries(archive: tarfile.TarFile, metered: Metered, limits: Limits) -> Iterator[Entry]:
    """Yield the entries of an archive that is open for reading forward."""
    stream: Any = archive.fileobj
    while True:
        # What is left of the entry before is skipped; all else that is read here is headers,
        # and tarfile holds those in memory.
        metered.headroom = HEADER_BYTES + max(0, archive.offset - stream.tell())
        info = archive.next()
        if info is None:
            return
        cast("Any", archive).members.clear()  # or it would keep every header
        metered.headroom = None
        yield _entry(archive, info, limits)


def entries(opening: Opening) -> Iterator[Entry]:
    """Yield the entries of a TAR file; `EOFError` where it is cut off."""
    with decompressed(opening.file) as stream:
        tail = _Tail(stream)
        metered = Metered(tail, opening.meter)
        metered.headroom = HEADER_BYTES  # the first header is read when it is opened
        with tarfile.open(fileobj=cast("IO[bytes]", metered), mode="r|") as archive:
            yield from _entries(archive, metered, opening.limits)
        metered.headroom = None
        _drain(metered)  # a check sum may stand at the end
        if tail.last.strip(b"\0") or len(tail.last) < _BLOCK:
            message = "the archive ends before its end mark"
            raise EOFError(message)
