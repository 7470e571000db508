"""What differs between two texts, for a person to see: stretches side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_WORDS = 4_000
"""Words up to which a stretch is compared word by word: a second's work at the most."""
_MOST_PARAGRAPHS = 20_000
"""Paragraphs of a text that are looked at: a whole archive in one file should not hang."""
_LEAST_SAME = 3
"""Words from which what is the same between two changes is worth a stretch of its own."""
_WORD = re.compile(r"\S+")
_BARE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of two texts: the same words in both, or other words in either.

    What stands in one text only has no words in the other one.
    """

    is_same: bool
    one: str
    other: str


def differences(one: str, other: str) -> list[Difference]:
    """Return two texts as stretches that are the same or differ, in reading order.

    Paragraphs are compared first, then the words of those that differ; case and punctuation
    make no difference.
    """
    found: list[Difference] = []
    firsts, seconds = _paragraphs(one), _paragraphs(other)
    for is_same, left, right in _aligned(firsts, seconds):
        first, second = "\n\n".join(left), "\n\n".join(right)
        if is_same or not first or not second:
            found.append(Difference(is_same, first, second))
        else:
            stretches = list(_by_words(first, second))
            found.extend(_joined(_without_islands(stretches), " "))
    return _joined(found, "\n\n")


def _without_islands(found: Sequence[Difference]) -> Iterator[Difference]:
    """Yield stretches; a word or two that are the same between changes count as part of them."""
    for place, item in enumerate(found):
        is_between = 0 < place < len(found) - 1
        is_island = item.is_same and is_between and len(item.one.split()) < _LEAST_SAME
        yield Difference(item.is_same and not is_island, item.one, item.other)


def _paragraphs(text: str) -> list[str]:
    return list(islice((part for part in text.split("\n\n") if part.strip()), _MOST_PARAGRAPHS))


def _by_words(one: str, other: str) -> Iterator[Difference]:
    """Yield the stretches of words of two texts; long ones are not taken apart."""
    firsts, seconds = _WORD.findall(one), _WORD.findall(other)
    if max(len(firsts), len(seconds)) > _MOST_WORDS:
        yield Difference(is_same=False, one=one, other=other)
        return
    for is_same, left, right in _aligned(firsts, seconds):
        yield Difference(is_same, " ".join(left), " ".join(right))


def _aligned(
    one: Sequence[str], other: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield runs of two lists that are equal, but for case and punctuation, or are not."""
    keys = [_key(item) for item in one], [_key(item) for item in other]
    for kind, start, end, other_start, other_end in SequenceMatcher(None, *keys).get_opcodes():
        yield kind == "equal", one[start:end], other[other_start:other_end]


def _key(text: str) -> str:
    """Return what counts of a word or a paragraph; of mere signs, the signs."""
    return _BARE.sub(" ", text.casefold()).strip() or text


def _joined(found: Iterable[Difference], space: str) -> list[Difference]:
    """Return stretches with neighbours of the same kind as one, ``space`` between them."""
    joined: list[Difference] = []
    for item in found:
        if joined and joined[-1].is_same == item.is_same:
            last = joined.pop()
            parts = ((last.one, item.one), (last.other, item.other))
            one, other = (space.join(part for part in pair if part) for pair in parts)
            joined.append(Difference(item.is_same, one, other))
        else:
            joined.append(item)
    return joined
