"""The subject of a verb that says something: before the verb or behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.annotate.quotations.speakers.phrases import (
    Phrase,
    head_of,
    is_of_noun,
    opens_phrase,
    read_phrase,
    skip_adverbs,
)

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.reading import TextReading

_REACH = 16
"""Words before a verb in which the phrase right before it begins."""
_LONGEST = 80
"""Words of a clause before its verb."""
_LEAST = 2
_LONGEST_WRITING = 20
"""Letters of a word for a writing, less one, and at most: a text may be one long word."""
_COLON_REACH = 40
"""Words before a colon in which whoever speaks behind it is named."""


def subject_of(reading: TextReading, at: int, start: int, end: int) -> Phrase | None:
    """Return the subject of the finite verb ``at`` between the words ``start`` and ``end``."""
    first = _clause_start(reading, at, start)
    opening = _skip_links(reading, first, at)
    if not reading.words.is_verb_second:
        opening = _behind_adverbial(reading, opening, at)
    if opening == at - 1 and _is_object(reading, opening):
        return _behind(reading, at, end)
    if at > first and reading.folded[at - 1] in reading.words.sets.coordinators:
        return _first_phrase(reading, first, at - 1)
    if opening == at:
        return _behind(reading, at, end) or _earlier(reading, first, start)
    if "," in reading.gaps[_before_adverbs(reading, opening, at)] and not _is_inserted(
        reading, opening, at
    ):
        found = _behind(reading, at, end)
        is_inverted = reading.words.is_verb_second or found is None or found.pronoun is None
        if found and is_inverted:
            return found
    opening = _last_clause(reading, opening, at)
    if opening == at:
        return _behind(reading, at, end) or _first_phrase(reading, first, at)
    return _before_or_behind(reading, opening, at, end)


def _behind_adverbial(reading: TextReading, opening: int, at: int) -> int:
    """Return where a subject begins that stands right before its verb, whatever stands first.

    So it is in *Asked about it, Vos said*; but *Vos, a minister, said* begins with the subject.
    """
    sets = reading.words.sets
    behind = _before_adverbs(reading, opening, at)
    commas = [index for index in range(opening + 1, behind + 1) if "," in reading.gaps[index]]
    if not commas:
        return opening
    name = _name_before(reading, opening, commas[0])
    if commas[-1] == behind:
        commas = commas[:-2]
    if not commas:
        return name
    first = commas[-1]
    if reading.folded[first] in sets.relatives:
        first += 1
    else:
        first = _skip_links(reading, first, at)
        if not sets.coordinators.isdisjoint(reading.folded[first:at]):
            return opening
    return first if first < at and opens_phrase(reading, first, at) else opening


def _name_before(reading: TextReading, opening: int, comma: int) -> int:
    """Return where a person's name begins that ends at a comma: *Last night Ann Vos, a nurse,*."""
    named = reading.people.between(opening, comma)
    return named[-1].first if named and named[-1].last == comma else opening


def _is_object(reading: TextReading, at: int) -> bool:
    """Tell whether a pronoun is nobody that does something: *ihr widersprach der Chef*."""
    sets, word = reading.words.sets, reading.folded[at]
    if word in sets.masculine or word in sets.feminine:
        return False
    return word in sets.masculine_oblique or word in sets.feminine_oblique


def _before_adverbs(reading: TextReading, first: int, at: int) -> int:
    """Return the first of the adverbs right before a verb: *…, zo zei Jansen*."""
    adverbs = reading.words.sets.adverbs
    while at > first + 1 and reading.folded[at - 1] in adverbs and "," not in reading.gaps[at]:
        at -= 1
    return at


def _is_inserted(reading: TextReading, opening: int, at: int) -> bool:
    """Tell whether what ends in a comma before a verb is put between it and its subject.

    So it is in *de minister, een oudgediende, zei*; a whole clause stands before the comma in
    *het schip is weg, zei de minister*.
    """
    sets = reading.words.sets
    comma = next((i for i in range(opening + 1, at) if "," in reading.gaps[i]), at)
    if comma == at or not opens_phrase(reading, opening, at):
        return False
    head = reading.folded[opening:comma]
    if head[0] in sets.subordinators and head[0] not in sets.determiners:
        return False
    return not any(word in sets.finite or word in sets.verbs for word in head)


def _clause_start(reading: TextReading, at: int, start: int) -> int:
    first, least = at, max(start, at - _LONGEST)
    while first > least and not reading.ends_clause(first):
        first -= 1
    return first


def _skip_links(reading: TextReading, first: int, at: int) -> int:
    sets = reading.words.sets
    while first < at and reading.folded[first] in sets.coordinators:
        first += 1
    return skip_adverbs(reading, first, at)


def _behind(reading: TextReading, at: int, end: int) -> Phrase | None:
    following = at + 1
    if following >= end or not reading.is_joined(following):
        return None
    if reading.folded[following] in reading.words.sets.conjunctions:
        return None
    return read_phrase(reading, _behind_place(reading, following, end), end)


def _behind_place(reading: TextReading, at: int, end: int) -> int:
    """Skip a place between a verb and its subject: *zei in Brussel de minister*."""
    if reading.folded[at] not in reading.words.sets.prepositions or reading.is_capital(at):
        return at
    behind = at + 1
    while behind < end and reading.is_joined(behind) and reading.is_capital(behind):
        behind += 1
    if behind == at + 1 or behind == end or not reading.is_joined(behind):
        return at
    return behind if opens_phrase(reading, behind, end) else at


def agent_of(reading: TextReading, start: int, end: int) -> Phrase | None:
    """Return who does something in the passive: *het werd door de minister ontkend*."""
    for at in range(max(start, end - _COLON_REACH), end - 1):
        if reading.folded[at] in reading.words.sets.by and not reading.is_quoted(
            reading.starts[at]
        ):
            return read_phrase(reading, at + 1, end)
    return None


def subject_before(reading: TextReading, start: int, end: int) -> Phrase | None:
    """Return the name or pronoun that the words before a colon begin with, or say it is of.

    So do *het citaat van Jansen: …* and *Jansen, hoofdschuddend: …*.
    """
    sets = reading.words.sets
    start = max(start, end - _COLON_REACH)
    for at in range(end - 2, start, -1):
        if reading.folded[at - 1] in sets.speech_nouns and reading.folded[at] in sets.of:
            return read_phrase(reading, at + 1, end)
    found = _first_phrase(reading, start, end)
    if (
        found
        and found.mention is None
        and found.name == (start, start + 1)
        and (not reading.is_known_name(start))
    ):
        return None
    if found is None or reading.folded[found.first] in sets.oblique:
        return None
    is_known = bool(found.name or found.pronoun) or found.mention is not None
    return found if is_known or head_of(reading, found) is not None else None


def document_in(reading: TextReading, start: int, end: int) -> Phrase | None:
    """Return the writing that something stands in, as in *de brief*."""
    sets = reading.words.sets
    for at in range(start, end - 1):
        if reading.folded[at] not in sets.prepositions or reading.is_quoted(reading.starts[at]):
            continue
        found = read_phrase(reading, at + 1, end)
        if (
            found
            and found.name is None
            and found.mention is None
            and any(_is_document(reading, word) for word in range(found.first, found.last))
        ):
            return found
    return None


def _is_document(reading: TextReading, at: int) -> bool:
    """Tell whether a word is a writing's, or ends in one where words are joined: *Klageschrift*."""
    word, documents = reading.folded[at], reading.words.sets.documents
    if not reading.words.is_verb_second:
        return word in documents
    first = max(0, len(word) - _LONGEST_WRITING)
    return any(word[start:] in documents for start in range(first, len(word) - _LEAST))


def _earlier(reading: TextReading, first: int, start: int) -> Phrase | None:
    """Return the subject of the clause before: *hij zuchtte: …, en zei*."""
    return _first_phrase(reading, start, first) if first > start else None


def _first_phrase(reading: TextReading, first: int, limit: int) -> Phrase | None:
    first = _skip_links(reading, first, limit)
    if first < limit and opens_phrase(reading, first, limit):
        return read_phrase(reading, first, limit)
    return None


def _last_clause(reading: TextReading, opening: int, at: int) -> int:
    """Return the first word of the clause whose verb stands ``at``, behind its conjunction.

    That is ``opening`` where a relative clause lies between the subject and the verb.
    """
    sets = reading.words.sets
    comma = next((i for i in range(at - 1, opening, -1) if "," in reading.gaps[i]), None)
    if comma is None:
        return _subordinate(reading, opening, at)
    word = reading.folded[comma]
    if word in sets.relatives:
        return opening
    if word in sets.coordinators or word in sets.subordinators:
        return _skip_links(reading, comma + (word in sets.subordinators), at)
    leads = reading.folded[opening]
    if leads in sets.prepositions or leads in sets.subordinators:
        return comma if opens_phrase(reading, comma, at) else opening
    return opening


def _subordinate(reading: TextReading, opening: int, at: int) -> int:
    """Return where the clause of a verb begins behind another verb: *is wat Jansen zei*."""
    sets = reading.words.sets
    for index in range(at - 1, opening, -1):
        word = reading.folded[index]
        if word in sets.finite:
            return opening
        if word in sets.relatives or word in sets.subordinators:
            is_clause = not sets.finite.isdisjoint(reading.folded[opening:index])
            opens = index + 1 < at and opens_phrase(reading, index + 1, at)
            return index + 1 if is_clause and opens else opening
    return opening


def _before_or_behind(reading: TextReading, opening: int, at: int, end: int) -> Phrase | None:
    """Choose between what stands before a verb and what follows it."""
    sets, word = reading.words.sets, reading.folded[opening]
    behind = _behind(reading, at, end) if opens_phrase(reading, at + 1, end) else None
    if not reading.words.is_verb_second:
        behind = None
    if word in sets.subordinators and opening + 1 < at:
        named = behind if behind and (behind.name or behind.pronoun) else None
        return named or _first_phrase(reading, opening + 1, at) or behind
    if not opens_phrase(reading, opening, at) or word in sets.prepositions:
        return behind or _adjacent(reading, opening, at)
    before = read_phrase(reading, opening, at)
    if before is None or behind is None or "," in reading.gaps[at]:
        return before or behind
    return behind if _is_better(reading, behind, before) else before


def _is_better(reading: TextReading, behind: Phrase, before: Phrase) -> bool:
    """Tell whether what follows a verb is its subject, and what stands before it its object."""
    sets = reading.words.sets
    is_known = before.mention is not None or head_of(reading, before) is not None
    if behind.pronoun in sets.object_pronouns and is_known:
        return False
    if behind.pronoun in sets.masculine or behind.pronoun in sets.feminine:
        return True
    if behind.pronoun is not None and not reading.is_known_name(before.first):
        return before.mention is None and before.last - before.first == 1
    if before.last - before.first == 1 and before.mention is None and before.pronoun is None:
        return reading.is_capital(before.first) and not reading.is_known_name(before.first)
    is_described = before.name is None and before.pronoun is None
    return is_described and behind.name is not None and head_of(reading, before) is None


def _adjacent(reading: TextReading, opening: int, at: int) -> Phrase | None:
    """Return the phrase that ends right before a verb."""
    for first in range(max(opening, at - _REACH), at):
        if opens_phrase(reading, first, at):
            found = read_phrase(reading, first, at)
            if found and found.last == at:
                return (
                    found if reading.words.is_verb_second else _with_nouns(reading, found, opening)
                )
    return None


def _with_nouns(reading: TextReading, phrase: Phrase, opening: int) -> Phrase:
    """Return a name with the nouns before it: *rescue coordinator Ann Vos said*."""
    first = phrase.first
    while phrase.name and first > opening and reading.is_joined(first):
        if reading.is_capital(first - 1) or not is_of_noun(reading, first - 1):
            break
        first -= 1
    return phrase._replace(first=first)
