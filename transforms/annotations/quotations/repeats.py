"""Quotations that repeat another: those of a lead or a heading, whose speaker is named later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.annotations.model import Quotation
    from transforms.annotations.quotations.reading import Reading

_CONTENT_LETTERS = 5
"""Letters of a word that says something of what a quotation is about."""
_LEAST_CONTENT = 3
_REPEATED = 0.6
"""Part of such words that a quotation shares with one that it repeats."""
_MOST_COMPARED = 200
"""Quotations on each side: more are no article."""


def with_repeated(
    reading: Reading, found: Sequence[Quotation], unsure: Sequence[int]
) -> list[Quotation]:
    """Give the quotations at ``unsure`` the speaker of the one that they repeat, if any."""
    given = list(found)
    doubtful = set(unsure)
    known = [
        (_content(reading, one), one)
        for at, one in enumerate(found)
        if at not in doubtful and one.is_direct and one.speaker
    ][:_MOST_COMPARED]
    for at in unsure[:_MOST_COMPARED] if known else []:
        words = _content(reading, found[at])
        shared, best = max(((len(words & other), one) for other, one in known), key=_first)
        if len(words) >= _LEAST_CONTENT and shared >= _REPEATED * len(words):
            given[at] = replace(
                found[at], speaker=best.speaker, speaker_mention=best.speaker_mention
            )
    return given


def _first(pair: tuple[int, Quotation]) -> int:
    return pair[0]


def _content(reading: Reading, one: Quotation) -> set[str]:
    first, behind = reading.index_at(one.char_start), reading.index_at(one.char_end)
    return {word for word in reading.folded[first:behind] if len(word) >= _CONTENT_LETTERS}
