"""Whom a description means: somebody named before, somebody described before, or whom it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.quotations.speakers.phrases import head_of, read_phrase

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.reading import TextReading
    from knipsel.transforms.annotate.quotations.speakers.people import Named
    from knipsel.transforms.annotate.quotations.speakers.phrases import Phrase

_NUMBER = re.compile(r"\d{1,3}")
_INTRODUCED_WITHIN = 200
"""Words back in which *een jongen* may be whom *de jongen* means."""
_ADJECTIVES = 3
"""Words between an article and its noun, and the article, at most."""
_MOST_MENTIONS = 40
"""Mentions back among which a body is looked for that is meant by what it is."""


class Described(NamedTuple):
    """Who is meant: the name, or the words as printed; the mention; whether it is a person."""

    name: str
    mention: int | None
    is_person: bool
    is_named: bool = False
    """Whether it is a name and no words for somebody."""
    place: int | None = None
    """Where the text names whoever is meant."""
    is_aged: bool = False
    """Whether the age told who is meant."""


def is_general(reading: TextReading, phrase: Phrase) -> bool:
    """Tell whether a description says nothing new of somebody: *de man*, *de 46-jarige bakker*."""
    head, sets = head_of(reading, phrase), reading.words.sets
    noun = reading.folded[head] if head is not None else ""
    endings = reading.words.calling_endings if reading.words.is_verb_second else ()
    is_calling = noun in sets.callings or (bool(endings) and noun.endswith(endings))
    return is_calling or is_anybody(reading, phrase)


def is_anybody(reading: TextReading, phrase: Phrase) -> bool:
    """Tell whether a description says no more than a sex or an age: *de man*, *de 46-jarige*."""
    head = head_of(reading, phrase)
    is_noun = head is not None and reading.folded[head] in reading.words.sets.general_nouns
    return is_noun or has_age(reading, phrase)


def has_age(reading: TextReading, phrase: Phrase) -> bool:
    """Tell whether a description says how old somebody is: *de 46-jarige bakker*."""
    ages = reading.words.age_endings
    words = reading.folded[phrase.first : phrase.last]
    return bool(ages) and any(word.endswith(ages) for word in words)


def is_definite(reading: TextReading, phrase: Phrase) -> bool:
    """Tell whether a description may mean somebody told of before: *de minister*."""
    return reading.folded[phrase.first] in reading.words.sets.definite


def meant_by(reading: TextReading, phrase: Phrase) -> Described | None:
    """Return who is meant by *de minister*, *het ministerie* or *de jongen*, if told before."""
    if not is_definite(reading, phrase):
        return None
    if has_age(reading, phrase) and (aged := _of_age(reading, phrase)):
        return aged
    if not _is_short(reading, phrase):
        return _of_body(reading, phrase) or _of_kind(reading, phrase)
    noun = reading.folded[phrase.last - 1]
    words = reading.words
    known = _named(reading, reading.people.with_role(noun, phrase.first))
    if known is None and words.only_body_endings and noun.endswith(words.only_body_endings):
        known = _only_body(reading, phrase.first)
    if known:
        return known
    if words.body_endings and noun.endswith((*words.body_endings, *words.general_body_endings)):
        return _body_before(reading, phrase.first, noun)
    return _introduced(reading, phrase, noun) if head_of(reading, phrase) is not None else None


def _named(reading: TextReading, known: Named | None, *, is_aged: bool = False) -> Described | None:
    """Return a person whom the text names, if there is one."""
    if known is None:
        return None
    place = reading.starts[known.first]
    return Described(
        known.name, known.mention, is_person=True, is_named=True, place=place, is_aged=is_aged
    )


def _of_age(reading: TextReading, phrase: Phrase) -> Described | None:
    """Return who was told to be as old: *de 46-jarige* of *Jan Vos (46)*."""
    words = reading.folded[phrase.first : phrase.last]
    age = next((found[0] for word in words if (found := _NUMBER.match(word))), None)
    known = reading.people.with_age(age, phrase.first) if age else None
    return _named(reading, known, is_aged=True)


def _of_body(reading: TextReading, phrase: Phrase) -> Described | None:
    """Return who was told to be *de hoofdredacteur van De Bode*, with the body named there too."""
    head = head_of(reading, phrase)
    if (
        head is None
        or head + 1 >= phrase.last
        or reading.folded[head + 1] not in reading.words.sets.of
    ):
        return None
    names = {reading.folded[at] for at in range(head + 1, phrase.last) if reading.is_capital(at)}
    if not names:
        return None
    return _named(reading, reading.people.with_role(reading.folded[head], phrase.first, names))


def _of_kind(reading: TextReading, phrase: Phrase) -> Described | None:
    """Return who was told to be *the dental nurse*, a nurse with that word."""
    last = phrase.last - 1
    if head_of(reading, phrase) != last or phrase.last - phrase.first > 1 + _ADJECTIVES:
        return None
    kind = set(reading.folded[phrase.first + 1 : last])
    return _named(reading, reading.people.with_role(reading.folded[last], phrase.first, kind))


def as_printed(reading: TextReading, phrase: Phrase) -> Described:
    """Return a description as the text has it, to its noun or what depends on that."""
    head = head_of(reading, phrase)
    printed = reading.words_at(phrase.first, _end_of(reading, phrase, head))
    return Described(printed, None, is_person=head is not None)


def _is_short(reading: TextReading, phrase: Phrase) -> bool:
    """Tell whether a description is a noun alone, or with an age: *de 46-jarige bakker*."""
    ages = reading.words.age_endings
    between = reading.folded[phrase.first + 1 : phrase.last - 1]
    return phrase.last > phrase.first + 1 and (
        not between or (bool(ages) and all(word.endswith(ages) for word in between))
    )


def _only_body(reading: TextReading, word: int) -> Described | None:
    """Return the body that the paragraph names before a word, if it names no other."""
    place = reading.starts[word]
    start = reading.article.blocks[reading.block_at(place)].start
    bodies = {
        reading.mentions[number].name: number
        for number in reading.mentions_in(start, place)[-_MOST_MENTIONS:]
        if reading.mentions[number].kind == "organisation"
    }
    if len(bodies) != 1:
        return None
    name, number = next(iter(bodies.items()))
    return Described(name, number, is_person=False)


def _body_before(reading: TextReading, word: int, noun: str) -> Described | None:
    """Return the last body named in this paragraph or the one before that may be one.

    *De organisatie* may be any, *het ziekenhuis* one that has the word in its name.
    """
    general = reading.words.general_body_endings
    place = reading.starts[word]
    block, last = reading.block_at(place), reading.mentions_in(0, place).stop
    for number in range(last - 1, max(-1, last - 1 - _MOST_MENTIONS), -1):
        one = reading.mentions[number]
        if reading.block_at(one.char_start) < block - 1:
            return None
        is_one = noun.endswith(general) or noun in one.name.lower()
        if is_one and one.kind == "organisation" and not reading.is_quoted(one.char_start):
            return Described(one.name, number, is_person=False)
    return None


def _introduced(reading: TextReading, phrase: Phrase, noun: str) -> Described | None:
    """Return who was told of first as *een …*, in full."""
    folded, indefinite = reading.folded, reading.words.sets.indefinite
    for at in range(phrase.first - 1, max(0, phrase.first - _INTRODUCED_WITHIN), -1):
        if folded[at] != noun or reading.is_quoted(reading.starts[at]):
            continue
        articles = (back for back in range(at - 1, max(-1, at - 1 - _ADJECTIVES), -1))
        first = next((back for back in articles if folded[back] in indefinite), None)
        found = None if first is None else read_phrase(reading, first, len(folded))
        if found:
            return as_printed(reading, found)
    return None


def _end_of(reading: TextReading, phrase: Phrase, head: int | None) -> int:
    """Return the word behind a description: behind its noun, or what that depends on."""
    sets, last = reading.words.sets, phrase.last
    while last > phrase.first + 1 and (
        reading.folded[last - 1] in sets.noun_prepositions or reading.folded[last - 1] in sets.of
    ):
        last -= 1
    if head is None or head + 1 >= last or reading.words.has_capital_nouns:
        return last
    word = reading.folded[head + 1]
    is_longer = word in sets.noun_prepositions or word in sets.of or word in sets.coordinators
    return last if is_longer or reading.is_capital(head + 1) else head + 1
