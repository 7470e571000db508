"""Quotations that repeat another: those of a lead or a heading, whose speaker is named later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.annotate.model import Quotation
    from knipsel.transforms.annotate.quotations.reading import TextReading

_CONTENT_LETTERS = 5
"""Letters of a word that says something of what a quotation is about."""
_LEAST_CONTENT = 3
_LEAST_WORDS = 4
"""Words from which a quotation that stands in another is a repetition."""
_LONGEST = 400
"""Characters of a quotation in a heading or a lead: longer ones are looked for nowhere."""
_REPEATED = 0.6
"""Part of such words that a quotation shares with one that it repeats."""
_LEAST_TIMES = 2
"""Quotations of somebody whom an article is about."""
_GUESS = 0.4
"""How sure it is that a headline quotes whoever is quoted first."""
_MOST_COMPARED = 200
"""Quotations on each side: more are no article."""


class _Spoken(NamedTuple):
    """A quotation as its words: all of them, and those that say something."""

    words: str
    content: set[str]
    quotation: Quotation


def with_repeated(
    reading: TextReading, found: Sequence[Quotation], unsure: Sequence[int]
) -> list[Quotation]:
    """Give the quotations at ``unsure`` the speaker of the one that they repeat, if any.

    A few words that differ are a repetition only before the other, or where nobody is known.
    """
    given = list(found)
    doubtful = set(unsure)
    known = [
        _spoken(reading, one)
        for at, one in enumerate(found)
        if at not in doubtful and one.is_direct and one.speaker
    ][:_MOST_COMPARED]
    named = [one for one in known if one.quotation.speaker_mention is not None]
    for at in range(min(len(found), _MOST_COMPARED)) if known else ():
        if not found[at].is_direct or (
            found[at].speaker_mention is not None and at not in doubtful
        ):
            continue
        one = _spoken(reading, found[at])
        other = _in_full(one, known if at in doubtful else named)
        if other is None and at in doubtful:
            other = _nearest(one, known)
        if other:
            given[at] = replace(
                found[at], speaker=other.speaker, speaker_mention=other.speaker_mention
            )
    return given


def with_headline(reading: TextReading, found: Sequence[Quotation]) -> list[Quotation]:
    """Give the words of a headline to whoever an article quotes first, if it goes on with them.

    A headline says in its own words what somebody says below, and does not say who.
    """
    given = list(found)
    spoken = [one for one in found if one.is_direct and one.speaker_mention is not None]
    heading = next((unit for unit in reading.units[:1] if reading.is_heading(unit)), None)
    if heading is None or not spoken:
        return given
    first = spoken[0]
    times = sum(one.speaker == first.speaker for one in spoken)
    for at, one in enumerate(found):
        if one.char_end > heading.end or one.speaker is not None or not one.is_direct:
            continue
        if times >= _LEAST_TIMES and first.char_start > heading.end:
            given[at] = replace(
                one, speaker=first.speaker, speaker_mention=first.speaker_mention, confidence=_GUESS
            )
    return given


def _in_full(one: _Spoken, known: Sequence[_Spoken]) -> Quotation | None:
    """Return a quotation that has all the words of another in it."""
    if len(one.words) > _LONGEST or one.words.count(" ") <= _LEAST_WORDS:
        return None
    others = (other for other in known if other.quotation is not one.quotation)
    return next((other.quotation for other in others if one.words in other.words), None)


def _nearest(one: _Spoken, known: Sequence[_Spoken]) -> Quotation | None:
    """Return the quotation that shares most of what another says, if that is enough."""
    shared, best = max(((len(one.content & other.content), other) for other in known), key=_first)
    is_early = one.quotation.char_start < best.quotation.char_start
    if len(one.content) < _LEAST_CONTENT or shared < _REPEATED * len(one.content):
        return None
    return best.quotation if is_early or one.quotation.speaker is None else None


def _first(pair: tuple[int, _Spoken]) -> int:
    return pair[0]


def _spoken(reading: TextReading, one: Quotation) -> _Spoken:
    first, behind = reading.index_at(one.char_start), reading.index_at(one.char_end)
    words = reading.folded[first:behind]
    content = {word for word in words if len(word) >= _CONTENT_LETTERS}
    return _Spoken(f" {' '.join(words)} ", content, one)
