"""UTF-16 and UTF-32 without a mark: of both orders of bytes the one that gives a text."""

from __future__ import annotations

import unicodedata

from knipsel.transforms.registers.files.letters import script_of

_LOOK = 8_192
_LEAST_USUAL = 0.9
"""The share of letters, figures and signs of print in a text; other bytes, read so, have a half."""
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_LEAST_CONTROLS = 0.01
"""Control characters among bytes: in UTF-16 every space is one beside another byte, and of
Chinese characters one byte in twenty is; text in single bytes has next to none."""
_PRINT = ((0x2000, 0x206F), (0x20A0, 0x20CF), (0x3000, 0x303F), (0xFF00, 0xFFEF))
"""Code points of signs: punctuation, currencies, those of Chinese and Japanese."""


def wide_text(content: bytes) -> tuple[str, str] | None:
    """Return a text in UTF-16 or UTF-32 that has no mark, with its encoding, or None."""
    head = content[:_LOOK].strip(b"\0")  # a file may be filled up with zeros
    if len(head) - len(head.translate(None, _CONTROLS)) < _LEAST_CONTROLS * len(head):
        return None
    for width, orders in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        whole = content[: min(_LOOK, len(content) - len(content) % width)]
        likely = min(orders, key=lambda order: _blocks(whole, order))
        if whole and is_text(whole.decode(likely, "replace")):
            return content.decode(likely, "replace"), likely
    return None


def _blocks(content: bytes, encoding: str) -> int:
    """Return how many different stretches of 256 code points a text has: few, in the right order.

    An alphabet lies in one of them; with its bytes exchanged, each of its letters in another. What
    is no code point counts as a stretch each time.
    """
    text = content.decode(encoding, "replace")
    return len({ord(one) >> 8 for one in text}) + text.count("\ufffd")


def is_text(text: str) -> bool:
    """Say whether a text has the letters and signs that texts have, in whatever script."""
    return sum(map(_is_usual, text)) >= _LEAST_USUAL * len(text)


def _is_usual(character: str) -> bool:
    point = ord(character)
    if character.isascii():
        return character.isprintable() or character in "\t\n\f\r"
    if any(first <= point <= last for first, last in _PRINT):
        return True
    return script_of(character) != "other" and unicodedata.category(character)[0] != "C"
