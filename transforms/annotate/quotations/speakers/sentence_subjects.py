"""Whom a sentence is about in which nobody is said to speak: what is quoted next may be theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.annotate.quotations.speakers.name_words import is_role
from knipsel.transforms.annotate.quotations.speakers.phrases import (
    head_of,
    is_of_noun,
    read_phrase,
    skip_adverbs,
)

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.numbered_words import SentenceUnit
    from knipsel.transforms.annotate.quotations.reading import TextReading
    from knipsel.transforms.annotate.quotations.speakers.people import Named
    from knipsel.transforms.annotate.quotations.speakers.phrases import Phrase

_SUBJECT_WITHIN = 6
"""Words at the beginning of a sentence among which its subject is."""
_VERB_WITHIN = 12
"""The same right behind a verb or what begins a clause: *nog tien dagen en dan is Jansen weg*."""
_APPOSED = 3
"""Words behind a description in which a name shows who it is: *de buurman, ene Jansen*."""


def subject_of_sentence(reading: TextReading, unit: SentenceUnit) -> Named | Phrase | None:
    """Return the person that a sentence begins with, or its main clause behind another clause.

    A phrase stands for somebody who is only described, or meant by *die*.
    """
    if unit.first >= unit.last:
        return None
    if reading.folded[unit.first] in reading.words.sets.subordinators:
        return _inverted(reading, unit) or _named(reading, unit)
    return _described(reading, unit) or _named(reading, unit) or _behind_verb(reading, unit)


def only_person(reading: TextReading, first: int, last: int) -> Named | None:
    """Return the only person named in a range of words outside marks, if no one's object."""
    named = reading.people.told(first, last)
    is_one = len({one.name for one in named}) == 1
    return named[0] if is_one and _is_subject(reading, named[0], first) else None


def _named(reading: TextReading, unit: SentenceUnit) -> Named | None:
    sets, opening = reading.words.sets, reading.folded[unit.first]
    is_inverted = reading.words.is_verb_second and (
        opening in sets.prepositions or opening in sets.adverbs
    )
    for one in reading.people.told(unit.first, min(unit.last, unit.first + _VERB_WITHIN)):
        if any(":" in gap for gap in reading.gaps[unit.first + 1 : one.first + 1]):
            return None
        is_near = (
            is_inverted
            or one.first < unit.first + _SUBJECT_WITHIN
            or _is_behind_verb(reading, one)
            or _is_inserted(reading, one)
        )
        if is_near and _is_subject(reading, one, unit.first):
            return one
    return None


def _inverted(reading: TextReading, unit: SentenceUnit) -> Named | None:
    """Return the last person right behind a comma and a verb: *toen hij kwam, zweeg Jansen*."""
    for one in reversed(reading.people.told(unit.first + 2, unit.last)):
        if "," in reading.gaps[_before_roles(reading, one)]:
            return one
    return None


def _described(reading: TextReading, unit: SentenceUnit) -> Phrase | None:
    """Return the phrase of somebody whom no name follows: *een jonge vader wacht*."""
    sets, at = reading.words.sets, skip_adverbs(reading, unit.first, unit.last)
    while at < unit.last and reading.folded[at] in sets.coordinators:
        at += 1
    phrase = read_phrase(reading, at, unit.last) if at < unit.last else None
    if phrase is None or reading.is_quoted(reading.starts[at]):
        return None
    if phrase.pronoun is not None:
        return phrase if phrase.pronoun in sets.demonstratives else None
    if phrase.name or phrase.mention is not None:
        return None
    head, is_bare = head_of(reading, phrase), reading.folded[at] not in sets.determiners
    if head is None or (is_bare and (head > at or reading.folded[at] in sets.roles)):
        return None
    return None if reading.people.between(phrase.last, phrase.last + _APPOSED) else phrase


def _behind_verb(reading: TextReading, unit: SentenceUnit) -> Phrase | None:
    """Return who comes in behind a verb: *op straat staat een oude man met een hond*."""
    sets = reading.words.sets
    if not reading.words.is_verb_second or reading.text[unit.end - 1] == "?":
        return None
    for at in range(unit.first + 2, min(unit.last, unit.first + _SUBJECT_WITHIN)):
        before = reading.folded[at - 1]
        is_behind = reading.is_joined(at) and not reading.is_capital(at - 1)
        if reading.folded[at] not in sets.indefinite or not is_behind:
            continue
        is_of = before in sets.prepositions or before in sets.of
        if is_of or reading.is_quoted(reading.starts[at]):
            return None
        found = read_phrase(reading, at, unit.last)
        is_one = found is not None and found.name is None and head_of(reading, found) is not None
        return found if is_one else None
    return None


def _is_behind_verb(reading: TextReading, one: Named) -> bool:
    sets, before = reading.words.sets, reading.folded[_before_roles(reading, one)]
    return before in sets.finite or before in sets.subordinators


def _is_inserted(reading: TextReading, one: Named) -> bool:
    """Tell whether a name stands between commas: *een van hen, student Jan Vos, kwam*."""
    has_comma = one.last < len(reading.gaps) and reading.gaps[one.last] == ", "
    at = one.first
    while at > one.first - _APPOSED and at and reading.is_joined(at):
        at -= 1
    return has_comma and "," in reading.gaps[at]


def _before_roles(reading: TextReading, one: Named) -> int:
    """Return the word before a person and what is said of the person: *zweeg minister Vos*."""
    at = one.first - 1
    while at > 0 and (is_role(reading, at) or reading.folded[at] in reading.words.sets.determiners):
        at -= 1
        if is_role(reading, at + 1) and _is_adjective(reading, at):
            at -= 1
    return at


def _is_adjective(reading: TextReading, at: int) -> bool:
    """Tell whether a word before what somebody is tells more of that: *demissionair minister*."""
    is_small = not reading.is_capital(at) and reading.words.is_verb_second
    return is_small and not is_role(reading, at) and is_of_noun(reading, at)


def _is_subject(reading: TextReading, one: Named, start: int) -> bool:
    """Tell whether no preposition stands before a person, but in *de woorden van Jansen*."""
    folded, sets = reading.folded, reading.words.sets
    first = _first_of_list(reading, one.first, start)
    before = folded[max(start, first - 2) : first]
    if not before or before[-1] not in sets.prepositions:
        return True
    return before[-1] in sets.of and before[0] in sets.speech_nouns


def _first_of_list(reading: TextReading, at: int, first: int) -> int:
    """Return where the first of two names begins: *van Jansen of De Vries*."""
    if at - 1 <= first or reading.folded[at - 1] not in reading.words.sets.coordinators:
        return at
    joined = (one for one in reading.people.between(first, at) if one.last == at - 1)
    return next((one.first for one in joined), at)
