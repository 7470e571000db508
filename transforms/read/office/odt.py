"""ODT (OpenDocument): paragraphs and tables in document order; notes and comments after them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.read.layout import (
    Paragraph,
    bullet,
    lay_out,
    note_reason,
    table_row,
    with_headline,
)
from knipsel.transforms.read.office.package import (
    EncryptedPackageError,
    Package,
    PackageError,
    TooLargePackageError,
    broken,
    encrypted,
    open_package,
    oversized,
)
from knipsel.transforms.read.properties import mark_title, property_tags
from knipsel.transforms.read.source import Source
from knipsel.transforms.read.xml.parse import (
    attribute,
    child,
    children,
    descendants,
    local,
    text_of,
)
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.model import Rejection
    from knipsel.transforms.read.xml.parse import Element
    from knipsel.transforms.registers.model import Registers

_CONTENT, _STYLES, _META, _MANIFEST = (
    *("content.xml", "styles.xml", "meta.xml"),
    "META-INF/manifest.xml",
)
_LEFT_OUT = frozenset(
    {"tracked-changes", "note-citation", "sequence-decls", "variable-decls", "user-field-decls"}
    | {"forms", "ruby-text", "desc", "title", "table-columns", "shapes", "dde-connection-decls"}
    | {"alphabetical-index-source", "table-of-content-source", "script"}
)
"""Elements that hold no text of the document: what was deleted, settings, marks of notes."""
_ASIDES = {"note-body": "footnote", "annotation": "annotation"}
_SIGNS = {"tab": "\t", "line-break": "\n"}
_BOXES = frozenset({"text-box", "custom-shape"})
_INDEXES = frozenset({"table-of-content", "alphabetical-index", "illustration-index"})
_STYLE_KINDS = {"title": "headline", "caption": "caption", "illustration": "caption"}
"""Kinds by the styles of LibreOffice, whose names in the file are English in every language."""
_RUNNING = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_HEADING_STYLE = re.compile(r"Heading(?:_20_\d{1,2})?$")
_LONGEST_CHAIN, _MOST_SPACES = 20, 100
_DAY = len("2024-03-08")


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a text document; nothing in it is run, and nothing is fetched.

    Rejects a file that is cut off or damaged (``broken_odt``), under a password
    (``encrypted_odt``), or that unpacks to too much text (``oversized_odt``).
    """
    try:
        return _read(open_package(source.content, registers.encodings), registers)
    except EncryptedPackageError:
        return encrypted("encrypted_odt", "ODT")
    except TooLargePackageError:
        return oversized("oversized_odt", "ODT")
    except PackageError as error:
        return broken("broken_odt", "ODT", error)


def _read(package: Package, registers: Registers) -> Reading:
    if _is_encrypted(package):
        raise EncryptedPackageError("is encrypted")
    content = package.xml(_CONTENT)
    body = child(content, "body", "text")
    if body is None:
        raise PackageError("has no text")
    walker = _Walker(_styles(package, content))
    paragraphs = list(walker.paragraphs(body))
    asides = [
        replace(one, kind=None, reason=note_reason(one.text, one.reason or ""))
        for one in (*walker.asides, *_running_heads(package))
    ]
    text, laid_out = lay_out(with_headline(paragraphs), asides, registers.layout)
    title, author, created = _properties(package)
    units = mark_title(laid_out, title, registers.file_properties)
    if not any(unit.kind == "headline" and fold(unit.text) == fold(title) for unit in units):
        title = ""  # that of a template, or of the file
    head = property_tags(
        registers.file_properties, title=title, author=author, created=created[:_DAY]
    )
    return Reading(text, (Section(units, head=tuple(head)),))


def _running_heads(package: Package) -> Iterator[Paragraph]:
    """Yield the lines at the head and foot of each page."""
    if _STYLES in package.names():
        for part in descendants(package.xml(_STYLES), *_RUNNING):
            for one in _Walker({}).paragraphs(part):
                yield replace(one, reason="running_head")


def _is_encrypted(package: Package) -> bool:
    if _MANIFEST not in package.names():
        return False
    return any(True for _ in descendants(package.xml(_MANIFEST), "encryption-data"))


def _properties(package: Package) -> tuple[str, str, str]:
    """Return title, author and the day on which a file was made; "" for what it does not say."""
    if _META not in package.names():
        return "", "", ""
    meta = child(package.xml(_META), "meta")
    author = text_of(child(meta, "initial-creator")) or text_of(child(meta, "creator"))
    return text_of(child(meta, "title")), author, text_of(child(meta, "creation-date"))


def _styles(package: Package, content: Element) -> dict[str, str]:
    """Return the kind that each paragraph style gives, by its name."""
    roots = [content, *([package.xml(_STYLES)] if _STYLES in package.names() else [])]
    parents: dict[str, str] = {}
    for root in roots:
        for style in descendants(root, "style"):
            parents.setdefault(attribute(style, "name"), attribute(style, "parent-style-name"))
    kinds: dict[str, str] = {}
    for name in parents:
        ancestor = name
        if _HEADING_STYLE.match(name):
            kinds[name] = "heading"
        for _ in range(_LONGEST_CHAIN):
            kind = _STYLE_KINDS.get(ancestor.casefold())
            if kind:
                kinds[name] = kind
                break
            ancestor = parents.get(ancestor, "")
    return kinds | {name.title(): kind for name, kind in _STYLE_KINDS.items()}


@dataclass(slots=True)
class _Line:
    """The text of a paragraph while it is gathered, and the boxes that are anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class _Walker:
    """Draws paragraphs from a document; ``asides`` are the notes and comments met so far."""

    kinds: dict[str, str]
    asides: list[Paragraph] = field(default_factory=list)

    def paragraphs(self, container: Element, *, reason: str | None = None) -> Iterator[Paragraph]:
        """Yield the paragraphs of a body, cell, box or note; tables row by row."""
        for element in container:
            name = local(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element, reason)
            elif name == "table-row":
                cells = [list(self.paragraphs(cell)) for cell in children(element, "table-cell")]
                yield from (replace(one, reason=reason or one.reason) for one in table_row(cells))
            elif name == "list":
                yield from self._items(element, reason)
            elif name in _INDEXES:
                yield from self.paragraphs(element, reason="navigation")
            elif name not in _LEFT_OUT and attribute(element, "display") != "none":
                yield from self.paragraphs(element, reason=reason)

    def _items(self, listed: Element, reason: str | None) -> Iterator[Paragraph]:
        """Yield the paragraphs of a list, the first of each item with its sign."""
        for item in children(listed, "list-item", "list-header"):
            is_first = local(item) == "list-item"
            for one in self.paragraphs(item, reason=reason):
                is_plain = one.kind is None and bool(one.text.strip())
                signed = is_first and is_plain and not one.text.startswith(bullet(""))
                yield replace(one, text=bullet("") + one.text.lstrip()) if signed else one
                is_first = is_first and not is_plain

    def _paragraph(self, element: Element, reason: str | None) -> Iterator[Paragraph]:
        line = _Line()
        self._gather(element, line)
        kind = self.kinds.get(attribute(element, "style-name"))
        level = None
        if local(element) == "h":
            number = attribute(element, "outline-level")
            level = int(number) - 1 if number.isascii() and number.isdecimal() else None
            kind = kind or "heading"
        yield Paragraph("".join(line.pieces), kind, reason, level)
        yield from (replace(box, reason=reason or box.reason) for box in line.boxes)

    def _gather(self, element: Element, line: _Line) -> None:
        """Gather the text in an element; white space of the file counts as one blank."""
        self._add(element.text, line)
        for part in element:
            name = local(part)
            if name in _ASIDES:
                notes = self.paragraphs(part)
                self.asides += [replace(one, reason=_ASIDES[name]) for one in notes]
            elif name == "s":
                count = attribute(part, "c")
                line.pieces.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
            elif name in _SIGNS:
                line.pieces.append(_SIGNS[name])
            elif name in _BOXES:
                line.boxes += self.paragraphs(part)
            elif name not in _LEFT_OUT:
                self._gather(part, line)
            self._add(part.tail, line)

    def _add(self, text: str | None, line: _Line) -> None:
        if text:
            line.pieces.append(_one_blank(text))


def _one_blank(text: str) -> str:
    """Return a text with each run of white space as one blank."""
    inner = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if inner and text[-1:].isspace() else ""
    return before + inner + after
