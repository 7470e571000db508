"""Web archives of Safari: a property list with the page, which is read as HTML is."""

from __future__ import annotations

import plistlib
import struct
from typing import TYPE_CHECKING, Any

from knipsel.transforms.identify.decoding import decode_declared
from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.model import Rejection
from knipsel.transforms.parse.field_values import hostname_of
from knipsel.transforms.read.html.reader import read_whole_page
from knipsel.transforms.read.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.registers.model import Registers

_TRAILER = struct.Struct(">6xBBQQQ")
_LEAST_OBJECT = 1
"""Bytes of an object of a property list, at least: one that has more of them is made to harm."""
_ADDRESS = 0.9
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_BROKEN = Rejection(
    "broken_webarchive",
    "The web archive is damaged or cut off; open the page again and save it as HTML.",
)


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read the page of a web archive; frames, pictures and scripts beside it are not read.

    Rejects a file that is damaged (``broken_webarchive``), and one that holds no page
    (``unsupported_media_type``).
    """
    main = _main_resource(source.content)
    content = main.get("WebResourceData") if main else None
    if not main or not isinstance(content, bytes):
        return _BROKEN
    media_type = str(main.get("WebResourceMIMEType", "text/html"))
    if media_type not in _PAGES:
        return Rejection(
            "unsupported_media_type",
            f"The web archive holds no page, but a file of type {media_type}; save that file "
            "itself.",
            media_type,
        )
    url = " ".join(str(main.get("WebResourceURL", "")).split())
    header = f"WebResourceURL: {url}"
    charset = str(main.get("WebResourceTextEncodingName", "utf-8"))
    decoded = decode_declared(content, charset, registers.encodings, source.stated_encoding)
    page = read_whole_page(decoded.text, registers, len(header) + 2)
    if isinstance(page, Rejection):
        return page
    units = (Unit(0, len(header), header, reason="record_field"), *page.units)
    kept = None if page.kept is None else (False, *page.kept)
    head = (*page.head, *_address(url, len(header)))
    return Reading(f"{header}\n\n{page.text}", (Section(units, kept, head),), decoded)


def _main_resource(content: bytes) -> dict[str, Any] | None:
    """Return the page's own entry of a property list; None where there is none to be read."""
    if not _is_sane(content):
        return None
    try:
        archive = plistlib.loads(content, fmt=plistlib.FMT_BINARY)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # noqa: BLE001 - damaged lists raise what no list foresees
        return None
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    return main if isinstance(main, dict) else None


def _is_sane(content: bytes) -> bool:
    """Say whether a list has as many objects as its bytes can hold: room is made for all."""
    if len(content) < _TRAILER.size:
        return False
    objects = int(_TRAILER.unpack(content[-_TRAILER.size :])[2])
    return objects * _LEAST_OBJECT <= len(content)


def _address(url: str, end: int) -> Iterator[HeadTag]:
    host = hostname_of(url) if "://" in url else None
    if host:
        for name, value in (("url", url), ("hostname", host)):
            yield HeadTag(name, value, "web_archive", _ADDRESS, end - len(url), end)
