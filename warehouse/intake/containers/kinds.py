"""Which files are containers, by their content alone."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from pathlib import Path

from knipsel.transforms.identify.container_types import CONTAINER_HEAD, stream_media_type
from knipsel.warehouse.intake.archive import Readable
from knipsel.warehouse.intake.containers.compressed import decompressed
from knipsel.warehouse.intake.containers.model import Limits, RefusedContainerError
from knipsel.warehouse.intake.containers.zip_file import open_zip

_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_COMPRESSED = (
    (b"\x1f\x8b", "gzip", "application/gzip"),
    (b"BZh", "bzip2", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "xz", "application/x-xz"),
)
_STREAMS = {
    "application/x-tar": "tar",
    "application/warc": "warc",
    "application/mbox": "mbox",
}
_HEAD_BLOCK = 512
_WITHIN = {"tar", "warc"}
"""What is one container with the compression around it."""

_OFFICE_MARK = "[Content_Types].xml"
_BOOK_MARK = "mimetype"
"""Files by which a ZIP is the document of an office program (Office Open XML has the one
anywhere, OpenDocument the other as its first) or an electronic book."""

_FIRST_NAMES = (_OFFICE_MARK.encode(), _BOOK_MARK.encode(), b"word/")
_NAME_AT = 30
"""Where the name of the first file stands in a ZIP."""


def _compressed_kind(file: Path, kind: str) -> str:
    """Return what kind a compressed file is: that of its content, or one file compressed."""
    with decompressed(file) as stream:
        within = _STREAMS.get(stream_media_type(_head(stream)) or "")
    return within if within in _WITHIN else kind


def _head(stream: Readable) -> bytes:
    """Return the first bytes of a stream, as far as they can be read."""
    head = b""
    try:
        while len(head) < CONTAINER_HEAD and (data := stream.read(_HEAD_BLOCK)):
            head += data
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        pass
    return head


def _is_package(file: Path, limits: Limits, head: bytes) -> bool:
    """Tell whether a ZIP is one document; a broken one, by the name of its first file."""
    try:
        with open_zip(file, limits) as archive:
            names = archive.namelist()
    except RefusedContainerError:
        return False
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return head.startswith(_FIRST_NAMES, _NAME_AT)
    return _OFFICE_MARK in names or names[:1] == [_BOOK_MARK]


def container_kind(file: Path, limits: Limits) -> tuple[str, str] | None:
    """Return a container's reader and media type, or None for a file that is none."""
    with file.open("rb") as stream:
        head = stream.read(CONTAINER_HEAD)
    if head.startswith(_ZIP_MARKS):
        return None if _is_package(file, limits, head) else ("zip", "application/zip")
    for mark, kind, media_type in _COMPRESSED:
        if head.startswith(mark):
            return _compressed_kind(file, kind), media_type
    named = stream_media_type(head)
    return (_STREAMS[named], named) if named else None
