"""What a text tells as a whole, and how far a name reaches in a run of words with a capital."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from knipsel.transforms.annotate.names.known import Known, in_compound, look_up

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from knipsel.transforms.annotate.names.runs import Word
    from knipsel.transforms.registers.annotations.names import NameRegisters, NameWords

_LONGEST = 8
"""Words of the longest name that is looked up."""
_LONGEST_SYLLABLE = 4
"""Letters behind the hyphen of a name such as *Jong-un*; a compound's second part has more."""
FAMILY_BEGINNINGS = frozenset({"Van", "Vande", "Vanden", "Vander", "Ter", "Ten"})
FAMILY_LINKS = frozenset({"de", "den", "der", "'t", "’t"})
ARTICLES = frozenset({"The", "De", "Het", "El", "Los", "Las", "Les", "Die", "Der", "Das"})
"""Articles that may begin a name, and are none alone."""
_FULL_NAME = 2
"""Words of a name in full."""
_INITIAL = 2
"""Characters of an initial: a letter and its full stop."""


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
    firsts: AbstractSet[str]
    """First names of people whom the text names in full elsewhere: *Mauro* of *Mauro Bos*."""


def make_context(
    registers: NameRegisters,
    words: NameWords,
    lower: AbstractSet[str],
    pairs: AbstractSet[tuple[str, str]],
) -> Context:
    """Return what a text tells, from its words without a capital and its pairs of those with."""
    firsts = {
        left
        for left, right in pairs
        if left in registers.given_names and look_up(right, registers) is None
    }
    return Context(registers, words, lower, pairs, {right for _, right in pairs}, firsts)


def normal(words: list[Word]) -> str:
    """Return words as the registers have them."""
    return " ".join(word.text for word in words).replace("’", "'")


def longest_known(words: list[Word], at: int, context: Context) -> tuple[int, Known | None]:
    """Return the word behind the longest known name that begins here, and what it is."""
    for end in range(min(len(words), at + _LONGEST), at, -1):
        last = words[end - 1]
        if not last.is_link or (end == len(words) and last.text in context.registers.tails):
            found = look_up(normal(words[at:end]), context.registers)
            if found:
                return end, found
    return at, None


def is_title(word: str, words: NameWords) -> bool:
    """Tell whether a word says what somebody is: *premier*, *Vicepremier*, *EU-commissaris*."""
    folded = word.lower().rstrip(".")
    if folded in words.titles:
        return True
    last = folded.rpartition("-")[2]
    is_compound = "-" in word or (words.capital_nouns and folded not in words.title_ends)
    return last in words.titles or (
        is_compound
        and bool(words.title_ends)
        and folded.endswith(words.title_ends)
        and word not in words.demonyms
    )


def is_of_body(words: list[Word], context: Context) -> bool:
    """Tell whether words make the name of an organisation or a place: *Bank*, *Straße*."""
    known, ends = context.words, context.words.organisation_ends
    return any(
        word.text in known.organisation_words
        or word.text in known.place_words
        or (ends and word.text.lower().endswith(ends) and not known.capital_nouns)
        for word in words
    )


def extent(words: list[Word], at: int, context: Context) -> int:
    """Return where a name that begins here ends, by the links inside it."""
    end = at + 1
    while end < len(words):
        if not words[end].is_link:
            if _begins_another(words, at, end, context):
                break
            end += 1
            continue
        behind = end
        while behind < len(words) and words[behind].is_link:
            behind += 1
        links = [link.text.replace("’", "'") for link in words[end:behind]]
        if behind == len(words) or _is_anothers(words, at, behind, context):
            break
        if not (
            _joins(words[at:end], links, context)
            or (not words[at].is_first and _may_join(words[at:end], links, words, behind, context))
        ):
            break
        end = behind + 1
    return end


def _begins_another(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether a word with a capital is no part of the name before it."""
    text, known = words[end].text, context.words
    if known.capital_nouns and is_title(text, known):
        return True
    if text in known.demonyms and not is_calendar_surname(words, at, end, context):
        return True
    if _ends_sentence(words, end, context) or words[end - 1].text.endswith(("'s", "’s")):
        return True
    return is_compound(words[end], context) and not is_syllable(words, at, end)


def _is_anothers(words: list[Word], at: int, behind: int, context: Context) -> bool:
    """Tell whether another's name stands behind a link: *de Partij van Jan Brood*."""
    if is_compound(words[behind], context):
        return words[at].text in FAMILY_BEGINNINGS
    left, following = words[at].text, words[behind]
    if words[behind - 1].text == "&":
        return behind == at + 2 and is_given(left, context) and is_given(following.text, context)
    is_of_body = left in context.words.organisation_heads
    reach, known = longest_known(words, behind, context)
    return is_of_body and reach > behind + 1 and known is not None and known.kind == "person"


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
    if left[-1].text in FAMILY_BEGINNINGS and links[0] in FAMILY_LINKS:
        return True
    return words.particles.issuperset(links) and all(
        is_given(one.text, context) or one.text in FAMILY_BEGINNINGS for one in left
    )


def _may_join(
    left: list[Word], links: list[str], words: list[Word], right: int, context: Context
) -> bool:
    """Tell whether an unknown word and what follows may be one person: *Gommaar van Looy*."""
    if len(left) > 1 or left[0].text.isupper() or not context.words.particles.issuperset(links):
        return False
    behind = words[right]
    if look_up(normal(left), context.registers) or behind.text in context.words.demonyms:
        return False
    if is_compound(behind, context):
        return False
    if is_given(words[right].text, context) and len(words) > right + 1:
        return False
    return longest_known(words, right, context)[1] is None


def is_given(word: str, context: Context) -> bool:
    """Tell whether a word is a first name or an initial."""
    given = context.registers.given_names
    return word in given or word.endswith(".") or all(one in given for one in word.split("-"))


def is_calendar(word: str, words: NameWords) -> bool:
    """Tell whether a word is a month or a day of the week."""
    return word in words.months or word in words.weekdays


def is_calendar_surname(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether a month or a weekday behind a first name is a surname: *Theresa May*.

    A newspaper may write *told Thomas Monday*, but not begin with it.
    """
    if end != at + 1 or not is_given(words[at].text, context):
        return False
    if words[at].text in context.registers.listed or is_calendar(words[at].text, context.words):
        return False
    word = words[end].text
    may_be_time = word in context.words.weekdays and not context.words.capital_nouns
    return is_calendar(word, context.words) and (words[at].is_first or not may_be_time)


def is_calendar_given(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether a month before a surname is a first name: *April Jones*."""
    word = words[at].text
    if word not in context.words.months or not is_given(word, context) or end != at + _FULL_NAME:
        return False
    following, cues = words[at + 1], context.words.calendar_cues
    if at and words[at - 1].text.lower() in cues:
        return False
    if following.is_link or is_of_body(words[at + 1 : end], context):
        return False
    if following.text in context.words.other_words or is_calendar(following.text, context.words):
        return False
    known = look_up(following.text, context.registers)
    is_family = following.text in context.registers.family_names
    return is_family or known is None or known.kind == "person"


def is_given_place(words: list[Word], at: int, end: int, context: Context) -> bool:
    """Tell whether the name of a place is somebody's first name: *Israel Katz*, *Paris Hilton*.

    Where nouns have a capital, one may follow a place (*in Paris Tausende*), but not begin with it.
    """
    if words[at].text not in context.registers.given_places or end != at + _FULL_NAME:
        return False
    following, known = words[at + 1], context.words
    if following.is_link or following.text.isupper() or is_compound(following, context):
        return False
    others = (known.demonyms, known.other_words)
    if is_of_body([following], context) or any(following.text in one for one in others):
        return False
    if following.text in context.registers.family_names:
        return True
    is_unknown = known.capital_nouns and look_up(following.text, context.registers) is None
    is_titled = at > 0 and is_title(words[at - 1].text, known)
    return is_unknown and (words[at].is_first or is_titled)


def is_compound(word: Word, context: Context) -> bool:
    """Tell whether a word is a compound that only begins with a name: *PvdA-leider*."""
    first, hyphen, rest = word.text.partition("-")
    if not hyphen or not rest or not first[:1].isupper():
        return False
    if context.words.capital_nouns and in_compound(word.text, context.registers):
        return look_up(word.text, context.registers) is None
    return rest[0].islower() and "-" not in rest[:1] and word.text[:3] not in {"al-", "el-"}


def is_syllable(words: list[Word], at: int, end: int) -> bool:
    """Tell whether a word with a hyphen is a name's part, as *Jong-un*, and no compound."""
    first, _, rest = words[end].text.partition("-")
    return len(rest) <= _LONGEST_SYLLABLE and not first.isupper() and not words[at].is_link
