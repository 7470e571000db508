"""Lemmas: *wapens* and *wapen* are one word, in the language of the article."""

from __future__ import annotations

import sys
from functools import cache

from knipsel.transforms.text.search.tokens import MOST_KEPT, plain

NO_LEMMAS = ""
"""The group of all languages without lemmas: their words stand for themselves."""
_SAME = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs", "fil": "tl"}
"""Languages whose lemmas are under another code."""


@cache
def _supported() -> frozenset[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


def lemma_group(language: str | None) -> str:
    """Return the code of the lemmas for a language (BCP 47), `NO_LEMMAS` where there are none."""
    code = (language or "").partition("-")[0].lower()
    code = _SAME.get(code, code)
    return code if code in _supported() else NO_LEMMAS


class Lemmas(dict[str, str]):
    """The lemma of each exact word that was asked for, in one group of languages.

    Each says whose it is, ``nl:wapen``: what is one word in Dutch may be two in German. Accents do
    not count, where these tell few words apart.
    """

    def __init__(self, group: str) -> None:
        """Look nothing up yet."""
        super().__init__()
        self._group = group

    def __missing__(self, word: str) -> str:
        """Return the lemma of a word that was not asked for yet, and keep it."""
        if len(self) > MOST_KEPT:
            self.clear()
        found = sys.intern(f"{self._group}:{plain(self._lemma(word))}")
        self[word] = found
        return found

    def _lemma(self, word: str) -> str:
        if self._group == NO_LEMMAS:
            return word
        from simplemma import lemmatize  # its word lists take a fifth of a second each to load

        return "".join(lemmatize(word, lang=self._group).casefold().split()) or word


@cache
def lemmas(group: str) -> Lemmas:
    """Return the lemmas of a group of languages."""
    return Lemmas(group)
