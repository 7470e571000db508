"""The paragraphs of a DOCX part in document order (WordprocessingML, ECMA-376 part 1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.read.layout import Paragraph, bullet, table_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    {"del", "moveFrom", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr"}
    | {"sdtEndPr", "instrText", "delText", "delInstrText", "Fallback"}
)
"""Elements that hold no text of the document: properties, codes, and what was deleted."""
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_OFF = frozenset({"0", "false", "off", "none"})
_FONT_SIGNS = range(0xF000, 0xF100)
"""Private code points that stand for the signs of a font of symbols."""
_LONGEST_CHAIN = 20
"""Styles that build on each other; a circle would have no end."""
_HEADING_LEVELS = range(9)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs: a kind or reason, and whether they are items."""

    kind: str | None = None
    reason: str | None = None
    level: int | None = None
    is_item: bool = False


@dataclass(slots=True)
class _Line:
    """The text of a paragraph while it is gathered, and the boxes that are anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)


def local(element: _Element) -> str:
    """Return an element's name without its namespace; that of a comment is none of XML."""
    return str(element.tag).rpartition("}")[2]


def child(element: _Element | None, name: str) -> _Element | None:
    """Return the first child of that name."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def value(element: _Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without its namespace."""
    if element is None:
        return None
    return next(
        (str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name),
        None,
    )


def is_on(element: _Element | None) -> bool:
    """Say whether a property that is there or not is set."""
    return element is not None and (value(element) or "1") not in _OFF


class Walker:
    """Draws paragraphs from the parts of one document."""

    def __init__(self, styles: Styles) -> None:
        """Walk with the styles of the document."""
        self.styles = styles

    def paragraphs(self, container: _Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of a body, cell, box or note; tables row by row."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tr":
                cells = [list(self.paragraphs(cell)) for cell in _cells(element)]
                yield from table_row(cells)
            elif name not in _LEFT_OUT:
                yield from self.paragraphs(element)

    def notes(self, part: _Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of footnotes, endnotes or comments, not the lines above them."""
        for note in part:
            if value(note, "type") not in _SEPARATORS:
                yield from self.paragraphs(note)

    def _paragraph(self, element: _Element) -> Iterator[Paragraph]:
        line = _Line()
        for part in element:
            self._gather(part, line)
        style = self._style(child(element, "pPr"))
        text = "".join(line.pieces)
        if style.is_item and text.strip():
            text = bullet("") + text.lstrip()
        yield Paragraph(text, style.kind, style.reason, style.level)
        yield from line.boxes

    def _gather(self, element: _Element, line: _Line) -> None:
        name = local(element)
        if name == "t":
            line.pieces.append(element.text or "")
        elif name in _SIGNS:
            line.pieces.append(_SIGNS[name])
        elif name == "sym":
            line.pieces.append(_symbol(value(element, "char") or ""))
        elif name == "txbxContent":
            line.boxes += self.paragraphs(element)
        elif name not in _LEFT_OUT and not _is_hidden(element):
            for part in element:
                self._gather(part, line)

    def _style(self, properties: _Element | None) -> Style:
        named = self.styles[value(child(properties, "pStyle")) or ""]
        level = _level(properties)
        if level is not None and named.kind is None:
            return Style("heading", level=level)
        numbering = child(properties, "numPr")
        if numbering is None or named.kind:
            return named
        return Style(reason=named.reason, is_item=value(child(numbering, "numId")) != "0")


def _cells(row: _Element) -> Iterator[_Element]:
    """Yield the cells of a row, also those within content controls."""
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in {"sdt", "sdtContent", "customXml"}:
            yield from _cells(element)


def _is_hidden(element: _Element) -> bool:
    return local(element) == "r" and is_on(child(child(element, "rPr"), "vanish"))


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "•" if number in _FONT_SIGNS or not 0 < number < 0xD800 else chr(number)  # noqa: PLR2004 - surrogates begin


def _level(properties: _Element | None) -> int | None:
    text = value(child(properties, "outlineLvl")) or ""
    return int(text) if text.isascii() and text.isdigit() and int(text) in _HEADING_LEVELS else None


class Styles:
    """The paragraph styles of a document by their identifiers, looked into when they are met.

    Built-in styles have their English names in the file whatever the language of the program.
    """

    def __init__(self, parts: Iterable[_Element]) -> None:
        """Take the parts ``styles``, of which there is one or none."""
        self._elements = {
            value(one, "styleId") or "": one
            for part in parts
            for one in part
            if local(one) == "style"
        }
        self._known: dict[str, Style] = {}

    def __getitem__(self, key: str) -> Style:
        """Return what a style says; nothing where there is no such style."""
        if key not in self._known:
            self._known[key] = _resolve(key, self._elements)
        return self._known[key]


def _resolve(key: str, elements: dict[str, _Element]) -> Style:
    """Return what a style says, or else the nearest of those that it is based on."""
    is_item = False
    for _ in range(_LONGEST_CHAIN):
        element = elements.get(key)
        if element is None:
            break
        properties = child(element, "pPr")
        found = _by_name(value(child(element, "name")) or "", _level(properties))
        if found:
            return found
        numbering = child(child(properties, "numPr"), "numId")
        is_item = is_item or (numbering is not None and value(numbering) != "0")
        key = value(child(element, "basedOn")) or ""
    return Style(is_item=is_item)


_BY_NAME: dict[str, Callable[[str], Style]] = {
    "title": lambda _: Style("headline"),
    "heading": lambda rest: Style("heading", level=int(rest) - 1 if rest.isdecimal() else None),
    "toc": lambda _: Style(reason="navigation"),
    "caption": lambda _: Style("caption"),
    "list": lambda _: Style(is_item=True),
}


def _by_name(name: str, level: int | None) -> Style | None:
    first, _, rest = name.casefold().partition(" ")
    exact = first not in {"title", "caption"} or not rest
    if first in _BY_NAME and exact and name.casefold() != "list paragraph":
        return _BY_NAME[first](rest)
    return Style("heading", level=level) if level is not None else None
