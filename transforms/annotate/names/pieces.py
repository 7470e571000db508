"""Where in a run of words with a capital a name begins and ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.names.boundaries import (
    ARTICLES,
    FAMILY_BEGINNINGS,
    FAMILY_LINKS,
    Context,
    extent,
    is_calendar_given,
    is_compound,
    is_given,
    is_given_place,
    is_of_body,
    is_title,
    longest_known,
    normal,
)
from knipsel.transforms.annotate.names.known import OTHER, Known, in_compound, look_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.annotate.names.runs import Word
    from knipsel.transforms.registers.annotations.names import NameWords

_OF_NOUN = "des"
"""Behind this link stands a noun, whatever its capital: *Dichter des Vaderlands Jan Brood*."""
_FAMILY_ARTICLES = frozenset({"het", "een"})
"""What no family name has behind *Van* with a capital: *Van Het gezin* is of a work."""
_FOLLOWERS = ("'er", "’er", "'ers", "’ers")
"""What makes a follower of the name of a party: *PVV'er*."""
_SHORTEST_HEADLINE = 4
_TWO_NAMES = 4
"""Words of two names in full."""
_LEAST_COMMON = 2
_SHORTEST_SHOUT = 3
"""Words next to each other that are not all names: with a capital, or in capitals."""


_SHORTEST_PART = 4
"""Letters of either part of a compound without a hyphen, at least."""


@dataclass(slots=True)
class Piece:
    """A part of a run that may be a name, and what is known of it."""

    start: int
    end: int
    text: str
    is_first: bool
    known: Known | None = None
    evidence: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])


def cut_run(words: list[Word], context: Context) -> Iterator[Piece]:
    """Yield the parts of a run that may be names, in order."""
    at, shouts = 0, _is_headline(words, context)
    while at < len(words):
        if words[at].is_link or (at and words[at - 1].text == _OF_NOUN):
            at += 1
            continue
        end = extent(words, at, context)
        reach, known = longest_known(words, at, context)
        if known and _is_demonym(words[at:reach], context):
            known = None
        if known and (shouts or _is_whole(words, at, reach, end, context)):
            behind, other = longest_known(words, reach, context)
            if other and other.kind == OTHER:
                at = behind
                continue
            is_opener = reach == at + 1 and words[at].is_first and _is_opener(words, at, context)
            if known.kind != OTHER and not is_opener:
                yield _piece(words[at:reach], known)
            at = reach
            continue
        if _is_no_part(words, at, end, context):
            yield from _of_compound(words[at], context)
            at += 1
            continue
        if shouts:
            at += 1
            continue
        split = _split(words, at, end, context)
        yield from _unknown(words[at:split], context)
        at = split


def _is_headline(words: list[Word], context: Context) -> bool:
    """Tell whether common words have a capital too: *Moscow Says It Wants Peace*."""
    if all(word.text.isupper() for word in words):
        return len(words) >= _SHORTEST_SHOUT
    if len(words) < _SHORTEST_HEADLINE:
        return False
    common = [
        word
        for previous, word in pairwise(words)
        if word.text.lower() in context.words.headline_words
        and not word.is_link
        and not is_given(previous.text, context)
    ]
    return len(common) >= _LEAST_COMMON


def _is_whole(words: list[Word], at: int, reach: int, end: int, context: Context) -> bool:
    """Tell whether a known name is not just the beginning of a longer one: *Trump Tower*."""
    if is_given_place(words, at, end, context):
        return False
    if reach >= end or reach - at > 1:
        return True
    nouns = context.words.capital_nouns and not is_given(words[at].text, context)
    if nouns and not is_of_body(words[reach:end], context):
        return True
    following, known = longest_known(words, reach, context)
    if known is None or (known.kind == "person" and is_given(words[at].text, context)):
        return False
    return following >= end or following - reach > 1


def _is_no_part(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether the word here stands before a name, or alone, and is no part of one."""
    word, known = words[at], context.words
    if is_calendar_given(words, at, end, context) or is_given_place(words, at, end, context):
        return False
    if is_compound(word, context) or is_title(word.text, known):
        return True
    if _is_title_of_name(words, at, end, context):
        return True
    first, _, last = word.text.partition("-")
    if known.demonyms.intersection((word.text, first, last)):
        if at + 1 < len(words) and longest_known(words, at + 1, context)[0] >= end > at + 1:
            return True
        is_of_noun = _is_of_proper_noun(words, at, end, context)
        return not is_of_noun and not is_of_body(words[at + 1 : end], context)
    return word.is_first and (
        _is_opener(words, at, context) or _only_stands_before(words, at, context)
    )


def _is_title_of_name(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether a long title stands before a name: *Kamervoorzitter Jan Brood*.

    With a capital that a sentence gave it, it may stand before any name: *Slaapdeskundige Eus*.
    """
    word, known = words[at], context.words
    if not _is_long_title(word.text, known) or at + 1 == len(words) or words[at + 1].is_link:
        return False
    is_before_given = end > at + 2 and is_given(words[at + 1].text, context)
    return is_before_given or (word.is_first and not known.capital_nouns)


def _is_of_proper_noun(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether an adjective without -e belongs to a body's name: *Joods Actueel*.

    Of a person it would have one: *de Joodse Levi*.
    """
    word = words[at].text
    if end != at + 2 or words[at].is_first or f"{word}e" not in context.words.demonyms:
        return False
    following = words[at + 1].text
    is_name = is_given(word, context) or is_given(following, context)
    is_of_noun = end < len(words) and words[end].text == _OF_NOUN
    return not is_name and not is_of_noun and following not in context.words.demonyms


def _only_stands_before(words: list[Word], at: int, context: Context) -> bool:
    """Tell whether the first word of a sentence is a common one, before a name.

    So it is in *Bovenal Gent*, and, saying what somebody is, in *Visser Jan de Boer*.
    """
    word, known = words[at].text, context.words
    folded = word.lower()
    if folded in known.organisation_nouns or folded in known.place_nouns:
        return True
    if known.organisation_noun_ends and folded.endswith(known.organisation_noun_ends):
        return len(words) > at + 1
    if word in known.organisation_heads or word in known.place_heads or is_given(word, context):
        return False
    if len(words) > at + 2 and is_given(words[at + 1].text, context):
        is_initial = words[at + 1].text.endswith(".")
        return not is_initial and (word, words[at + 1].text) not in context.pairs
    reach, found = longest_known(words, at + 1, context)
    return (
        found is not None
        and found.kind != "person"
        and reach == len(words)
        and (word, words[at + 1].text) not in context.pairs
    )


def _is_opener(words: list[Word], at: int, context: Context) -> bool:
    """Tell whether a word has its capital because a sentence begins."""
    word = words[at].text
    folded = word.lower()
    if folded not in context.words.openers and folded not in context.lower:
        return False
    if at + 1 < len(words) and not words[at + 1].is_link:
        following = words[at + 1].text
        if (word, following) in context.pairs:
            return False
        if word in FAMILY_BEGINNINGS and following.lower() in _FAMILY_ARTICLES:
            return True
        if is_given(word, context) and folded not in context.words.openers:
            return False
        return word not in FAMILY_BEGINNINGS or look_up(following, context.registers) is not None
    is_family = at + 1 < len(words) and words[at + 1].text in FAMILY_LINKS
    return not (is_family and word in FAMILY_BEGINNINGS)


def _is_long_title(word: str, words: NameWords) -> bool:
    """Tell whether a word may say what the name behind it is: *Kamervoorzitter*."""
    folded = word.lower()
    ends = words.long_title_ends
    return bool(ends) and folded.endswith(ends) and folded not in ends


def is_compounded(word: str, context: Context) -> bool:
    """Tell whether a word begins with a known name and goes on: *Telegramgroepen*."""
    registers = context.registers
    return any(
        word[:cut] in registers.entities
        or word[:cut] in registers.listed
        or word[:cut] in registers.others
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART)
    )


def _of_compound(word: Word, context: Context) -> Iterator[Piece]:
    known = in_compound(word.text, context.registers)
    if known and is_compound(word, context):
        yield Piece(word.start, word.end - known.cut, word.text, is_first=False, known=known)


def _split(words: list[Word], at: int, end: int, context: Context) -> int:
    """Return where another name begins inside an unknown run, else its end."""
    if words[at].text in context.words.organisation_heads:
        return end
    for start in range(at + 1, end):
        word, previous = words[start], words[start - 1].text
        if word.is_link:
            continue
        is_before = len(previous) > 1 and (previous.isupper() or is_title(previous, context.words))
        is_before |= context.words.capital_nouns and not is_given(words[at].text, context)
        if is_before and start < end - 1 and is_given(word.text, context):
            return start
        if _is_second_person(words, at, start, end, context):
            return start
        reach, known = longest_known(words, start, context)
        if not known or reach < end:
            continue
        is_full = reach - start > 1 and (known.kind != "person" or is_given(word.text, context))
        if is_full or _is_apart(words[at:start], word.text, known, context):
            return start
    return end


def _is_second_person(words: list[Word], at: int, start: int, end: int, context: Context) -> bool:
    """Tell whether two people stand next to each other: *In de rit klopte Jan Vos Piet Smit*."""
    names = [word.text for word in words[at:end]]
    if start != at + 2 or len(names) != _TWO_NAMES or any(one.is_link for one in words[at:end]):
        return False
    return [is_given(one, context) for one in names] == [True, False, True, False]


def _is_apart(left: list[Word], word: str, known: Known, context: Context) -> bool:
    """Tell whether a known name stands behind somebody's rather than in it: *Jan Smit N-VA*."""
    if known.kind == "organisation":
        return word.isupper() and len(left) > 1 and is_given(left[0].text, context)
    previous = left[-1].text
    if known.kind == "place" and context.words.capital_nouns:
        return not is_given(left[0].text, context) and not is_of_body(left, context)
    if known.kind != "place":
        return False
    registers = context.registers
    is_genitive = word not in registers.entities and word not in registers.listed
    if is_genitive and len(left) > 1 and not is_of_body(left, context):
        return True  # "toen Jan Smit Antwerpens eerste schepen werd"
    if known.entity is None:
        return False
    is_alone = len(left) == 1 and (
        previous.lower() in context.words.openers or previous in context.firsts
    )
    return is_alone or previous in context.seconds


def _is_demonym(words: list[Word], context: Context) -> bool:
    """Tell whether a word is a people's or its language: *Luxemburgs*, no genitive of a country."""
    word, registers = words[0].text, context.registers
    if len(words) > 1 or word not in context.words.demonyms:
        return False
    return word not in registers.entities and word not in registers.listed


def _unknown(words: list[Word], context: Context) -> Iterator[Piece]:
    while words[-1].is_link:
        words = words[:-1]
    last = words[-1].text
    known = context.words
    is_other = last in known.other_words and words[0].text not in known.organisation_heads
    if (len(words) > 1 and is_other) or last.endswith(_FOLLOWERS):
        return
    if len(words) == 1 and last in ARTICLES:
        return
    if words[0].text.endswith(".") and is_title(last, known):
        return  # "U.S. District Judge"
    yield from _halves(words, context) or [_piece(words, None)]


def _halves(words: list[Word], context: Context) -> list[Piece]:
    """Return both names of a pair such as *Israël-Palestina*, nothing where it is none."""
    first, hyphen, rest = words[0].text.partition("-")
    if len(words) > 1 or not hyphen:
        return []
    left, right = (look_up(one, context.registers) for one in (first, rest))
    if not left or not right or OTHER in {left.kind, right.kind}:
        return []
    clubs = {first, rest} <= context.registers.club_places
    if left.kind == right.kind == "place" and not (clubs or (left.entity and right.entity)):
        return []
    start, end = words[0].start, words[0].end
    middle = start + len(first)
    return [
        Piece(start, middle, first, is_first=False, known=left),
        Piece(middle + 1, end, rest, is_first=False, known=right),
    ]


def _piece(words: list[Word], known: Known | None) -> Piece:
    text = normal(words)
    cut = known.cut if known else 2 if text.endswith("'s") else 0
    end = words[-1].end - cut
    return Piece(words[0].start, end, text[: len(text) - cut], words[0].is_first, known)
