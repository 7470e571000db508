"""Quotations of a text, direct and indirect, with who said them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.annotations.model import Quotation
from transforms.annotations.quotations.attribution import Conversation, Speaker
from transforms.annotations.quotations.cues import Frame, frames_in
from transforms.annotations.quotations.indirect import reported_in
from transforms.annotations.quotations.interviews import answers_in, interviewee
from transforms.annotations.quotations.reading import Reading, Unit
from transforms.annotations.quotations.register import QuotationWords, likeliest
from transforms.annotations.quotations.repeats import with_repeated
from transforms.annotations.quotations.speech import How, Said, said_in
from transforms.annotations.quotations.subjects import subject_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from transforms.annotations.model import ArticleText, Mention

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
_ANSWERS = 3
"""Paragraphs in marks, without a speaker, that make an interview."""


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
    return tuple(_Finder(Reading(text, mentions, words)).find())


_Speakers = dict[int, Speaker | None]
"""Who the subject of each cue is, by the cue's first word."""


class _Finder:
    def __init__(self, reading: Reading) -> None:
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
        self._answer()
        self._interview()
        return sorted(self._found, key=lambda one: (one.char_start, one.char_end))

    def _read_unit(self, unit: Unit, cues: list[int], following: Unit | None) -> None:
        frames = frames_in(self._reading, unit, cues) if cues or unit.marked else []
        said = said_in(self._reading, unit, frames) if unit.marked else []
        beside = {one.frame.first for one in said if one.frame and one.how in {"beside", "colon"}}
        speakers = {
            one.first: self._conversation.speaker(one, unit)
            for one in frames
            if one.kind != "weak" or one.first in beside
        }
        self._attribute(unit, said, speakers, following)
        self._report(unit, [one for one in frames if one.first not in beside], speakers)
        last = max((one.frame.first for one in said if one.frame), default=-1)
        later = [one for one in frames if one.first > last and one.kind != "weak"]
        is_last = not said or said[-1].frame is not None
        spoke = _last_speaker(later, speakers) if is_last and not self._asks(unit) else None
        if spoke:
            self._conversation.says(spoke)
        self._conversation.passes(unit, is_silent=not said and not spoke)

    def _asks(self, unit: Unit) -> bool:
        return self._reading.text[unit.end - 1] == "?"

    def _attribute(
        self, unit: Unit, said: list[Said], speakers: _Speakers, following: Unit | None
    ) -> None:
        """Keep what was said, with its speaker."""
        last: Speaker | None = None
        for one in said:
            speaker = speakers.get(one.frame.first) if one.frame else last
            if one.how in {"colon", "fragment"}:
                speaker = self._of_colon(unit, one, speaker)
            is_sure = speaker is not None or self._conversation.sure_heir(unit) is not None
            if speaker is None and _may_inherit(one):
                speaker = self._conversation.heir(unit, following)
            self._keep(one, speaker, is_sure=is_sure)
            if speaker:
                last = speaker
                self._conversation.says(speaker)

    def _of_colon(self, unit: Unit, one: Said, speaker: Speaker | None) -> Speaker | None:
        """Return who speaks behind a colon: whose words they are said to be, before the cue's."""
        reading = self._reading
        behind = [other.close for other in unit.marked if other.close <= one.marked.open]
        start = reading.index_at(behind[-1]) if behind else unit.first
        subject = subject_before(reading, start, reading.index_at(one.marked.open))
        if subject is None or (speaker and subject.first <= start + 1):
            return speaker
        return self._conversation.resolve(subject, unit) or speaker

    def _keep(self, one: Said, speaker: Speaker | None, *, is_sure: bool) -> None:
        confidence = _CONFIDENCE[one.how]
        if not is_sure:
            confidence *= _UNATTRIBUTED
            self._unsure.append(len(self._found))
        place = one.marked.start, one.marked.end
        self._found.append(_quotation(place, speaker, one.frame, confidence, is_direct=True))

    def _report(self, unit: Unit, frames: list[Frame], speakers: _Speakers) -> None:
        """Keep the indirect speech of the cues that attribute no direct speech."""
        for one in reported_in(self._reading, unit, frames):
            speaker = speakers.get(one.frame.first)
            place = one.start, one.end
            found = _quotation(place, speaker, one.frame, _INDIRECT, is_direct=False)
            self._found.append(found)

    def _answer(self) -> None:
        """Give answers in marks, each a paragraph of its own, to whom the interview is with."""
        starts = {block.start for block in self._reading.article.blocks}
        places = [
            at
            for at in self._unsure
            if self._found[at].speaker is None and self._found[at].char_start - 1 in starts
        ]
        known = interviewee(self._reading) if len(places) >= _ANSWERS else None
        if known is None:
            return
        for at in places:
            self._found[at] = replace(
                self._found[at], speaker=known.name, speaker_mention=known.mention
            )

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


def _may_inherit(one: Said) -> bool:
    """Tell whether somebody who spoke before may go on: no cue names another."""
    if one.how == "beside":
        frame = one.frame
        return frame is not None and frame.kind == "weak" and frame.subject is None
    return one.how in {"whole", "colon", "reported", "broken"}


def _last_speaker(frames: list[Frame], speakers: _Speakers) -> Speaker | None:
    found = (speakers.get(one.first) for one in reversed(frames))
    return next((one for one in found if one), None)


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
