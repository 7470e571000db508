"""HTML: all visible text in reading order, a block a line; trafilatura says which is the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transforms.readers.html_head import head_tags
from transforms.readers.reading import Reading, Section, Source
from transforms.text import fold, words
from transforms.units import Unit, is_bullet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from transforms.registers import Registers

_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object"}
    | {"select", "textarea", "button", "datalist"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
    }
    | {
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
    }
    | {"u", "var", "wbr", "img"}
)
_KINDS = {
    "h1": "headline",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "figcaption": "caption",
}
_HIDING_STYLE = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")

_NEAR = 4
"""How many elements up the one is sought that gives a block its kind."""
_EXTRACT_CEILING = 5_000_000
"""Characters of a page beyond which the extractor, which takes seconds a million, is not asked."""
_EXACT_WORDS = 4
"""Blocks of fewer words count as extracted only where they are a whole extracted line."""
_CONTAINED = 0.8
"""Share of a block's runs of three words that the extracted text must have."""


@dataclass(slots=True)
class _Block:
    """A block of the page while it is gathered."""

    kind: str | None = None
    is_item: bool = False
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _SPACE.sub(" ", "".join(self.pieces)).strip()


def read(source: Source, registers: Registers) -> Reading:  # noqa: ARG001 - the signature of all readers
    """Read a page, however malformed; what cannot be parsed at all is read as no text."""
    root = _parse(source.text)
    if root is None:
        return Reading("", ())
    head = tuple(head_tags(root))
    laid_out, units = _lay_out(_blocks(root))
    extracted = _extract(source.text)
    kept = _align(units, extracted) if extracted else None
    section = Section(units, kept if kept and any(kept) else None, head)
    return Reading(laid_out, (section,))


def _parse(text: str) -> HtmlElement | None:
    from lxml import etree, html  # slow to load

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(
            text.replace("\0", "").encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def _blocks(root: HtmlElement) -> Iterator[_Block]:
    """Yield the blocks of visible text in reading order.

    It is a loop, since pages nest deeper than Python's stack.
    """
    block, hidden = _Block(), 0
    for event, element in _walk(root):
        if _is_hidden(element):
            hidden += 1 if event == "start" else -1
        breaks = element.tag not in _INLINE
        if breaks and block.pieces:
            yield block
        if breaks:
            block = _Block(*_block_kind(element, event))
        piece = element.text if event == "start" else element.tail
        if piece and not hidden:
            block.pieces.append(piece)
    yield block


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml import etree  # slow to load

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            yield event, element


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.tag in _HIDDEN
        or element.get("hidden") is not None
        or bool(_HIDING_STYLE.search(element.get("style") or ""))
    )


def _block_kind(element: HtmlElement, event: str) -> tuple[str | None, bool]:
    """Return the kind of the block that begins here, by the nearest element that has one."""
    holder = element if event == "start" else element.getparent()
    steps = 0
    while holder is not None and steps < _NEAR:
        if holder.tag in _KINDS:
            return _KINDS[holder.tag], False
        if holder.tag in {"li", "p", "div", "td"}:
            return None, holder.tag == "li"
        holder, steps = holder.getparent(), steps + 1
    return None, False


def _lay_out(blocks: Iterator[_Block]) -> tuple[str, tuple[Unit, ...]]:
    """Write the blocks one a line, items with a bullet, and return that text with its units."""
    lines: list[str] = []
    units: list[Unit] = []
    offset = 0
    for block in blocks:
        text = block.text
        if not text:
            continue
        line = f"• {text}" if block.is_item and not is_bullet(text) else text
        units.append(
            Unit(
                offset, offset + len(line), line, is_bullet(line), after_blank=True, kind=block.kind
            )
        )
        lines.append(line)
        offset += len(line) + 1
    return "\n".join(lines), tuple(units)


def _extract(text: str) -> str | None:
    if len(text) > _EXTRACT_CEILING:
        return None
    import trafilatura  # slow to load

    try:
        extracted = trafilatura.extract(
            text,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 - hostile pages raise what no list foresees; the text alone decides then
        return None
    return extracted if isinstance(extracted, str) else None


def _align(units: Sequence[Unit], extracted: str) -> tuple[bool, ...]:
    """Say of each unit whether the extractor took it."""
    lines = {fold(line) for line in extracted.splitlines()}
    have = set(_runs(words(extracted)))
    found = [_is_extracted(unit, lines, have) for unit in units]
    long = [
        i for i, unit in enumerate(units) if found[i] and len(unit.text.split()) > 2 * _EXACT_WORDS
    ]
    if not long:
        return tuple(found)
    first, last = _with_headings(units, found, long[0]), long[-1]
    return tuple(flag and first <= i <= last for i, flag in enumerate(found))


def _with_headings(units: Sequence[Unit], found: Sequence[bool], first: int) -> int:
    while first > 0 and found[first - 1] and units[first - 1].kind is not None:
        first -= 1
    return first


def _runs(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(row, row[1:], row[2:], strict=False)


def _is_extracted(unit: Unit, lines: set[str], have: set[tuple[str, ...]]) -> bool:
    if fold(unit.text) in lines:
        return True
    runs = list(_runs(words(unit.text)))
    return len(runs) > _EXACT_WORDS and sum(run in have for run in runs) >= _CONTAINED * len(runs)
