"""A ZIP of parts, as office documents and books are: what is asked for is unpacked, in bounds."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.xml.parse import Element, parse_xml

if TYPE_CHECKING:
    from knipsel.transforms.registers.files.encodings import Encodings

_LARGEST = 64_000_000
"""Bytes of XML that are unpacked of one file; a novel has five million."""
_ENCRYPTED = 0x1
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, KeyError, RuntimeError),
)
"""What unpacking raises where the directory of a ZIP, or what it points to, is damaged."""


class PackageError(ValueError):
    """A file that is not whole; the message says what is wrong, as part of a sentence."""


class TooLargePackageError(PackageError):
    """A file that unpacks to more than is read."""


class EncryptedPackageError(PackageError):
    """A file whose parts are encrypted."""


@dataclass(slots=True)
class Package:
    """The parts of an open file, by their names in the ZIP; ``left`` is what may be unpacked."""

    archive: zipfile.ZipFile
    encodings: Encodings
    left: int = _LARGEST

    def names(self) -> set[str]:
        """Return the names of the parts."""
        return set(self.archive.namelist())

    def unpack(self, name: str) -> bytes:
        """Return a part; raise `PackageError` where it is missing, damaged or too large."""
        try:
            info = self.archive.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise EncryptedPackageError("is encrypted")
            if info.file_size > self.left:
                raise TooLargePackageError("is too large")
            content = self.archive.read(info)
        except PackageError:
            raise
        except _DAMAGES as error:
            message = f"is damaged: {name} cannot be read"
            raise PackageError(message) from error
        self.left -= len(content)
        return content

    def xml(self, name: str) -> Element:
        """Return a part's first element; no entity is ever defined, and nothing is fetched."""
        root = parse_xml(decode(self.unpack(name), self.encodings).text)
        if isinstance(root, Rejection):
            message = f"has a part that is no XML ({name})"
            raise PackageError(message)
        return root


def open_package(content: bytes, encodings: Encodings) -> Package:
    """Open a file; raise `PackageError` where its directory cannot be read."""
    try:
        return Package(zipfile.ZipFile(BytesIO(content)), encodings)
    except _DAMAGES as error:
        raise PackageError("is cut off or damaged") from error


def encrypted(rule: str, kind: str) -> Rejection:
    """Return why a file of a kind (``DOCX``) under a password cannot be read."""
    return Rejection(rule, f"The {kind} file is encrypted; save it without a password.")


def oversized(rule: str, kind: str) -> Rejection:
    """Return why a file that unpacks to too much is not read."""
    return Rejection(rule, f"The {kind} file unpacks to more text than any article; split it.")


def broken(rule: str, kind: str, error: PackageError) -> Rejection:
    """Return why a file that is not whole cannot be read."""
    return Rejection(rule, f"The {kind} file {error}: open it and save it again.")
