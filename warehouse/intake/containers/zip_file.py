"""ZIP: read by its directory, which stands at the end of the file."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knipsel.warehouse.intake.containers.entries import Entry, Opening
from knipsel.warehouse.intake.containers.meter import Metered, too_many
from knipsel.warehouse.intake.containers.model import (
    Limits,
    Member,
    PassedOver,
    RefusedContainerError,
)
from knipsel.warehouse.intake.containers.names import is_hidden, safe_name

_ENTRY_MARK = b"PK\x01\x02"
_ENTRY_BYTES = 512
"""What an entry of the directory takes at most, on average; with short names it is a fifth."""

_ENCRYPTED = 0x1 | 0x40
_IS_UTF_8, _UNSAID = 0x800, "cp437"
_UNIX = 3
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}


class _BoundedFile(io.FileIO):
    """A file whose directory is not read where it has too many entries to hold in memory."""

    def __init__(self, path: Path, members: int) -> None:
        super().__init__(path)
        self._members = members
        self.reads_directory = True

    def read(self, size: int | None = -1, /) -> bytes:
        if self.reads_directory and size is not None and size > _ENTRY_BYTES * self._members:
            raise too_many(self._members)
        data = super().read(size)
        if self.reads_directory and data.count(_ENTRY_MARK) > self._members:
            raise too_many(self._members)
        return data


@contextmanager
def open_zip(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file; `RefusedContainerError` where its directory is too long."""
    with _BoundedFile(path, limits.members) as file, zipfile.ZipFile(file) as archive:
        file.reads_directory = False
        yield archive


def _is_link(info: zipfile.ZipInfo) -> bool:
    return info.create_system == _UNIX and stat.S_ISLNK(info.external_attr >> 16)


def _check(info: zipfile.ZipInfo) -> None:
    """Raise `RefusedContainerError` for an entry that cannot be unpacked."""
    if info.flag_bits & _ENCRYPTED:
        raise RefusedContainerError(
            "encrypted_archive",
            "The archive is protected by a password; unpack it, and take in what it holds.",
            info.filename,
        )
    if info.compress_type not in _METHODS:
        raise RefusedContainerError(
            "unsupported_compression",
            f"The archive is packed by a method ({info.compress_type}) that is not read; pack it "
            "again by the usual one (deflate).",
            info.filename,
        )


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of an entry: some programs write UTF-8 and do not say so."""
    if info.flag_bits & _IS_UTF_8 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode(_UNSAID).decode()
    except UnicodeError:
        return info.filename


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, opening: Opening) -> Iterator[Entry]:
    """Yield an entry of a ZIP file, open while the consumer looks at it."""
    if info.is_dir():
        yield PassedOver("directory")
        return
    name = safe_name(_name(info), opening.limits)
    if _is_link(info) or is_hidden(name):
        yield PassedOver("link" if _is_link(info) else "hidden")
        return
    with archive.open(info) as stream:
        yield Member(name, Metered(stream, opening.meter))


def entries(opening: Opening) -> Iterator[Entry]:
    """Yield the entries of a ZIP file; raise where one cannot be unpacked."""
    with open_zip(opening.file, opening.limits) as archive:
        for info in archive.infolist():
            _check(info)
        for info in archive.infolist():
            yield from _entry(archive, info, opening)
