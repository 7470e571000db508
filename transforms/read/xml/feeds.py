"""RSS and Atom: each entry with a text is an article, one with a description alone a teaser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.records.channels import host_of, shared_tags, with_shared
from knipsel.transforms.read.records.layout import has_description, lay_out_records
from knipsel.transforms.read.records.model import MOST_RECORDS, Names, Record, collect
from knipsel.transforms.read.xml.parse import (
    attribute,
    child,
    children,
    local,
    parse_xml,
    text_of,
)
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_METHOD = "feed_field"
_PREFIXES = (
    ("purl.org/dc/", "dc"),
    ("/modules/content", "content"),
    ("search.yahoo.com/mrss", "media"),
    ("rssnamespace.org/feedburner", "feedburner"),
    ("itunes.com/dtds/podcast", "itunes"),
    ("/rss/1.0/modules/slash", "slash"),
)
"""How the vocabularies that feeds borrow are called, by a part of the name of each."""
_MEANINGS = {
    "content:encoded": "text",
    "content": "text",
    "title": "headline",
    "description": "description",
    "summary": "description",
    "dc:creator": "author",
    "author": "author",
    "published": "date_published",
    "pubDate": "date_published",
    "dc:date": "date_published",
    "updated": "date_modified",
    "feedburner:origLink": "url",
    "link": "url",
    "permalink": "url",
    "guid": "identifier",
    "id": "identifier",
    "category": "keywords",
    "dc:subject": "keywords",
    "source": "publisher",
    "dc:publisher": "publisher",
    "dc:language": "language",
    "dc:rights": "copyright_notice",
    "rights": "copyright_notice",
    "channel title": "publisher",
    "channel link": "url",
    "channel language": "language",
    "channel copyright": "copyright_notice",
    "channel rights": "copyright_notice",
    "channel author": "author",
}
_MAILED = re.compile(r"(\S{1,200}@\S{1,200}) \((.{1,200})\)$")
"""The author as RSS wants it: an address, and the name in parentheses."""
_LONGEST_ENDING = 40
"""Words of the last paragraph of an entry that says where it appeared first."""


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a feed.

    Rejected are broken XML (``broken_xml``) and feeds whose entries have no text
    (``empty_feed``).
    """
    root = parse_xml(source.text)
    if isinstance(root, Rejection):
        return root
    channel = child(root, "channel")
    feed = root if channel is None else channel
    entries = [*children(feed, "item", "entry")]
    if feed is not root:
        entries += children(root, "item")  # RSS 1.0 has them beside the channel
    records = [_channel(feed), *(_entry(entry) for entry in entries[:MOST_RECORDS])]
    names = Names(registers.record_fields, _MEANINGS)
    usable = [record for record in records if record is not None]
    if not any(_has_text(record, names) for record in usable):
        return Rejection(
            "empty_feed",
            "The entries of the feed have no texts, only titles and addresses; get the articles "
            "themselves.",
        )
    reading = lay_out_records(usable, _METHOD, names, registers.lines, registers.layout)
    first, *others = reading.sections
    site = host_of(first.head)
    shared = tuple(shared_tags(first.head, registers.lines.outlets))
    endings = registers.record_fields.feed_endings
    entries_read = (_without_ending(with_shared(one, shared, site), endings) for one in others)
    return replace(reading, sections=(first, *entries_read))


def _has_text(record: Record, names: Names) -> bool:
    if not record.is_article:
        return False
    return any(names.is_text(name) for name, _ in record.fields) or has_description(record, names)


def _channel(feed: etree._Element) -> Record | None:
    values = (
        (f"channel {_name(one)}", value)
        for one in feed
        if local(one) not in {"item", "entry", "items", "image", "textInput", ""}
        for value in _values(one)
    )
    record = collect(values, is_article=False)
    language = attribute(feed, "lang")
    if record is None or not language:
        return record
    return replace(record, fields=(*record.fields, ("channel language", (language,))))


def _entry(entry: etree._Element) -> Record | None:
    pairs = [(name, value) for one in entry for name, value in _fields(one)]
    names = {name for name, _ in pairs}
    if "link" not in names:
        pairs += [
            ("permalink", value)
            for name, value in pairs
            if name == "guid" and _is_permanent(entry) and "://" in value
        ]
    record = collect(pairs)
    has_link = bool(names & {"link", "feedburner:origLink"})
    return None if record is None else replace(record, is_whole=None if has_link else True)


def _is_permanent(entry: etree._Element) -> bool:
    return attribute(child(entry, "guid"), "isPermaLink") != "false"


def _fields(one: etree._Element) -> Iterator[tuple[str, str]]:
    name = _name(one)
    for value in _values(one):
        mailed = _MAILED.match(value) if name == "author" else None
        if mailed:
            yield "author", mailed[2]
            yield "author address", mailed[1]
        elif name == "author" and "@" in value and " " not in value:
            yield "author address", value
        else:
            yield name, value


def _name(element: etree._Element) -> str:
    """Return the name of an element, with the usual prefix of the vocabulary that it is from."""
    namespace = str(element.tag).rpartition("}")[0]
    prefix = next((short for part, short in _PREFIXES if part in namespace), None)
    return f"{prefix}:{local(element)}" if prefix else local(element)


def _values(element: etree._Element) -> Iterator[str]:
    """Yield what an element of a feed says: a text, an address, the names of people."""
    name = local(element)
    if name == "link" and attribute(element, "href"):
        if attribute(element, "rel") in {"", "alternate"}:
            yield attribute(element, "href")
    elif name in {"author", "contributor", "source"} and len(element):
        yield from (text_of(one) for one in children(element, "name", "title"))
    elif name == "category":
        yield attribute(element, "label", "term") or text_of(element)
    elif name in {"thumbnail", "enclosure", "group"} or _is_medium(element):
        yield from (value for value in (attribute(element, "url"),) if value)
    else:
        yield _content(element)


def _is_medium(element: etree._Element) -> bool:
    return local(element) == "content" and "mrss" in str(element.tag)


def _content(element: etree._Element) -> str:
    """Return the content of an element, with the markup of what stands in it as elements."""
    if not len(element):
        return element.text or ""
    inner = "".join(etree.tostring(one, encoding="unicode") for one in element)
    return (element.text or "") + _PREFIX.sub(r"<\1", inner)


_PREFIX = re.compile(r"<(/?)[\w.-]{1,40}:(?=[\w-])")


def _without_ending(section: Section, endings: Sequence[str]) -> Section:
    """Return an entry's section without the line that says where it appeared first."""
    last = section.units[-1] if section.is_declared else None
    if last is None or section.kept is None or not _says_where(last.text, endings):
        return section
    units = (*section.units[:-1], last._replace(reason="boilerplate"))
    return replace(section, units=units, kept=(*section.kept[:-1], False))


def _says_where(text: str, endings: Sequence[str]) -> bool:
    """Say whether a paragraph tells on which site the entry appeared first."""
    folded = fold(text) if len(text.split()) <= _LONGEST_ENDING else ""
    return any(ending in folded for ending in endings)
