"""TEI, the format of scholarly corpora: head, paragraphs and notes, and a header about the source.

A file is one article, or has several in divisions that say so (``<div type="article">``), or is
a corpus of texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.layout import Paragraph
from knipsel.transforms.read.xml.news import news, record_of
from knipsel.transforms.read.xml.paragraphs import LINE_END, Vocabulary, paragraphs
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

_METHOD = "tei_header"
_ARTICLE = "article"
_MEANINGS = {
    "head": "headline",
    "source title": "headline",
    "title": "headline",
    "subhead": "alternative_headline",
    "byline": "author",
    "docAuthor": "author",
    "source author": "author",
    "author": "author",
    "docDate": "date_published",
    "source date": "date_published",
    "date": "date_published",
    "source publisher": "publisher",
    "source periodical": "publisher",
    "publisher": "publisher",
    "dateline": "dateline",
    "source page": "pagination",
    "source issue": "print_edition",
    "source address": "url",
    "source host": "hostname",
    "idno": "identifier",
    "source idno": "identifier",
    "language": "language",
    "keyword": "keywords",
    "licence": "license",
}
TEXT = Vocabulary(
    blocks=frozenset(
        {"p", "ab", "lg", "div", "div1", "div2", "div3", "div4", "body", "front", "back", "group"}
        | {"list", "table", "row", "figure", "opener", "closer", "salute", "signed", "epigraph"}
        | {"argument", "trailer", "postscript", "sp", "speaker", "stage", "titlePage", "docTitle"}
        | {"titlePart", "docImprint", "bibl", "listBibl", "cit", "floatingText", "text", "label"}
        | {"main", "quote", "code"}
    ),
    kinds={"head": "heading"},
    asides={"note": "footnote", "fw": "running_head", "figDesc": "annotation"},
    signs={"lb": " ", "cb": " ", "l": LINE_END},
    hidden=frozenset({"corr", "reg", "expan", "del", "gap", "teiHeader", "interpGrp", "desc"}),
    items=frozenset({"item"}),
    cells=frozenset({"cell"}),
)
"""What was printed is the text: corrections and expansions of the editors are not."""
_ABOVE = ("byline", "dateline", "docAuthor", "docDate")
"""Elements of the text that say who, where and when, as fields do."""
_NO_BREAK = "no"
_NAME_AND_HOST = re.compile(r"(.{1,200}) \(((?:[\w-]+\.)+[a-z]{2,24})\)$")
"""A site as trafilatura writes it."""


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a text or corpus in TEI; broken XML is rejected (``broken_xml``)."""
    root = parse_xml(source.text)
    if isinstance(root, Rejection):
        return root
    texts = [root, *descendants(root, "TEI", "TEI.2")]
    records = [record for text in texts for record in _records(text)]
    return news(records, _MEANINGS, _METHOD, registers)


def _records(tei: _Element) -> Iterator[Record | None]:
    """Yield the articles of one text, each with what its header says."""
    text = child(tei, "text")
    if text is None:
        return
    _join_broken_words(text)
    mark_heads(text)
    header = [*_header(child(tei, "teiHeader"))]
    marked = [one for one in _divisions(text) if attribute(one, "type") == _ARTICLE]
    if len(marked) <= 1:
        yield _record(text, header)
        return
    shared = [(name, value) for name, value in header if not name.endswith(("title", "author"))]
    for division in marked:
        yield _record(division, shared)
        parent = division.getparent()
        if parent is not None:
            parent.remove(division)
    rest = paragraphs(text, TEXT)
    if rest:
        plain = [Paragraph(one.text, reason="no_article") for one in rest]
        yield record_of([], plain, is_article=False)


def mark_heads(text: _Element) -> None:
    """Call blocks that are typed as headings so, as trafilatura types them."""
    for block in [*descendants(text, "ab")]:
        if attribute(block, "type") in {"header", "heading", "head"}:
            block.tag = "head"


def _divisions(text: _Element) -> Iterator[_Element]:
    return descendants(text, "div", "div1", "div2", "div3")


def _join_broken_words(text: _Element) -> None:
    """Drop the line ends at which a word goes on, with the hyphen that was printed for it."""
    for element in [*descendants(text, "lb", "pb", "cb")]:
        if attribute(element, "break") != _NO_BREAK:
            continue
        before = element.getprevious()
        parent = element.getparent()
        if before is not None and before.tail:
            before.tail = before.tail.rstrip().removesuffix("-").removesuffix("\u00ad")
        elif before is None and parent is not None and parent.text:
            parent.text = parent.text.rstrip().removesuffix("-").removesuffix("\u00ad")
        element.tail = (element.tail or "").lstrip()
        element.tag = "seg"


def _record(text: _Element, header: list[tuple[str, str]]) -> Record | None:
    """Make a record of a text: its first head is the headline, what says who and when a field."""
    values = list(header)
    for number, head in enumerate(_heads_above(text)):
        values.append(("subhead" if number else "head", text_of(head)))
        _empty(head)
    for element in [*descendants(text, *_ABOVE)]:
        values.append((local(element), attribute(element, "when") or _words(element)))
        _empty(element)
    return record_of(values, paragraphs(text, TEXT))


def _words(element: _Element) -> str:
    """Return the words of an element; of a date within, the day that its attribute says."""
    dated = next((attribute(one, "when") for one in descendants(element, "date")), "")
    return dated if local(element) == "docDate" and dated else text_of(element)


def _heads_above(text: _Element) -> list[_Element]:
    """Return the heads with which a text begins, before any paragraph of it."""
    found: list[_Element] = []
    for element in text.iter():
        if local(element) == "head" and not _is_beside(element):
            found.append(element)
        elif local(element) in {"p", "ab", "l", "item", "cell"}:
            break
    return found


def _is_beside(head: _Element) -> bool:
    parent = head.getparent()
    return parent is not None and local(parent) in {"figure", "list", "table"}


def _empty(element: _Element) -> None:
    """Take an element's text away; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail
    element.tag = "seg"


def _header(header: _Element | None) -> Iterator[tuple[str, str]]:
    """Yield what the header says of the source; of the file itself where it names no source."""
    description = child(header, "fileDesc")
    source = child(description, "sourceDesc")
    told = [*_source(source)] if source is not None else []
    yield from told
    is_known = {name for name, _ in told}
    title = child(description, "titleStmt")
    if "source title" not in is_known:
        yield from (("title", text_of(one)) for one in _main_titles(title))
    if "source author" not in is_known:
        yield from (("author", text_of(one)) for one in children(title, "author"))
    publication = child(description, "publicationStmt")
    if not told:
        yield from (("date", _date(one)) for one in children(publication, "date"))
        yield from (("publisher", text_of(one)) for one in children(publication, "publisher"))
    yield from (("idno", text_of(one)) for one in descendants(publication, "idno"))
    yield "licence", attribute(next(descendants(publication, "licence"), None), "target")
    yield from (("language", attribute(one, "ident")) for one in descendants(header, "language"))
    for words in descendants(header, "keywords"):
        yield from (("keyword", text_of(one)) for one in descendants(words, "term", "item"))


def _main_titles(statement: _Element | None) -> list[_Element]:
    titles = [*children(statement, "title")]
    main = [one for one in titles if attribute(one, "type") in {"", "main"}]
    return main or titles


def _source(source: _Element) -> Iterator[tuple[str, str]]:
    """Yield what is said of the source that was transcribed."""
    for title in descendants(source, "title"):
        is_whole = attribute(title, "level") in {"j", "s", "m"}
        is_main = attribute(title, "type") in {"", "main"}
        if is_main:
            yield f"source {'periodical' if is_whole else 'title'}", text_of(title)
    for name in ("author", "idno"):
        yield from ((f"source {name}", text_of(one)) for one in descendants(source, name))
    for publisher in descendants(source, "publisher"):
        named = _NAME_AND_HOST.match(text_of(publisher))
        yield "source publisher", named[1] if named else text_of(publisher)
        yield "source host", named[2] if named else ""
    yield from (("source date", _date(one)) for one in descendants(source, "date"))
    for scope in descendants(source, "biblScope"):
        unit = attribute(scope, "unit", "type")
        yield f"source {unit or 'scope'}", text_of(scope) or attribute(scope, "from", "n")
    for pointer in descendants(source, "ptr", "ref"):
        yield "source address", attribute(pointer, "target")


def _date(element: _Element) -> str:
    return attribute(element, "when", "when-iso") or text_of(element)
