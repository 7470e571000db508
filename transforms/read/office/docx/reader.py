"""DOCX: paragraphs and tables in document order; notes, headers and comments after them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import Reading, Section
from knipsel.transforms.read.layout import Paragraph, lay_out, note_reason, with_headline
from knipsel.transforms.read.properties import mark_title, property_tags
from knipsel.transforms.read.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from knipsel.transforms.model import Rejection
    from knipsel.transforms.read.office.docx.package import Package
    from knipsel.transforms.read.office.docx.text import Walker
    from knipsel.transforms.registers.files.file_properties import FileProperties
    from knipsel.transforms.registers.layout.words import LayoutWords
    from knipsel.transforms.registers.model import Registers

_DAY = len("2024-03-08")


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a Word document, macros and all, of which nothing is run and nothing is fetched.

    Rejects a file that is cut off or damaged (``broken_docx``), encrypted
    (``encrypted_docx``), or that unpacks to too much text (``oversized_docx``).
    """
    from knipsel.transforms.read.office.docx.package import open_package  # with its XML libraries
    from knipsel.transforms.read.office.package import (
        EncryptedPackageError,
        PackageError,
        TooLargePackageError,
        broken,
        encrypted,
        oversized,
    )

    try:
        package = open_package(source.content, registers.encodings)
        return _read(package, registers.layout, registers.file_properties)
    except EncryptedPackageError:
        return encrypted("encrypted_docx", "DOCX")
    except TooLargePackageError:
        return oversized("oversized_docx", "DOCX")
    except PackageError as error:
        return broken("broken_docx", "DOCX", error)


def _read(package: Package, words: LayoutWords, known: FileProperties) -> Reading:
    from knipsel.transforms.read.office.docx.text import (  # with its XML library
        Styles,
        Walker,
        child,
    )

    walker = Walker(Styles(package.parts("styles")))
    body = child(package.part(package.main), "body")
    paragraphs = [] if body is None else list(walker.paragraphs(body))
    asides = list(_asides(package, walker))
    text, laid_out = lay_out(with_headline(paragraphs), asides, words)
    properties = _properties(package)
    units = mark_title(laid_out, properties["title"], known)
    head = property_tags(
        known,
        title=properties["title"],
        author=properties["creator"],
        created=properties["created"][:_DAY],
    )
    return Reading(text, (Section(units, head=tuple(head)),))


def _asides(package: Package, walker: Walker) -> Iterator[Paragraph]:
    """Yield what stands beside the body, each with the reason for which it is removed."""
    for kind, reason in (
        ("footnotes", "footnote"),
        ("endnotes", "footnote"),
        ("comments", "annotation"),
        ("header", "running_head"),
        ("footer", "running_head"),
    ):
        for part in package.parts(kind):
            for one in _aside(walker, part, kind):
                yield replace(one, kind=None, reason=note_reason(one.text, reason))


def _aside(walker: Walker, part: _Element, kind: str) -> Iterator[Paragraph]:
    return walker.paragraphs(part) if kind in {"header", "footer"} else walker.notes(part)


def _properties(package: Package) -> dict[str, str]:
    """Return the core properties that are used; "" for one that is not there."""
    from knipsel.transforms.read.office.docx.text import local

    found = dict.fromkeys(("title", "creator", "created"), "")
    for part in package.parts("core-properties"):
        for element in part:
            if local(element) in found:
                found[local(element)] = element.text or ""
    return found
