"""Patterns of a codebook: words by their stems, with wildcards and gaps.

A pattern is words that follow each other. A word stands for all words with its stem (*sanctie*
for *sancties*), of the Snowball stemmer of its language; in a language without one, for itself.
``=word`` is that very word, with its capitals where it has any. A ``*`` at either end of a word
stands for any letters there: ``*sanctie*``. ``a|b`` is one word or the other. ``[3]`` between
two words lets up to three others stand there, in one sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

STEMMERS = {
    # The newer Dutch one takes off prefixes too: of "gebied" it leaves "bied".
    "nl": "dutch_porter",
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "fi": "finnish",
    "pl": "polish",
    "ru": "russian",
    "ro": "romanian",
    "hu": "hungarian",
    "tr": "turkish",
}
"""The stemmer of each language, by its name in Snowball."""

WIDEST_GAP = 10
"""Words that a gap can let stand at most: more are another sentence's business."""

KNOWN_WORDS = 50_000
"""Words whose outcome is remembered: more than the vocabulary of some thousand articles."""

_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_GAP = re.compile(r"\[(\d+)\]$")
_LETTERS = 3
"""Letters that a wildcard leaves: fewer would match half of a language."""


class Place(NamedTuple):
    """A stretch of a text, in code points, end exclusive."""

    start: int
    end: int


class _Step(NamedTuple):
    """A word of a pattern by its number, and how many others may stand before it."""

    term: int
    gap: int


class PatternError(ValueError):
    """A pattern that cannot be used; the message says why."""


def _stemmed(language: str) -> Callable[[str], str]:
    """Return the function that takes a folded word to its stem."""
    name = STEMMERS.get(language)
    return str if name is None else Stemmer.Stemmer(name).stemWord


class _Lexicon:
    """The words of patterns, looked up by what a word is or begins or ends with."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._numbers: dict[str, int] = {}
        self._exact: dict[str, set[int]] = {}
        self._stems: dict[str, set[int]] = {}
        self._prefixes: dict[str, list[tuple[str, int]]] = {}
        self._suffixes: dict[str, list[tuple[str, int]]] = {}
        self._infixes: list[tuple[str, int]] = []

    def number(self, text: str) -> int:
        """Return the number of a word of a pattern, with its alternatives."""
        known = self._numbers.get(text)
        if known is not None:
            return known
        number = self._numbers[text] = len(self._numbers)
        for one in text.split("|"):
            self._add(one, number)
        return number

    def _add(self, one: str, number: int) -> None:
        bare = one.strip("*").removeprefix("=")
        if not _WORD.fullmatch(bare):
            message = f"{one!r} is no word"
            raise PatternError(message)
        if "*" in one and len(bare) < _LETTERS:
            message = f"{one!r} has fewer than {_LETTERS} letters beside its *"
            raise PatternError(message)
        folded = bare.casefold()
        if one.startswith("*") and one.endswith("*"):
            self._infixes.append((folded, number))
        elif one.startswith("*"):
            for ending in {self._stem(folded), folded}:
                self._suffixes.setdefault(ending[-_LETTERS:], []).append((ending, number))
        elif one.endswith("*"):
            self._prefixes.setdefault(folded[:_LETTERS], []).append((folded, number))
        elif one.startswith("="):
            self._exact.setdefault(bare, set()).add(number)
        else:
            self._stems.setdefault(self._stem(folded), set()).add(number)

    def find(self, word: str) -> tuple[int, ...]:
        """Return the numbers of what a word of a text is one of."""
        folded = word.casefold()
        stem = self._stem(folded)
        found = {*self._stems.get(stem, ()), *self._exact.get(word, ())}
        found.update(self._exact.get(folded, ()))
        for prefix, number in self._prefixes.get(folded[:_LETTERS], ()):
            if folded.startswith(prefix):
                found.add(number)
        for form in (stem, folded):
            for suffix, number in self._suffixes.get(form[-_LETTERS:], ()):
                if form.endswith(suffix):
                    found.add(number)
        found.update(number for infix, number in self._infixes if infix in folded)
        return tuple(sorted(found))


class Pattern(NamedTuple):
    """A pattern of a codebook: its words in order, and what it stands for."""

    steps: tuple[_Step, ...]
    meaning: tuple[str, bool]
    """The topic, and whether the pattern is one of those that the topic excludes."""


class Codebook:
    """The patterns of one language, ready to be looked for."""

    def __init__(self, language: str, patterns: Mapping[tuple[str, bool], Sequence[str]]) -> None:
        """Parse patterns by what they stand for; raise `PatternError` for a bad one.

        Its message is ``topic.language: problem``.
        """
        self._parts = (language, {meaning: tuple(one) for meaning, one in patterns.items()})
        self._lexicon = _Lexicon(_stemmed(language))
        self._patterns: dict[int, list[Pattern]] = {}
        for meaning, listed in sorted(patterns.items()):
            for text in listed:
                pattern = Pattern(tuple(self._parsed(text, f"{meaning[0]}.{language}")), meaning)
                self._patterns.setdefault(pattern.steps[0].term, []).append(pattern)
        self._terms_of = lru_cache(maxsize=KNOWN_WORDS)(self._lexicon.find)

    def __reduce__(self) -> tuple[type[Codebook], tuple[object, ...]]:
        """Have it made anew elsewhere: stemmers stay in their process."""
        return Codebook, self._parts

    def __eq__(self, other: object) -> bool:
        """Tell whether the patterns are the same."""
        return isinstance(other, Codebook) and self._parts == other._parts

    def __hash__(self) -> int:
        """Return a number that equal codebooks share."""
        language, patterns = self._parts
        return hash((language, *sorted(patterns.items())))

    def _parsed(self, text: str, key: str) -> list[_Step]:
        try:
            return list(self._steps(text))
        except PatternError as error:
            message = f"{key}: {error}"
            raise PatternError(message) from None

    def _steps(self, text: str) -> Iterator[_Step]:
        """Yield the words of a pattern with the gaps before them."""
        gap, parts = 0, text.split()
        if not parts or _GAP.match(parts[0]) or _GAP.match(parts[-1]):
            message = f"{text!r} begins or ends without a word"
            raise PatternError(message)
        for part in parts:
            if found := _GAP.match(part):
                gap = min(int(found[1]), WIDEST_GAP)
                continue
            yield _Step(self._lexicon.number(part), gap)
            gap = 0

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[Pattern, Place]]:
        """Yield each pattern that stands in a sentence, with the place from first to last word."""
        words = list(_WORD.finditer(text, start, end))
        terms = [self._terms_of(word[0]) for word in words]
        for first, known in enumerate(terms):
            for term in known:
                for pattern in self._patterns.get(term, ()):
                    last = _last_word(pattern.steps, first, terms)
                    if last is not None:
                        yield pattern, Place(words[first].start(), words[last].end())


def _last_word(steps: Sequence[_Step], first: int, terms: Sequence[tuple[int, ...]]) -> int | None:
    """Return the word that a pattern ends with which begins at ``first``; None where it does not.

    Each word is looked for at its nearest place, so that no pattern is tried over and over.
    """
    at = first
    for step in steps[1:]:
        window = range(at + 1, min(at + 2 + step.gap, len(terms)))
        found = next((place for place in window if step.term in terms[place]), None)
        if found is None:
            return None
        at = found
    return at
