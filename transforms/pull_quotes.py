"""Pull quotes: sentences that the layout repeats, and so must not be in the text twice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.text import begins_upper, ends_sentence, weight, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_WORDS, _SHORTEST_WORDS = 45, 5
_REPEATED_WORDS, _REPEATED_RUNS = 0.85, 0.35
"""Share of a pull quote's words, and of its runs of three words, that the paragraph which it
repeats has. Editors shorten and move words: of five true ones seen, the least has .94 and .47."""
_REPEATED_RUNS_OPEN = 0.6
"""The same where no end mark tells a sentence from a heading."""
_CEILING = 1_000_000
"""Characters of a text in which pull quotes are sought; no article is as long."""
_FEW_PARAGRAPHS = 5
"""A run of words that stands in more paragraphs than this tells nothing."""

_NAME = r"[^\W\d_][\w’'.-]{0,30}"
_ATTRIBUTION = re.compile(
    rf"[.!?…]['\"’”»]?\s[—–-]?\s?({_NAME}(?:\s{_NAME}){{1,4}}),\s(.{{3,80}})$"
)


def find_pull_quotes(paragraphs: Sequence[str], function_words: frozenset[str]) -> set[int]:
    """Return the indexes of the pull quotes among ``paragraphs``; the first is never one.

    A pull quote is short and repeats a longer paragraph, nearly so, with or without a name
    behind it; or it is a sentence, a name and a function, where the text has that name too.
    Several in a row are a table or a list that repeats itself, and no layout.
    """
    if sum(map(len, paragraphs)) > _CEILING:
        return set()
    sizes = [weight(paragraph) for paragraph in paragraphs]
    short = [i for i, size in enumerate(sizes) if i and _SHORTEST_WORDS <= size <= _LONGEST_WORDS]
    spoken = [words(paragraph) for paragraph in paragraphs]
    wanted = {run for i in short for run in _runs(spoken[i])}
    text = _Text(spoken, sizes, _index(spoken, wanted))
    repeated = {i for i in short if text.shares(i) and text.has_again(i, paragraphs[i])}
    alone = {i for i in repeated if repeated.isdisjoint((i - 1, i + 1))}
    return alone | {i for i in short if _is_attributed(paragraphs[i], spoken, function_words)}


def _runs(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(row, row[1:], row[2:], strict=False)


def _variants(paragraph: str, spoken: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the words of a paragraph, and those before what can be a name at its end."""
    yield spoken
    if ends_sentence(paragraph):
        return
    tokens = paragraph.split()
    for cut in range(_SHORTEST_WORDS, len(tokens) - 1):
        if begins_upper(tokens[cut]) and begins_upper(tokens[cut + 1]):
            yield words(" ".join(tokens[:cut]))


def _index(
    spoken: Sequence[Sequence[str]], wanted: set[tuple[str, ...]]
) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(spoken):
        for run in wanted.intersection(_runs(row)):
            index.setdefault(run, []).append(number)
    return {run: numbers for run, numbers in index.items() if len(numbers) <= _FEW_PARAGRAPHS}


@dataclass(frozen=True, slots=True)
class _Text:
    """The words and sizes of paragraphs, and in which of them a run of words stands."""

    spoken: Sequence[Sequence[str]]
    sizes: Sequence[int]
    index: dict[tuple[str, ...], list[int]]

    def shares(self, own: int) -> bool:
        """Say whether any other paragraph has a run of words of paragraph ``own``."""
        return any(
            number != own for run in _runs(self.spoken[own]) for number in self.index.get(run, ())
        )

    def has_again(self, own: int, paragraph: str) -> bool:
        """Say whether a longer paragraph has the words of paragraph ``own``, a name aside."""
        least = _REPEATED_RUNS if ends_sentence(paragraph) else _REPEATED_RUNS_OPEN
        return any(self.repeats(row, own, least) for row in _variants(paragraph, self.spoken[own]))

    def repeats(self, row: Sequence[str], own: int, least: float) -> bool:
        """Say whether a longer paragraph has the words of paragraph ``own``, given in ``row``."""
        runs = list(_runs(row))
        found = (number for run in runs for number in self.index.get(run, ()) if number != own)
        return any(
            count >= least * len(runs)
            and self.sizes[number] > self.sizes[own]
            and self._has_words(number, row)
            for number, count in Counter(found).most_common(3)
        )

    def _has_words(self, number: int, row: Sequence[str]) -> bool:
        have = set(self.spoken[number])
        return sum(word in have for word in row) >= _REPEATED_WORDS * len(row)


def _is_attributed(
    paragraph: str, spoken: Sequence[Sequence[str]], function_words: frozenset[str]
) -> bool:
    """Say whether a paragraph ends in a name and a function, of somebody whom the text names."""
    found = _ATTRIBUTION.search(paragraph)
    if not found or ends_sentence(paragraph):
        return False
    name = found[1].split()
    surname = (words(name[-1]) or [""])[0]
    few = sum(word in function_words for word in words(found[2])) * 2 <= weight(found[2])
    is_named = sum(row.count(surname) for row in spoken) > 1
    return few and is_named and begins_upper(name[0]) and begins_upper(name[-1])
