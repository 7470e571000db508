"""Quotations of a text, direct and indirect, with who said them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import Quotation
from knipsel.transforms.annotate.quotations.cues import Frame, frames_in
from knipsel.transforms.annotate.quotations.indirect import Reported, may_report, reported_in
from knipsel.transforms.annotate.quotations.interviews import answers_in, with_answers
from knipsel.transforms.annotate.quotations.marks.speech import How, Said, said_in
from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
from knipsel.transforms.annotate.quotations.reading import TextReading
from knipsel.transforms.annotate.quotations.repeats import with_headline, with_repeated
from knipsel.transforms.annotate.quotations.speakers.attribution import Conversation
from knipsel.transforms.annotate.quotations.speakers.speaker import Speaker
from knipsel.transforms.annotate.quotations.speakers.subjects import document_in, subject_before
from knipsel.transforms.registers.annotations.quotations import QuotationWords, likeliest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knipsel.transforms.annotate.model import ArticleText, Mention

_CONFIDENCE: Mapping[How, float] = {
    "beside": 0.95,
    "colon": 0.9,
    "whole": 0.8,
    "governed": 0.7,
    "reported": 0.6,
    "fragment": 0.5,
    "broken": 0.4,
}
"""How sure words in marks are speech, by what shows it."""
_UNATTRIBUTED = 0.6
"""What is left of that where nobody is said to have said it."""
_INDIRECT = 0.7
_ANSWER = 0.7


def find_quotations(
    text: ArticleText, mentions: Sequence[Mention], registers: Mapping[str, QuotationWords]
) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order.

    ``registers`` are the words of each language; ``mentions`` the names found in the text, in
    order, to which ``speaker_mention`` refers. Without either, what is unmistakable is found. A
    text of unknown language is read as one that its small words show.
    """
    known = registers.get(text.language) if text.language else likeliest(text.text, registers)
    words = known or QuotationWords()
    return tuple(_Finder(TextReading(text, mentions, words)).find())


_Speakers = dict[int, Speaker | None]
"""Who the subject of each cue is, by the cue's first word."""


class _Finder:
    def __init__(self, reading: TextReading) -> None:
        self._reading = reading
        self._conversation = Conversation(reading)
        self._found: list[Quotation] = []
        self._unsure: list[int] = []

    def find(self) -> list[Quotation]:
        reading = self._reading
        cues = reading.words.cues
        places = [
            at
            for at, word in enumerate(reading.folded)
            if word in cues and not reading.is_quoted(reading.starts[at])
        ]
        position = 0
        for number, unit in enumerate(reading.units):
            own = []
            while position < len(places) and places[position] < unit.last:
                own.append(places[position])
                position += 1
            following = reading.units[number + 1] if number + 1 < len(reading.units) else None
            self._read_unit(unit, own, following)
        self._found = with_repeated(reading, self._found, self._unsure)
        self._found = with_answers(reading, self._found, self._unsure)
        self._found = with_headline(reading, self._found)
        self._interview()
        return sorted(self._found, key=lambda one: (one.char_start, one.char_end))

    def _read_unit(
        self, unit: SentenceUnit, cues: list[int], following: SentenceUnit | None
    ) -> None:
        if not unit.marked and not may_report(self._reading, unit, cues):
            self._conversation.passes(unit, lambda: self._silent(unit, self._frames(unit, cues)))
            return
        frames = self._frames(unit, cues)
        said = said_in(self._reading, unit, frames) if unit.marked else []
        beside = {one.frame.first for one in said if one.frame and one.how in {"beside", "colon"}}
        reported = list(
            reported_in(self._reading, unit, [one for one in frames if one.first not in beside])
        )
        needed = {one.frame.first for one in said if one.frame}
        needed.update(one.frame.first for one in reported)
        speakers = {
            one.first: self._conversation.speaker(one, unit)
            for one in frames
            if one.first in needed
        }
        self._attribute(unit, said, speakers, following)
        self._report(reported, speakers)
        if not said or said[-1].frame is not None:
            self._conversation.passes(unit, lambda: self._silent(unit, frames, said))
        else:
            self._conversation.passes(unit, None)

    def _frames(self, unit: SentenceUnit, cues: list[int]) -> list[Frame]:
        return frames_in(self._reading, unit, cues) if cues or unit.marked else []

    def _silent(
        self, unit: SentenceUnit, frames: Sequence[Frame], said: Sequence[Said] = ()
    ) -> list[Frame] | None:
        """Return the cues behind the last words in marks; None where none follows those."""
        last = max((one.frame.first for one in said if one.frame), default=-1)
        asking = self._reading.words.asking
        later = [
            one
            for one in frames
            if one.first > last and one.kind != "weak" and one.cue.lower() not in asking
        ]
        if said and not later:
            return None
        return [] if self._asks(unit) else later

    def _asks(self, unit: SentenceUnit) -> bool:
        return self._reading.text[unit.end - 1] == "?"

    def _attribute(
        self,
        unit: SentenceUnit,
        said: list[Said],
        speakers: _Speakers,
        following: SentenceUnit | None,
    ) -> None:
        """Keep what was said, with its speaker."""
        last: Speaker | None = None
        for one in said:
            speaker = speakers.get(one.frame.first) if one.frame else last
            written = self._of_document(unit, one) if one.how == "fragment" else None
            if one.how in {"colon", "fragment"} and written is None:
                speaker = self._of_colon(unit, one, speaker)
            is_sure = speaker is not None or self._conversation.sure_heir(unit) is not None
            if one.marked.carried:
                speaker = self._conversation.goes_on(unit)
            document = None if speaker else written or self._of_document(unit, one)
            if speaker is None and document is None and _may_inherit(one):
                speaker = self._conversation.heir(unit, following, one.marked)
            if self._reading.is_heading(unit) and not _is_surely_named(speaker):
                speaker, document, is_sure = None, None, False
            self._keep(one, speaker or document, is_sure=is_sure)
            if speaker:
                last = speaker
                self._conversation.says(speaker)

    def _of_colon(self, unit: SentenceUnit, one: Said, speaker: Speaker | None) -> Speaker | None:
        """Return who speaks behind a colon: whose words they are said to be, before the cue's."""
        reading = self._reading
        behind = [other.close for other in unit.marked if other.close <= one.marked.open]
        start = reading.index_at(behind[-1]) if behind else unit.first
        subject = subject_before(reading, start, reading.index_at(one.marked.open))
        if subject is None and speaker is None and one.how == "colon":
            return self._conversation.alone_in(unit, start, reading.index_at(one.marked.open))
        if subject is None or (speaker and subject.first <= start + 1):
            return speaker
        return self._conversation.resolve(subject, unit) or speaker

    def _of_document(self, unit: SentenceUnit, one: Said) -> Speaker | None:
        """Return the writing that words in marks are from: *in de brief staat dat …*."""
        reading, open_at = self._reading, self._reading.index_at(one.marked.open)
        is_weak = one.frame is None or one.frame.kind == "weak"
        if one.how == "fragment" or (one.how in {"reported", "colon"} and is_weak):
            found = document_in(reading, unit.first, open_at)
        elif one.how == "beside" and one.frame and one.frame.kind == "weak":
            first, last = reading.segment(unit, one.frame.first)
            found = document_in(reading, max(first, one.frame.first), last)
        else:
            return None
        return self._conversation.resolve(found, unit) if found else None

    def _keep(self, one: Said, speaker: Speaker | None, *, is_sure: bool) -> None:
        confidence = _CONFIDENCE[one.how]
        if not is_sure:
            confidence *= _UNATTRIBUTED
            self._unsure.append(len(self._found))
        place = one.marked.start, one.marked.end
        self._found.append(_quotation(place, speaker, one.frame, confidence, is_direct=True))

    def _report(self, reported: Sequence[Reported], speakers: _Speakers) -> None:
        """Keep the indirect speech of the cues that attribute no direct speech."""
        for one in reported:
            speaker = speakers.get(one.frame.first)
            place = one.start, one.end
            found = _quotation(place, speaker, one.frame, _INDIRECT, is_direct=False)
            self._found.append(found)

    def _interview(self) -> None:
        taken = sorted(one.char_start for one in self._found if one.is_direct)
        for one in answers_in(self._reading, has_marks=bool(taken)):
            following = bisect_left(taken, one.start)
            if following < len(taken) and taken[following] < one.end:
                continue
            name = self._reading.people.labelled(one.label) if one.label else None
            speaker = Speaker(name, None, 0, is_person=True) if name else None
            found = _quotation((one.start, one.end), speaker, None, _ANSWER, is_direct=True)
            self._found.append(found)


def _is_surely_named(speaker: Speaker | None) -> bool:
    """Tell whether somebody is a person whom the text names, not just what a headline says."""
    return speaker is not None and speaker.is_person and speaker.mention is not None


def _may_inherit(one: Said) -> bool:
    """Tell whether somebody who spoke before may go on: no cue names another."""
    if one.how == "beside":
        frame = one.frame
        return frame is not None and frame.kind == "weak" and frame.subject is None
    return one.how in {"whole", "colon", "reported", "broken"}


def _quotation(
    place: tuple[int, int],
    speaker: Speaker | None,
    frame: Frame | None,
    confidence: float,
    *,
    is_direct: bool,
) -> Quotation:
    return Quotation(
        *place,
        speaker.name if speaker else None,
        speaker.mention if speaker else None,
        frame.cue if frame else None,
        is_direct=is_direct,
        confidence=round(confidence, 2),
    )
