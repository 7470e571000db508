"""Texts whose letters were lost before they came here: nothing can bring them back."""

from __future__ import annotations

import re

_LOST = "\ufffd"
"""What a program writes for bytes that are not in the encoding that it took them for."""
_ASKED = re.compile(r"(?<=[^\W\d_])\?+(?=[^\W\d_A-Z])|(?<![?!])\?{3,}(?![?!])")
"""A question mark within a word, or a word of nothing else: what is written for a letter that an
encoding does not have."""
_ADDRESS = re.compile(r"\S*[/=&]\S*")
"""In an address a question mark is one."""
MOST_LOST = 0.01
"""The share of the letters that may be lost. Of 1,600 real documents none has lost more than .42 %;
German that has lost its umlauts has lost 1.5 %, French its accents 3 %, Polish its letters 7 %."""
_WESTERN = re.compile("[\u00a1-\u00ff]")
_MOST_WESTERN = 0.5
"""The share of these among the letters of a text: Vietnamese and Icelandic have one in six, text
in Cyrillic, Greek or Arabic that was taken for Windows-1252 nearly all."""
_SIGNS_WITHIN = re.compile(r"(?<=[^\W\d_])[¡-©«-´¶-¹»-¿×÷†‡•…‰‹›€™]+(?=[^\W\d_])")
"""Signs within words: Polish that was taken for Windows-1252 has them in every other word."""
_FEWEST = 5
"""A text of a few words may have a question mark in one."""


def damage_in(text: str) -> str | None:
    """Return a sentence to a person where too many letters of a text are lost, else None."""
    return _misread(text) or _lost(text)


def _misread(text: str) -> str | None:
    """Return a sentence where what a program took for Windows-1252 was saved as it showed it."""
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text))
    signs = sum(len(found[0]) for found in _SIGNS_WITHIN.finditer(text))
    beyond = len(_WESTERN.findall(text))
    if beyond <= _MOST_WESTERN * letters and (signs < _FEWEST or signs <= MOST_LOST * letters):
        return None
    return (
        "The letters are not those that were written: a program took the text for another "
        "encoding (Windows-1252), and saved what it showed."
    )


def _lost(text: str) -> str | None:
    lost = text.count(_LOST)
    if text.count("?") > MOST_LOST * len(text) / 4:
        lost += sum(len(found[0]) for found in _ASKED.finditer(_ADDRESS.sub(" ", text)))
    if lost < _FEWEST:
        return None
    letters = lost + sum(map(str.isalpha, text))
    if lost <= MOST_LOST * letters:
        return None
    return (
        f"{100 * lost / letters:.0f} % of the letters are lost: the file has question marks or "
        "replacement characters (U+FFFD) in their place."
    )
