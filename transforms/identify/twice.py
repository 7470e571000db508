"""UTF-8 that a program took for Windows-1252 and wrote as UTF-8 once more."""

from __future__ import annotations

import re

from knipsel.transforms.identify.encoding.pages import WINDOWS_1252, upper_half

_TRACE = re.compile(rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xc5|\xc6|\xcb|\xe2[\x80-\x84])")
"""A letter that begins a character in UTF-8, and a sign that goes on with it: *Ã©*."""
_FEWEST = 2
"""Characters of several bytes; of one alone the words around it say more."""
_BYTES = {ord(one): 0x80 + place for place, one in enumerate(upper_half(WINDOWS_1252))}
"""The byte of each character of Windows-1252."""
_SEVERAL = re.compile(r"[^\x00-\x7f]")


def text_written_twice(content: bytes, text: str) -> str | None:
    """Return what a text was before it was encoded twice, None where it was not.

    ``content`` is valid UTF-8 and ``text`` what it gives. All that is not ASCII has to be so:
    what is so in part is mended where it is published.
    """
    if not _TRACE.search(content):
        return None
    try:
        found = text.translate(_BYTES).encode("latin-1").decode()
    except UnicodeError:
        return None
    return found if len(_SEVERAL.findall(found)) >= _FEWEST else None
