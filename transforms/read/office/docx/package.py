"""A DOCX as a package of parts: only those that hold text are unpacked, within bounds.

The parts are read one by one, since a whole package (python-docx's ``Package.open``) unpacks
every picture and fails where a part that nobody needs is missing.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.parser import parse_xml
from lxml import etree

from knipsel.transforms.read.office import package
from knipsel.transforms.read.office.package import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.registers.files.encodings import Encodings

_RELATIONSHIPS = "_rels/.rels"


@dataclass(slots=True)
class Package(package.Package):
    """The parts of an open file, by their names in the ZIP."""

    main: str = ""
    related: dict[str, list[str]] = field(default_factory=dict)
    """The names of the parts that belong to the main one, by the last word of the kind of their
    relationship: ``footnotes``, ``header``."""

    def part(self, name: str) -> etree._Element:
        """Return a part's XML; entities are not resolved, and nothing is fetched."""
        content = self.unpack(name)
        try:
            return parse_xml(content)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = f"has a part that is no XML ({name})"
            raise PackageError(message) from error

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """Yield the parts of one kind; one that is named but missing is passed over."""
        names = self.names()
        for name in self.related.get(kind, ()):
            if name in names:
                yield self.part(name)


def open_package(content: bytes, encodings: Encodings) -> Package:
    """Open a file and find its main part; raise `PackageError` where it is no whole DOCX."""
    opened = Package(package.open_package(content, encodings).archive, encodings)
    of_package = _targets(opened, _RELATIONSHIPS, "")
    main = of_package.get("officeDocument", [])
    if not main:
        raise PackageError("has no text part")
    opened.main = main[0]
    folder, name = posixpath.split(opened.main)
    own = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if own in opened.names():
        opened.related = _targets(opened, own, folder)
    opened.related["core-properties"] = of_package.get("core-properties", [])
    return opened


def _targets(opened: Package, name: str, folder: str) -> dict[str, list[str]]:
    """Return the parts that a list of relationships names, by kind; links outside are left out."""
    found: dict[str, list[str]] = {}
    for item in opened.part(name):
        target = item.get("Target")
        if target and item.get("TargetMode") != "External":
            kind = (item.get("Type") or "").rpartition("/")[2]
            found.setdefault(kind, []).append(posixpath.normpath(posixpath.join(folder, target)))
    return {kind: [path.lstrip("/") for path in paths] for kind, paths in found.items()}
