"""A page laid out: its visible text in reading order; trafilatura says which of it is the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.body import find_body
from knipsel.transforms.read.html.data.scripts import Script, data_scripts
from knipsel.transforms.read.html.head import head_tags
from knipsel.transforms.read.html.layout import drop_archive_bars, lay_out, parse_html
from knipsel.transforms.read.html.metadata import found_tags

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from knipsel.transforms.layout.section import HeadTag
    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.lines.words import LineWords

_EXTRACT_CEILING = 5_000_000
"""Characters of a page beyond which the extractor, which takes seconds a million, is not asked."""
_DEEPEST = 500
"""Elements within each other beyond which the extractor, which then takes seconds, is not asked."""
_LONG_ATTRIBUTE = 2_000
"""Characters of an attribute that holds a picture or a script, and tells nothing of the text."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page laid out: its text, the units of it, which of them are the body, and its head.

    ``kept`` is None where the extractor found no body; the offsets of the units count from
    where the caller wanted the page to begin. ``scripts`` are those that hold data.
    """

    text: str
    units: tuple[Unit, ...]
    kept: tuple[bool, ...] | None
    head: tuple[HeadTag, ...]
    scripts: tuple[Script, ...] = ()


def read_page(text: str, words: LineWords, offset: int = 0) -> Page | Rejection:
    """Lay out a page whose text is to begin at ``offset``, and find its body."""
    root = parse_html(text)
    if isinstance(root, Rejection):
        return root
    if root is None:
        return Page("", (), None, ())
    drop_archive_bars(root)
    head = tuple(head_tags(root, words))
    scripts = tuple(data_scripts(root))
    laid_out, units = lay_out(root, offset)
    can_extract = bool(units) and _can_extract(root, len(text))
    if can_extract:
        head += tuple(found_tags(root, text, head, words.dates))
    extracted = _extract(root) if can_extract else None
    if not extracted:
        return Page(laid_out, units, None, head, scripts)
    descriptions = [tag.value for tag in head if tag.field == "description"]
    units, kept = find_body(units, extracted, descriptions)
    return Page(laid_out, units, kept if any(kept) else None, head, scripts)


def _can_extract(root: HtmlElement, size: int) -> bool:
    """Say whether a page is small and flat enough for the extractor, without long attributes."""
    return size - _drop_long_attributes(root) <= _EXTRACT_CEILING and not _is_deep(root)


def _extract(root: HtmlElement) -> str | None:
    """Ask the extractor for the body; it is given the tree, so that the page is parsed once."""
    import trafilatura  # slow to load

    try:
        extracted = trafilatura.extract(
            root,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - hostile pages raise what no list foresees; the text alone decides then
        return None
    return extracted if isinstance(extracted, str) else None


def _drop_long_attributes(root: HtmlElement) -> int:
    """Take pictures and scripts out of the attributes; return how many characters that is."""
    dropped = 0
    for element in root.iter():
        for name, value in element.items():
            if len(value) > _LONG_ATTRIBUTE:
                dropped += len(value)
                del element.attrib[name]
    return dropped


def _is_deep(root: HtmlElement) -> bool:
    """Say whether elements lie too deep; the path to such a one is sought without a step back."""
    return bool(root.xpath(f"boolean(.{'/*' * _DEEPEST})"))
