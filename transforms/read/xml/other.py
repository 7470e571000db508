"""Other XML: what trafilatura writes of a page, records; and lists, which hold no articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.identify.xml_types import root_name
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.xml.news import news, record_of
from knipsel.transforms.read.xml.paragraphs import paragraphs
from knipsel.transforms.read.xml.parse import attribute, child, parse_xml
from knipsel.transforms.read.xml.records import read_records
from knipsel.transforms.read.xml.tei import TEXT, mark_heads

if TYPE_CHECKING:
    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_LISTS = {
    "opml": Rejection(
        "no_article",
        "This is a list of feeds (OPML), and no article is in it; save the feeds that it names, "
        "and take those in.",
        "opml",
    ),
    "urlset": Rejection(
        "no_article",
        "This is a list of the addresses of a site, and no article is in it; save the pages that "
        "it names, and take those in.",
        "urlset",
    ),
}
_LISTS["sitemapindex"] = _LISTS["urlset"]


_EXTRACTED = "doc"
_MEANINGS = {
    "title": "headline",
    "author": "author",
    "date": "date_published",
    "sitename": "publisher",
    "url": "url",
    "hostname": "hostname",
    "description": "description",
    "tags": "keywords",
    "language": "language",
    "license": "license",
    "categories": "categories",
    "fingerprint": "fingerprint",
}
"""The attributes that trafilatura gives an extracted page, with the fields that they are."""


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read an extracted page, or records; of all else say what it is, and what to do instead.

    Broken XML is rejected (``broken_xml``), as are lists (``no_article``) and other XML
    (``unsupported_media_type``).
    """
    name = root_name(source.text) or ""
    if name.casefold() in _LISTS:
        return _LISTS[name.casefold()]
    root = parse_xml(source.text)
    if isinstance(root, Rejection):
        return root
    main = child(root, "main") if name == _EXTRACTED else None
    if main is not None:
        mark_heads(main)
        values = [(known, attribute(root, known)) for known in _MEANINGS]
        record = record_of(values, paragraphs(main, TEXT))
        return news([record], _MEANINGS, "news_field", registers)
    return read_records(root, registers) or Rejection(
        "unsupported_media_type",
        f"This is XML of a kind that is not read (its first element is {name or 'none'}); read are "
        "RSS, Atom, NITF, NewsML, TEI, and records whose elements are fields of articles. Save its "
        "articles as HTML or text.",
        name or "application/xml",
    )
