"""UTF-8 with stray bytes in it: a page that another program wrote a line into."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from knipsel.transforms.identify.encoding.pages import WINDOWS_1252, read_strays
from knipsel.transforms.identify.encoding.ranking import PageReading
from knipsel.transforms.identify.encoding.signs import PlacedSign, stands_well
from knipsel.transforms.identify.encoding.verdict import judge_strays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.registers.files.encodings import Encodings

_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_CUT_OFF = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
"""The beginning of a character, at the end of a file that was cut."""
_AROUND = 150
"""Characters before and behind a stray byte that decide with it, within its line."""
_FEW_STRAYS = 20
"""Stray bytes that damage may leave; more of them, and all sensible, are of another encoding."""
_FIRST_BYTE = 0xC0
"""From here on bytes begin a character of UTF-8; those before go on with one."""
_STRAY_BYTE = 0xDC00
_ANYWHERE = "’\u00a0"
"""Signs of texts in any language; of a text with one of them that one may be damaged."""
_MOST_STRETCHES = 40
"""Stretches with stray bytes that decide on their encoding."""


def mixed_text(content: bytes, encodings: Encodings) -> tuple[str, str] | None:
    """Return a text that is mostly in UTF-8, with its encoding; None where it is not.

    Stray bytes are read in the page that gives sense; where none can be told they are replaced
    (U+FFFD): a gap that shows.
    """
    text = content.decode("utf-8", "surrogateescape")
    cut = _CUT_OFF.search(content)
    strays = len(_STRAY.findall(text)) - (len(cut[0]) if cut else 0)
    if len(_BEYOND.findall(text)) <= strays:
        return None
    page = None
    if strays:
        sample = "\n".join(islice(_stretches(text), _MOST_STRETCHES))
        readings = [
            PageReading(page, normalize("NFC", read_strays(sample, page.codec)))
            for page in encodings.pages
            if page.width == 1
        ]
        page = judge_strays(readings, encodings)
    if page is None or (_may_be_rests(text) and not _are_signs(text, encodings)):
        return content.decode("utf-8", "replace"), "utf-8"
    return read_strays(text, page.codec), f"utf-8+{page.name}"


def _stretches(text: str) -> Iterator[str]:
    """Yield the stretches of lines that have stray bytes."""
    reached = 0
    while found := _STRAY.search(text, reached):
        start = max(reached, found.start() - _AROUND)
        start = text.rfind("\n", start, found.start()) + 1 or start
        reached = found.end() + _AROUND
        line_end = text.find("\n", found.end(), reached)
        reached = line_end if line_end >= 0 else reached
        yield text[start:reached]


def _may_be_rests(text: str) -> bool:
    """Say whether stray bytes may all be what is left of damaged characters of UTF-8.

    Such bytes go on with a character, or begin one as others of the text do.
    """
    strays = _STRAY.findall(text)
    if len(strays) > _FEW_STRAYS:
        return False
    begin = {one.encode()[0] for one in {*_BEYOND.findall(text), *_ANYWHERE}}
    found = {ord(one) - _STRAY_BYTE for one in strays}
    return all(byte < _FIRST_BYTE or byte in begin for byte in found)


def _are_signs(text: str, encodings: Encodings) -> bool:
    """Say whether stray bytes are signs of Windows-1252, each in its place."""
    padded = f" {text} "
    placed = (
        PlacedSign(read_strays(one[0], WINDOWS_1252), padded[one.start() - 1], padded[one.end()])
        for one in _STRAY.finditer(padded)
    )
    return all(stands_well(one, encodings) for one in placed)
