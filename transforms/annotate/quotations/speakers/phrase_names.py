"""The name in the words for a speaker: a mention, capitals, or what stands behind a comma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.annotate.quotations.speakers.name_words import (
    is_particle,
    is_role,
    name_end,
    without_roles,
)

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.reading import TextReading

LONGEST = 16
"""Words of a description; more are a sentence."""
_FULL_NAME = 2
"""Words that a name in full has at least."""

Name = tuple[tuple[int, int], int | None]
"""The words of a name, from and to, and the number of the mention that it is."""


def name_of(reading: TextReading, first: int, last: int, limit: int) -> Name | None:
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


def _behind_body(reading: TextReading, end: int, last: int) -> Name | None:
    """Return the name of a person behind that of a body: *minister van Defensie Ollongren*."""
    for at in range(end + 1, last):
        if not (reading.is_capital(at) and reading.is_capital(at - 1)):
            continue
        if reading.folded[at - 1] in reading.words.sets.name_particles:
            continue  # "de vader van Van Dam"
        number = reading.person_from(at)
        if number is not None:
            return (at, reading.index_at(reading.mentions[number].char_end)), number
        departments = reading.words.sets.departments
        is_behind = reading.folded[at - 1] in departments and reading.folded[at] not in departments
        is_known = at == last - 1 and reading.is_surname(at)
        if is_behind or is_known or reading.is_given(at):
            return (at, name_end(reading, at, last)), None
    return None


def _is_preposition(reading: TextReading, at: int, last: int) -> bool:
    """Tell whether a word makes what follows depend on what stands before."""
    sets, word = reading.words.sets, reading.folded[at]
    if reading.is_capital(at) or not (word in sets.prepositions or word in sets.of):
        return False
    return not is_particle(reading, at, last)


def _mentioned(reading: TextReading, first: int, end: int, last: int) -> Name | None:
    """Return the mention that a phrase is about: a person's before a body's or a place's."""
    best: Name | None = None
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


def _is_attribute(reading: TextReading, behind: int, last: int) -> bool:
    """Tell whether the noun that a name belongs to follows it: *Kremlin-woordvoerder*."""
    if behind >= last:
        return False
    sets, word = reading.words.sets, reading.folded[behind]
    return not (word in sets.prepositions or word in sets.stops or word in sets.coordinators)


def _capitals(reading: TextReading, first: int, end: int, last: int) -> Name | None:
    """Return the name that capitals show in a phrase, where no mention does."""
    at = first
    while at < end:
        if not reading.is_capital(at) or (
            at == first and reading.folded[at] in reading.words.sets.determiners
        ):
            at += 1
            continue
        behind = name_end(reading, at, last)
        if reading.people.is_shout(at, behind):
            return None
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


def _with_surname(reading: TextReading, start: int, behind: int, last: int) -> int:
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


def _is_name(reading: TextReading, phrase: tuple[int, int], start: int, behind: int) -> bool:
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


def _apposed(reading: TextReading, last: int, limit: int) -> Name | None:
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
