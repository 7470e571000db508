"""Which of the words between marks somebody said, and which cue says so.

Names, titles and words that a writer keeps at a distance stand in marks as well. Speech is what a
cue stands beside, what a colon announces, what makes a whole sentence, and what stands in a
sentence that a cue governs.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from knipsel.transforms.annotate.quotations.marks.shape import (
    Look,
    is_apposed,
    is_name_noun,
    is_named,
    look_at,
)
from knipsel.transforms.annotate.quotations.speakers.phrases import (
    is_speaking,
    opens_phrase,
    skip_adverbs,
)
from knipsel.transforms.annotate.quotations.speakers.subjects import document_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.annotate.quotations.cues import Frame
    from knipsel.transforms.annotate.quotations.marks.marks import Marked
    from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
    from knipsel.transforms.annotate.quotations.reading import TextReading

How = Literal["beside", "colon", "governed", "whole", "reported", "fragment", "broken"]

_WHOLE = 3
"""Words from which a sentence in marks is speech of itself: fewer may be a title or a name."""
_CARRIED = 4
"""Words from which marks that nothing closes in their paragraph hold speech."""
_FRAGMENT = 4
"""Words from which a part of a sentence is taken from somebody, though no cue says so."""
_NOUN_FRAGMENT = 8
"""The same behind an article, where names of things stand too."""
_NAMED_NEAR = 8
"""Words between a verb that puts words on something and those words."""
_TITLE_WINDOW = 4
"""Words before a colon among which a noun says that a title follows; without a cue, twice that."""
_SHORT_NAME = 2
"""Words of a name in marks, at most, where nouns have capitals too."""
_TELLING = frozenset({"verb", "participle"})
_TOLD = 2
"""Words of what is told of a thing, at least."""
_TRAILING = 8
"""Words behind a cue that ends a sentence."""
_FRAMES_BEHIND = 8
"""Cues behind words in marks that may govern them."""
_PARTED = frozenset({"", ",", ".", "–", "—", "-"})
"""What stands between the closing mark and a cue that belongs to it."""

_Judgement = tuple[How, "Frame | None"] | None


class Said(NamedTuple):
    """Words between marks that somebody said: how that shows, and the cue where there is one."""

    marked: Marked
    how: How
    frame: Frame | None


def said_in(reading: TextReading, unit: SentenceUnit, frames: Sequence[Frame]) -> list[Said]:
    """Return what somebody said of what stands between marks in a unit."""
    judge = _Judge(reading, unit, frames)
    judged = ((one, judge.judge(index)) for index, one in enumerate(unit.marked))
    return [Said(marked, *how) for marked, how in judged if how]


class _Judge:
    """Judges the words between marks in a unit."""

    def __init__(self, reading: TextReading, unit: SentenceUnit, frames: Sequence[Frame]) -> None:
        self._reading = reading
        self._unit = unit
        self._frames = frames
        self._firsts = [one.first for one in frames]

    def judge(self, index: int) -> _Judgement:
        """Return how it shows that somebody said them, and the cue; None where nobody did."""
        marked = self._unit.marked[index]
        look = look_at(self._reading, self._unit, index)
        before = self._before(marked)
        if marked.ended != "closed" or marked.carried or not look.words:
            judged = _judge_open(marked, look)
            is_told = judged and judged[0] == "whole" and look.lead == ":"
            return self._judge_colon(marked, before, look) if is_told else judged
        beside = self._beside(index, look)
        named = self._is_named(marked, before, look)
        if beside and not named:
            return "beside", beside
        if look.lead == ":":
            return self._judge_colon(marked, before, look)
        if look.is_capital and (look.is_whole(_WHOLE) if look.opens else look.is_headline):
            return "whole", None
        is_aside = look.lead == "(" and not look.is_final
        return None if named or is_aside else self._judge_part(marked, before, look)

    def _is_named(self, marked: Marked, before: Frame | None, look: Look) -> bool:
        """Tell whether what stands in marks is the name or the title of something."""
        if before and self._is_participle(marked, before, look):
            return True
        is_called = before is not None and before.kind == "naming"
        if is_called and before and (before.part is not None or not look.is_capital):
            return False
        reading = self._reading
        if before and before.kind in _TELLING and self._is_told(marked, before, look):
            return False
        return is_named(reading, look) or is_apposed(reading, self._unit, marked.open, look)

    def _is_told(self, marked: Marked, frame: Frame, look: Look) -> bool:
        """Tell whether words without a capital are told of a thing: *dat de studie “een stap” is*.

        Its name would have one, where nouns have none.
        """
        reading = self._reading
        if look.is_capital or reading.words.has_capital_nouns or look.words < _TOLD:
            return False
        between = reading.folded[frame.end : reading.index_at(marked.open)]
        return not reading.words.sets.conjunctions.isdisjoint(between)

    def _is_participle(self, marked: Marked, frame: Frame, look: Look) -> bool:
        """Tell whether a verb right before marks says what a thing is called: *a ship called …*."""
        sets, folded = self._reading.words.sets, self._reading.folded
        last = self._reading.index_at(marked.open) - 1
        if folded[last] in sets.determiners:
            last -= 1
        if last not in {frame.first, frame.part} or folded[last] not in sets.name_participles:
            return False
        subject = frame.subject
        if frame.part is not None:  # the book is called so, by nobody
            return subject is None and look.is_capital
        is_person = subject is not None and (
            subject.name is not None
            or subject.mention is not None
            or (subject.pronoun is not None and not is_speaking(self._reading, subject))
        )
        return not is_person

    def _before(self, marked: Marked) -> Frame | None:
        at = bisect_left(self._firsts, self._reading.index_at(marked.open))
        return self._frames[at - 1] if at else None

    def _behind(self, marked: Marked) -> Sequence[Frame]:
        at = bisect_left(self._firsts, self._reading.index_at(marked.close))
        return self._frames[at : at + _FRAMES_BEHIND]

    def _beside(self, index: int, look: Look) -> Frame | None:
        """Return the cue right behind the marks: *…, zegt zij*."""
        reading, marked = self._reading, self._unit.marked[index]
        first = reading.index_at(marked.close)
        frame = next((one for one in self._behind(marked) if one.start >= first), None)
        if not frame or frame.first >= reading.segment(self._unit, first)[1]:
            return None
        between = reading.text[marked.close : reading.starts[first]].strip()
        if between not in _PARTED or skip_adverbs(reading, first, frame.start) < frame.start:
            return None
        if frame.kind == "weak" and frame.start != first:
            return None
        if between or look.is_final:
            return frame
        is_speech = look.opens and look.is_clause and look.words >= _WHOLE and frame.kind != "weak"
        return frame if is_speech else None

    def _judge_colon(self, marked: Marked, before: Frame | None, look: Look) -> _Judgement:
        reading = self._reading
        last = reading.index_at(marked.open)
        window = _TITLE_WINDOW if before else 2 * _TITLE_WINDOW
        lead = reading.folded[max(self._unit.first, last - window) : last]
        if not look.is_final and any(is_name_noun(reading, word) for word in lead):
            return None
        if before and (before.kind != "weak" or look.words > 1):
            return "colon", before
        return ("colon", before) if look.is_final or look.words >= _WHOLE else None

    def _judge_part(self, marked: Marked, before: Frame | None, look: Look) -> _Judgement:
        """Judge a part of a sentence by the cue that governs it."""
        frame = self._governing(marked, before)
        if frame and not self._looks_like_name(marked, frame, look):
            return "governed", frame
        if look.is_capital and not self._reading.words.has_capital_nouns:
            return None
        if self._is_reported and not self._is_short_name(marked, look):
            return "reported", None
        if self._is_written(marked, before):
            return "fragment", None
        least = _NOUN_FRAGMENT if look.is_noun else _FRAGMENT
        is_taken = look.words >= least and not (look.is_capital or frame)
        return ("fragment", None) if is_taken else None

    def _is_written(self, marked: Marked, before: Frame | None) -> bool:
        """Tell whether a writing says them: *in de brief staat dat het bedrag “te laag” is*."""
        reading = self._reading
        if before is None or before.kind != "weak" or not reading.words.is_verb_second:
            return False
        behind = before.last
        while behind < self._unit.last and reading.folded[behind] in reading.words.sets.adverbs:
            behind += 1
        open_at = reading.index_at(marked.open)
        if behind >= open_at or reading.folded[behind] not in reading.words.sets.conjunctions:
            return False
        return document_in(reading, self._unit.first, behind) is not None

    @cached_property
    def _is_reported(self) -> bool:
        """Tell whether the mood of a verb shows that a unit goes on with what somebody says."""
        reading, unit = self._reading, self._unit
        subjunctives = reading.words.sets.subjunctives
        return bool(subjunctives) and any(
            reading.folded[at] in subjunctives and not reading.is_quoted(reading.starts[at])
            for at in range(unit.first, unit.last)
        )

    def _governing(self, marked: Marked, before: Frame | None) -> Frame | None:
        if before and before.kind != "weak":
            return before
        for one in self._behind(marked):
            if one.kind == "source" or (
                one.kind in {"verb", "participle"} and is_trailing(self._reading, self._unit, one)
            ):
                return one
            if one.kind == "naming" and one.part is not None and one.subject is not None:
                behind = self._reading.index_at(marked.close)
                return one if one.start < behind <= one.first <= behind + 1 else None
        return None

    def _looks_like_name(self, marked: Marked, frame: Frame, look: Look) -> bool:
        """Tell whether a part of a sentence is a name, a title, or one word kept at a distance.

        A verb that puts words on something takes any of them.
        """
        if look.is_clause or look.is_final:
            return False
        reading = self._reading
        first = reading.index_at(marked.start)
        if frame.kind == "naming" and first - frame.end <= _NAMED_NEAR:
            return False
        if reading.words.has_capital_nouns:
            return frame.kind != "naming" and self._is_short_name(marked, look)
        if look.is_capital:
            called = frame.end == first and frame.kind in {"verb", "participle"}
            is_writing = reading.folded[frame.first] in reading.words.sets.title_verbs
            return not called or look.words == 1 or is_writing
        return look.words == 1 and look.is_noun

    def _is_short_name(self, marked: Marked, look: Look) -> bool:
        """Tell whether a word or two in marks are nouns, where nouns have capitals."""
        reading = self._reading
        first, behind = reading.index_at(marked.start), reading.index_at(marked.end)
        return look.words <= _SHORT_NAME and all(reading.capitals[first:behind])


def _judge_open(marked: Marked, look: Look) -> _Judgement:
    """Judge marks that nothing closes, or opens, in their paragraph."""
    if look.words < _CARRIED:
        return None
    if marked.ended != "unclosed":
        return "whole", None
    return ("broken", None) if look.opens and look.is_capital else None


def is_trailing(reading: TextReading, unit: SentenceUnit, frame: Frame) -> bool:
    """Tell whether a cue ends a sentence: *…, zei zij na afloop*."""
    subject = frame.subject
    if subject is None or subject.first < frame.first or "," not in reading.gaps[frame.first]:
        return False
    first = frame.end
    if first < unit.last and "," in reading.gaps[first] and opens_phrase(reading, first, unit.last):
        first += 1  # "…, zei Jan Vos, voorzitter van de bond."
    rest = range(first, unit.last)
    return len(rest) <= _TRAILING and not any("," in reading.gaps[at] for at in rest)
