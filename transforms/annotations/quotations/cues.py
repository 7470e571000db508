"""Who says something, outside the marks: the cue, and the words for its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from transforms.annotations.quotations.phrases import Phrase, opens_phrase, read_phrase
from transforms.annotations.quotations.subjects import subject_of

if TYPE_CHECKING:
    from transforms.annotations.quotations.reading import Reading, Unit
    from transforms.annotations.quotations.register import CueKind

_REACH = 16
"""Words between the two parts of a verb."""
_KINDS: tuple[CueKind, ...] = ("naming", "verb", "weak")
"""What a word is that is a cue by itself, the surest first."""


class Frame(NamedTuple):
    """A cue with its subject: the cue's words from ``first`` to before ``last``.

    ``part`` is the place of a second word of the cue that stands apart, behind or before it.
    """

    first: int
    last: int
    kind: CueKind
    cue: str
    subject: Phrase | None
    part: int | None = None

    @property
    def end(self) -> int:
        """Return the word behind the cue, and behind its subject where that follows."""
        behind = self.last
        if self.part is not None:
            behind = max(behind, self.part + 1)
        if self.subject and self.subject.first >= self.first:
            behind = max(behind, self.subject.last)
        return behind

    @property
    def start(self) -> int:
        """Return the first word of the cue or its subject."""
        first = self.first if self.part is None else min(self.first, self.part)
        return min(first, self.subject.first) if self.subject else first


def frames_in(reading: Reading, unit: Unit, cues: list[int]) -> list[Frame]:
    """Return the frames of a unit; ``cues`` are the words of it that may be cues."""
    found: list[Frame] = []
    for at in cues:
        if found and at < found[-1].last:
            continue
        start, end = reading.segment(unit, at)
        frame = _frame_at(reading, at, start, end)
        if frame and frame.subject is None and found:
            frame = frame._replace(subject=found[-1].subject)
        if frame:
            found.append(frame)
    return found


def _frame_at(reading: Reading, at: int, start: int, end: int) -> Frame | None:
    """Return the frame of a word that may be a cue, between the words of its segment."""
    kinds = reading.words.cues[reading.folded[at]]
    if "source" in kinds:
        frame = _source(reading, at, start, end)
        if frame:
            return frame
    part = _second_part(reading, at, end) if "split" in kinds else None
    if part is not None:
        return _with_subject(reading, (at, part), start, end, "verb")
    helpers = _helpers(reading, at)
    auxiliary = _auxiliary(reading, at, start, end, helpers) if helpers else None
    if auxiliary is not None:
        return _with_subject(reading, (auxiliary, at), start, end, "participle")
    if _is_noun(reading, at, start):
        return None
    for kind in _KINDS:
        if kind in kinds:
            return _with_subject(reading, (at,), start, end, kind)
    return None


def _is_noun(reading: Reading, at: int, start: int) -> bool:
    """Tell whether a word that looks like a verb is a noun: *de eisen*, *hun vragen*."""
    if at == start or not reading.is_joined(at):
        return False
    sets, before = reading.words.sets, reading.folded[at - 1]
    if before in sets.infinitive_markers:
        return True
    if reading.words.has_capital_nouns:
        return reading.is_capital(at)
    return before in sets.determiners or (before in sets.prepositions and before in sets.stops)


def _with_subject(
    reading: Reading, parts: tuple[int, ...], start: int, end: int, kind: CueKind
) -> Frame:
    """Return the frame of a verb, of which a second part may stand apart."""
    cue = " ".join(reading.printed[one] for one in parts)
    subject = subject_of(reading, parts[0], start, end)
    return Frame(parts[0], parts[0] + 1, kind, cue, subject, parts[1] if parts[1:] else None)


def _source(reading: Reading, at: int, start: int, end: int) -> Frame | None:
    for rest in reading.words.sources[reading.folded[at]]:
        behind = at + 1 + len(rest)
        if tuple(reading.folded[at + 1 : behind]) != rest or behind >= end:
            continue
        if not reading.is_joined(behind) or reading.folded[behind] in reading.words.sets.no_sources:
            continue
        if not rest and reading.folded[at] in reading.words.sets.adverbs:
            follows_mark = at == start or "," in reading.gap(at)
            if not follows_mark or not opens_phrase(reading, behind, end):
                continue
        subject = read_phrase(reading, behind, end)
        if subject:
            cue = " ".join(reading.printed[at:behind])
            return Frame(at, behind, "source", cue, subject)
    return None


def _second_part(reading: Reading, at: int, end: int) -> int | None:
    parts = reading.words.splits[reading.folded[at]]
    for index in range(at + 1, min(end, at + _REACH)):
        if reading.ends_clause(index):
            return None
        if reading.folded[index] in parts:
            return index
    return None


def _auxiliary(
    reading: Reading, at: int, start: int, end: int, helpers: frozenset[str]
) -> int | None:
    """Return the finite verb that a participle or an infinitive goes with."""
    if at + 1 < end and reading.is_joined(at + 1) and reading.folded[at + 1] in helpers:
        return at + 1
    for index in range(at - 1, max(start, at - _REACH) - 1, -1):
        if reading.folded[index] in helpers:
            return index
        if reading.ends_clause(index):
            return None
    return None


def _helpers(reading: Reading, at: int) -> frozenset[str] | None:
    """Return the verbs that make a cue of a participle or of an infinitive."""
    sets, word = reading.words.sets, reading.folded[at]
    if word in sets.participles:
        return sets.auxiliaries
    if word in sets.verbs and any(word.endswith(one) for one in sets.plural_endings):
        return sets.modals
    return None
