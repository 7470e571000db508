"""UTF-8 with stray bytes in it: a page that another program wrote a line into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from knipsel.transforms.identify.encoding.pages import read_strays
from knipsel.transforms.identify.encoding.ranking import PageReading
from knipsel.transforms.identify.encoding.verdict import judge_strays

if TYPE_CHECKING:
    from knipsel.transforms.registers.files.encodings import Encodings

_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_CUT_OFF = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
"""The beginning of a character, at the end of a file that was cut."""
_AROUND = re.compile("[^\n]{0,150}[\udc80-\udcff][^\n]{0,150}")
_MOST_STRETCHES = 40
"""Stretches with stray bytes that decide on their encoding."""


def mixed_text(content: bytes, encodings: Encodings) -> tuple[str, str] | None:
    """Return a text that is mostly in UTF-8, with its encoding; None where it is not.

    Stray bytes are read in the page that gives sense; where none can be told they are replaced
    (U+FFFD): a gap that shows.
    """
    text = content.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    if len(_BEYOND.findall(text)) <= strays:
        return None
    cut = _CUT_OFF.search(content)
    page = None
    if not cut or strays > len(cut[0]):
        stretches = [found[0] for found in _AROUND.finditer(text)][:_MOST_STRETCHES]
        sample = "\n".join(stretches)
        readings = [
            PageReading(page, normalize("NFC", read_strays(sample, page.codec)))
            for page in encodings.pages
            if page.width == 1
        ]
        page = judge_strays(readings, encodings)
    if page is None:
        return content.decode("utf-8", "replace"), "utf-8"
    return read_strays(text, page.codec), f"utf-8+{page.name}"
