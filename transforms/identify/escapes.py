"""Encodings of seven bits, which switch to another alphabet by escapes: ISO 2022, HZ, UTF-7.

Their bytes are valid UTF-8, in which they show as gibberish.
"""

from __future__ import annotations

import re
from itertools import islice

from knipsel.transforms.identify.wide import is_text

_ESCAPE = re.compile(rb"\x1b\$|\x1b\([IJ]")
"""To an alphabet of two bytes, or of Japanese; terminals have other escapes."""
_LEFT = re.compile("[\x0e\x0f\x1b]")
"""What is left of switches that an encoding does not know."""
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){1,200}~\}")
_UTF_7 = re.compile(rb"\+([A-Za-z0-9+/]{3,400})-?")
_FEWEST_SHIFTS, _MOST_SHIFTS, _SURE_SHIFTS = 3, 300, 0.8
"""Stretches of UTF-7 in a text, how many are looked at, and the share of what looks like one that
has to be one: in ASCII most of what follows a plus sign gives no text."""
_JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2", "iso2022_jp_2004")
_KOREAN = ("iso2022_kr",)
_MOST_BROKEN = 0.01
"""The share of characters that a damaged file may have lost."""


class UnknownEscapesError(ValueError):
    """Escapes to an alphabet that no codec knows."""


def escaped_text(content: bytes) -> tuple[str, str] | None:
    """Return a text with escapes and its encoding; None where there are none.

    Raises `UnknownEscapesError` where there are some, and no encoding reads them.
    """
    if b"\x1b" in content and _ESCAPE.search(content):
        return _of_iso_2022(content)
    if b"~{" in content and _HZ.search(content):
        return _strict(content, "hz")
    return None


def has_utf_7(content: bytes) -> bool:
    """Say whether a text in ASCII is UTF-7, with letters beyond ASCII as figures behind ``+``."""
    shifts = [found[1] for found in islice(_UTF_7.finditer(content), _MOST_SHIFTS)]
    if len(shifts) < _FEWEST_SHIFTS:
        return False
    texts = [_strict(b"+" + one + b"-", "utf-7") for one in shifts]
    sure = sum(1 for one in texts if one and not one[0].isascii() and is_text(one[0]))
    return sure >= _SURE_SHIFTS * len(shifts)


def _of_iso_2022(content: bytes) -> tuple[str, str]:
    order = (*_KOREAN, *_JAPANESE) if b"\x1b$)C" in content else (*_JAPANESE, *_KOREAN)
    for encoding in order:
        found = _strict(content, encoding)
        if found and not _LEFT.search(found[0]):
            return found
    for encoding in order:
        text = content.decode(encoding, "replace")
        if not _LEFT.search(text) and text.count("\ufffd") <= _MOST_BROKEN * len(text):
            return text, encoding
    raise UnknownEscapesError


def _strict(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        return content.decode(encoding), encoding
    except UnicodeError:
        return None
