"""A DOCX as a package of parts: only those that hold text are unpacked, within bounds.

The parts are read one by one, since a whole package (python-docx's ``Package.open``) unpacks
every picture and fails where a part that nobody needs is missing.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from docx.oxml.parser import parse_xml
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 64_000_000
"""Bytes of XML that are unpacked of one file; a novel has five million."""
_RELATIONSHIPS = "_rels/.rels"
_ENCRYPTED = 0x1


_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, KeyError, RuntimeError),
)
"""What unpacking raises where the directory of a ZIP, or what it points to, is damaged."""


class DocxError(ValueError):
    """A file that is no whole DOCX; the message says what is wrong, as part of a sentence."""


class TooLargeDocxError(DocxError):
    """A file that unpacks to more than is read."""


class EncryptedDocxError(DocxError):
    """A file whose members are encrypted."""


@dataclass(slots=True)
class Package:
    """The parts of an open file, by their names in the ZIP."""

    archive: zipfile.ZipFile
    left: int = _LARGEST
    main: str = ""
    related: dict[str, list[str]] = field(default_factory=dict)
    """The names of the parts that belong to the main one, by the last word of the kind of their
    relationship: ``footnotes``, ``header``."""

    def part(self, name: str) -> etree._Element:
        """Return a part's XML; entities are not resolved, and nothing is fetched."""
        content = self._unpack(name)
        try:
            return parse_xml(content)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = f"has a part that is no XML ({name})"
            raise DocxError(message) from error

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """Yield the parts of one kind; one that is named but missing is passed over."""
        names = set(self.archive.namelist())
        for name in self.related.get(kind, ()):
            if name in names:
                yield self.part(name)

    def _unpack(self, name: str) -> bytes:
        try:
            info = self.archive.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise EncryptedDocxError("is encrypted")
            if info.file_size > self.left:
                raise TooLargeDocxError("is too large")
            content = self.archive.read(info)
        except DocxError:
            raise
        except _DAMAGES as error:
            message = f"is damaged: {name} cannot be read"
            raise DocxError(message) from error
        self.left -= len(content)
        return content


def open_package(content: bytes) -> Package:
    """Open a file and find its main part; raise `DocxError` where it is no whole DOCX."""
    try:
        package = Package(zipfile.ZipFile(BytesIO(content)))
    except _DAMAGES as error:
        raise DocxError("is cut off or damaged") from error
    of_package = _targets(package, _RELATIONSHIPS, "")
    main = of_package.get("officeDocument", [])
    if not main:
        raise DocxError("has no text part")
    package.main = main[0]
    folder, name = posixpath.split(package.main)
    own = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if own in package.archive.namelist():
        package.related = _targets(package, own, folder)
    package.related["core-properties"] = of_package.get("core-properties", [])
    return package


def _targets(package: Package, name: str, folder: str) -> dict[str, list[str]]:
    """Return the parts that a list of relationships names, by kind; links outside are left out."""
    found: dict[str, list[str]] = {}
    for item in package.part(name):
        target = item.get("Target")
        if target and item.get("TargetMode") != "External":
            kind = (item.get("Type") or "").rpartition("/")[2]
            found.setdefault(kind, []).append(posixpath.normpath(posixpath.join(folder, target)))
    return {kind: [path.lstrip("/") for path in paths] for kind, paths in found.items()}
