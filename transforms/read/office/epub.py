"""EPUB: a saved article, or an issue of a paper or magazine; of other books it is held back.

A book has chapters, and a chapter is an article only where the book says what it is: where it
calls itself a periodical, or has one text alone.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.html.layout import lay_out, parse_html
from knipsel.transforms.read.html.page import Page, read_page
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
from knipsel.transforms.read.source import Source
from knipsel.transforms.read.xml.parse import attribute, children, descendants, local, text_of
from knipsel.transforms.text.decoded import Decoded, most_telling
from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knipsel.transforms.read.xml.parse import Element
    from knipsel.transforms.registers.lines.words import LineWords
    from knipsel.transforms.registers.model import Registers

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_METHOD, _CONFIDENCE = "book_metadata", 0.6
_RECORD_FIELD, _NAVIGATION = "record_field", "navigation"
_LEAST_WORDS = 60
"""Words of a part that holds a text: covers, title pages and notices have fewer."""
_MOST_PARTS = 2_000
_PERIODICAL = re.compile(r"periodical|magazine|newspaper|journal|article", re.IGNORECASE)
_DATED_TITLE = re.compile(r"\s*[\[(][^\])]*\d[^\])]*[\])]\s*$|,?\s+\d{1,2}[^\d,]{1,20}\d{4}$")
"""The day at the end of an issue's title, which is otherwise the name of the paper."""
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_TOLD = (
    "title",
    "creator",
    "publisher",
    "date",
    "language",
    "identifier",
    "rights",
    "type",
    "source",
)
_DAY = len("2024-03-08")


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read an electronic book that has one text, or is an issue of a periodical.

    Rejects a file that is cut off or damaged (``broken_epub``), protected
    (``encrypted_epub``), too large (``oversized_epub``), or a book of several chapters
    (``several_chapters``).
    """
    try:
        return _read(_opened(open_package(source.content, registers.encodings)), registers)
    except EncryptedPackageError:
        return encrypted("encrypted_epub", "EPUB")
    except TooLargePackageError:
        return oversized("oversized_epub", "EPUB")
    except PackageError as error:
        return broken("broken_epub", "EPUB", error)


@dataclass(frozen=True, slots=True)
class _Book:
    """What a book says of itself, and its parts in reading order with the text of each."""

    told: list[tuple[str, str]]
    parts: list[Decoded]
    is_periodical: bool

    def first(self, name: str) -> str:
        return next((value for known, value in self.told if known == name), "")


def _opened(package: Package) -> _Book:
    container = package.xml(_CONTAINER)
    path = next((attribute(one, "full-path") for one in descendants(container, "rootfile")), "")
    root = package.xml(path)
    metadata = [one for part in children(root, "metadata") for one in part.iter()]
    told = [(local(one), text_of(one)) for one in metadata if local(one) in _TOLD]
    kinds = [attribute(one, "content") for one in metadata if _is_type(one)]
    kinds += [value for name, value in told if name == "type"]
    locked = set(_encrypted(package))
    parts: list[Decoded] = []
    for name in _spine(root, posixpath.dirname(path)):
        if name in locked:
            raise EncryptedPackageError("is encrypted")
        if name in package.names() and len(parts) < _MOST_PARTS:
            parts.append(decode(package.unpack(name), package.encodings))
    return _Book([row for row in told if row[1]], parts, any(map(_PERIODICAL.search, kinds)))


def _is_type(element: Element) -> bool:
    return attribute(element, "name", "property") in {"calibre:publication_type", "dcterms:type"}


def _spine(root: Element, folder: str) -> Iterator[str]:
    """Yield the names of the pages that are read one after the other, but the table of contents."""
    items = {
        attribute(one, "id"): one
        for manifest in children(root, "manifest")
        for one in children(manifest, "item")
    }
    for spine in children(root, "spine"):
        for reference in children(spine, "itemref"):
            item = items.get(attribute(reference, "idref"))
            is_page = attribute(item, "media-type") in _PAGES
            if item is None or not is_page or attribute(reference, "linear") == "no":
                continue
            if "nav" not in attribute(item, "properties").split():
                target = unquote(attribute(item, "href").partition("#")[0])
                yield posixpath.normpath(posixpath.join(folder, target))


def _encrypted(package: Package) -> Iterator[str]:
    """Yield the names of the parts that are encrypted; fonts often are, and are not read."""
    if _ENCRYPTION in package.names():
        for reference in descendants(package.xml(_ENCRYPTION), "CipherReference"):
            yield unquote(attribute(reference, "URI"))


def _read(book: _Book, registers: Registers) -> Reading | Rejection:
    has_text = [_has_text(part.text) for part in book.parts]
    if sum(has_text) > 1 and not book.is_periodical:
        return Rejection(
            "several_chapters",
            f"The book has {sum(has_text)} chapters, and does not say whether they are articles or "
            f"one text; save each article as a file of its own, as HTML or text.",
            str(sum(has_text)),
        )
    layout = _Layout(registers.lines)
    shared = tuple(layout.add_told(book))
    for part, is_text in zip(book.parts, has_text, strict=True):
        layout.add_part(part.text, shared, is_text=is_text)
    texts = (part for part, is_text in zip(book.parts, has_text, strict=True) if is_text)
    return Reading("".join(layout.pieces), tuple(layout.sections), most_telling(texts))


def _has_text(part: str) -> bool:
    """Say whether a part has prose, and not only titles and links."""
    root = parse_html(part)
    if root is None or isinstance(root, Rejection):
        return False
    return sum(weight(unit.text) for unit in lay_out(root)[1] if unit.kind is None) >= _LEAST_WORDS


@dataclass(slots=True)
class _Layout:
    """The text while it is written."""

    words: LineWords
    pieces: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    offset: int = 0

    def _write(self, text: str) -> int:
        start = self.offset
        self.pieces.append(text)
        self.offset += len(text)
        return start

    def add_told(self, book: _Book) -> Iterator[HeadTag]:
        """Write what the book says of itself; yield what that tells of its articles."""
        units: list[Unit] = []
        for name, value in book.told:
            start = self._write(f"{name}: {value}\n")
            end = self.offset - 1
            units.append(Unit(start, end, f"{name}: {value}", reason=_RECORD_FIELD))
            for known, told in _tags(name, value, is_periodical=book.is_periodical):
                begin = end - len(value)
                yield HeadTag(known, told, _METHOD, _CONFIDENCE, begin, end)
        self._write("\n")
        self.sections.append(Section(tuple(units)))

    def add_part(self, part: str, shared: Iterable[HeadTag], *, is_text: bool) -> None:
        """Write a page of the book: an article where it has a text, else titles and links."""
        page = read_page(part, self.words, self.offset)
        if isinstance(page, Rejection):
            page = Page("", (), None, ())
        self._write(f"{page.text}\n\n")
        if is_text:
            head = (*(tag for tag in page.head if tag.field != "publisher"), *shared)
            self.sections.append(Section(page.units, page.kept, head))
        else:
            units = tuple(unit._replace(reason=_NAVIGATION) for unit in page.units)
            self.sections.append(Section(units))


def _tags(name: str, value: str, *, is_periodical: bool) -> Iterator[tuple[str, str]]:
    """Yield the fields of an article that a value of the book's metadata tells.

    The title of an issue is the paper's, and its day that of publication; of a saved article
    the title is its headline, and the day that on which it was saved.
    """
    day = value[:_DAY] if date_bounds(value[:_DAY]).not_before else None
    if name == "title":
        yield ("publisher", _DATED_TITLE.sub("", value)) if is_periodical else ("headline", value)
    elif name == "creator" and not is_periodical:
        yield "author", value
    elif name == "date" and day:
        yield ("date_published" if is_periodical else "date_created"), day
    elif name == "language":
        yield "language", value
    elif name == "rights":
        yield "copyright_notice", value
    elif name == "source" and "://" in value:
        yield "url", value
