"""Where a sentence looks: back to what happened, or ahead to what is to come.

The clause of a time decides, and the whole sentence only where its clause says nothing. Of two
signs the nearer one holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.annotate.times.readings import Looks
    from knipsel.transforms.registers.annotations.times import Tense

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE_END = re.compile(r"[,;:()–]|\s-\s")
_APPOSITION = 12
"""Characters that the longest words take that begin an apposition."""
_LONGEST = 200
"""Characters to either side of a time that are read for its tense."""
_SHORTEST_VERB = 4
"""Letters of a verb that its ending tells of: shorter ones are listed, or are no verbs."""
_FIRST_WORDS = 2
"""Words before a time with which a clause still begins: *op maandag*, *ook op maandag*."""
_INFINITIVE = re.compile(r"\s+([^\W\d_]+)\s+([^\W\d_]+)")


def looks(text: str, sentence: tuple[int, int], place: tuple[int, int], tense: Tense) -> Looks:
    """Return where the sentence looks in which a time stands at ``place``."""
    first = max(sentence[0], place[0] - _LONGEST)
    last = min(sentence[1], place[1] + _LONGEST)
    place = _with_preposition(text, first, place, tense)
    start, end = _clause(text, first, last, place)
    stretches = [(start, end), (first, last)]
    if _is_before_infinitive(text, place, last, tense):
        return "ahead"
    behind = text[end : end + len(", ") + _APPOSITION].casefold().lstrip(", ")
    if behind.startswith(tense.appositions):
        stretches.insert(0, _clause(text, end + 1, last, (end + 1, end + 1)))
    for begin, stop in stretches:
        found = _nearest(text, (begin, stop), place, tense)
        if found == "unknown" and begin <= place[0] < stop:
            found = _of_second_word(text, (begin, stop), place, tense)
        if found == "unknown" and begin <= place[0] < stop:
            found = _of_word_before(text, (begin, stop), place, tense)
        if found != "unknown":
            return found
    return "unknown"


def _with_preposition(
    text: str, first: int, place: tuple[int, int], tense: Tense
) -> tuple[int, int]:
    """Return the place of a time with the preposition before it: *on Monday*."""
    before = text[first : place[0]].rsplit(None, 1)
    is_one = bool(before) and before[-1].casefold() in tense.day_prepositions
    return (text.rindex(before[-1], first, place[0]), place[1]) if is_one else place


def _is_before_infinitive(text: str, place: tuple[int, int], last: int, tense: Tense) -> bool:
    """Tell whether what follows is still to be done: *van plan om maandag te vertrekken*.

    *Te hebben gezien* is done, and what was decided on a Monday, *besloot maandag te vertrekken*,
    may be done on any day.
    """
    found = _INFINITIVE.match(text, place[1], last)
    if (
        not found
        or found[1] not in tense.infinitive_markers
        or found[2] in tense.perfect_infinitives
    ):
        return False
    before = _WORD.findall(text, max(0, place[0] - _LONGEST), place[0])
    return not before or _sign(before[-1].casefold(), tense, is_perfect=False) is None


def _of_second_word(
    text: str, clause: tuple[int, int], place: tuple[int, int], tense: Tense
) -> Looks:
    """Return what the ending of a verb shows right behind a time that its clause begins with.

    That place is the verb's in a language in which it comes second: *maandag verhuist hij*.
    """
    if not tense.verb_second or len(_WORD.findall(text, clause[0], place[0])) > _FIRST_WORDS:
        return "unknown"
    verb = _WORD.match(text, place[1] + 1, clause[1])
    if not verb or text[place[1]] != " " or len(verb[0]) < _SHORTEST_VERB or not verb[0].islower():
        return "unknown"
    if verb[0].endswith(tense.second_word_past):
        return "back"
    return "present" if verb[0].endswith(tense.second_word_present) else "unknown"


def _of_word_before(
    text: str, clause: tuple[int, int], place: tuple[int, int], tense: Tense
) -> Looks:
    """Return what the word right before a time shows behind a noun: *de raad besluit vrijdag*."""
    words = _WORD.findall(text, clause[0], place[0])
    if not tense.verb_second or len(words) <= _FIRST_WORDS:
        return "unknown"
    verb, before = words[-1], words[-2].casefold()
    is_noun = before in tense.unverbal or before.endswith("e") or before in tense.no_verbs
    if is_noun or verb in tense.no_verbs or not verb.islower() or len(verb) < _SHORTEST_VERB:
        return "unknown"
    return "present" if verb.endswith("t") and not tense.is_participle(verb) else "unknown"


def _clause(text: str, first: int, last: int, place: tuple[int, int]) -> tuple[int, int]:
    """Return the clause around a time, between commas and the like."""
    start = first
    for mark in _CLAUSE_END.finditer(text, first, place[0]):
        start = mark.end()
    following = _CLAUSE_END.search(text, place[1], last)
    return start, following.start() if following else last


def _nearest(text: str, stretch: tuple[int, int], place: tuple[int, int], tense: Tense) -> Looks:
    words = [
        (match[0].casefold(), match.start(), match.end())
        for match in _WORD.finditer(text, *stretch)
        if (match.end() <= place[0] or match.start() >= place[1])
        and not (tense.noun_capitals and match[0][0].isupper())
    ]
    found = [
        (distance, where)
        for start, end, where in _signs(words, tense)
        if (distance := min(abs(place[0] - end), abs(start - place[1]))) <= 1
        or text[start:end].casefold() not in tense.adjacent
    ]
    return min(found)[1] if found else "unknown"


def _signs(words: list[tuple[str, int, int]], tense: Tense) -> Iterator[tuple[int, int, Looks]]:
    """Yield the words that show where a clause looks, and where they stand."""
    is_perfect = _is_perfect({word for word, _, _ in words}, tense)
    previous, behind = "", 0
    for word, start, end in words:
        is_verb = previous not in tense.unverbal or start > behind + 1
        previous, behind = word, end
        if not is_verb or (is_perfect and word in tense.reported):
            continue
        where = _sign(word, tense, is_perfect=is_perfect)
        if where:
            yield start, end, where


def _sign(word: str, tense: Tense, *, is_perfect: bool) -> Looks | None:
    """Return where a word shows that its clause looks, in one that has a perfect or not."""
    if word in tense.future:
        return "ahead"
    if word in tense.past or word.endswith(tense.past_endings):
        return "back"
    if is_perfect:
        is_part = word in tense.auxiliaries or word in tense.modals or tense.is_participle(word)
        return "back" if is_part else None
    if word in tense.present:
        return "present"
    if not word.endswith(tense.present_endings) or word in tense.no_verbs:
        return None
    return None if tense.is_participle(word) else "present"


def _is_perfect(spelled: set[str], tense: Tense) -> bool:
    """Tell whether a clause has a perfect: *is gekomen*, *heeft kunnen komen*."""
    if not spelled.isdisjoint(tense.haves) and not spelled.isdisjoint(tense.modals):
        return True
    has_auxiliary = not spelled.isdisjoint(tense.auxiliaries)
    if not has_auxiliary or not spelled.isdisjoint(tense.passives):
        return False
    return any(tense.is_participle(word) for word in spelled)
