"""Whether a text is as its language has it, and not merely less odd than in other encodings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from knipsel.transforms.identify.encoding.evidence import foreign_word, tokens_of
from knipsel.transforms.identify.encoding.signs import sign_score
from knipsel.transforms.identify.encoding.words import letter_scores, word_score
from knipsel.transforms.registers.files.letters import UNIT

if TYPE_CHECKING:
    from collections.abc import Collection

    from knipsel.transforms.identify.encoding.evidence import Tokens
    from knipsel.transforms.identify.encoding.ranking import Candidate
    from knipsel.transforms.registers.files.encodings import Encodings

_SCALE = 1 / UNIT
_LEAST = {"Latin": (0.3, 6.0), "Han": (0.6, 3.0), "Japanese": (0.6, 3.0)}
_LEAST_ELSEWHERE = (0.8, 2.0)
"""What the letters of a text must say at least: a share of what is usual in the language, less some
deviations, which grow as the root of their number. In Latin scripts most letters beyond ASCII may
stand in foreign names; elsewhere nearly all are the language's own, and texts in encodings that
Python does not have reach up to two thirds of the usual (Tajik in KOI8-T; Chinese in EUC-TW, less
than half). The counts of Chinese characters are rough."""
_STRANGE_SHARE = 0.01
"""Of letters and signs: above it a text has signs that no text has."""
_MISPLACED_SHARE = 0.25
"""Of signs: above it they are letters of an encoding that is not known. Where a space is missing,
a quotation mark stands within a word."""
_ODD_SIGN, _FEWEST_SIGNS = round(-6 * _SCALE), 4
"""Signs that are all so seldom are the letters of another script."""
_CROWDED_SHARE = 0.3
"""Of signs that stand between two others: words of another script, all read as signs."""
_ODD_WORD, _FEWEST_WORDS, _ODD_SHARE = round(-3 * _SCALE), 3, 0.5
"""A word that no language of the page has; where half of the words are so, the text is in a
language that is not known. A name or two may be."""
_ODD_LETTER, _IN_WORDS = round(-2 * _SCALE), 4
"""A letter that does not fit, in so many words that are no names, is another one in truth."""


def makes_sense(one: Candidate, encodings: Encodings) -> bool:
    """Say whether the letters and signs of a text are such as a text in its language has."""
    tokens = tokens_of(one.text)
    return (
        _signs_fit(one, tokens, encodings)
        and _letters_fit(one, encodings)
        and not _words_are_odd(one, tokens.words, encodings)
        and not _has_odd_letter(one, tokens.words, encodings)
    )


def _signs_fit(one: Candidate, tokens: Tokens, encodings: Encodings) -> bool:
    evidence = one.evidence
    beyond = sum(1 for character in one.text if character > "\x7f")
    if evidence.strange > _STRANGE_SHARE * beyond and evidence.strange > 1:
        return False
    if evidence.misplaced > _MISPLACED_SHARE * evidence.signs and evidence.misplaced > 1:
        return False
    crowded = sum(
        count
        for sign, count in tokens.signs.items()
        if _is_sign(sign.before) and _is_sign(sign.behind)
    )
    if crowded > _CROWDED_SHARE * evidence.signs and crowded >= _FEWEST_SIGNS:
        return False
    scores = [sign_score(sign, encodings) for sign in tokens.signs]
    return len(scores) < _FEWEST_SIGNS or sum(scores) > _ODD_SIGN * len(scores)


def _is_sign(character: str) -> bool:
    return not character.isascii() and not character.isalpha()


def _letters_fit(one: Candidate, encodings: Encodings) -> bool:
    """Say whether letters say what is usual; such as stand alone, in ASCII, are signs in truth."""
    evidence = one.evidence
    language = encodings.letters[evidence.language]
    if language.script != "Latin" and evidence.alone * 2 > evidence.letters:
        return False
    usual = language.usual + round((one.page.width - 1) * math.log(128) * _SCALE)
    share, spread = _LEAST.get(language.script, _LEAST_ELSEWHERE)
    number = evidence.letters
    return evidence.of_words >= share * usual * number - spread * _SCALE * math.sqrt(number)


def _words_are_odd(one: Candidate, words: Collection[str], encodings: Encodings) -> bool:
    letters = encodings.letters
    language = letters[one.evidence.language]
    if language.script != "Latin":
        return False  # there the letters tell by themselves
    odd = 0
    for word in words:
        foreign = max(word_score(word, letters[name]) for name in one.page.languages)
        odd += max(word_score(word, language), foreign + foreign_word(word)) < _ODD_WORD
    return odd >= _FEWEST_WORDS and odd > _ODD_SHARE * len(words)


def _has_odd_letter(one: Candidate, words: Collection[str], encodings: Encodings) -> bool:
    language = encodings.letters[one.evidence.language]
    if not language.rows:
        return False
    scores: dict[str, list[int]] = {}
    for word in words:
        if word[1].islower():
            for letter, score in letter_scores(word, language):
                scores.setdefault(letter, []).append(score)
    return any(len(found) >= _IN_WORDS and max(found) < _ODD_LETTER for found in scores.values())
