"""Who a phrase means: a name in full, the person of a pronoun, a description as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from transforms.annotations.quotations.cues import Frame
    from transforms.annotations.quotations.people import Named
    from transforms.annotations.quotations.phrases import Phrase
    from transforms.annotations.quotations.reading import Reading, Unit

_LOOK_BACK = 8
"""Sentences back in which a pronoun's person is looked for."""
_FAR = 2
"""Paragraphs over which somebody goes on speaking."""
_HEAD = 2
"""Words of a description that may mean somebody named before: *de minister*."""
_SUBJECT_WITHIN = 6
"""Words at the beginning of a sentence among which its subject is."""


class Speaker(NamedTuple):
    """Who says something, the number of the mention, and in which paragraph."""

    name: str | None
    mention: int | None
    block: int
    is_person: bool


class Conversation:
    """Who speaks as a text goes on: what pronouns and what quotations without a cue hang on."""

    def __init__(self, reading: Reading) -> None:
        """Begin a text."""
        self._reading = reading
        self._active: Speaker | None = None
        self._topic: Speaker | None = None
        self._topic_is_new = False
        self._spoke: set[str | None] = set()
        self._passed: list[Unit] = []

    def speaker(self, frame: Frame, unit: Unit) -> Speaker | None:
        """Return who the subject of a frame is, None where that is not safe to say."""
        if frame.subject is None:
            return None
        return self.resolve(frame.subject, unit, frame.cue)

    def resolve(self, phrase: Phrase, unit: Unit, cue: str = "") -> Speaker | None:
        """Return who a phrase means."""
        if phrase.pronoun is not None:
            return self._of_pronoun(phrase, unit, cue)
        if phrase.mention is not None:
            return self._mentioned(phrase, phrase.mention, unit)
        if phrase.name is not None:
            return self._named(phrase.name, unit)
        return self._described(phrase, unit)

    def _mentioned(self, phrase: Phrase, number: int, unit: Unit) -> Speaker:
        people, one = self._reading.people, self._reading.mentions[number]
        if one.kind != "person":
            return Speaker(one.name, number, unit.block, is_person=False)
        first = phrase.name[0] if phrase.name else phrase.first
        known = next((named for named in people.between(first, first + 1)), None)
        name = known.name if known else people.in_full(one.name)
        return Speaker(name, number, unit.block, is_person=True)

    def _named(self, name: tuple[int, int], unit: Unit) -> Speaker:
        reading = self._reading
        start, end = reading.starts[name[0]], reading.ends[name[1] - 1]
        full = reading.people.in_full(reading.words_at(*name))
        return Speaker(full, reading.mention_at(start, end), unit.block, is_person=True)

    def _described(self, phrase: Phrase, unit: Unit) -> Speaker | None:
        reading = self._reading
        sets = reading.words.sets
        if reading.folded[phrase.first] in sets.definite and phrase.last - phrase.first == _HEAD:
            role = reading.folded[phrase.last - 1]
            known = reading.people.with_role(role, phrase.first) if role in sets.roles else None
            if known:
                return Speaker(known.name, known.mention, unit.block, is_person=True)
        printed = reading.words_at(phrase.first, phrase.last)
        head = any(word in sets.roles for word in reading.folded[phrase.first : phrase.last])
        return Speaker(printed, None, unit.block, is_person=head)

    def _of_pronoun(self, phrase: Phrase, unit: Unit, cue: str) -> Speaker | None:
        sets, pronoun = self._reading.words.sets, phrase.pronoun or ""
        if pronoun in sets.other_pronouns or self._is_plural(pronoun, cue):
            return None
        own = self._first_fitting(unit, pronoun, phrase.first)
        if own:
            return self._from(own, unit)
        for one in (self._topic, self._active):
            if one and self._is_near(one, unit) and self._may_be(one, pronoun):
                return one._replace(block=unit.block)
        for passed in reversed(self._passed[-_LOOK_BACK:]):
            if unit.block - passed.block > _FAR:
                break
            found = self._first_fitting(passed, pronoun, passed.last)
            if found:
                return self._from(found, unit)
        return None

    def _is_plural(self, pronoun: str, cue: str) -> bool:
        """Tell whether the verb of a pronoun of both numbers is a plural: *zeggen ze*."""
        words = self._reading.words
        verb = cue.partition(" ")[0]
        return any(verb.endswith(end) for end in words.sets.plural_endings) and (
            pronoun in words.sets.feminine
        )

    def _may_be(self, one: Speaker, pronoun: str) -> bool:
        if not one.name or not one.is_person:
            return False
        return self._reading.people.fits(one.name, pronoun)

    def _is_near(self, one: Speaker, unit: Unit) -> bool:
        return unit.block - one.block <= _FAR

    def _first_fitting(self, unit: Unit, pronoun: str, before: int) -> Named | None:
        reading = self._reading
        for one in reading.people.between(unit.first, before):
            if reading.is_quoted(reading.starts[one.first]):
                continue
            if reading.people.fits(one.name, pronoun):
                return one
        return None

    def _from(self, one: Named, unit: Unit) -> Speaker:
        return Speaker(one.name, one.mention, unit.block, is_person=True)

    def sure_heir(self, unit: Unit) -> Speaker | None:
        """Return who spoke last in a paragraph, where nobody else was named since."""
        if self._topic is None and self._active and self._active.block == unit.block:
            return self._active
        return None

    def heir(self, unit: Unit, following: Unit | None) -> Speaker | None:
        """Return who goes on speaking in a quotation that nothing attributes."""
        sure = self.sure_heir(unit)
        if sure:
            return sure
        topic = self._topic
        if topic and topic.block == unit.block:
            return topic if self._topic_is_new or topic.name in self._spoke else None
        if following and following.block == unit.block:
            subject = self._subject(following)
            if subject:
                return subject
        active = self._active if self._topic is None else None
        if active and active.is_person and self._is_near(active, unit):
            return active._replace(block=unit.block)
        return None

    def says(self, speaker: Speaker) -> None:
        """Take note that somebody speaks."""
        self._active, self._topic = speaker, None
        self._spoke.add(speaker.name)

    def passes(self, unit: Unit, *, is_silent: bool) -> None:
        """Take note of a unit that ended; in a silent one nobody is said to speak."""
        self._passed.append(unit)
        subject = self._subject(unit) if is_silent else None
        goes_on = self._topic_is_new and subject is None and self._has_pronoun(unit)
        self._topic_is_new = subject is not None or goes_on
        self._topic = subject or self._topic
        if self._topic and unit.block - self._topic.block > _FAR:
            self._topic = None

    def _has_pronoun(self, unit: Unit) -> bool:
        """Tell whether a sentence begins with a pronoun for the person of the one before."""
        topic = self._topic.name if self._topic else None
        sets = self._reading.words.sets
        pronouns = sets.masculine | sets.feminine
        words = self._reading.folded[unit.first : min(unit.last, unit.first + _SUBJECT_WITHIN)]
        return topic is not None and any(
            self._reading.people.fits(topic, word) for word in words if word in pronouns
        )

    def _subject(self, unit: Unit) -> Speaker | None:
        """Return the person that a sentence begins with."""
        reading = self._reading
        for one in reading.people.between(unit.first, min(unit.last, unit.first + _SUBJECT_WITHIN)):
            before = reading.folded[one.first - 1] if one.first > unit.first else ""
            if reading.is_quoted(reading.starts[one.first]):
                continue
            if before not in reading.words.sets.prepositions:
                return self._from(one, unit)
        return None
