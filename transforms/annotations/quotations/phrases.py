"""The words for a speaker: a pronoun, a name, or a description, from its first word on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from transforms.annotations.quotations.reading import Reading

LONGEST = 16
"""Words of a description; more are a sentence."""
_MOST_ADVERBS = 4
_FULL_NAME = 2
"""Words that a name in full has at least."""


_Name = tuple[tuple[int, int], int | None]
"""The words of a name, from and to, and the number of the mention that it is."""


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


def read_phrase(reading: Reading, index: int, limit: int) -> Phrase | None:
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
    name, mention = _name_of(reading, index, last, limit) or (None, None)
    if name is None and not (opens_phrase(reading, index, limit) or _is_plural(reading, index)):
        return None
    return Phrase(index, last, name, mention)


def _has_noun(reading: Reading, index: int, limit: int) -> bool:
    """Tell whether a noun follows *die* or *ihr*, which mean nobody by themselves then."""
    following = index + 1
    return following < limit and reading.is_joined(following) and is_of_noun(reading, following)


def _is_plural(reading: Reading, index: int) -> bool:
    """Tell whether a word is a noun of several without an article: *onderzoekers*."""
    sets, word = reading.words.sets, reading.folded[index]
    if word in sets.stops or word in sets.conjunctions or word in sets.prepositions:
        return False
    return any(word.endswith(one) for one in sets.bare_endings)


def skip_adverbs(reading: Reading, index: int, limit: int) -> int:
    """Return the first word from ``index`` on that is no adverb."""
    most = min(limit, index + _MOST_ADVERBS)
    while index < most and reading.folded[index] in reading.words.sets.adverbs:
        if reading.is_capital(index) and reading.mention_at(
            reading.starts[index], reading.ends[index]
        ):
            break
        index += 1
    return index


def read_oblique(reading: Reading, index: int, limit: int) -> Phrase | None:
    """Return the phrase behind a preposition: as `read_phrase` does, or *volgens hem*."""
    sets, word = reading.words.sets, reading.folded[index]
    if word in sets.masculine_oblique or word in sets.feminine_oblique:
        following = index + 1
        is_alone = following >= limit or not reading.is_joined(following)
        if is_alone or not is_of_noun(reading, following) or word not in sets.determiners:
            return Phrase(index, following, pronoun=word)
    return read_phrase(reading, index, limit)


def is_speaking(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a pronoun is that of whoever writes, or of nobody that is named."""
    return phrase.pronoun is not None and phrase.pronoun in reading.words.sets.other_pronouns


def opens_phrase(reading: Reading, index: int, limit: int) -> bool:
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


def _is_surname(reading: Reading, index: int, limit: int) -> bool:
    """Tell whether a small word with a capital begins a surname of the text: *Van Dam*."""
    following = index + 1
    return (
        reading.folded[index] in reading.words.sets.name_particles
        and following < limit
        and reading.is_joined(following)
        and reading.is_surname(following)
    )


def _phrase_end(reading: Reading, index: int, limit: int) -> int:
    sets = reading.words.sets
    word = reading.folded[index]
    if word in sets.stops and word not in sets.determiners and not reading.is_capital(index):
        return index
    most = min(limit, index + LONGEST)
    at, depends = index + 1, False
    while at < most and reading.is_joined(at) and _goes_on(reading, at, most):
        if depends and _is_behind_name(reading, at):
            break
        if reading.words.has_capital_nouns and _is_behind_noun(reading, index, at):
            break
        depends |= reading.folded[at] in sets.of or reading.folded[at] in sets.noun_prepositions
        at += 1
    return at


def _is_behind_name(reading: Reading, at: int) -> bool:
    """Tell whether a verb that no register has follows: *de chef van de Unie vergadert*.

    A noun may follow an adjective with a capital, *van de Groningse politie*, or a genitive.
    """
    if reading.words.has_capital_nouns or not reading.words.is_verb_second:
        return False
    is_name = reading.is_capital(at - 1) and not reading.folded[at - 1].endswith(("e", "'s", "’s"))
    return is_name and not reading.is_capital(at) and is_of_noun(reading, at)


def _is_behind_noun(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the noun of a phrase is over, where nouns have capitals: *der Wirt nahm*.

    Behind a noun stands what it depends on: a preposition, a genitive, a name's little word.
    """
    sets, word = reading.words.sets, reading.folded[at]
    if reading.is_capital(at) or at == first or not reading.is_capital(at - 1):
        return False
    links = (sets.prepositions, sets.of, sets.determiners, sets.coordinators, sets.name_particles)
    return not any(word in one for one in links)


def _goes_on(reading: Reading, at: int, limit: int) -> bool:
    """Tell whether a word inside a phrase belongs to it."""
    sets, word = reading.words.sets, reading.folded[at]
    following = at + 1 if at + 1 < limit and reading.is_joined(at + 1) else None
    has_name = following is not None and reading.is_capital(following)
    if word in sets.coordinators:
        return has_name
    if reading.is_capital(at):
        return True
    if word in sets.name_particles and has_name and word not in sets.prepositions:
        return True
    if word in sets.noun_prepositions or word in sets.of:
        return following is not None and not _names_speech(reading, following, limit)
    if word in sets.plural_oblique:
        return reading.folded[at - 1] in sets.of
    is_manner = following is None and word.endswith(reading.words.manner_endings)
    return not is_manner and is_of_noun(reading, at)


def is_of_noun(reading: Reading, at: int) -> bool:
    """Tell whether a word in small letters may belong to a noun: an adjective, or one itself."""
    sets, word = reading.words.sets, reading.folded[at]
    if word in sets.determiners:
        return reading.folded[at - 1] in sets.prepositions
    if word in reading.words.cues or word in sets.finite:
        return word in sets.roles
    return not (word in sets.stops or word in sets.prepositions or word in sets.adverbs)


def _names_speech(reading: Reading, at: int, limit: int) -> bool:
    """Tell whether an interview, a letter and the like follows, not whom somebody belongs to."""
    sets = reading.words.sets
    return any(word in sets.speech_nouns for word in reading.folded[at : min(limit, at + 2)])


def _name_of(reading: Reading, first: int, last: int, limit: int) -> _Name | None:
    """Return the name that a phrase is about, and the mention that it is.

    The surest comes first: a person's mention, a name that begins with a given name, one behind
    the body that its bearer works for, one in apposition.
    """
    end = first + 1
    while end < last and not _is_preposition(reading, end, last):
        end += 1
    mentioned = _mentioned(reading, first, end, last)
    if mentioned and reading.mentions[mentioned[1] or 0].kind == "person":
        return mentioned
    shown = _capitals(reading, first, end, last)
    apposed = _apposed(reading, last, limit)
    behind = _behind_body(reading, end, last)
    known = [one for one in (shown, behind, apposed) if one and reading.is_given(one[0][0])]
    if shown and shown[0][1] - shown[0][0] >= _FULL_NAME:
        known.append(shown)
    return next(iter(known), None) or behind or mentioned or shown or apposed


def _behind_body(reading: Reading, end: int, last: int) -> _Name | None:
    """Return the name of a person behind that of a body: *minister van Defensie Ollongren*."""
    for at in range(end + 1, last):
        if not (reading.is_capital(at) and reading.is_capital(at - 1)):
            continue
        number = reading.person_from(at)
        if number is not None:
            return (at, reading.index_at(reading.mentions[number].char_end)), number
        departments = reading.words.sets.departments
        is_behind = reading.folded[at - 1] in departments and reading.folded[at] not in departments
        is_known = at == last - 1 and reading.is_surname(at)
        if is_behind or is_known or reading.is_given(at):
            return (at, name_end(reading, at, last)), None
    return None


def _is_preposition(reading: Reading, at: int, last: int) -> bool:
    """Tell whether a word makes what follows depend on what stands before."""
    sets, word = reading.words.sets, reading.folded[at]
    if reading.is_capital(at) or not (word in sets.prepositions or word in sets.of):
        return False
    return not _is_particle(reading, at, last)


def _is_particle(reading: Reading, at: int, last: int) -> bool:
    """Tell whether a word stands inside a name: *Rob de Wijk*, and *Jan van den Berg*.

    Where it might be a preposition too, a given name must stand before it, or the text have it
    with a capital, as a surname on its own has.
    """
    sets, word = reading.words.sets, reading.folded[at]
    if word not in sets.name_particles or not reading.is_capital(at - 1):
        return False
    behind = at
    while behind < last and reading.folded[behind] in sets.name_particles:
        behind += 1
    if behind == last or not reading.is_capital(behind) or not reading.is_joined(behind):
        return False
    is_article = reading.words.has_capital_nouns and word in sets.determiners
    if (
        not (is_article or word in sets.prepositions)
        or reading.is_given(at - 1)
        or len(reading.printed[at - 1]) == 1
    ):
        return True
    return (word, reading.folded[at + 1]) in reading.surnames_with_particle


def _mentioned(reading: Reading, first: int, end: int, last: int) -> _Name | None:
    """Return the mention that a phrase is about: a person's before a body's or a place's."""
    best: _Name | None = None
    for number in reading.mentions_in(reading.starts[first], reading.ends[end - 1]):
        one = reading.mentions[number]
        start, behind = reading.index_at(one.char_start), reading.index_at(one.char_end)
        if start >= len(reading.starts) or reading.starts[start] != one.char_start:
            continue
        if reading.ends[behind - 1] > one.char_end + 1:
            continue
        if one.kind == "person":
            plain = reading.given_from(without_roles(reading, start, behind), behind)
            return (start if plain == behind else plain, behind), number
        if best is None and not _is_attribute(reading, behind, last):
            best = (start, behind), number
    return best


def _is_attribute(reading: Reading, behind: int, last: int) -> bool:
    """Tell whether the noun that a name belongs to follows it: *Kremlin-woordvoerder*."""
    if behind >= last:
        return False
    sets, word = reading.words.sets, reading.folded[behind]
    return not (word in sets.prepositions or word in sets.stops or word in sets.coordinators)


def _capitals(reading: Reading, first: int, end: int, last: int) -> _Name | None:
    """Return the name that capitals show in a phrase, where no mention does."""
    at = first
    while at < end:
        if not reading.is_capital(at) or (
            at == first and reading.folded[at] in reading.words.sets.determiners
        ):
            at += 1
            continue
        behind = name_end(reading, at, last)
        start = reading.given_from(without_roles(reading, at, behind), behind)
        is_full = behind - start >= _FULL_NAME and reading.is_given(start)
        if start < behind and (is_full or not _is_attribute(reading, behind, last)):
            if _is_name(reading, (first, last), start, behind):
                return (start, _with_surname(reading, start, behind, last)), None
            return None
        if behind == at + 1 and reading.is_surname(at):
            return (at, behind), None
        at = behind
    return None


def _with_surname(reading: Reading, start: int, behind: int, last: int) -> int:
    """Return the end of a name that goes on behind *van*, where its bearer is new to the text."""
    sets = reading.words.sets
    has_role = start > 0 and is_role(reading, start - 1)
    if behind - start > 1 or has_role or reading.is_surname(start):
        return behind
    at = behind
    while at < last and reading.folded[at] in sets.name_particles and reading.is_joined(at):
        at += 1
    if at in {behind, last} or not reading.is_capital(at) or not reading.is_joined(at):
        return behind
    return name_end(reading, at, last)


def _is_name(reading: Reading, phrase: tuple[int, int], start: int, behind: int) -> bool:
    """Tell whether capitals show a name, where nouns or a sentence's first word have them too."""
    first, last = phrase
    is_alone = last - first == 1
    is_listed = reading.folded[start] in reading.words.genders
    if behind - start == 1 and not (is_alone or is_listed or reading.is_known_name(start)):
        return False
    if not reading.words.has_capital_nouns:
        return True
    has_role = start > 0 and is_role(reading, start - 1)
    if reading.mentions:  # names were looked for: two nouns next to each other are none
        return has_role or is_listed or reading.is_known_person(start, behind)
    return behind - start >= _FULL_NAME or start == first or has_role


def name_end(reading: Reading, at: int, last: int) -> int:
    """Return the word behind the name that begins with the capital at ``at``."""
    behind = at + 1
    while behind < last and reading.is_joined(behind):
        if reading.is_capital(behind):
            behind += 1
        elif _is_particle(reading, behind, last):
            while reading.folded[behind] in reading.words.sets.name_particles:
                behind += 1
        else:
            break
    return behind


def without_roles(reading: Reading, at: int, behind: int) -> int:
    """Return where a name begins behind the words for what its bearer does."""
    while at < behind and is_role(reading, at):
        at += 1
    return at


def is_role(reading: Reading, at: int) -> bool:
    """Tell whether a word says what somebody does: *minister*, *VVD-Kamerlid*."""
    sets, word = reading.words.sets, reading.folded[at].rpartition("-")[2]
    return word in sets.roles or word.endswith(reading.words.role_endings)


def head_of(reading: Reading, phrase: Phrase) -> int | None:
    """Return the noun of a description that says what one or several people are, if one does."""
    sets = reading.words.sets
    for at in range(phrase.first, phrase.last):
        word = reading.folded[at]
        if at > phrase.first and (word in sets.prepositions or word in sets.of):
            return None
        if is_role(reading, at) or word in sets.general_nouns:
            return at
        if any(word.removesuffix(end) in sets.roles for end in sets.bare_endings if end != word):
            return at
    return None


def _apposed(reading: Reading, last: int, limit: int) -> _Name | None:
    """Return the name in full that follows a description between commas."""
    if last >= limit or reading.gaps[last].strip() != ",":
        return None
    at = last
    while at < limit and is_role(reading, at) and (at == last or reading.is_joined(at)):
        at += 1
    if at == limit or not reading.is_capital(at) or not (at == last or reading.is_joined(at)):
        return None
    behind = name_end(reading, at, min(limit, at + LONGEST))
    number = reading.person_from(at)
    if number is not None:
        return (at, behind), number
    return ((at, behind), None) if behind - at >= _FULL_NAME else None
