"""Bytes in a page of single bytes, with what the page leaves undefined."""

from __future__ import annotations

import re
from functools import cache

WINDOWS_1252 = "cp1252"
_ESCAPES = re.compile("[\udc80-\udcff]+")
_ESCAPED = 0xDC00
"""What Python adds to a byte that it cannot decode (``surrogateescape``)."""


@cache
def upper_half(codec: str) -> str:
    """Return the characters of the bytes beyond ASCII.

    Undefined ones are U+FFFD; the five of Windows-1252 are the control characters of the same
    number, as HTML prescribes.
    """
    beyond = range(0x80, 0x100)
    text = "".join(bytes([one]).decode(codec, "replace") for one in beyond)
    if codec != WINDOWS_1252:
        return text
    return "".join(
        chr(one) if read == "\ufffd" else read for one, read in zip(beyond, text, strict=True)
    )


def read_strays(text: str, codec: str) -> str:
    """Return a text whose bytes that nothing could decode yet, escaped, are in a page."""
    read = _of_escaped(codec)
    return _ESCAPES.sub(lambda found: found[0].translate(read), text)


@cache
def _of_escaped(codec: str) -> dict[int, str]:
    return {_ESCAPED + 0x80 + place: one for place, one in enumerate(upper_half(codec))}


def decode_page(content: bytes, codec: str) -> str:
    """Return a text in a page; of Windows-1252 no byte is lost."""
    if codec == WINDOWS_1252:
        return read_strays(content.decode("ascii", "surrogateescape"), codec)
    return content.decode(codec, "replace")
