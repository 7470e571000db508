"""Where in a run of words with a capital a name begins and ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from transforms.annotations.names.known import OTHER, Known, in_compound, look_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from transforms.annotations.names.registers import NameRegisters, NameWords
    from transforms.annotations.names.runs import Word

_LONGEST = 8
"""Words of the longest name that is looked up."""
_LONGEST_SYLLABLE = 4
"""Letters behind the hyphen of a name such as *Jong-un*; a compound's second part has more."""
_FAMILY_BEGINNINGS = frozenset({"Van", "Vande", "Vanden", "Vander", "Ter", "Ten"})
_FAMILY_LINKS = frozenset({"de", "den", "der", "'t", "’t"})
_FOLLOWERS = ("'er", "’er", "'ers", "’ers")
"""What makes a follower of the name of a party: *PVV'er*."""
_PLURALS = ("ers", "isten", "eurs", "aars", "oren", "ors", "enten", "den", "ls", "sters")
"""How the words end that say what several people are: *Filmmakers Jan Brood en An Vos*."""
_SHORTEST_HEADLINE = 4
_LEAST_COMMON = 2
_SHORTEST_SHOUT = 3
"""Words next to each other that are not all names: with a capital, or in capitals."""
_INITIAL = 2
"""Characters of an initial: a letter and its full stop."""


_SHORTEST_PART = 4
"""Letters of either part of a compound without a hyphen, at least."""


class Context(NamedTuple):
    """What a text tells as a whole, before its names are known."""

    registers: NameRegisters
    words: NameWords
    lower: AbstractSet[str]
    """The words that it has without a capital."""
    pairs: AbstractSet[tuple[str, str]]
    """The words with a capital that stand next to each other inside a sentence."""
    seconds: AbstractSet[str]
    """The words behind another word with a capital."""


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
        if words[at].is_link:
            at += 1
            continue
        end = _extent(words, at, context)
        reach, known = _longest_known(words, at, context)
        if known and _is_demonym(words[at:reach], context):
            known = None
        if known and (shouts or _is_whole(words, at, reach, end, context)):
            behind, other = _longest_known(words, reach, context)
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


def _normal(words: list[Word]) -> str:
    return " ".join(word.text for word in words).replace("’", "'")


def _longest_known(words: list[Word], at: int, context: Context) -> tuple[int, Known | None]:
    for end in range(min(len(words), at + _LONGEST), at, -1):
        last = words[end - 1]
        if not last.is_link or (end == len(words) and last.text in context.registers.tails):
            found = look_up(_normal(words[at:end]), context.registers)
            if found:
                return end, found
    return at, None


def _is_whole(words: list[Word], at: int, reach: int, end: int, context: Context) -> bool:
    """Tell whether a known name is not just the beginning of a longer one: *Trump Tower*."""
    if reach >= end or reach - at > 1:
        return True
    nouns = context.words.capital_nouns and not is_given(words[at].text, context)
    if nouns and not _is_of_body(words[reach:end], context):
        return True
    following, known = _longest_known(words, reach, context)
    if known is None or (known.kind == "person" and is_given(words[at].text, context)):
        return False
    return following >= end or following - reach > 1


def _is_of_body(words: list[Word], context: Context) -> bool:
    """Tell whether words make the name of an organisation or a place: *Bank*, *Straße*."""
    known = context.words.organisation_words | context.words.place_words
    return any(word.text in known for word in words)


def _extent(words: list[Word], at: int, context: Context) -> int:
    """Return where a name that begins here ends, by the links inside it."""
    end = at + 1
    while end < len(words):
        if not words[end].is_link:
            if words[end].text in context.words.demonyms or _ends_sentence(words, end, context):
                break
            if words[end - 1].text.endswith(("'s", "’s")):
                break
            if _is_compound(words[end], context) and not _is_syllable(words, at, end):
                break
            end += 1
            continue
        behind = end
        while behind < len(words) and words[behind].is_link:
            behind += 1
        links = [link.text.replace("’", "'") for link in words[end:behind]]
        if behind == len(words) or not (
            _joins(words[at:end], links, context)
            or (not words[at].is_first and _may_join(words[at:end], links, words, behind, context))
        ):
            break
        end = behind + 1
    return end


def _ends_sentence(words: list[Word], at: int, context: Context) -> bool:
    """Tell whether a sentence ended between an initial and this word: *Ali B. Iemand*."""
    previous = words[at - 1].text
    is_initial = len(previous) == _INITIAL and previous.endswith(".")
    return is_initial and at > 1 and words[at].text.lower() in context.words.openers


def _joins(left: list[Word], links: list[str], context: Context) -> bool:
    """Tell whether little words belong to a name for what stands before them."""
    if links == ["&"]:
        return True
    words = context.words
    if left[0].text in words.place_words or any(
        one.text in words.organisation_heads for one in left
    ):
        return words.organisation_joiners.issuperset(links)
    if left[-1].text in _FAMILY_BEGINNINGS and links[0] in _FAMILY_LINKS:
        return True
    return words.particles.issuperset(links) and all(
        is_given(one.text, context) or one.text in _FAMILY_BEGINNINGS for one in left
    )


def _may_join(
    left: list[Word], links: list[str], words: list[Word], right: int, context: Context
) -> bool:
    """Tell whether an unknown word and what follows may be one person: *Gommaar van Looy*."""
    if len(left) > 1 or left[0].text.isupper() or not context.words.particles.issuperset(links):
        return False
    if look_up(_normal(left), context.registers) or words[right].text in context.words.demonyms:
        return False
    if is_given(words[right].text, context) and len(words) > right + 1:
        return False
    return _longest_known(words, right, context)[1] is None


def is_given(word: str, context: Context) -> bool:
    """Tell whether a word is a first name or an initial."""
    given = context.registers.given_names
    return word in given or word.endswith(".") or all(one in given for one in word.split("-"))


def _is_no_part(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether the word here stands before a name, or alone, and is no part of one."""
    word, known = words[at], context.words
    if _is_compound(word, context) or is_title(word.text, known):
        return True
    if word.text in known.demonyms or word.text.partition("-")[0] in known.demonyms:
        if at + 1 < len(words) and _longest_known(words, at + 1, context)[0] >= end > at + 1:
            return True
        return not _is_of_body(words[at + 1 : end], context)
    return word.is_first and (
        _is_opener(words, at, context) or _only_stands_before(words, at, context)
    )


def _only_stands_before(words: list[Word], at: int, context: Context) -> bool:
    """Tell whether the first word of a sentence is a common one, before a name: *Bovenal Gent*."""
    word, known = words[at].text, context.words
    folded = word.lower()
    if folded in known.organisation_nouns or folded in known.place_nouns:
        return True
    if known.organisation_noun_ends and folded.endswith(known.organisation_noun_ends):
        return len(words) > at + 1
    if word in known.organisation_heads or word in known.place_heads or is_given(word, context):
        return False
    if (
        folded.endswith(_PLURALS)
        and len(words) > at + 2
        and is_given(words[at + 1].text, context)
        and not words[at + 2].is_link
    ):
        return (word, words[at + 1].text) not in context.pairs
    reach, found = _longest_known(words, at + 1, context)
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
        return word not in _FAMILY_BEGINNINGS or look_up(following, context.registers) is not None
    is_family = at + 1 < len(words) and words[at + 1].text in _FAMILY_LINKS
    return not (is_family and word in _FAMILY_BEGINNINGS)


def is_title(word: str, words: NameWords) -> bool:
    """Tell whether a word says what somebody is: *premier*, *Vicepremier*, *EU-commissaris*."""
    folded = word.lower().rstrip(".")
    if folded in words.titles:
        return True
    last = folded.rpartition("-")[2]
    return last in words.titles or (
        bool(words.title_ends)
        and folded.endswith(words.title_ends)
        and word not in words.demonyms
        and "-" in word
    )


def is_compounded(word: str, context: Context) -> bool:
    """Tell whether a word begins with a known name and goes on: *Telegramgroepen*."""
    registers = context.registers
    return any(
        word[:cut] in registers.entities
        or word[:cut] in registers.listed
        or word[:cut] in registers.others
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART)
    )


def _is_compound(word: Word, context: Context) -> bool:
    """Tell whether a word is a compound that only begins with a name: *PvdA-leider*."""
    first, hyphen, rest = word.text.partition("-")
    if not hyphen or not rest or not first[:1].isupper():
        return False
    if context.words.capital_nouns and in_compound(word.text, context.registers):
        return look_up(word.text, context.registers) is None
    return rest[0].islower() and "-" not in rest[:1] and word.text[:3] not in {"al-", "el-"}


def _is_syllable(words: list[Word], at: int, end: int) -> bool:
    first, _, rest = words[end].text.partition("-")
    return len(rest) <= _LONGEST_SYLLABLE and not first.isupper() and not words[at].is_link


def _of_compound(word: Word, context: Context) -> Iterator[Piece]:
    known = in_compound(word.text, context.registers)
    if known and _is_compound(word, context):
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
        reach, known = _longest_known(words, start, context)
        if not known or reach < end:
            continue
        is_full = reach - start > 1 and (known.kind != "person" or is_given(word.text, context))
        if is_full or _is_apart(words[at:start], word.text, known, context):
            return start
    return end


def _is_apart(left: list[Word], word: str, known: Known, context: Context) -> bool:
    """Tell whether a known name stands behind somebody's rather than in it: *Jan Smit N-VA*."""
    if known.kind == "organisation":
        return word.isupper() and len(left) > 1 and is_given(left[0].text, context)
    previous = left[-1].text
    if known.kind == "place" and context.words.capital_nouns:
        return not is_given(left[0].text, context) and not _is_of_body(left, context)
    if known.entity is None or known.kind != "place":
        return False
    is_common = len(left) == 1 and previous.lower() in context.words.openers
    return is_common or previous in context.seconds


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
    text = _normal(words)
    cut = known.cut if known else 2 if text.endswith("'s") else 0
    end = words[-1].end - cut
    return Piece(words[0].start, end, text[: len(text) - cut], words[0].is_first, known)
