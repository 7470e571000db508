"""NewsML-G2 and NewsML 1, in which agencies send their items: each with a text is an article."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.layout import Paragraph
from knipsel.transforms.read.xml import nitf
from knipsel.transforms.read.xml.news import news, record_of, text_paragraphs
from knipsel.transforms.read.xml.parse import (
    attribute,
    child,
    children,
    descendants,
    local,
    parse_xml,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.records.model import Record
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

_MEANINGS = {
    "headline": "headline",
    "HeadLine": "headline",
    "SubHeadLine": "alternative_headline",
    "description": "description",
    "by": "author",
    "ByLine": "author",
    "creator": "author",
    "firstCreated": "date_published",
    "FirstCreated": "date_published",
    "versionCreated (first version)": "date_published",
    "versionCreated": "date_modified",
    "ThisRevisionCreated": "date_modified",
    "provider": "publisher",
    "dateline": "dateline",
    "DateLine": "dateline",
    "guid": "identifier",
    "PublicIdentifier": "identifier",
    "language": "language",
    "genre": "genre",
    "keyword": "keywords",
    "subject": "keywords",
    "service": "article_section",
    "copyrightHolder": "copyright_holder",
    "copyrightNotice": "copyright_notice",
    "CopyrightLine": "copyright_notice",
    "usageTerms": "usage_terms",
    **nitf.MEANINGS,
}
_CONTENT = (
    *("headline", "by", "creator", "contributor", "creditline", "dateline", "slugline"),
    *("description", "keyword", "subject", "genre", "located", "infoSource"),
)
_RIGHTS = ("copyrightHolder", "copyrightNotice", "usageTerms")
_LINES = (
    *("HeadLine", "SubHeadLine", "ByLine", "DateLine", "CreditLine", "CopyrightLine"),
    *("SlugLine", "KeywordLine"),
)
_FIRST, _WITHDRAWN = {"", "1"}, {"canceled", "withheld"}


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read the items of a message, or the one of a file.

    Rejected are broken XML (``broken_xml``) and what has pictures, or lists of items, alone
    (``no_article``).
    """
    root = parse_xml(source.text)
    if isinstance(root, Rejection):
        return root
    items = [root] if local(root) in {"newsItem", "packageItem"} else []
    items += descendants(root, "newsItem", "NewsItem", "packageItem")
    return news(map(_record, items), _MEANINGS, nitf.METHOD, registers)


def _record(item: _Element) -> Record | None:
    is_g2 = local(item) != "NewsItem"
    values = chain(_g2_values(item) if is_g2 else _newsml_values(item), _inner_values(item))
    body = list(_body(item))
    status = attribute(child(item, "itemMeta", "pubStatus"), "qcode").rpartition(":")[2]
    if status in _WITHDRAWN:
        body = [replace(one, reason="no_article") for one in body]
    return record_of(values, body, is_article=bool(body))


def _g2_values(item: _Element) -> Iterator[tuple[str, str]]:
    """Yield what an item of NewsML-G2 says of itself."""
    yield "guid", attribute(item, "guid")
    version = attribute(item, "version")
    yield "version", version
    management, content = child(item, "itemMeta"), child(item, "contentMeta")
    for one in children(management, "provider", "service", "firstCreated", "embargoed", "edNote"):
        yield local(one), _named(one)
    is_first = version in _FIRST and child(management, "firstCreated") is None
    for one in children(management, "versionCreated"):
        yield f"versionCreated{' (first version)' if is_first else ''}", text_of(one)
    yield "pubStatus", attribute(child(management, "pubStatus"), "qcode")
    for one in children(content, *_CONTENT):
        yield local(one), _named(one)
    yield "contentCreated", text_of(child(content, "contentCreated"))
    yield "language", attribute(child(content, "language"), "tag") or attribute(item, "lang")
    for one in children(child(item, "rightsInfo"), *_RIGHTS):
        yield local(one), _named(one)


def _named(element: _Element) -> str:
    """Return the name in an element, its own text, or the code that stands for it."""
    name = child(element, "name")
    if name is not None:
        return text_of(name)
    return text_of(element) or attribute(element, "literal") or _code(element)


def _code(element: _Element) -> str:
    """Return what a code says without the scheme that it is from: ``nprov:AFP`` is AFP."""
    return attribute(element, "qcode").rpartition(":")[2]


def _newsml_values(item: _Element) -> Iterator[tuple[str, str]]:
    """Yield what an item of NewsML 1 says of itself."""
    for one in descendants(child(item, "Identification"), "PublicIdentifier"):
        yield "PublicIdentifier", text_of(one)
    for one in children(child(item, "NewsManagement"), "FirstCreated", "ThisRevisionCreated"):
        yield local(one), text_of(one)
    for lines in descendants(item, "NewsLines"):
        yield from ((local(one), text_of(one)) for one in children(lines, *_LINES))
    for party in descendants(item, "Provider"):
        yield "provider", attribute(child(party, "Party"), "FormalName")
    for one in descendants(item, "Language"):
        yield "language", attribute(one, "FormalName")


def _content(item: _Element) -> Iterator[_Element]:
    """Yield the elements that hold texts: NITF, XHTML, or plain text."""
    for holder in descendants(item, "inlineXML", "DataContent", "inlineData"):
        inner = next(descendants(holder, "nitf"), None)
        if inner is None:
            inner = next(descendants(holder, "body", "body.content"), None)
        yield holder if inner is None else inner


def _inner_values(item: _Element) -> Iterator[tuple[str, str]]:
    for content in _content(item):
        if local(content) == "nitf":
            yield from nitf.nitf_values(content)


def _body(item: _Element) -> Iterator[Paragraph]:
    """Yield the text of an item: of several forms the first that has one."""
    for content in _content(item):
        if local(content) == "nitf":
            found = nitf.nitf_body(content)
        elif len(content):
            found = [*text_paragraphs(content)]
        else:
            lines = (content.text or "").split("\n")
            found = [Paragraph(" ".join(line.split())) for line in lines if line.strip()]
        if found:
            yield from found
            return
