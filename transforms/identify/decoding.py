"""Bytes to text: what tells its encoding itself, what a file declares, what gives a language.

The bytes decide before what is said of them: a mark, UTF-8, escapes. Without these, a declaration
is held against what the text becomes, and the pages of `corpus/registers/encodings.toml` are told
apart by the language that they give (`knipsel.transforms.identify.encoding`).
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING
from unicodedata import normalize

from knipsel.transforms.identify.encoding.declared import declared_codec
from knipsel.transforms.identify.encoding.doubt import sentence_of
from knipsel.transforms.identify.encoding.pages import WINDOWS_1252, decode_page
from knipsel.transforms.identify.encoding.strays import mixed_text
from knipsel.transforms.identify.encoding.verdict import judge
from knipsel.transforms.identify.escapes import UnknownEscapesError, escaped_text, has_utf_7
from knipsel.transforms.identify.twice import text_written_twice
from knipsel.transforms.identify.wide import is_text, wide_text
from knipsel.transforms.text.decoded import Decoded

if TYPE_CHECKING:
    from knipsel.transforms.identify.encoding.verdict import Verdict
    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.transforms.text.decoded import Method

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 65_536
_CONTROLS = bytes({*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)})
_CONTROL_SHARE = 0.02
"""Random bytes have one control character in ten, text next to none; see `text_media_type`."""
_COMPOSED = "cp1258"
"""Windows-1258 writes the marks of Vietnamese behind their letters; they are one in a text."""
_UTF_7 = "utf-7"
"""Mail alone has it; undeclared, it is ASCII with plus signs."""
_SEEMS_UTF_7 = (
    "The text seems to be in UTF-7, which only mail has: its letters stand as figures behind +."
)
_LOOK = 8_192


def decode(content: bytes, encodings: Encodings, stated: str | None = None) -> Decoded:
    """Decode ``content``; every sequence of bytes gives a text.

    ``stated`` is what a person says that the encoding is: it wins, and is in doubt only where the
    bytes are not in it.
    """
    if stated:
        return _as_stated(content, encodings, stated)
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            body = content[len(mark) :]
            return _marked(body, encoding) or _unmarked(body, encodings)
    return _unmarked(content, encodings)


def _marked(body: bytes, encoding: str) -> Decoded | None:
    """Decode what stands behind a byte order mark; None where it contradicts the mark."""
    text = body.decode(encoding, "replace")
    if encoding == "utf-8":
        is_so = "\ufffd" not in text or _is_utf_8(body)
    else:
        has_controls = len(body.translate(None, _CONTROLS)) < len(body)
        is_so = has_controls or not body or (not _is_utf_8(body) and is_text(text[:_LOOK]))
    return Decoded(text, encoding, "mark") if is_so else None


def _unmarked(content: bytes, encodings: Encodings) -> Decoded:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return _not_utf_8(content, encodings)
    if text.isascii():
        return _seven_bit(content) or _wide(content) or Decoded(text, "utf-8", "utf-8")
    twice = text_written_twice(content, text)
    if twice is not None:
        return Decoded(twice, "utf-8 twice", "detected")
    return _seven_bit(content) or Decoded(text, "utf-8", "utf-8")


def decode_declared(
    content: bytes, charset: str | None, encodings: Encodings, stated: str | None = None
) -> Decoded:
    """Decode a part of a file whose charset the file declares elsewhere, as mail does.

    ``stated`` is what a person says of the whole file: it wins where the part is not plain ASCII.
    """
    if stated and not content.isascii():
        return _as_stated(content, encodings, stated)
    codec = encodings.codec_of(charset) if charset else None
    if codec == _UTF_7:
        return Decoded(content.decode(_UTF_7, "replace"), _UTF_7, "declared")
    return decode(content, encodings) if codec is None else _declared(content, codec, encodings)


def _as_stated(content: bytes, encodings: Encodings, stated: str) -> Decoded:
    codec = encodings.codec_of(stated) or "utf-8"
    page = encodings.page(codec)
    body = next((content[len(mark) :] for mark, _ in _BOMS if content.startswith(mark)), content)
    text = normalize("NFC", body.decode(codec, "replace")) if codec == _COMPOSED else (
        decode_page(body, codec)
    )  # fmt: skip
    name = page.name if page else codec
    if "\ufffd" not in text:
        return Decoded(text, name, "stated")
    line = text[: text.index("\ufffd")].count("\n") + 1
    doubt = f"The bytes are not in {stated}, as is stated beside the file: see line {line}."
    return Decoded(text, name, "stated", doubt)


def _seven_bit(content: bytes) -> Decoded | None:
    try:
        found = escaped_text(content)
    except UnknownEscapesError:
        doubt = "The text switches to an alphabet by escapes (ISO 2022) that no encoding reads."
        return Decoded(content.decode("utf-8", "replace"), "utf-8", "guessed", doubt)
    if found is None and content.isascii() and has_utf_7(content):
        return Decoded(content.decode(_UTF_7, "replace"), _UTF_7, "guessed", _SEEMS_UTF_7)
    return found and Decoded(*found, "escapes")


def _wide(content: bytes) -> Decoded | None:
    found = wide_text(content)
    return found and Decoded(*found, "detected")


def _not_utf_8(content: bytes, encodings: Encodings) -> Decoded:
    """Decode bytes that are no UTF-8, or not throughout."""
    wide = _wide(content)
    if wide:
        return wide
    head = content[:_HEAD]
    if len(head) - len(head.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(head):
        return Decoded(decode_page(content, WINDOWS_1252), "windows-1252", "guessed")
    mixed = mixed_text(content, encodings)
    if mixed:
        return Decoded(*mixed, "utf-8" if mixed[1] == "utf-8" else "detected")
    codec = declared_codec(content, encodings)
    return _judged(content, codec, encodings)


def _declared(content: bytes, codec: str, encodings: Encodings) -> Decoded:
    if encodings.page(codec) is None or _is_utf_8(content):
        return decode(content, encodings)
    return _judged(content, codec, encodings)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _judged(content: bytes, codec: str | None, encodings: Encodings) -> Decoded:
    declared = encodings.page(codec) if codec else None
    verdict = judge(content, encodings, declared)
    if verdict.problem == "none":
        method: Method = "declared" if verdict.is_declared else "detected"
        return Decoded(_read(content, verdict), verdict.page.name, method)
    if codec and declared is None and (unlisted := _strictly(content, codec)):
        return unlisted
    return Decoded(_read(content, verdict), verdict.page.name, "guessed", sentence_of(verdict))


def _read(content: bytes, verdict: Verdict) -> str:
    text = decode_page(content, verdict.page.codec)
    return normalize("NFC", text) if verdict.page.codec == _COMPOSED else text


def _strictly(content: bytes, codec: str) -> Decoded | None:
    """Decode bytes in an encoding that a file declares and no register lists, if they are in it."""
    try:
        text = content.decode(codec)
    except UnicodeError:
        return None
    has_controls = any("\x80" <= one <= "\x9f" for one in text)
    return None if has_controls else Decoded(text, codec, "declared")
