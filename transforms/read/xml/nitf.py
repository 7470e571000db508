"""NITF, the format of the IPTC in which papers and agencies keep articles: one a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.xml.news import news, record_of, text_paragraphs
from knipsel.transforms.read.xml.parse import (
    attribute,
    child,
    children,
    descendants,
    parse_xml,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.layout import Paragraph
    from knipsel.transforms.read.records.model import Record
    from knipsel.transforms.read.source import Source
    from knipsel.transforms.registers.model import Registers

METHOD = "news_field"
MEANINGS = {
    "hl1": "headline",
    "title": "headline",
    "hl2": "alternative_headline",
    "abstract": "description",
    "byline": "author",
    "pubdata date.publication": "date_published",
    "date.issue": "date_published",
    "story.date": "date_published",
    "pubdata name": "publisher",
    "distributor": "agency",
    "dateline": "dateline",
    "pubdata edition.name": "print_edition",
    "pubdata position.section": "article_section",
    "print_section": "article_section",
    "pubdata position.sequence": "pagination",
    "print_page_number": "pagination",
    "pubdata ex-ref": "url",
    "doc-id": "identifier",
    "keyword": "keywords",
    "doc.copyright holder": "copyright_holder",
    "rights": "copyright_notice",
    "lang": "language",
    "tobject type": "genre",
    "dsk": "desk",
}
"""Fields of an article by how they are printed; of several for one field the first is surest."""
_PUBDATA = (
    *("date.publication", "name", "edition.name", "edition.area", "position.section"),
    *("position.sequence", "ex-ref", "issn", "volume", "number", "item-length", "type"),
)
_FULL, _LEAD = "full_text", "lead_paragraph"
"""Classes of blocks in an archive that gives the first paragraphs of a text once more."""
_ALTERNATIVE = "alternative_text"


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read an article in NITF; broken XML is rejected (``broken_xml``)."""
    root = parse_xml(source.text)
    if isinstance(root, Rejection):
        return root
    return news([nitf_record(root)], MEANINGS, METHOD, registers)


def nitf_record(nitf: _Element) -> Record | None:
    """Return the record of an ``nitf`` element."""
    return record_of(nitf_values(nitf), nitf_body(nitf))


def nitf_body(nitf: _Element) -> list[Paragraph]:
    """Return the text: all of ``body.content``, an introduction that is given twice only once."""
    content = child(nitf, "body", "body.content")
    if content is None:
        return []
    classes = {attribute(block, "class") for block in children(content, "block")}
    found: list[Paragraph] = []
    for part in content if _FULL in classes else ():
        is_double = attribute(part, "class") == _LEAD
        found += (
            replace(one, kind=None, reason=_ALTERNATIVE) if is_double else one
            for one in text_paragraphs(part)
        )
    return found or [*text_paragraphs(content)]


def nitf_values(nitf: _Element) -> Iterator[tuple[str, str]]:
    """Yield what the file says of the article, with a name for each value."""
    yield "lang", attribute(nitf, "lang")
    head, front = child(nitf, "head"), child(nitf, "body", "body.head")
    yield from _docdata(head)
    for data in children(head, "pubdata"):
        yield from ((f"pubdata {name}", attribute(data, name)) for name in _PUBDATA)
    yield "tobject type", attribute(child(head, "tobject"), "tobject.type")
    yield from _front(front)
    for line in descendants(child(nitf, "body", "body.end"), "tagline"):
        yield "tagline", text_of(line)
    if front is None or not any(True for _ in descendants(front, "hl1")):
        yield "title", text_of(child(head, "title"))


def _docdata(head: _Element | None) -> Iterator[tuple[str, str]]:
    for data in children(head, "meta"):
        yield attribute(data, "name"), attribute(data, "content")
    docdata = child(head, "docdata")
    for one in children(docdata, "doc-id"):
        yield "doc-id", attribute(one, "id-string")
    for one in children(docdata, "date.issue"):
        yield "date.issue", attribute(one, "norm") or text_of(one)
    for one in children(docdata, "doc.copyright"):
        yield "doc.copyright holder", attribute(one, "holder")
    for word in descendants(child(docdata, "key-list"), "keyword"):
        yield "keyword", attribute(word, "key")


def _front(front: _Element | None) -> Iterator[tuple[str, str]]:
    """Yield what stands above the text; the byline as it was printed before that of a database."""
    hedlines = [*children(front, "hedline")]
    for hedline in hedlines:
        yield from (("hl1", text_of(line)) for line in children(hedline, "hl1"))
        yield from (("hl2", text_of(line)) for line in children(hedline, "hl2"))
    bylines = [*children(front, "byline")]
    printed = [one for one in bylines if attribute(one, "class") == "print_byline"]
    for byline in printed or bylines[:1]:
        yield from _byline(byline)
    for byline in bylines:
        if byline not in (printed or bylines[:1]):
            yield "other byline", text_of(byline)
    for line in children(front, "dateline"):
        yield "dateline", text_of(line)
        yield "story.date", attribute(child(line, "story.date"), "norm")
    for name in ("distributor", "rights", "note", "abstract"):
        yield from ((name, text_of(one)) for one in children(front, name))


def _byline(byline: _Element) -> Iterator[tuple[str, str]]:
    """Yield the names in a byline, and what those named are apart."""
    people = [text_of(one) for one in children(byline, "person")]
    titles = [text_of(one) for one in children(byline, "byttl")]
    if people:
        yield from (("byline", name) for name in people)
        yield from (("byttl", title) for title in titles)
        words = text_of(byline)
        for known in (*people, *titles):
            words = words.replace(known, " ", 1)
        yield "byline words", words
        return
    whole = text_of(byline)
    for title in titles:
        whole = whole.replace(title, " ").strip()
        yield "byttl", title
    yield "byline", " ".join(whole.split())
