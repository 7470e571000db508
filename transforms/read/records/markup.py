"""Values of records that hold markup: text with tags, a whole page, signs written as entities."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from knipsel.transforms.layout.units import build_units
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.layout import lay_out, parse_html
from knipsel.transforms.read.html.page import Page, read_page
from knipsel.transforms.read.records.model import SURROGATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.lines.words import LineWords

_TAG = re.compile(
    r"<(?:br|hr|img)\b[^<>]{0,4000}>|</(?:p|div|span|strong|em|b|i|u|a|ul|ol|li|h[1-6]|figure|"
    r"blockquote|table|section|article|html|body)\s{0,9}>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|h[1-6]|article|section|table|body)\b", re.IGNORECASE)
_PAGE = re.compile(r"\s{0,99}<(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|nbsp|quot|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip|euro|"
    r"[a-z](?:acute|grave|uml|circ|tilde|cedil|ring));",
    re.IGNORECASE,
)


def one_line(value: str) -> str:
    """Return a value on one line, its markup undone."""
    if "<" in value and _TAG.search(value):
        root = parse_html(value)
        if root is not None and not isinstance(root, Rejection):
            value = lay_out(root)[0]
    elif _ENTITY.search(value):
        value = html.unescape(value)
    return " ".join(SURROGATE.sub("\ufffd", value).split())


def lay_out_text(text: str, offset: int, words: LineWords, layout: LayoutWords) -> Page:
    """Lay out a record's text: all of it is the body, save in a whole page."""
    if _PAGE.match(text):
        page = read_page(text, words, offset)
        if not isinstance(page, Rejection) and page.units:
            return page
    elif "<" in text and _TAG.search(text):
        lines = text if _BLOCK_TAG.search(text) else text.replace("\n", "<br>\n")
        root = parse_html(f"<div>{lines}</div>")
        if root is not None and not isinstance(root, Rejection):
            return _all_kept(*lay_out(root, offset))
    elif _ENTITY.search(text):
        text = SURROGATE.sub("\ufffd", html.unescape(text))
    return _all_kept(text, [unit.shifted(offset) for unit in build_units(text, layout)])


def _all_kept(text: str, units: Sequence[Unit]) -> Page:
    return Page(text, tuple(units), (True,) * len(units), ())


def paragraphs_of(value: str) -> list[tuple[str, str | None]]:
    """Return the paragraphs of a value with the kind of each, its markup undone."""
    if "<" in value and _TAG.search(value):
        root = parse_html(f"<div>{value}</div>")
        if root is not None and not isinstance(root, Rejection):
            return [(unit.text, unit.kind) for unit in lay_out(root)[1]]
    elif _ENTITY.search(value):
        value = html.unescape(value)
    clean = SURROGATE.sub("\ufffd", value)
    return [(line, None) for part in clean.split("\n") if (line := " ".join(part.split()))]
