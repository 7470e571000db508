"""Who says something, outside the marks: the cue, and the words for its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.quotations.speakers.phrases import (
    Phrase,
    head_of,
    opens_phrase,
    read_oblique,
    read_phrase,
)
from knipsel.transforms.annotate.quotations.speakers.subjects import agent_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
    from knipsel.transforms.annotate.quotations.reading import TextReading
    from knipsel.transforms.registers.annotations.quotations import CueKind

_REACH = 16
"""Words between the two parts of a verb."""
_NEAR = 3
"""The same where a verb stands with its participle: *has widely been called*."""
_AMONG = 8
"""Words around a verb within which it says among whom it sounds so."""
_SHORT_NOUN = 3
"""Letters of the last part of a compound, less one."""
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


def frames_in(reading: TextReading, unit: SentenceUnit, cues: list[int]) -> list[Frame]:
    """Return the frames of a unit; ``cues`` are the words of it that the register has as such."""
    found: list[Frame] = []
    for at in _with_unlisted(reading, unit, cues):
        if found and at < found[-1].last:
            continue
        is_listed = reading.folded[at] in reading.words.cues
        frame = _frame_at(reading, unit, at) if is_listed else _unlisted(reading, unit, at)
        if frame and frame.subject is None and found and _is_linked(reading, frame.first):
            frame = frame._replace(subject=found[-1].subject)
        if frame:
            found.append(frame)
    return found


def _with_unlisted(reading: TextReading, unit: SentenceUnit, cues: list[int]) -> list[int]:
    """Add the words right behind marks: a verb there is a cue, whatever it means."""
    if not unit.marked or not reading.words.is_verb_second:
        return cues
    behind = {reading.index_at(one.close) for one in unit.marked if one.close < unit.end}
    return sorted(behind.union(cues) - {unit.last}) if behind.difference(cues) else cues


def _unlisted(reading: TextReading, unit: SentenceUnit, at: int) -> Frame | None:
    """Return the frame of a word behind marks that no register has: *rekent hij voor*.

    A comma stands before it, and a person's name or pronoun follows.
    """
    sets, word = reading.words.sets, reading.folded[at]
    following = at + 1
    if reading.gaps[at][-2:] != ", " or following >= unit.last or not reading.is_joined(following):
        return None
    listed = (sets.conjunctions, sets.subordinators, sets.coordinators, sets.prepositions)
    if reading.is_capital(at) or any(word in one for one in listed) or word in sets.determiners:
        return None
    segment = reading.segment(unit, at)
    if word in sets.adverbs or not opens_phrase(reading, following, segment[1]):
        return None
    frame = _with_subject(reading, (at,), segment, "weak")
    subject = frame.subject
    is_person = subject is not None and (
        subject.name is not None
        or subject.pronoun is not None
        or head_of(reading, subject) is not None
    )
    return frame if is_person else None


def _is_linked(reading: TextReading, at: int) -> bool:
    """Tell whether a verb has the subject of the one before it: *zij knikte en zei*."""
    return at > 0 and reading.folded[at - 1] in reading.words.sets.coordinators


def _frame_at(reading: TextReading, unit: SentenceUnit, at: int) -> Frame | None:
    """Return the frame of a word that may be a cue."""
    kinds = reading.words.cues[reading.folded[at]]
    segment = reading.segment(unit, at)
    if "source" in kinds:
        frame = _source(reading, at, segment)
        if frame:
            return frame
    part = _second_part(reading, unit, at) if "split" in kinds else None
    if part is not None:
        return _with_subject(reading, (at, part), segment, "verb")
    helpers = _helpers(reading, at)
    auxiliary = _auxiliary(reading, unit, at, helpers) if helpers else None
    if auxiliary is not None:
        kind: CueKind = "participle"
        if reading.folded[at] in reading.words.sets.naming_participles:
            kind = "naming"
        start, end = reading.segment(unit, auxiliary)
        is_passive = reading.folded[auxiliary] in reading.words.sets.passives
        segment = start, unit.last if is_passive else end
        return _with_subject(reading, (auxiliary, at), segment, kind)
    if _is_noun(reading, at, segment[0]):
        return None
    kind = next((one for one in _KINDS if one in kinds), "split")
    return None if kind == "split" else _with_subject(reading, (at,), segment, kind)


def _is_noun(reading: TextReading, at: int, start: int) -> bool:
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
    reading: TextReading, parts: tuple[int, ...], segment: tuple[int, int], kind: CueKind
) -> Frame:
    """Return the frame of a verb, of which a second part may stand apart."""
    (start, end), verb = segment, parts[0]
    cue = " ".join(reading.printed[one] for one in parts)
    if parts[1:] and reading.folded[verb] in reading.words.sets.passives:
        subject = agent_of(reading, start, end)
    else:
        behind = parts[1] if parts[1:] and verb < parts[1] < end and kind == "verb" else end
        subject = subject_of(reading, verb, start, behind)
        if subject and reading.folded[subject.first] in reading.words.sets.oblique:
            subject = None
        if subject and _sounds(reading, verb, subject):
            subject = _among(reading, segment, verb)
    return Frame(verb, verb + 1, kind, cue, subject, parts[1] if parts[1:] else None)


def _sounds(reading: TextReading, verb: int, subject: Phrase) -> bool:
    """Tell whether a verb has no subject but *it*: *klinkt het bij de bond*."""
    sets = reading.words.sets
    is_it = reading.folded[subject.first] in sets.expletives
    return is_it and reading.folded[verb] in sets.sounding_verbs


def _among(reading: TextReading, segment: tuple[int, int], verb: int) -> Phrase | None:
    """Return among whom it sounds so: *bij Jansen klinkt het*, *klinkt het bij de bond*."""
    start, end = segment
    for at in (*range(max(start, verb - _AMONG), verb), *range(verb + 1, min(end, verb + _AMONG))):
        if reading.folded[at] in reading.words.sets.among and at + 1 < end:
            return read_phrase(reading, at + 1, end)
    return None


def _source(reading: TextReading, at: int, segment: tuple[int, int]) -> Frame | None:
    start, end = segment
    for rest in reading.words.sources[reading.folded[at]]:
        behind = at + 1 + len(rest)
        if tuple(reading.folded[at + 1 : behind]) != rest or behind >= end:
            continue
        if not reading.is_joined(behind) or _is_no_source(reading, behind):
            continue
        if not rest and reading.folded[at] in reading.words.sets.adverbs:
            follows_mark = at == start or "," in reading.gaps[at]
            if not follows_mark or not opens_phrase(reading, behind, end):
                continue
        subject = _whose(reading, read_oblique(reading, behind, end), end)
        if subject:
            cue = " ".join(reading.printed[at:behind])
            return Frame(at, behind, "source", cue, subject)
    return None


def _is_no_source(reading: TextReading, at: int) -> bool:
    """Tell whether a word behind a source's cue names none: *volgens plan*, *laut obwohl*."""
    sets, word = reading.words.sets, reading.folded[at]
    joins = word in sets.subordinators and word not in sets.determiners
    return joins or word in sets.no_sources


def _whose(reading: TextReading, source: Phrase | None, end: int) -> Phrase | None:
    """Return whose a view, a plan or a theory is: nobody's, unless it says so.

    So *volgens deze theorie* names nobody, *volgens de theorie van Jansen* Jansen.
    """
    sets = reading.words.sets
    if source is None or source.mention is not None:
        return source
    if source.pronoun in sets.demonstratives and source.last < end:
        return None if reading.is_joined(source.last) else source
    if source.pronoun or (source.name and source.name[0] == source.first):
        return source
    words = range(source.first, min(end, source.last + 1))
    view = next((at for at in words if _is_view(reading.folded[at], reading)), None)
    before = reading.folded[source.first + 1 : view]
    is_of_another = not (sets.prepositions.isdisjoint(before) and sets.of.isdisjoint(before))
    if view is None or is_of_another:
        return source
    of = view + 1
    has_owner = of + 1 < end and reading.is_joined(of) and reading.folded[of] in sets.of
    return read_phrase(reading, of + 1, end) if has_owner else None


def _is_view(word: str, reading: TextReading) -> bool:
    """Tell whether a word is nobody's by itself, or ends in such a word: *Zeitplan*."""
    nouns = reading.words.sets.source_nouns
    if word in nouns or not reading.words.is_verb_second:
        return word in nouns
    return any(word[at:] in nouns for at in range(1, max(1, len(word) - _SHORT_NOUN)))


def _second_part(reading: TextReading, unit: SentenceUnit, at: int) -> int | None:
    """Return the second part of a verb, which may stand behind words in marks."""
    parts = reading.words.splits[reading.folded[at]]
    for index in range(at + 1, min(unit.last, at + _REACH)):
        if reading.ends_clause(index):
            return None
        if reading.folded[index] in parts and not reading.is_quoted(reading.starts[index]):
            return index
    return None


def _auxiliary(
    reading: TextReading, unit: SentenceUnit, at: int, helpers: frozenset[str]
) -> int | None:
    """Return the finite verb that a participle or an infinitive goes with."""
    following = at + 1
    is_followed = following < unit.last and reading.is_joined(following)
    if is_followed and reading.folded[following] in helpers:
        return following
    reach = _REACH if reading.words.is_verb_second else _NEAR
    for index in range(at - 1, max(unit.first, at - reach) - 1, -1):
        if reading.folded[index] in helpers and not reading.is_quoted(reading.starts[index]):
            return index
        if reading.ends_clause(index):
            return None
    return None


def _helpers(reading: TextReading, at: int) -> frozenset[str] | None:
    """Return the verbs that make a cue of a participle or of an infinitive."""
    sets, word = reading.words.sets, reading.folded[at]
    if word in sets.participles:
        return sets.auxiliaries | sets.passives
    if word in sets.verbs and any(word.endswith(one) for one in sets.plural_endings):
        return sets.modals
    return None


def sources_first(frames: Iterable[Frame]) -> list[Frame]:
    """Return cues from the last to the first, but those that name a source before all others.

    *Volgens hem had de minister beloofd …* is his word, not the minister's.
    """
    return sorted(frames, key=lambda frame: (frame.kind != "source", -frame.first))
