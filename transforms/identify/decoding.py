"""Bytes to text: byte order marks, UTF-8, what the file declares, Windows-1252."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9][A-Za-z0-9_.:-]{1,30})", re.IGNORECASE
)
_HEAD, _TAIL = 4096, 1024
# Encodings that a file may declare, by Python's names; the rest of Python's codecs are no
# charsets of the web, and some of them (idna, punycode) take quadratic time.
_CHARSETS = re.compile(
    r"(?:iso8859-\d+|cp125\d|cp874|cp932|cp949|koi8-[ru]|shift_jis|euc_(?:jp|kr)|gb\w+|big5\w*|mac-roman)$"
)
# HTML says that pages which declare these are Windows-1252.
_READ_AS_WINDOWS_1252 = frozenset({"iso8859-1", "ascii", "cp1252"})
_SEVEN_BIT = "iso2022_"
"""Encodings that only mail still has; their bytes are valid UTF-8, so they must be declared."""
_NUL_SHARE = 0.3
"""Latin text in UTF-16 has a zero in nearly every second byte; in other scripts in every space."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark, and the encoding that gave it."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """Decode ``content``; every sequence of bytes gives a text.

    Tried in order: a byte order mark, UTF-8, UTF-16 by its zero bytes, the charset that the
    file declares, UTF-8 with stray Windows-1252 bytes, Windows-1252. The five bytes that
    Windows-1252 leaves undefined become the control characters of the same number, as HTML
    prescribes, so that no byte is lost.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            body = content[len(mark) :]
            return _strict(body, encoding) or _fallback(body, encoding)
    return (
        _strict_without_zeros(content)
        or _utf16_without_mark(content)
        or _declared(content)
        or _strict(content, "utf-8")
        or _fallback(content, "utf-8")
    )


def decode_declared(content: bytes, charset: str | None) -> str:
    """Decode a part of a file whose charset the file declares elsewhere, as mail does."""
    try:
        name = codecs.lookup(charset or "utf-8").name
    except (LookupError, ValueError):
        name = "utf-8"
    is_known = _CHARSETS.match(name) or name.startswith(_SEVEN_BIT)
    if not is_known or name in _READ_AS_WINDOWS_1252:
        return decode(content).text
    return (_strict(content, name) or decode(content)).text


def _strict(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except (UnicodeError, LookupError):
        return None


def _strict_without_zeros(content: bytes) -> Decoded | None:
    return None if b"\0" in content[:_HEAD] else _strict(content, "utf-8")


def _utf16_without_mark(content: bytes) -> Decoded | None:
    head = content[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < _NUL_SHARE * len(head) / 2 or min(even, odd) * 4 > max(even, odd):
        return None
    return _strict(content, "utf-16-le" if odd > even else "utf-16-be")


def _declared(content: bytes) -> Decoded | None:
    found = _DECLARED.search(content[:_HEAD]) or _DECLARED.search(content[-_TAIL:])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    if name in _READ_AS_WINDOWS_1252 or not _CHARSETS.match(name):
        return None
    return _strict(content, name)


def _fallback(content: bytes, encoding: str) -> Decoded:
    """Decode what is in no encoding: by a broken mark's encoding, or as (partly) Windows-1252."""
    if encoding.startswith(("utf-16", "utf-32")):
        return Decoded(content.decode(encoding, "replace"), encoding)
    replaced = content.decode("utf-8", "replace")
    stray = replaced.count("\ufffd")
    sequences = sum(1 for character in replaced if character > "\x7f") - stray
    if sequences > stray:
        return Decoded(content.decode("utf-8", _WINDOWS_1252), "utf-8+windows-1252")
    return Decoded(content.decode("ascii", _WINDOWS_1252), "windows-1252")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return "".join(_TABLE[byte] for byte in stray), error.end


_TABLE = [
    bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(256)
]
_WINDOWS_1252 = "knipsel.windows-1252"
codecs.register_error(_WINDOWS_1252, _as_windows_1252)
