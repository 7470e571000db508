"""The stretches of a file that tell its encoding: its lines with bytes beyond ASCII."""

from __future__ import annotations

import re

MOST_BYTES = 4_000
"""Bytes that decide: some six hundred words, of which a tenth would do."""
_HIGH = re.compile(rb"[\x80-\xff]")
_TAG = re.compile(rb"<[^<>]{0,400}(?:>|\Z)|\A[^<>]{0,400}[\"']\s{0,3}/?>")
"""A tag, or the part of one that a stretch begins or ends with."""
_AROUND, _FARTHEST = 300, 3_000
"""Bytes before and behind a byte beyond ASCII that are taken of a line without end, such as a
page's; how far from there a place is looked for where no character is cut."""
_PAIR = 2
"""Bytes of a character of several, in a stretch without any other."""
_BREAK = re.compile(rb"[\x09-\x0d\x20-\x2f\x3a-\x3f]")
"""Bytes that no character of several bytes contains: a stretch may begin and end at one."""
_LEAST_BYTES = 1_000
"""With fewer, the words around are looked at too."""
_BEYOND = [bytes([byte]) for byte in range(0x80, 0x100)]
_WINDOWS = 40
"""Places of a long file that are looked at, at equal distances."""


def sample_of(content: bytes) -> bytes:
    """Return stretches with bytes beyond ASCII, a line each, without tags.

    Of a long file they come from all of it, so that a foreign beginning does not decide, and each
    byte beyond ASCII is in one of them, so that none is read in a page that it was not tried in.
    """
    step = max(MOST_BYTES, -(-len(content) // _WINDOWS))
    each = max(_AROUND, MOST_BYTES * step // max(1, len(content)))
    pieces: list[bytes] = []
    reached = 0
    for begin in range(0, len(content), step):
        room = each
        while room > 0 and (found := _HIGH.search(content, max(begin, reached), begin + step)):
            start, reached = _stretch(content, found.start(), reached)
            pieces.append(_TAG.sub(b" ", content[start:reached]))
            room -= len(pieces[-1])
    for byte in _BEYOND:
        place = content.find(byte)
        if place >= 0 and not any(byte in piece for piece in pieces):
            pieces.append(_TAG.sub(b" ", content[slice(*_stretch(content, place, 0))]))
    if pieces and sum(map(len, pieces)) < _LEAST_BYTES:
        pieces.append(_words_around(content))
    return b"\n".join(pieces)


def _words_around(content: bytes) -> bytes:
    """Return the ASCII around the first byte beyond: it tells the language of a few letters."""
    found = _HIGH.search(content)
    place = found.start() if found else 0
    around = content[max(0, place - _LEAST_BYTES) : place + _LEAST_BYTES]
    return _TAG.sub(b" ", _HIGH.sub(b" ", around))


def _stretch(content: bytes, place: int, reached: int) -> tuple[int, int]:
    """Return where the line, or the part of a line, around ``place`` begins and ends."""
    start = max(reached, content.rfind(b"\n", reached, place) + 1)
    if place - start > _AROUND:
        whole = _BREAK.search(content, max(start, place - _FARTHEST), place)
        near = _BREAK.search(content, place - _AROUND, place) or whole
        start = near.end() if near else place - (place - start) % _PAIR
    end = content.find(b"\n", place, place + _AROUND)
    if end < 0:
        near = _BREAK.search(content, place + _AROUND, place + _FARTHEST)
        end = near.start() if near else min(len(content), place + _FARTHEST)
    return start, max(end, place + 1)
