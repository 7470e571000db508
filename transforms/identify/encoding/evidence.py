"""What a decoded text says for the encoding that gave it: how well it fits some language."""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.identify.encoding.plain import PlainWords
from knipsel.transforms.identify.encoding.signs import (
    PlacedSign,
    is_misplaced,
    is_strange,
    sign_score,
    unopened,
)
from knipsel.transforms.identify.encoding.words import NUMBER, word_score
from knipsel.transforms.registers.files.letters import BOUNDARY, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knipsel.transforms.registers.files.encodings import CodePage, Encodings
    from knipsel.transforms.registers.files.letters import LanguageLetters

_NO_LETTERS = "ªºµƒˆ²³¹¼½¾"
"""Signs that Unicode counts among the letters."""
_TOKEN = re.compile(
    rf"[^\W\d_{_NO_LETTERS}]"
    rf"(?:[^\W\d_{_NO_LETTERS}]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])*"
    r"|[^\x00-\x7f]"
)
"""A word with the marks on its letters, or a sign beyond ASCII."""
_SCALE = 1 / UNIT
_BYTE = round(math.log(128) * _SCALE)
_ONE = 3
"""The length of a word of one letter, with what is before and behind it."""
_SIGNS = round(math.log(128 * 0.2) * _SCALE)
"""A fifth of what is not ASCII are signs, in scripts of any kind."""
_FOREIGN_NAME, _FOREIGN_WORD = round(math.log(0.03) * _SCALE), round(-6 * _SCALE)
_FOREIGN_LETTER = round(-9 * _SCALE)
"""One word in thirty is a name from another language that is written in the same page; a word
that is none, and begins with a small letter, is so far less often, a word of one letter hardly."""
_FOREIGN_PAGE = round(-6 * _SCALE)
"""A text in a language that its page is not made for, such as Dutch in the page of Turkish: one
name does not show it, several do."""
_PLAIN_WORD, _MOST_PLAIN = round(0.4 * _SCALE), round(9 * _SCALE)
"""What each ASCII word that is one too many says against a language of another script."""
_NEAR = round(15 * _SCALE)
"""Languages that the ASCII words make less likely than the best by more than this are left out."""


class Evidence(NamedTuple):
    """What speaks for a text, with the language that it fits best; logarithms are in `UNIT`.

    ``of_words`` is the part of the ``score`` that its words beyond ASCII have, which consist of so
    many ``letters``, so many of them ``alone`` in their word. Of so many ``signs`` some are
    ``misplaced``, and ``strange`` ones are in no printed text.
    """

    score: int
    language: str
    of_words: int
    letters: int
    alone: int
    signs: int
    misplaced: int
    strange: int


@dataclass(slots=True)
class Tokens:
    """What a text consists of, and how often; words beyond ASCII have one character around them."""

    words: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    signs: Counter[PlacedSign] = field(default_factory=Counter)


def tokens_of(text: str) -> Tokens:
    """Divide a text into words beyond ASCII, ASCII words, and signs beyond ASCII."""
    found = Tokens()
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


def foreign_word(word: str) -> int:
    """Return what speaks against a word of another language than the text's."""
    if len(word) == _ONE:
        return _FOREIGN_LETTER
    return _FOREIGN_WORD if word[1].islower() else _FOREIGN_NAME


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
        self._plain = PlainWords(encodings.letters)
        self._texts: dict[str, tuple[Tokens, dict[str, int]]] = {}
        self._scores: dict[tuple[str, str], int] = {}

    def evidence(self, text: str, page: CodePage, extra: int = 0) -> Evidence:
        """Return what a text says for the page that gave it, without the page's handicap.

        ``extra`` is how many bytes more than characters it was: each had to fit as well.
        """
        found, plain = self._parts(text)
        letters = self._encodings.letters
        foreign = {
            word: max(self._score(word, letters[one]) for one in page.languages)
            + foreign_word(word)
            for word in found.words
        }
        ranked = (
            (before, self._words(found.words, letters[language], foreign), language)
            for language, before in _languages(found, page, plain)
        )
        before, words, language = max(ranked, key=lambda row: (row[0] + row[1], row[2]))
        many = sum(_weight(count) * _beyond(word) for word, count in found.words.items())
        alone = sum(_weight(count) for word, count in found.words.items() if len(word) == _ONE)
        beyond = sum(count * _beyond(word) for word, count in found.words.items())
        wider = _BYTE * extra
        if beyond:
            words += round(wider * min(1.0, many / beyond))
        signs = sum(
            round(_weight(count) * (sign_score(one, self._encodings) + _SIGNS))
            for one, count in found.signs.items()
        )
        closing, each = unopened(found.signs, self._encodings)
        signs += round(_weight(closing) * each) if closing else 0
        return Evidence(
            before + words + signs,
            language,
            words,
            round(many),
            round(alone),
            found.signs.total(),
            sum(n for one, n in found.signs.items() if is_misplaced(one, self._encodings)),
            sum(
                count
                for one, count in found.signs.items()
                if one.sign in text and is_strange(one, self._encodings)
            ),
        )

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

    def _parts(self, text: str) -> tuple[Tokens, dict[str, int]]:
        """Return what a text consists of, and what its ASCII words say for each language."""
        if text not in self._texts:
            tokens = tokens_of(html.unescape(text) if "&" in text else text)
            self._texts[text] = tokens, self._plain.scores(tokens.plain)
        return self._texts[text]


def _languages(
    tokens: Tokens, page: CodePage, plain: Mapping[str, int]
) -> Iterable[tuple[str, int]]:
    """Yield the languages that a text may be in, with what its ASCII words say for each."""
    surplus = tokens.plain.total() - tokens.words.total()
    other_script = -min(_MOST_PLAIN, _PLAIN_WORD * max(0, surplus))
    for language in page.languages:
        yield language, plain.get(language, other_script)
    if any(one in plain for one in page.languages):
        for language, score in plain.items():
            if language not in page.languages and score > -_NEAR:
                yield language, score + _FOREIGN_PAGE
