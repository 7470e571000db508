"""An article as a TEI document: what is known of it in the header, then its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from knipsel.warehouse.exports.about import About
from knipsel.warehouse.exports.cells import Changes
from knipsel.warehouse.exports.formats.tei.elements import (
    XML_ID,
    XML_LANG,
    Span,
    add,
    date_attributes,
    element,
    mark_up,
)

Row = Mapping[str, Any]

_NAMES = {"person": "persName", "organisation": "orgName", "place": "placeName"}
_NOT_IN_BODY = {"headline"}
"""Roles of paragraphs that the text does not repeat: the headline is its head."""


@dataclass(frozen=True, slots=True)
class ArticleParts:
    """An article with what belongs to it, as the tables have it."""

    article: Row
    paragraphs: Sequence[Row]
    quotations: Sequence[Row]
    mentions: Sequence[Row]
    times: Sequence[Row]


def tei_article(parts: ArticleParts, said: About, changes: Changes) -> etree._Element:
    """Return an article as TEI; what cannot be in XML, or would not nest, is counted."""
    clean = _Cleaned(changes)
    article = clean.row(parts.article)
    quotations = [clean.row(row) for row in parts.quotations]
    mentions = [clean.row(row) for row in parts.mentions]
    speakers = _speakers(article["article_id"], quotations, mentions)
    root = element("TEI", None, {XML_ID: _id(article["article_id"])})
    root.append(_header(article, said, speakers))
    text = add(root, "text")
    if article["language"]:
        text.set(XML_LANG, article["language"])
    spans = [
        *_said(quotations, speakers),
        *_named(mentions),
        *_dated(clean.row(row) for row in parts.times),
    ]
    body = add(text, "body")
    _body(body, article, [clean.row(row) for row in parts.paragraphs], spans, changes)
    return root


class _Cleaned:
    """Rows whose texts XML can hold."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def row(self, row: Row) -> dict[str, Any]:
        return {
            name: self._changes.xml_text(value) if isinstance(value, str) else value
            for name, value in row.items()
        }


def _id(name: str) -> str:
    """Return an identifier as XML wants it: it begins with a letter."""
    return f"a{name}"


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Who speaks in an article, by name: an identifier, and what kind of name it is, if known."""

    identifiers: Mapping[str, str]
    kinds: Mapping[str, str]


def _speakers(article_id: str, quotations: Sequence[Row], mentions: Sequence[Row]) -> _Speakers:
    """Return who speaks in an article, in order."""
    names = dict.fromkeys(row["speaker"] for row in quotations if row["speaker"])
    kinds = {row["mention_id"]: row["kind"] for row in mentions}
    return _Speakers(
        {name: f"{_id(article_id)}.s{at}" for at, name in enumerate(names, 1)},
        {
            row["speaker"]: kinds[row["speaker_mention_id"]]
            for row in quotations
            if row["speaker"] and row["speaker_mention_id"] in kinds
        },
    )


def _participants(participants: etree._Element, speakers: _Speakers) -> None:
    """List who speaks: people, and others apart; of whom it is not known, only what is said."""
    of_kind: dict[bool, list[str]] = {True: [], False: []}
    for name in speakers.identifiers:
        of_kind[speakers.kinds.get(name, "person") == "person"].append(name)
    if of_kind[True]:
        people = add(participants, "listPerson")
        for name in of_kind[True]:
            person = add(people, "person", None, {XML_ID: speakers.identifiers[name]})
            add(person, "persName" if name in speakers.kinds else "p", name)
    if of_kind[False]:
        others = add(participants, "listOrg")
        for name in of_kind[False]:
            add(add(others, "org", None, {XML_ID: speakers.identifiers[name]}), "orgName", name)


def _header(article: Row, said: About, speakers: _Speakers) -> etree._Element:
    header = element("teiHeader")
    described = add(header, "fileDesc")
    titles = add(described, "titleStmt")
    add(titles, "title", article["headline"] or article["article_id"])
    for name in article["authors"]:
        add(titles, "author", name)
    size = add(described, "extent")
    add(size, "measure", None, {"unit": "words", "quantity": str(article["word_count"])})
    published = add(described, "publicationStmt")
    add(published, "authority", said.title)
    add(published, "idno", article["article_id"], {"type": "article_id"})
    rights = add(published, "availability", None, {"status": "restricted"})
    add(rights, "p", said.rights)
    if article["license"]:
        add(rights, "licence", article["license"])
    _source(add(add(described, "sourceDesc"), "bibl"), article)
    encoding = add(add(header, "encodingDesc"), "projectDesc")
    add(encoding, "p", said.citation)
    _profile(header, article, speakers)
    etree.indent(header)
    return header


def _source(source: etree._Element, article: Row) -> None:
    """Say where the article was published, and when as far as it is known."""
    if article["headline"]:
        add(source, "title", article["headline"], {"level": "a"})
    for name in article["authors"] or filter(None, [article["author"]]):
        add(source, "author", name)
    if article["publisher"]:
        add(source, "publisher", article["publisher"])
    bounds = (article["date_published_not_before"], article["date_published_not_after"])
    attributes = date_attributes(article["date_published"], *bounds)
    if attributes:
        add(source, "date", article["date_published"], attributes)
    if article["pagination"]:
        add(source, "biblScope", article["pagination"], {"unit": "page"})
    if article["identifier"]:
        add(source, "idno", article["identifier"])
    add(source, "idno", article["document_id"], {"type": "document_id"})


def _profile(header: etree._Element, article: Row, speakers: _Speakers) -> None:
    profile = element("profileDesc")
    if article["language"]:
        languages = add(profile, "langUsage")
        add(languages, "language", article["language"], {"ident": article["language"]})
    if speakers.identifiers:
        _participants(add(profile, "particDesc"), speakers)
    if article["topics"]:
        keywords = add(add(profile, "textClass"), "keywords")
        for topic in article["topics"]:
            add(keywords, "term", topic)
    if len(profile):
        header.append(profile)


def _said(quotations: Iterable[Row], speakers: _Speakers) -> Iterator[Span]:
    for row in quotations:
        attributes = {XML_ID: _id(row["quotation_id"]), "direct": str(row["is_direct"]).lower()}
        if row["speaker"]:
            attributes["who"] = f"#{speakers.identifiers[row['speaker']]}"
        yield Span(row["char_start"], row["char_end"], 0, "said", attributes)


def _named(mentions: Iterable[Row]) -> Iterator[Span]:
    for row in mentions:
        attributes = {XML_ID: _id(row["mention_id"])}
        if row["entity_id"]:
            attributes["key"] = row["entity_id"]
        if row["uri"]:
            attributes["ref"] = row["uri"]
        yield Span(row["char_start"], row["char_end"], 1, _NAMES[row["kind"]], attributes)


def _dated(times: Iterable[Row]) -> Iterator[Span]:
    for row in times:
        attributes = {XML_ID: _id(row["time_expression_id"])}
        attributes |= date_attributes(row["edtf"], row["not_before"], row["not_after"])
        yield Span(row["char_start"], row["char_end"], 2, "date", attributes)


def _body(
    body: etree._Element,
    article: Row,
    paragraphs: Sequence[Row],
    spans: Sequence[Span],
    changes: Changes,
) -> None:
    """Write the text: sections with their headings, paragraphs with what is marked in them."""
    if article["headline"]:
        add(body, "head", article["headline"])
    section = body
    marked = 0
    for row in paragraphs:
        if row["role"] in _NOT_IN_BODY or row["text"] is None:
            continue
        if row["role"] == "heading":
            section = add(body, "div")
        name = "head" if row["role"] == "heading" else "p"
        block = add(section, name, None, _block_attributes(row))
        within = _within(row, spans)
        marked += len(within)
        changes.counts["crossing"] += mark_up(block, row["text"], within)
    changes.counts["crossing"] += len(spans) - marked if len(body) > 1 else 0
    if all(row["text"] is None for row in paragraphs):
        rest = add(body, "p", article["text"])
        add(rest, "gap", None, {"reason": "sharing"})
    for block in body.iter():
        if block.tag.endswith(("}head", "}p", "}div")):
            block.tail = "\n"


def _block_attributes(row: Row) -> dict[str, str]:
    attributes = {XML_ID: _id(row["paragraph_id"])}
    if row["role"] not in {"body", "heading"}:
        attributes["rend"] = row["role"]
    return attributes


def _within(row: Row, spans: Sequence[Span]) -> list[Span]:
    """Return the spans that lie in a paragraph, counted from its beginning."""
    start, end = row["char_start"], row["char_end"]
    if start is None:
        return []
    return [
        Span(one.start - start, one.end - start, one.rank, one.name, one.attributes)
        for one in spans
        if start <= one.start and one.end <= end
    ]
