"""What kind of file this is, by its content alone: names lie."""

from __future__ import annotations

import re

from knipsel.transforms.identify.container_types import CONTAINER_HEAD, stream_media_type
from knipsel.transforms.identify.csv_shape import delimiter_of
from knipsel.transforms.identify.office_types import OLE, ole_media_type, zip_media_type
from knipsel.transforms.identify.text_shapes import (
    is_json,
    is_json_lines,
    is_mail,
    is_markdown,
    is_references,
)
from knipsel.transforms.identify.xml_types import root_name, xml_media_type

# The first bytes of the formats that people put beside articles.
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-elf"),
    (b"OggS", "audio/ogg"),
    (b"bplist00", "application/x-webarchive"),
    (b"ID3", "audio/mpeg"),
)
_ZIP = b"PK\x03\x04"
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_PDF_WITHIN = 1024
"""Readers of PDF accept its mark anywhere in the first kibibyte."""

_LOOK = 65_536
_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|div|p|br|h[1-6]|article|section|main|header|nav|span|a|ul|li|table|script|style)\b",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_PAGE_ROOTS = frozenset(
    {"html", "head", "body", "article", "main", "section", "div", "p", "span", "table"}
)
"""First elements of pages and of pieces of them; XML with another one is no page."""
_TAGS_PER_PAGE, _CHARACTERS_PER_TAG = 5, 1000
"""A text about HTML has a few tags, a page at least one in a thousand characters."""
_BEGINNING = 2000
"""Characters within which a page that does not begin with a tag has several: the dump of a page
about code begins with a menu."""

_CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.02
"""Text has next to no control characters; random bytes have one in ten."""


def binary_media_type(content: bytes) -> str | None:
    """Return the media type that the first bytes name, or None where they name none."""
    if content.startswith(_ZIP):
        return zip_media_type(content)
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return ole_media_type(content) if media_type == OLE else media_type
    # Before PDF: the mark of a PDF may stand behind the header of a TAR.
    container = stream_media_type(content[:CONTAINER_HEAD])
    if container:
        return container
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "application/pdf"
    return _media_media_type(content)


def _media_media_type(content: bytes) -> str | None:
    """Return the media type of sound and moving pictures, whose marks stand further on."""
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], "application/x-riff")
    return "video/mp4" if content[4:8] == b"ftyp" else None


def text_media_type(text: str) -> str | None:
    """Return the media type of a decoded text, or None where it is no text."""
    head = text[:_LOOK]
    if len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head):
        return None
    start = head.lstrip("\ufeff\u200b \t\r\n")
    return _data_type(text) or _page_type(start) or _table_type(text) or _marked_type(text, start)


def _data_type(text: str) -> str | None:
    if is_json(text):
        return "application/x-ndjson" if is_json_lines(text) else "application/json"
    if is_references(text):
        return "application/x-research-info-systems"
    return "message/rfc822" if is_mail(text) else None


def _page_type(start: str) -> str | None:
    """Return the type of a text that begins with a tag."""
    known = xml_media_type(start) if start.startswith("<") else None
    if known:
        return known
    name = (root_name(start) or "").casefold() if start.startswith("<?xml") else ""
    if name and name not in _PAGE_ROOTS:
        return "application/xml"
    if start.startswith("<") and _is_html(start):
        return "text/html"
    return "application/xml" if start.startswith("<?xml") else None


def _table_type(text: str) -> str | None:
    delimiter = delimiter_of(text)
    if delimiter is None:
        return None
    return "text/tab-separated-values" if delimiter == "\t" else "text/csv"


def _marked_type(text: str, start: str) -> str:
    if is_markdown(text):
        return "text/markdown"
    return "text/html" if _is_html(start) else "text/plain"


def _is_html(head: str) -> bool:
    if _HTML.search(head[:2048]) and head.startswith("<"):
        return True
    tags = len(_TAG.findall(head))
    if head.startswith("<") and _TAG.match(head):
        return tags > 1
    begun = len(_TAG.findall(head[:_BEGINNING]))
    return begun >= _TAGS_PER_PAGE and tags * _CHARACTERS_PER_TAG >= len(head) and "</" in head
