"""Tokens: the words that a search finds, with where they stand.

A word is a run of letters and digits with its marks; what follows an apostrophe belongs to it only
where it is an ending (*foto's*, *don't*). Hyphens, dots and underscores divide words, so that
*Oekraïne-oorlog* is found by *oorlog*. Of scripts without blanks each character is a token.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache

from knipsel.transforms.text.words import UNSPACED

LONGEST_WORD = 200
"""Characters of a word that count: longer ones are addresses and noise."""

_UNBROKEN = (
    *UNSPACED,
    *((0x0E80, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF)),  # Lao, Burmese, Khmer
    (0xF900, 0xFAFF),  # further Han; what lies beyond is rare, and makes such classes slow
)
_SINGLE = "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNBROKEN)
_LETTER = r"[^\W_]"
_ENDING = "(?:['’ʼ](?:s|t|n|r|m|d|ll|ve|re)(?!\\w))?"
"""What stands behind an apostrophe and is no word of its own, in Dutch and English."""
_PLAIN = re.compile(f"{_LETTER}+{_ENDING}", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "\u200c": None, "\u200d": None, "\u0640": None})
_LETTERS_THAT_FOLD = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_MARKS_FOLD = (
    *((0x0041, 0x024F), (0x1E00, 0x1EFF), (0x0370, 0x03FF), (0x1F00, 0x1FFF)),
    *((0x0590, 0x05FF), (0x0600, 0x06FF)),
)
"""Latin, Greek, Hebrew and Arabic: there a mark tells few words apart, and many leave it out. In
Cyrillic and the scripts of India it makes another letter, and stays."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: ``exact`` forms, and where each begins and ends, in code points."""

    text: str
    exact: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@cache
def _with_marks() -> re.Pattern[str]:
    """Return what finds the words of a text with marks or unbroken scripts."""
    marks = _marks()
    letter = rf"[^\W_{_SINGLE}]"
    word = f"{letter}+(?:[{marks}{_JOINERS}]+{letter}*)*{_ENDING}"
    return re.compile(f"[{_SINGLE}][{marks}]*|{word}", re.IGNORECASE)


class _Special(dict[str, bool]):
    """Whether each character that was asked for is a mark, or of a script without blanks."""

    def __missing__(self, character: str) -> bool:
        point = ord(character)
        is_single = any(first <= point <= last for first, last in _UNBROKEN)
        self[character] = is_single or character in _JOINERS or _is_mark(character)
        return self[character]


_SPECIAL = _Special()


def _marks() -> str:
    """Return all combining marks for a class of a regular expression."""
    points = (point for point in range(0x300, 0x10000) if _is_mark(chr(point)))
    stretches: list[list[int]] = []
    for point in points:
        if stretches and stretches[-1][1] == point - 1:
            stretches[-1][1] = point
        else:
            stretches.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in stretches)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii() or not any(map(_SPECIAL.__getitem__, set(text))):
        return _PLAIN
    return _with_marks()


def tokens_of(text: str) -> Tokens:
    """Return the words of a text with where they stand."""
    found = list(_pattern(text).finditer(text))
    return Tokens(text, tuple(_EXACT[one[0]] for one in found), tuple(one.span() for one in found))


def words_of(text: str) -> list[str]:
    """Return the words of a text in their exact form."""
    return [_EXACT[word] for word in _pattern(text).findall(text)]


def raw_words(text: str) -> list[str]:
    """Return the words of a text as they are written."""
    return _pattern(text).findall(text)


class _Exact(dict[str, str]):
    """The exact form of each word that was asked for: case and width do not count."""

    def __missing__(self, word: str) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        short = word[:LONGEST_WORD].translate(_APOSTROPHES)
        form = short.lower() if short.isascii() else _folded(short)
        self[word] = sys.intern(form)
        return form


MOST_KEPT = 1 << 19
"""Forms that are kept to be looked up: those of some hundred thousand articles."""
_EXACT = _Exact()


def _folded(word: str) -> str:
    wide = unicodedata.normalize("NFKC", word).casefold()
    return "".join(unicodedata.normalize("NFKC", wide).translate(_APOSTROPHES).split())


def plain(word: str) -> str:
    """Return a word without accents, where these tell few words apart."""
    if word.isascii():
        return word
    kept: list[str] = []
    does_fold = False
    for character in unicodedata.normalize("NFD", word):
        if unicodedata.combining(character):
            if does_fold:
                continue
        else:
            point = ord(character)
            does_fold = any(first <= point <= last for first, last in _MARKS_FOLD)
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS_THAT_FOLD)


def name_key(name: str) -> str:
    """Return a name as one word: case, accents and signs do not count."""
    return "_".join(map(plain, words_of(name)))
