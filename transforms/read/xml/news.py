"""What NITF and NewsML share: the elements of a text, and records that become articles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.records.layout import lay_out_records
from knipsel.transforms.read.records.model import Names, Record, collect
from knipsel.transforms.read.xml.paragraphs import LINE_END, Vocabulary, paragraphs
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.etree import _Element

    from knipsel.transforms.layout.section import Reading
    from knipsel.transforms.read.layout import Paragraph
    from knipsel.transforms.registers.model import Registers

TEXT = Vocabulary(
    blocks=frozenset(
        {"p", "div", "block", "body", "body.content", "section", "article", "pre", "bq", "hr"}
        | {"blockquote", "ul", "ol", "dl", "dt", "dd", "table", "nitf-table", "tr", "figure"}
        | {"media", "note", "caption", "header", "footer", "aside", "lq"}
    ),
    kinds={
        **dict.fromkeys(("hl1", "hl2", "h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
        **dict.fromkeys(("media-caption", "media-producer", "figcaption"), "caption"),
    },
    asides={"fn": "footnote"},
    signs={"br": LINE_END},
    hidden=frozenset(
        {"media-metadata", "media-object", "media-reference", "nitf-table-metadata", "script"}
        | {"style", "head", "template", "noscript", "postaddr", "del"}
    ),
    items=frozenset({"li"}),
    cells=frozenset({"td", "th"}),
)
"""The elements of texts in NITF and in XHTML, whose names do not collide."""


def text_paragraphs(element: _Element) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text in NITF or XHTML."""
    return tuple(paragraphs(element, TEXT))


def record_of(
    values: Iterable[tuple[str, str]], body: Sequence[Paragraph], *, is_article: bool = True
) -> Record | None:
    """Return a record of named values and a text; None of too many values.

    A headline that stands above the text once more is no part of it.
    """
    record = collect(values, is_article=is_article)
    if record is None:
        return None
    known = {fold(value) for _, values in record.fields for value in values}
    first = next(iter(body), None)
    if first is not None and first.kind == "heading" and fold(first.text) in known:
        body = (replace(first, kind=None, reason="headline_repeat"), *body[1:])
    return replace(record, body=tuple(body))


def news(
    records: Iterable[Record | None], meanings: Mapping[str, str], method: str, registers: Registers
) -> Reading | Rejection:
    """Lay records out as articles; reject a file in which none has a text (``no_article``)."""
    usable = [record for record in records if record is not None]
    if not any(record.body and record.is_article for record in usable):
        return Rejection(
            "no_article",
            "The file has no text of an article, only what is said about one, or pictures; get "
            "the items that it names.",
        )
    names = Names(registers.record_fields, meanings)
    return lay_out_records(usable, method, names, registers.lines, registers.layout)
