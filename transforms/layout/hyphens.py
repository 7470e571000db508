"""Hyphens at the end of a line: whether they were put there to break a word.

The document's own words decide where they can, then a word list of its language
(`simplemma <https://github.com/adbar/simplemma>`_, 54 languages, which lies in its wheel),
then the rules of spelling in the registers.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from knipsel.transforms.text.language import detect_language
from knipsel.transforms.text.words import words

if TYPE_CHECKING:
    from knipsel.transforms.registers.layout.hyphens import HyphenWords

_LAST_TOKEN = re.compile(r"(\w[\w’'-]{0,60})[-\u00ad\u2010]$")
_FIRST_TOKEN = re.compile(r"\w[\w’']{0,60}")
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouyæœø]|[^\x00-\u02ff]", re.IGNORECASE)
"""A word breaks between syllables, so what has no vowel is no broken word. Scripts other than
Latin are taken to have one."""
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = frozenset("-\u00ad\u2010")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff65]{2}")
"""Of scripts that put no space between words (Thai, Japanese, Chinese), at a line's end."""
_SAMPLE_LINE, _SAMPLE = 40, 5_000
"""Characters from which a line is likely to be prose, and of prose that tell its language."""
_NAME_COUNT = 2
"""Times that a name stands in the document: at the hyphen itself, and once more."""
_MOST_LOOKUPS = 50_000
"""Words of a document that are looked up; a file of nothing but hyphens shall not take hours."""
_WORD_LETTERS, _SURE_LETTERS = 3, 5
"""Letters of a part that counts as a word: nearly all pairs of letters are in a word list,
and so are the ends of many names (``Amster-dam``)."""


class Hyphens:
    """Decides on the hyphens of one document."""

    def __init__(self, source: str, words: HyphenWords) -> None:
        """Take the text that the hyphens stand in; it is read only when there is a hyphen."""
        self._source = source
        self._words = words
        self._known: dict[str, bool] = {}

    def seam(self, above: str, below: str) -> tuple[int, str]:
        """Say how the line ``above`` is joined to the one ``below`` it.

        Return how many characters of ``above`` go at its end (its hyphen, or none), and what
        stands in the text between the lines: a space, or nothing.
        """
        hyphen = _LAST_TOKEN.search(above[-64:]) if above[-1:] in _HYPHENS else None
        if hyphen is None:
            return 0, "" if _UNSPACED.fullmatch(above[-1:] + below[:1]) else " "
        if above[-1] == _SOFT_HYPHEN:
            return 1, ""
        first = _FIRST_TOKEN.match(below)
        if first is None:
            return 0, ""
        if self._is_suspended(hyphen[1], first[0]):
            return 0, " "
        before = above[: len(above) - len(hyphen[0])].rstrip()
        is_inner = before.endswith(",") or before[-1:].islower()
        return (0 if self._stays(hyphen[1], first[0], is_inner=is_inner) else 1), ""

    def _is_suspended(self, stem: str, first: str) -> bool:
        """Say whether the hyphen stands for a part that comes later: ``haven- en stadswijken``."""
        is_conjunction = first.casefold() in self._words.suspended_followers
        return (
            is_conjunction and not self._count(stem + first) and not self._count(f"{stem}-{first}")
        )

    def _stays(self, stem: str, first: str, *, is_inner: bool) -> bool:
        joined, hyphened = self._count(stem + first), self._count(f"{stem}-{first}")
        if joined or hyphened:
            return hyphened >= joined
        part = stem.rsplit("-", 1)[-1]
        if len(part) <= 1 or part[-1].isdigit() or not first[0].isalpha():
            return True
        if part.isupper() and first.isupper():
            return self._stays_by_word_list(stem, first, is_inner=False)
        if part.isupper() or first[0].isupper() or not _VOWEL.search(normalize("NFD", part)):
            return True
        return self._stays_by_word_list(stem, first, is_inner=is_inner)

    def _stays_by_word_list(self, stem: str, first: str, *, is_inner: bool) -> bool:
        *before, last = stem.split("-")
        keeps = self._language in self._words.languages
        joined, hyphened = self._is_known(last + first), self._is_known(f"{stem}-{first}")
        if joined or hyphened:
            return hyphened and (keeps or not joined)
        is_name = self._is_name(last) or (is_inner and self._begins_upper(last, first))
        if is_name or last.casefold() in self._words.prefixes:
            return self._is_word(first)
        if keeps and first.casefold() in self._words.suffixes:
            return self._is_known(last)
        if before:
            return self._is_known(last) and self._is_known(first)
        meeting = (last[-1] + first[0]).casefold()
        may_stay = keeps or meeting in self._words.between
        return may_stay and self._is_word(last) and self._is_word(first)

    def _is_name(self, part: str) -> bool:
        """Say whether a part is a name, in a language that puts a hyphen between name and word.

        It is where it has capitals within, and where it stands in the document by itself, always
        with a capital.
        """
        if not part[0].isupper() or self._language not in self._words.languages_after_names:
            return False
        if any(map(str.isupper, part[1:])):
            return True
        return self._forms[part] >= _NAME_COUNT and not self._forms[part.lower()]

    def _begins_upper(self, part: str, first: str) -> bool:
        """Say whether a name in the midst of a sentence has a whole word behind it."""
        is_language = self._language in self._words.languages_after_names
        return is_language and part[0].isupper() and len(first) >= _SURE_LETTERS

    def _is_word(self, part: str) -> bool:
        return len(part) >= _WORD_LETTERS and (self._is_known(part) or self._count(part) > 1)

    def _is_known(self, word: str) -> bool:
        if word not in self._known:
            if self._language is None or len(self._known) >= _MOST_LOOKUPS:
                return False
            from simplemma import is_known  # its word list takes a fifth of a second to load

            self._known[word] = is_known(word, lang=self._language, low_memory=True)
        return self._known[word]

    def _count(self, word: str) -> int:
        return self._vocabulary[word.casefold()]

    @cached_property
    def _vocabulary(self) -> Counter[str]:
        """How often each word occurs in the document; a compound's beginnings count too."""
        found: Counter[str] = Counter()
        for word in words(self._source):
            found[word] += 1
            parts = word.split("-", 3)
            found.update("-".join(parts[:count]) for count in range(2, len(parts)))
        return found

    @cached_property
    def _forms(self) -> Counter[str]:
        """How often each run of letters stands in the document, by its capitals."""
        return Counter(_LETTERS.findall(self._source))

    @cached_property
    def _language(self) -> str | None:
        """The language of the document's prose, where there is a word list for it."""
        lines = (line for line in self._source.splitlines() if len(line) >= _SAMPLE_LINE)
        sample, size = [], 0
        for line in lines:
            sample.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
        found = detect_language(" ".join(sample))
        return found[0] if found and found[0] in _languages() else None


def _languages() -> frozenset[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)
