"""The words for a speaker: a pronoun, a name, or a description, from its first word on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.quotations.speakers.name_words import is_pronoun, is_role
from knipsel.transforms.annotate.quotations.speakers.phrase_names import LONGEST, name_of

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.reading import TextReading

_MOST_ADVERBS = 4
_DESCRIBED = 3
"""Words of an article, a noun and one more, at least."""
_MOST_ADJECTIVES = 3
"""Words behind the comma of two adjectives among which their noun is."""


class Phrase(NamedTuple):
    """The words ``first`` to before ``last``; ``name`` are those of the name in it.

    ``mention`` is the number of the mention that the name is, ``pronoun`` the word where the
    phrase is one.
    """

    first: int
    last: int
    name: tuple[int, int] | None = None
    mention: int | None = None
    pronoun: str | None = None


def read_phrase(reading: TextReading, index: int, limit: int) -> Phrase | None:
    """Return the phrase for a person or body from a word on, before the word ``limit``."""
    sets = reading.words.sets
    index = skip_adverbs(reading, index, limit)
    if index >= limit:
        return None
    word = reading.folded[index]
    if word in sets.masculine or word in sets.feminine:
        return Phrase(index, index + 1, pronoun=word)
    may_have_noun = word in sets.determiners or word in sets.demonstratives
    if (word in sets.other_pronouns or word in sets.demonstratives) and not (
        may_have_noun and _has_noun(reading, index, limit)
    ):
        return Phrase(index, index + 1, pronoun=word)
    last = _phrase_end(reading, index, limit)
    if last == index or (last == index + 1 and word in sets.determiners):
        return None
    last = _behind_head(reading, index, last)
    name, mention = name_of(reading, index, last, limit) or (None, None)
    if name is None and not (opens_phrase(reading, index, limit) or _is_plural(reading, index)):
        return None
    return Phrase(index, last, name, mention)


def _behind_head(reading: TextReading, first: int, last: int) -> int:
    """Return where a description ends behind its noun: a verb that no register has may follow.

    So it is in *volgens de burgemeester stijgt de prijs*; nouns with capitals show it themselves.
    """
    words = reading.words
    if words.has_capital_nouns or not words.is_verb_second or last < first + _DESCRIBED:
        return last
    if reading.folded[first] not in words.sets.determiners:
        return last
    head = last - 2
    is_open = is_role(reading, head) and not reading.is_capital(head)
    follows = not reading.is_capital(last - 1) and is_of_noun(reading, last - 1)
    return head + 1 if is_open and follows and not is_role(reading, last - 1) else last


def _has_noun(reading: TextReading, index: int, limit: int) -> bool:
    """Tell whether a noun follows *die* or *ihr*, which mean nobody by themselves then."""
    following = index + 1
    return following < limit and reading.is_joined(following) and is_of_noun(reading, following)


def _is_plural(reading: TextReading, index: int) -> bool:
    """Tell whether a word is a noun of several without an article: *onderzoekers*."""
    sets, word = reading.words.sets, reading.folded[index]
    if word in sets.stops or word in sets.conjunctions or word in sets.prepositions:
        return False
    return any(word.endswith(one) for one in sets.bare_endings)


def skip_adverbs(reading: TextReading, index: int, limit: int) -> int:
    """Return the first word from ``index`` on that is no adverb."""
    most = min(limit, index + _MOST_ADVERBS)
    while index < most and reading.folded[index] in reading.words.sets.adverbs:
        if reading.is_capital(index) and reading.mention_at(
            reading.starts[index], reading.ends[index]
        ):
            break
        index += 1
    return index


def read_oblique(reading: TextReading, index: int, limit: int) -> Phrase | None:
    """Return the phrase behind a preposition: as `read_phrase` does, or *volgens hem*."""
    sets, word = reading.words.sets, reading.folded[index]
    if word in sets.masculine_oblique or word in sets.feminine_oblique:
        following = index + 1
        is_alone = following >= limit or not reading.is_joined(following)
        if is_alone or not is_of_noun(reading, following) or word not in sets.determiners:
            return Phrase(index, following, pronoun=word)
    return read_phrase(reading, index, limit)


def is_speaking(reading: TextReading, phrase: Phrase) -> bool:
    """Tell whether a pronoun is that of whoever writes, or of nobody that is named."""
    return phrase.pronoun is not None and phrase.pronoun in reading.words.sets.other_pronouns


def opens_phrase(reading: TextReading, index: int, limit: int) -> bool:
    """Tell whether the words for a person or body may begin here."""
    sets = reading.words.sets
    index = skip_adverbs(reading, index, limit)
    if index >= limit:
        return False
    word = reading.folded[index]
    if word in sets.masculine or word in sets.feminine or word in sets.determiners:
        return True
    if word in sets.roles or word in sets.other_pronouns:
        return True
    if not reading.is_capital(index):
        return is_role(reading, index)
    if word in sets.prepositions or word in sets.stops:
        return is_role(reading, index) or _is_surname(reading, index, limit)
    return word not in sets.conjunctions and word not in sets.subordinators


def _is_surname(reading: TextReading, index: int, limit: int) -> bool:
    """Tell whether a small word with a capital begins a surname of the text: *Van Dam*."""
    following = index + 1
    return (
        reading.folded[index] in reading.words.sets.name_particles
        and following < limit
        and reading.is_joined(following)
        and reading.is_surname(following)
    )


def _phrase_end(reading: TextReading, index: int, limit: int) -> int:
    sets = reading.words.sets
    word = reading.folded[index]
    if word in sets.stops and word not in sets.determiners and not reading.is_capital(index):
        return index
    most = min(limit, index + LONGEST)
    at, depends = index + 1, False
    while at < most and _is_joined(reading, index, at) and _goes_on(reading, at, most):
        if depends and _is_behind_name(reading, at):
            break
        if reading.words.has_capital_nouns and _is_behind_noun(reading, index, at):
            break
        depends |= reading.folded[at] in sets.of or reading.folded[at] in sets.noun_prepositions
        at += 1
    return at


def _is_joined(reading: TextReading, first: int, at: int) -> bool:
    """Tell whether nothing parts a word from a phrase but the comma of two adjectives.

    So it is in *the round, bearded businessman*: what somebody is comes behind both.
    """
    if reading.is_joined(at):
        return True
    is_open = reading.gaps[at] == ", " and reading.folded[first] in reading.words.sets.determiners
    if not is_open or any(_is_person(reading, word) for word in range(first + 1, at)):
        return False
    last = min(at + _MOST_ADJECTIVES, len(reading.folded))
    nouns = (word for word in range(at, last) if _is_person(reading, word))
    noun = next(nouns, None)
    return noun is not None and all(reading.is_joined(word) for word in range(at + 1, noun + 1))


def _is_behind_name(reading: TextReading, at: int) -> bool:
    """Tell whether a verb that no register has follows: *de chef van de Unie vergadert*.

    A noun may follow an adjective with a capital, *van de Groningse politie*, or a genitive.
    """
    if reading.words.has_capital_nouns or not reading.words.is_verb_second:
        return False
    is_name = reading.is_capital(at - 1) and not reading.folded[at - 1].endswith(("e", "'s", "’s"))
    return is_name and not reading.is_capital(at) and is_of_noun(reading, at)


def _is_behind_noun(reading: TextReading, first: int, at: int) -> bool:
    """Tell whether the noun of a phrase is over, where nouns have capitals: *der Wirt nahm*.

    Behind a noun stands what it depends on: a preposition, a genitive, a name's little word.
    """
    sets, word = reading.words.sets, reading.folded[at]
    if reading.is_capital(at) or not reading.is_capital(at - 1):
        return False
    if at - 1 == first and reading.folded[first] in sets.determiners:
        return False
    links = (sets.prepositions, sets.of, sets.determiners, sets.coordinators, sets.name_particles)
    return not any(word in one for one in links)


def _goes_on(reading: TextReading, at: int, limit: int) -> bool:
    """Tell whether a word inside a phrase belongs to it."""
    sets, word = reading.words.sets, reading.folded[at]
    following = at + 1 if at + 1 < limit and reading.is_joined(at + 1) else None
    has_name = following is not None and reading.is_capital(following)
    if word in sets.coordinators:
        return has_name
    if reading.is_capital(at):
        return not is_pronoun(reading, at)
    if word in sets.name_particles and has_name and word not in sets.prepositions:
        return True
    if word in sets.noun_prepositions or word in sets.of:
        is_noun = following is not None and reading.folded[following] not in sets.adverbs
        return is_noun and not _names_speech(reading, at + 1, limit)
    if word in sets.plural_oblique:
        return reading.folded[at - 1] in sets.of
    is_manner = following is None and word.endswith(reading.words.manner_endings)
    return not is_manner and is_of_noun(reading, at)


def is_of_noun(reading: TextReading, at: int) -> bool:
    """Tell whether a word in small letters may belong to a noun: an adjective, or one itself."""
    sets, word = reading.words.sets, reading.folded[at]
    if word in sets.determiners:
        before = reading.folded[at - 1]
        is_article = before in sets.definite or before in sets.indefinite  # "een andere chauffeur"
        return is_article or before in sets.prepositions
    if word in reading.words.cues or word in sets.finite:
        return word in sets.roles
    return not (word in sets.stops or word in sets.prepositions or word in sets.adverbs)


def _names_speech(reading: TextReading, at: int, limit: int) -> bool:
    """Tell whether an interview, a letter and the like follows, not whom somebody belongs to."""
    sets = reading.words.sets
    return any(word in sets.speech_nouns for word in reading.folded[at : min(limit, at + 2)])


def _is_person(reading: TextReading, at: int) -> bool:
    """Tell whether a word says what a person is: *minister*, *vrouw*, *bakker*."""
    sets, word = reading.words.sets, reading.folded[at]
    return is_role(reading, at) or word in sets.general_nouns or word in sets.callings


def head_of(reading: TextReading, phrase: Phrase) -> int | None:
    """Return the noun of a description that says what one or several people are, if one does."""
    sets = reading.words.sets
    for at in range(phrase.first, phrase.last):
        word = reading.folded[at]
        if at > phrase.first and (word in sets.prepositions or word in sets.of):
            return None
        if _is_person(reading, at):
            return at
        if any(word.removesuffix(end) in sets.roles for end in sets.bare_endings if end != word):
            return at
    return None
