"""Which office document a ZIP or OLE container is, by the names of what it holds.

Office Open XML (ECMA-376) has a member ``[Content_Types].xml``, OpenDocument and EPUB begin
with a member ``mimetype`` that is not compressed and holds the media type. The streams of an OLE
container (MS-CFB) are named for the program that wrote it.
"""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = "application/x-ole-storage"
_STREAMS = {
    "EncryptedPackage": OLE,
    "__properties_version1.0": "application/vnd.ms-outlook",
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
"""What a container is by the name of a stream; documents hold others, so the first one decides."""
_PARTS = {
    "word/": DOCX,
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_CONTENT_TYPES = "[Content_Types].xml"
_ENTRY_MARK = b"PK\x01\x02"
_MOST_MEMBERS = 10_000
"""Members of an office document: some dozens, and one for each picture."""
_NAME_AT = 30
"""Where the name of the first member stands in a ZIP."""
_DECLARED = re.compile(rb"mimetype(application/[a-z0-9.+-]{1,80})")


def zip_media_type(content: bytes) -> str:
    """Return the media type of a ZIP; ``application/zip`` where it is no office document.

    One that is cut off, and so without its directory, is known by its first member.
    """
    declared = _DECLARED.match(content, _NAME_AT)
    if declared:
        return declared[1].decode("ascii")
    if content.count(_ENTRY_MARK) > _MOST_MEMBERS:
        return "application/zip"
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        is_cut = content.startswith((_CONTENT_TYPES.encode(), b"word/"), _NAME_AT)
        return DOCX if is_cut else "application/zip"
    if _CONTENT_TYPES not in names:
        return "application/zip"
    found = (media_type for part, media_type in _PARTS.items() if _has(names, part))
    return next(found, "application/zip")


def _has(names: list[str], part: str) -> bool:
    return any(name.startswith(part) for name in names)


def media_type_of(content: bytes) -> str:
    """Return the media type of an office file, a ZIP or an OLE container."""
    return zip_media_type(content) if content.startswith(b"PK") else ole_media_type(content)


def ole_media_type(content: bytes) -> str:
    """Return the media type of an OLE container; a general one where it is of no known program."""
    names = _stream_names(content)
    return next((media_type for name, media_type in _STREAMS.items() if name in names), OLE)


def _stream_names(content: bytes) -> set[str]:
    """Return the names of the outermost streams; of a damaged container all that stand in it."""
    from olefile import OleFileIO  # slow to load

    try:
        with OleFileIO(BytesIO(content)) as container:
            return {entry.name for entry in container.root.kids}
    except Exception:  # noqa: BLE001 - damaged containers raise what no list foresees
        return {name for name in _STREAMS if name.encode("utf-16-le") in content}
