"""How well a word beyond ASCII fits a language: its letters, and which stand beside each other."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.registers.files.letters import (
    BOUNDARY,
    SCRIPT_OF,
    UNIT,
    folded,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.registers.files.letters import LanguageLetters

NUMBER = "0"
"""Stands for a digit before or after a word."""
_SCALE = 1 / UNIT
# Natural logarithms, as guesses: letters of two scripts within a word, a letter of a script that
# the language does not use, two letters of which one is not the language's own.
_MIXED, _OTHER_SCRIPT, _UNKNOWN_PAIR = (round(one * _SCALE) for one in (-5.0, -4.0, -1.0))
_WITH = {"Han": ("Han", "Kana"), "Kana": ("Han", "Kana")}
"""Scripts that one word is written in."""
_CAPITAL_WITHIN, _CAPITALS_BEFORE_SMALL = round(-3 * _SCALE), round(-1.5 * _SCALE)
"""A capital behind a small letter, and two capitals before one: names have it, few words do."""
_CAPITAL_LAST = round(-5 * _SCALE)
"""A capital behind a small letter, at the end of a word: not even names have it."""
_THRICE = round(-5 * _SCALE)
"""A letter three times in a row: a line of a frame, read as letters."""
_ALONE = round(-3 * _SCALE)
_AT_NUMBER = round(-2 * _SCALE)


def word_score(word: str, language: LanguageLetters) -> int:
    """Return what a word says for a language, as a logarithm in `UNIT`.

    ``word`` has one character before and behind it: `BOUNDARY` or `NUMBER`.
    """
    plain = "".join(map(folded, word))
    score = sum(_letter(one, language) for one in plain if not one.isascii())
    for place, (first, second) in enumerate(pairwise(plain)):
        if first.isascii() and second.isascii():
            continue
        score += _pair(first, second, language) + _shape(word, place)
    return score + (_ALONE if _is_odd_alone(plain, language) else 0)


def letter_scores(word: str, language: LanguageLetters) -> Iterator[tuple[str, int]]:
    """Yield the letters beyond ASCII of a word, with what each says beside its neighbours."""
    plain = "".join(map(folded, word))
    for place, letter in enumerate(plain):
        if not letter.isascii():
            beside = _pair(plain[place - 1], letter, language)
            beside += _pair(letter, plain[place + 1], language)
            yield letter, _letter(letter, language) + beside


def _is_odd_alone(plain: str, language: LanguageLetters) -> bool:
    """Say whether a word is a single letter that is no word of the language."""
    if len(plain) != len("( )") or not language.rows:
        return False
    return any((language.pair(*pair) or 0) <= 0 for pair in pairwise(plain))


def _letter(letter: str, language: LanguageLetters) -> int:
    known = language.singles.get(letter)
    if known is not None:
        return known
    is_own = script_of(letter) in SCRIPT_OF[language.script]
    is_letter = unicodedata.category(letter)[0] in "LM"
    return language.foreign + (0 if is_own and is_letter else _OTHER_SCRIPT)


def _pair(first: str, second: str, language: LanguageLetters) -> int:
    if NUMBER in {first, second}:
        return _AT_NUMBER
    known = language.pair(first, second)
    if known is not None:
        return known
    if BOUNDARY in {first, second}:
        return 0
    of_one = script_of(first) in _WITH.get(script_of(second), (script_of(second),))
    return (_UNKNOWN_PAIR if language.rows else 0) if of_one else _MIXED


def _shape(word: str, place: int) -> int:
    """Return what speaks against the letters at ``place`` and behind it: capitals, repetition."""
    first, second = word[place], word[place + 1]
    if first == second and place and word[place - 1] == first:
        return _THRICE
    if first.islower() and second.isupper():
        return _CAPITAL_WITHIN if word[place + 2].isalpha() else _CAPITAL_LAST
    if second.islower() and first.isupper() and place and word[place - 1].isupper():
        return _CAPITALS_BEFORE_SMALL
    return 0
