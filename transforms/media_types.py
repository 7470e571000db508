"""What kind of file this is, by its content alone: names lie."""

from __future__ import annotations

import json
import re

# The first bytes of the formats that people put beside articles.
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
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
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-elf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_PDF_WITHIN = 1024
"""Readers of PDF accept its mark anywhere in the first kibibyte."""

_LOOK = 65_536
_TAG = re.compile(
    r"</?(?:html|head|body|title|meta|link|div|p|br|h[1-6]|article|section|main|header|nav|span|a|ul|li|table|script|style)\b",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_TAGS_PER_PAGE, _CHARACTERS_PER_TAG = 5, 1000
"""A text about HTML has a few tags, a page at least one in a thousand characters."""

_CONTROL = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_CONTROL_SHARE = 0.02
"""Text has next to no control characters; random bytes have one in ten."""
_JSON_LIMIT = 50_000_000


def binary_media_type(content: bytes) -> str | None:
    """Return the media type that the first bytes name, or None where they name none."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "application/pdf"
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], "application/x-riff")
    if content[4:8] == b"ftyp":
        return "video/mp4"
    return None


def text_media_type(text: str) -> str | None:
    """Return the media type of a decoded text, or None where it is no text."""
    head = text[:_LOOK]
    if len(_CONTROL.findall(head)) > _CONTROL_SHARE * len(head):
        return None
    start = head.lstrip("\ufeff\u200b \t\r\n")
    if _is_html(start):
        return "text/html"
    if start.startswith("<?xml"):
        return "application/xml"
    return "application/json" if _is_json(start, text) else "text/plain"


def _is_html(head: str) -> bool:
    if _HTML.search(head[:2048]) and head.startswith("<"):
        return True
    tags = len(_TAG.findall(head))
    if head.startswith("<") and _TAG.match(head):
        return tags > 1
    return tags >= _TAGS_PER_PAGE and tags * _CHARACTERS_PER_TAG >= len(head) and "</" in head


def _is_json(start: str, text: str) -> bool:
    if not start.startswith(("{", "[")) or len(text) > _JSON_LIMIT:
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False
