"""Readers: one module for each format, with one function from a `Source` to a `Reading`.

To add a format, write its module, name it in `READERS` and `_MODULES`, and let
`knipsel.transforms.identify.media_types` know it by its content. A reader returns a `Rejection`
for a file that it cannot read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.read.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import Rejection
    from knipsel.transforms.registers.model import Registers

    Reader = Callable[[Source, Registers], Reading | Rejection]

__all__ = ["READERS", "HeadTag", "Reading", "Section", "Source", "load_reader"]

READERS = {
    "text/plain": "plain",
    "text/html": "html",
    "application/json": "json_records",
    "application/x-ndjson": "json_records",
    "text/csv": "csv_records",
    "message/rfc822": "eml",
    "text/markdown": "markdown",
    "text/tab-separated-values": "csv_records",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/epub+zip": "epub",
    "application/x-webarchive": "webarchive",
    "application/x-ole-storage": "unread",
    "application/msword": "unread",
    "application/vnd.ms-powerpoint": "unread",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "unread",
    "application/vnd.oasis.opendocument.presentation": "unread",
    "application/vnd.ms-outlook": "msg",
    "application/x-research-info-systems": "ris",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    "application/vnd.ms-excel": "spreadsheet",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/nitf+xml": "nitf",
    "application/newsml+xml": "newsml",
    "application/tei+xml": "tei",
    "application/enex+xml": "enex",
    "text/x-opml": "xml",
    "application/sitemap+xml": "xml",
    "application/xml": "xml",
}
"""The reader of a media type."""

_MODULES = {
    "plain": "plain",
    "html": "html.reader",
    "json_records": "records.json",
    "csv_records": "records.csv",
    "eml": "mail.reader",
    "markdown": "markdown.reader",
    "pdf": "pdf.reader",
    "rtf": "office.rtf.reader",
    "docx": "office.docx.reader",
    "odt": "office.odt",
    "epub": "office.epub",
    "webarchive": "html.web_archive",
    "unread": "office.unread",
    "msg": "mail.outlook",
    "ris": "records.references",
    "spreadsheet": "records.spreadsheet",
    "feed": "xml.feeds",
    "nitf": "xml.nitf",
    "newsml": "xml.newsml",
    "tei": "xml.tei",
    "enex": "xml.notes",
    "xml": "xml.other",
}
"""The module of a reader; it is imported when first needed."""


def load_reader(media_type: str) -> Reader | None:
    """Return the function that reads ``media_type``, or None where there is none."""
    name = READERS.get(media_type)
    if name is None:
        return None
    reader: Reader = import_module(f"{__name__}.{_MODULES[name]}").read
    return reader
