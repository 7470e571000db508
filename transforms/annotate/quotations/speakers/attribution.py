"""Who a phrase means: a name in full, the person of a pronoun, a description as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.annotate.quotations.cues import sources_first
from knipsel.transforms.annotate.quotations.speakers.descriptions import (
    as_printed,
    has_age,
    is_anybody,
    is_definite,
    is_general,
    meant_by,
)
from knipsel.transforms.annotate.quotations.speakers.phrases import Phrase
from knipsel.transforms.annotate.quotations.speakers.sentence_subjects import (
    only_person,
    subject_of_sentence,
)
from knipsel.transforms.annotate.quotations.speakers.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knipsel.transforms.annotate.quotations.cues import Frame
    from knipsel.transforms.annotate.quotations.marks.marks import Marked
    from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
    from knipsel.transforms.annotate.quotations.reading import TextReading
    from knipsel.transforms.annotate.quotations.speakers.people import Named
    from knipsel.transforms.registers.annotations.names import Gender

_LOOK_BACK = 8
"""Sentences back in which a pronoun's person is looked for."""
_APPOSED = 6
"""Words behind a description within which a name between commas says who it is."""
_FAR = 2
"""Paragraphs over which somebody goes on speaking."""


class Conversation:
    """Who speaks as a text goes on: what pronouns and what quotations without a cue hang on.

    Sentences without speech are only read when something hangs on them.
    """

    def __init__(self, reading: TextReading) -> None:
        """Begin a text."""
        self._reading = reading
        self._speaking: Speaker | None = None
        self._told_of: Speaker | None = None
        self._passed: list[SentenceUnit] = []
        self._waiting: list[tuple[int, Callable[[], Sequence[Frame] | None]]] = []
        self._at: int | None = None

    @property
    def _active(self) -> Speaker | None:
        """Who spoke last."""
        self._settle()
        return self._speaking

    @property
    def _topic(self) -> Speaker | None:
        """Whom the text is about since somebody spoke."""
        self._settle()
        return self._told_of

    def speaker(self, frame: Frame, unit: SentenceUnit) -> Speaker | None:
        """Return who the subject of a frame is, None where that is not safe to say."""
        if frame.subject is None:
            return None
        return self.resolve(frame.subject, unit, frame.cue)

    def resolve(self, phrase: Phrase, unit: SentenceUnit, cue: str = "") -> Speaker | None:
        """Return who a phrase means."""
        if phrase.pronoun in self._reading.words.sets.neuter:
            return self._body_told(unit, phrase.first)
        if phrase.pronoun is not None:
            return self._of_pronoun(phrase, unit, cue)
        if phrase.mention is not None:
            return self._mentioned(phrase, phrase.mention, unit)
        if phrase.name is not None:
            return self._named(phrase.name, unit, cue)
        return self._described(phrase, unit)

    def _mentioned(self, phrase: Phrase, number: int, unit: SentenceUnit) -> Speaker:
        people, one = self._reading.people, self._reading.mentions[number]
        if one.kind != "person":
            return Speaker(one.name, number, unit.block, is_person=False)
        first = phrase.name[0] if phrase.name else phrase.first
        known = next((named for named in people.between(first, first + 1)), None)
        name = known.name if known else people.in_full(one.name)
        return Speaker(name, number, unit.block, is_person=True)

    def _named(self, name: tuple[int, int], unit: SentenceUnit, cue: str) -> Speaker:
        reading = self._reading
        is_alone = name[1] - name[0] == 1 and "-" not in reading.printed[name[0]]
        is_one = not cue.endswith(tuple(reading.words.sets.plural_endings))
        article = reading.printed[name[0] - 1] if name[0] else ""
        if is_alone and is_one and article in reading.words.sets.definite:
            meant = self._spoken_of(unit, None)
            if meant:
                return meant
        start, end = reading.starts[name[0]], reading.ends[name[1] - 1]
        full = reading.people.in_full(reading.words_at(*name))
        return Speaker(full, reading.mention_at(start, end), unit.block, is_person=True)

    def _described(self, phrase: Phrase, unit: SentenceUnit) -> Speaker:
        reading = self._reading
        meant = self._apposed(phrase, unit) or self._aged(phrase, unit)
        if meant:
            return meant
        found = meant_by(reading, phrase)
        is_open = found is None or not found.is_named
        if is_open and is_definite(reading, phrase) and is_general(reading, phrase):
            printed = reading.words_at(phrase.first, phrase.last)
            meant = self._spoken_of(unit, reading.people.gender(printed))
            meant = meant or (self._told_last(phrase, unit) if found is None else None)
        if meant:
            return meant
        found = found or as_printed(reading, phrase)
        return Speaker(found.name, found.mention, unit.block, is_person=found.is_person)

    def _aged(self, phrase: Phrase, unit: SentenceUnit) -> Speaker | None:
        """Return whom *de 63-jarige bestuurder* means, whose age the text has not told before.

        That is whom the paragraph is about, unless it names somebody else with that role.
        """
        reading = self._reading
        if not (is_definite(reading, phrase) and has_age(reading, phrase)):
            return None
        found = meant_by(reading, phrase)
        block = reading.article.blocks[unit.block].start
        if found and found.is_named and found.place is not None and found.place >= block:
            return None
        gender = reading.people.gender(reading.words_at(phrase.first, phrase.last))
        return None if found and found.is_aged else self._spoken_of(unit, gender)

    def _told_last(self, phrase: Phrase, unit: SentenceUnit) -> Speaker | None:
        """Return who was told of last before *de jongeman*, up to the paragraph before."""
        reading = self._reading
        first = reading.article.blocks[max(0, unit.block - 1)].start
        told = reading.people.told(reading.index_at(first), phrase.first)
        if not told:
            return None
        gender = reading.people.gender(reading.words_at(phrase.first, phrase.last))
        is_alone = len({one.name for one in told}) == 1
        if not (is_alone or (is_anybody(reading, phrase) and (gender or has_age(reading, phrase)))):
            return None
        is_one = gender in {None, reading.people.gender(told[-1].name) or gender}
        return self._from(told[-1], unit) if is_one else None

    def _apposed(self, phrase: Phrase, unit: SentenceUnit) -> Speaker | None:
        """Return who is named between commas: *de ambassadeur in Den Haag, Jan Vos, zei*."""
        reading, gaps = self._reading, self._reading.gaps
        for one in reading.people.between(phrase.last, phrase.last + _APPOSED):
            is_inserted = one.last < len(gaps) and "," in gaps[one.first] and "," in gaps[one.last]
            between = range(phrase.last, one.first)
            if is_inserted and all(reading.is_joined(at) for at in between):
                return self._from(one, unit)
        return None

    def _spoken_of(self, unit: SentenceUnit, gender: Gender | None) -> Speaker | None:
        """Return whom a paragraph is about or who spoke in it last, if the gender may be that."""
        for one in (self._topic, self._active):
            if one is None or not one.is_person or not one.name or one.block != unit.block:
                continue
            if gender in {None, self._reading.people.gender(one.name) or gender}:
                return one
        return None

    def _of_pronoun(self, phrase: Phrase, unit: SentenceUnit, cue: str) -> Speaker | None:
        sets, pronoun = self._reading.words.sets, phrase.pronoun or ""
        if self._is_plural(pronoun, cue):
            return self._several(unit)
        if pronoun in sets.other_pronouns:
            return None
        if pronoun in sets.demonstratives:
            return self._last_named(unit, phrase.first)
        own = self._first_fitting(unit, pronoun, phrase.first)
        return self._from(own, unit) if own else self._told_before(phrase, pronoun, unit)

    def _told_before(self, phrase: Phrase, pronoun: str, unit: SentenceUnit) -> Speaker | None:
        """Return whom a pronoun means that the sentences before its own tell of."""
        near = [
            one
            for one in (self._topic, self._active)
            if one and self._is_near(one, unit) and self._may_be(one, pronoun, unit)
        ]
        told = None if near and near[0].block == unit.block else self._told_here(unit, phrase)
        if told or near:
            return told or near[0]._replace(block=unit.block)
        for passed in reversed(self._passed[-_LOOK_BACK:]):
            if unit.block - passed.block > _FAR:
                break
            found = self._first_fitting(passed, pronoun, passed.last)
            if found:
                return self._from(found, unit)
        return None

    def _told_here(self, unit: SentenceUnit, phrase: Phrase) -> Speaker | None:
        """Return whom a pronoun means that only this paragraph tells of, before it."""
        reading = self._reading
        first = reading.index_at(reading.article.blocks[unit.block].start)
        told = [
            one
            for one in reading.people.told(first, phrase.first)
            if reading.people.fits(one.name, phrase.pronoun or "")
        ]
        is_one = len({one.name for one in told}) == 1
        return self._from(told[0], unit) if is_one else None

    def _body_told(self, unit: SentenceUnit, word: int) -> Speaker | None:
        """Return the body that *it* means: what spoke last, or is named first before it."""
        active, reading = self._active, self._reading
        if active and not active.is_person and self._is_near(active, unit):
            return active._replace(block=unit.block)
        ranges = [(one.start, one.end) for one in self._passed[-1:] if one.block == unit.block]
        for start, end in ((unit.start, reading.starts[word]), *ranges):
            for number in reading.mentions_in(start, end):
                one = reading.mentions[number]
                if one.kind == "organisation" and not reading.is_quoted(one.char_start):
                    return Speaker(one.name, number, unit.block, is_person=False)
        return None

    def _last_named(self, unit: SentenceUnit, word: int) -> Speaker | None:
        """Return whom *die* means: whoever was named last, in this sentence or the one before."""
        own = self._reading.people.told(unit.first, word)
        if own:
            return self._from(own[-1], unit)
        number = len(self._passed) if self._at is None else self._at
        before = self._passed[number - 1] if number else None
        if before is None or unit.block - before.block > 1:
            return None
        told = self._reading.people.told(before.first, before.last)
        return self._from(told[-1], unit) if told else self._spoken_of(unit, None)

    def _several(self, unit: SentenceUnit) -> Speaker | None:
        """Return whom *they* means: several people whom this paragraph only describes."""
        endings = tuple(self._reading.words.sets.bare_endings)
        for one in (self._topic, self._active):
            if one is None or one.block != unit.block or one.mention is not None or not one.name:
                continue
            if endings and any(word.endswith(endings) for word in one.name.split()[1:]):
                return one
        return None

    def _is_plural(self, pronoun: str, cue: str) -> bool:
        """Tell whether the verb of a pronoun of both numbers is a plural: *zeggen ze*."""
        words = self._reading.words
        verb = cue.partition(" ")[0]
        return any(verb.endswith(end) for end in words.sets.plural_endings) and (
            pronoun in words.sets.feminine
        )

    def _may_be(self, one: Speaker, pronoun: str, unit: SentenceUnit) -> bool:
        """Tell whether a pronoun means somebody: of those described only who just spoke."""
        if not one.name:
            return False
        if not one.is_person:
            return one is self._active and one.mention is None and one.block == unit.block
        return self._reading.people.fits(one.name, pronoun)

    def _is_near(self, one: Speaker, unit: SentenceUnit) -> bool:
        return unit.block - one.block <= _FAR

    def _first_fitting(self, unit: SentenceUnit, pronoun: str, before: int) -> Named | None:
        people = self._reading.people
        told = people.told(unit.first, before)
        return next((one for one in told if people.fits(one.name, pronoun)), None)

    def _from(self, one: Named, unit: SentenceUnit) -> Speaker:
        return Speaker(one.name, one.mention, unit.block, is_person=True)

    def goes_on(self, unit: SentenceUnit) -> Speaker | None:
        """Return who spoke last, whose words run on from the paragraph before."""
        return self._active._replace(block=unit.block) if self._active else None

    def sure_heir(self, unit: SentenceUnit) -> Speaker | None:
        """Return who spoke last in a paragraph, where nobody else was named since."""
        if self._topic is None and self._active and self._active.block == unit.block:
            return self._active
        return None

    def _relative_told_of(self, unit: SentenceUnit, one: Marked) -> Speaker | None:
        """Return who spoke last where *haar zoon* is told of since, and the words tell of him."""
        reading, topic, active = self._reading, self._topic, self._active
        if topic is None or active is None or topic.mention is not None or not topic.name:
            return None
        is_near = active.is_person and active.block == unit.block == topic.block
        sets, first = reading.words.sets, reading.folded[reading.index_at(one.start)]
        is_his = topic.name.split()[0].lower() in sets.possessives
        tells = first in sets.masculine or first in sets.feminine
        return active if is_near and is_his and tells else None

    def heir(
        self, unit: SentenceUnit, following: SentenceUnit | None, one: Marked
    ) -> Speaker | None:
        """Return who goes on speaking in a quotation that nothing attributes."""
        return (
            self._relative_told_of(unit, one)
            or self.sure_heir(unit)
            or self._asked(unit)
            or self._spoken_about(unit)
            or (self._subject(following) if following and following.block == unit.block else None)
            or self._from_before(unit)
        )

    def _spoken_about(self, unit: SentenceUnit) -> Speaker | None:
        topic = self._topic
        return topic if topic and topic.block == unit.block else None

    def _from_before(self, unit: SentenceUnit) -> Speaker | None:
        """Return whom the paragraph before is about, or who spoke last before this one."""
        one = self._topic or self._active
        is_near = one is not None and self._is_at_hand(one, unit)
        if one is None or not is_near:
            return None
        if one is self._topic and (unit.block - one.block > 1 or self._asked_before()):
            return None
        return one._replace(block=unit.block)

    def _asked(self, unit: SentenceUnit) -> Speaker | None:
        """Return who answers the question right before: whom it names, else who spoke last."""
        question = self._asked_before()
        if question is None or question.block != unit.block or question.marked:
            return None
        named = self._reading.people.between(question.first, question.last)
        is_put = self._reading.folded[question.first] in self._reading.words.sets.conjunctions
        if len({one.name for one in named}) == 1 and not is_put:
            return self._from(named[0], unit)
        likely = (self._active, self._topic) if is_put else (self._topic, self._active)
        return next((one for one in likely if self._is_at_hand(one, unit)), None)

    def _asked_before(self) -> SentenceUnit | None:
        """Return the sentence before where it is a question."""
        before = self._passed[-1] if self._passed else None
        is_asked = before is not None and self._reading.text[before.end - 1] == "?"
        return before if is_asked else None

    def alone_in(self, unit: SentenceUnit, first: int, last: int) -> Speaker | None:
        """Return the only person named in a range of words of a unit, who is no one's object."""
        found = only_person(self._reading, first, last)
        return self._from(found, unit) if found else None

    def _is_at_hand(self, one: Speaker | None, unit: SentenceUnit) -> bool:
        return one is not None and one.is_person and self._is_near(one, unit)

    def says(self, speaker: Speaker) -> None:
        """Take note that somebody speaks."""
        self._speaking, self._told_of = speaker, None
        self._waiting.clear()

    def passes(
        self, unit: SentenceUnit, frames: Callable[[], Sequence[Frame] | None] | None
    ) -> None:
        """Take note of a unit that ended; ``frames`` makes the cues without words in marks.

        There are none where somebody was quoted last.
        """
        if frames is not None:
            self._waiting.append((len(self._passed), frames))
        self._passed.append(unit)

    def _settle(self) -> None:
        """Read the sentences that wait: who is said to speak in them, or whom they are about."""
        waiting, self._waiting = self._waiting, []
        for self._at, make_frames in waiting:
            unit, frames = self._passed[self._at], make_frames()
            if frames is None:
                continue
            spoke = self._last_speaker(frames, unit)
            if spoke:
                self._speaking, self._told_of = spoke, None
            else:
                self._told_of = self._subject(unit) or self._told_of
            if self._told_of and unit.block - self._told_of.block > _FAR:
                self._told_of = None
        self._at = None

    def _last_speaker(self, frames: Sequence[Frame], unit: SentenceUnit) -> Speaker | None:
        """Return who the last cue names: a person or a body, no thing that is only described."""
        for one in sources_first(frames):
            found = self.speaker(one, unit)
            if found and (found.is_person or found.mention is not None):
                return found
        return None

    def _subject(self, unit: SentenceUnit) -> Speaker | None:
        """Return whom a sentence is about."""
        found = subject_of_sentence(self._reading, unit)
        if isinstance(found, Phrase):
            return self.resolve(found, unit)
        return self._from(found, unit) if found else None
