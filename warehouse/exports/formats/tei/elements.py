"""Elements of TEI: spans of a text nested into each other, and dates no finer than they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_WHEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
"""EDTF that means the same in an attribute of TEI: a year, a month of one, a day."""
_SEASON = re.compile(r"\d{4}-(2[1-9]|3\d|4[01])$")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that is an element; ``start`` and ``end`` count code points in it.

    Of two of the same stretch the one with the smaller ``rank`` holds the other.
    """

    start: int
    end: int
    rank: int
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def element(
    name: str, text: str | None = None, attributes: Mapping[str, str] | None = None
) -> etree._Element:
    """Return an element of TEI."""
    names: dict[str | None, str] = {None: TEI}
    made = etree.Element(f"{{{TEI}}}{name}", dict(attributes or {}), nsmap=names)  # type: ignore[arg-type]
    made.text = text
    return made


def add(
    parent: etree._Element,
    name: str,
    text: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> etree._Element:
    """Add an element to another one, and return it."""
    made = etree.SubElement(parent, f"{{{TEI}}}{name}", dict(attributes or {}))
    made.text = text
    return made


def mark_up(parent: etree._Element, text: str, spans: Iterable[Span]) -> int:
    """Put a text into an element, with an element for each span; return how many are left out.

    Elements nest, so a span that begins in another one and ends behind it has none.
    """
    left_out = 0
    open_spans: list[tuple[etree._Element, int]] = [(parent, len(text))]
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.rank)):
        while len(open_spans) > 1 and open_spans[-1][1] <= span.start:
            at = _close(open_spans, text, at)
        if not 0 <= span.start < span.end <= open_spans[-1][1]:
            left_out += 1
            continue
        _append(open_spans[-1][0], text[at : span.start])
        at = span.start
        open_spans.append((add(open_spans[-1][0], span.name, None, span.attributes), span.end))
    while len(open_spans) > 1:
        at = _close(open_spans, text, at)
    _append(parent, text[at:])
    return left_out


def _close(open_spans: list[tuple[etree._Element, int]], text: str, at: int) -> int:
    """Close the innermost element, with the text up to its end; return where that is."""
    closed, end = open_spans.pop()
    _append(closed, text[at:end])
    return end


def _append(parent: etree._Element, text: str) -> None:
    """Add text at the end of an element."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def date_attributes(
    edtf: str | None, not_before: date | None, not_after: date | None
) -> dict[str, str]:
    """Return what TEI says of a date: when it is, or the days between which it lies.

    What TEI has no form for stands in ``when-custom`` as EDTF.
    """
    if edtf is not None and _WHEN.match(edtf) and not _SEASON.match(edtf):
        return {"when": edtf}
    bounds = {"notBefore": not_before, "notAfter": not_after}
    found = {name: day.isoformat() for name, day in bounds.items() if day is not None}
    return found | ({"when-custom": edtf} if edtf is not None else {})
