"""What a decoded text says for the encoding that gave it: how well it fits some language."""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.identify.encoding.signs import PlacedSign, is_strange, sign_score
from knipsel.transforms.identify.encoding.words import NUMBER, word_score
from knipsel.transforms.registers.files.letters import BOUNDARY, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knipsel.transforms.registers.files.encodings import CodePage, Encodings
    from knipsel.transforms.registers.files.letters import LanguageLetters, Letters

_NO_LETTERS = "ªºµƒˆ"
"""Signs that Unicode counts among the letters."""
_TOKEN = re.compile(
    rf"[^\W\d_{_NO_LETTERS}]"
    rf"(?:[^\W\d_{_NO_LETTERS}]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])*"
    r"|[^\x00-\x7f]"
)
"""A word with the marks on its letters, or a sign beyond ASCII."""
_SCALE = 1 / UNIT
_BYTE = round(math.log(128) * _SCALE)
_SIGNS = round(math.log(128 * 0.2) * _SCALE)
"""A fifth of what is not ASCII are signs, in scripts of any kind."""
_FOREIGN_NAME, _FOREIGN_WORD = round(math.log(0.03) * _SCALE), round(-6 * _SCALE)
"""One word in thirty is a name from another language that is written in the same page; a word
that is none, and begins with a small letter, is so far less often."""
_FOREIGN_PAGE = round(-6 * _SCALE)
"""A text in a language that its page is not made for, such as Dutch in the page of Turkish: one
name does not show it, several do."""
_PLAIN_WEIGHT = 0.5
"""Letters beside each other are not independent: what they say of the language counts half."""
_PLAIN_WORD, _MOST_PLAIN = round(0.4 * _SCALE), round(9 * _SCALE)
"""What each ASCII word that is one too many says against a language of another script."""
_NEAR = round(15 * _SCALE)
"""Languages that the ASCII words make less likely than the best by more than this are left out."""


class Evidence(NamedTuple):
    """What speaks for a text, with the language that it fits best; logarithms are in `UNIT`.

    ``of_words`` is the part of the ``score`` that its words beyond ASCII have, which consist of so
    many ``letters``; ``strange`` counts signs that no printed text has.
    """

    score: int
    language: str
    of_words: int
    letters: int
    strange: int


@dataclass(slots=True)
class _Tokens:
    """What a text consists of, and how often."""

    words: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    signs: Counter[PlacedSign] = field(default_factory=Counter)


def _tokens(text: str) -> _Tokens:
    found = _Tokens()
    for match in _TOKEN.finditer(text):
        word = match[0]
        before = text[match.start() - 1 : match.start()]
        behind = text[match.end() : match.end() + 1]
        if word.isascii():
            found.plain[word.lower()] += 1
        elif len(word) > 1 or (word.isalpha() and word not in _NO_LETTERS):
            first = NUMBER if before.isdigit() else BOUNDARY
            last = NUMBER if behind.isdigit() else BOUNDARY
            found.words[f"{first}{word}{last}"] += 1
        else:
            found.signs[PlacedSign(word, _space(before), _space(behind))] += 1
    return found


@cache
def _weight(count: int) -> float:
    """Return how much a word says that a text has so often: little more than once."""
    return 1 + math.log(count)


def _beyond(text: str) -> int:
    return sum(1 for one in text if one > "\x7f")


def _space(character: str) -> str:
    return BOUNDARY if not character or character.isspace() else character


class Judge:
    """Weighs the texts that one sample gives in several encodings."""

    def __init__(self, encodings: Encodings) -> None:
        """Take what is known of encodings."""
        self._encodings = encodings
        self._scores: dict[tuple[str, str], int] = {}

    def evidence(self, text: str, page: CodePage) -> Evidence:
        """Return what a text says for the page that gave it, without the page's handicap."""
        found = _tokens(html.unescape(text) if "&" in text else text)
        letters = self._encodings.letters
        foreign = {
            word: max(self._score(word, letters[one]) for one in page.languages)
            + (_FOREIGN_WORD if word[1].islower() else _FOREIGN_NAME)
            for word in found.words
        }
        ranked = (
            (before, self._words(found.words, letters[language], foreign), language)
            for language, before in _languages(found, page, letters)
        )
        before, words, language = max(ranked, key=lambda row: (row[0] + row[1], row[2]))
        many = round(sum(_weight(count) * _beyond(word) for word, count in found.words.items()))
        # Each character took so many bytes more; those that entities name took none.
        beyond, wider = _beyond(text), (page.width - 1) * _BYTE
        words += wider * min(many, beyond)
        signs = wider * max(0, beyond - many) + sum(
            round(_weight(count) * (sign_score(one, self._encodings) + _SIGNS))
            for one, count in found.signs.items()
        )
        strange = sum(n for one, n in found.signs.items() if is_strange(one, self._encodings))
        return Evidence(before + words + signs, language, words, many, strange)

    def _words(
        self, words: Mapping[str, int], language: LanguageLetters, foreign: Mapping[str, int]
    ) -> int:
        return sum(
            round(_weight(count) * max(self._score(word, language), foreign[word]))
            for word, count in words.items()
        )

    def _score(self, word: str, language: LanguageLetters) -> int:
        key = (language.language, word)
        if key not in self._scores:
            self._scores[key] = word_score(word, language)
        return self._scores[key]


def _languages(tokens: _Tokens, page: CodePage, letters: Letters) -> Iterable[tuple[str, int]]:
    """Yield the languages that a text may be in, with what its ASCII words say for each."""
    plain = plain_scores(tokens.plain, letters)
    surplus = tokens.plain.total() - tokens.words.total()
    other_script = -min(_MOST_PLAIN, _PLAIN_WORD * max(0, surplus))
    for language in page.languages:
        yield language, plain.get(language, other_script)
    if any(one in plain for one in page.languages):
        for language, score in plain.items():
            if language not in page.languages and score > -_NEAR:
                yield language, score + _FOREIGN_PAGE


def plain_scores(words: Mapping[str, int], letters: Letters) -> dict[str, int]:
    """Return how likely ASCII words are in each language in Latin letters; 0 in the likeliest."""
    pairs = Counter[tuple[str, str]]()
    for word, count in words.items():
        for pair in pairwise(f"{BOUNDARY}{word}{BOUNDARY}"):
            pairs[pair] += count
    scores = {
        name: round(_PLAIN_WEIGHT * sum(n * (one.pair(*pair) or 0) for pair, n in pairs.items()))
        for name, one in letters.items()
        if one.script == "Latin"
    }
    best = max(scores.values())
    return {name: score - best for name, score in scores.items()}
