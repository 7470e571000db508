"""The words of a language that times are made of, parsed from its register.

Each word has a code of one character, so that the grammar can be regular expressions on codes,
the same for all languages, and a value. A register says only which words a language has.
"""

from __future__ import annotations

import re
from fnmatch import translate
from typing import TYPE_CHECKING, Any, NamedTuple

from knipsel.transforms.registers.annotations.holidays import parse_holiday
from knipsel.transforms.registers.annotations.numerals import numerals, ordinals, years_in_words
from knipsel.transforms.registers.checked import number, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


_MONTHS, _WEEKDAYS, _SEASONS = 12, 7, 4
_UNITS = (
    "day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century",
)  # fmt: skip
_PARTS = ("begin", "middle", "end")
_RELATIVE = ("last", "past", "final", "coming", "next", "this", "that", "same")
CODES = {
    "one": "a", "few": "V", "ago": "A", "ago_before": "Q", "later": "L", "earlier": "B",
    "ahead": "I", "in": "i", "of": "v", "range": "v", "article": "d", "since": "f", "from": "f",
    "between": "b", "to": "t", "and": "e", "after": "N", "before": "W", "until": "r",
    "within": "j", "now": "u", "half": "h", "about": "q", "exactly": "P", "decade": "g",
    "rest": "l",
}  # fmt: skip
"""The code of each list of words; words that stand for a number or a date have others."""


class Word(NamedTuple):
    """What a word means in a time: its code, and a number or a name that says which."""

    code: str
    value: Any = None


class Tense(NamedTuple):
    """The words by which a sentence shows that it tells of the past, or looks ahead."""

    past: frozenset[str]
    future: frozenset[str]
    present: frozenset[str]
    auxiliaries: frozenset[str]
    passives: frozenset[str]
    haves: frozenset[str]
    modals: frozenset[str]
    unverbal: frozenset[str]
    reported: frozenset[str]
    adjacent: frozenset[str]
    appositions: tuple[str, ...]
    strong_participles: frozenset[str]
    past_endings: tuple[str, ...]
    present_endings: tuple[str, ...]
    """What only a verb of the present ends with."""
    no_verbs: frozenset[str]
    """Other words that end as these verbs do."""
    noun_capitals: bool
    """Whether nouns have a capital, so that a word with one is no verb."""
    verb_second: bool
    """Whether the verb is the second part of a clause, right behind a time that begins it."""
    second_word_past: tuple[str, ...]
    second_word_present: tuple[str, ...]
    """What a verb of the past and of the present ends with, where only a verb can stand."""
    day_prepositions: frozenset[str]
    """What stands before a day and belongs to it."""
    infinitive_markers: frozenset[str]
    perfect_infinitives: frozenset[str]
    participle: re.Pattern[str]

    def is_participle(self, word: str) -> bool:
        """Tell whether a word tells of the past where an auxiliary stands beside it."""
        return word in self.strong_participles or bool(self.participle.match(word))


ANCHORS = frozenset("YyzkMmDSHTKXxZUEGgsoO")
"""A run of words without any of these codes says no time."""


class TimeWords(NamedTuple):
    """The words of a language, by their spellings."""

    words: Mapping[str, Word]
    phrases: Mapping[str, tuple[tuple[str, Word], ...]]
    """By their first word, folded: the phrases themselves, folded, the longest first."""
    phrase_openers: frozenset[str]
    """The first words of phrases as texts write them."""
    anchors: frozenset[str]
    """Words as texts write them of which a time has one, unless it has digits."""
    longest_phrase: int
    ordinal: re.Pattern[str]
    decade: re.Pattern[str]
    blocking: frozenset[str]
    """Words before a time that show that it comes again and again, or is a time of the day."""
    rating: frozenset[str]
    """Words before a unit that show that something is counted by it: twice per week."""
    comparing: frozenset[str]
    """Words behind one that show that it compares: two years later than planned."""
    numbering: frozenset[str]
    """Words before the number of a version, a paragraph and the like, which is no day."""
    year_cues: frozenset[str]
    day_cues: frozenset[str]
    counted: frozenset[str]
    round_followers: frozenset[str]
    tense: Tense
    short_months: frozenset[str]
    """Abbreviations, folded: with a capital and without a number they are names (*Jan*)."""
    month_first: bool
    dotted_ordinals: bool


def _as_written(words: Iterable[str]) -> frozenset[str]:
    """Return folded words as texts write them."""
    return frozenset(one for word in words for one in (word, word.capitalize(), word.upper()))


def parse_times(table: Mapping[str, Any]) -> TimeWords | None:
    """Parse the register of a language; None for an empty one.

    Raises `ValueError`, ``key: problem``, for a malformed one.
    """
    if not table:
        return None
    spelled = dict(_words(table))
    blocked, years = table.get("blocked", {}), table.get("years", {})
    spelled |= {phrase: Word("") for phrase in _strings(blocked, "blocked", "phrases")}
    numbers = table.get("numbers", {})
    phrases, spellings = _phrases(spelled), dict(_spellings(spelled))
    anchoring = {
        first: any(word.code in ANCHORS for _, word in listed) for first, listed in phrases.items()
    }
    anchors = (spelling for spelling, word in spellings.items() if word.code in ANCHORS)
    return TimeWords(
        words=spellings,
        phrases=phrases,
        phrase_openers=_as_written(phrases),
        anchors=_as_written(one for one, anchors in anchoring.items() if anchors).union(anchors),
        longest_phrase=max(
            (len(one) for listed in phrases.values() for one, _ in listed), default=0
        ),
        ordinal=_with_ending(r"\d{1,2}", _strings(numbers, "numbers", "ordinal_endings")),
        decade=_with_ending(r"\d{2}|\d{4}", _strings(numbers, "numbers", "decade_endings")),
        blocking=_set(blocked, "blocked", "before"),
        rating=_set(blocked, "blocked", "before_units"),
        comparing=_set(blocked, "blocked", "after"),
        numbering=_set(blocked, "blocked", "before_numbers"),
        year_cues=_set(years, "years", "cues"),
        day_cues=_set(years, "years", "day_cues"),
        counted=_set(years, "years", "counted"),
        round_followers=_set(years, "years", "round_followers"),
        tense=_tense(table.get("tense", {})),
        short_months=frozenset(
            name.rstrip(".").casefold() for row in table.get("months", []) for name in row[1:]
        ),
        month_first=bool(table.get("month_first", False)),
        dotted_ordinals=bool(table.get("dotted_ordinals", False)),
    )


def _with_ending(digits: str, endings: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of digits with one of the endings, which match nothing without any."""
    return re.compile(rf"({digits})({'|'.join(map(re.escape, endings)) or '(?!)'})")


def _words(table: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Yield all words with what they mean; of a word that is named twice the last holds."""
    for key, code in CODES.items():
        for word in _strings(table.get("words", {}), "words", key):
            yield word, Word(code, 1 if key == "one" else key)
    yield from _numbers(table.get("numbers", {}))
    for name, code, keys in (
        ("words", "R", _RELATIVE),
        ("units", "U", _UNITS),
        ("unit_plurals", "E", _UNITS),
        ("parts", "p", _PARTS),
    ):
        for key in keys:
            listed = _strings(table.get(name, {}), name, key)
            yield from ((word, Word(code, key)) for word in listed)
    yield from _named(table)


def _numbers(numbers: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    yield from ((word, Word("Y", count)) for word, count in years_in_words(numbers))
    yield from ((word, Word("k", count)) for word, count in numerals(numbers))
    yield from ((word, Word("O", count)) for word, count in ordinals(numbers))
    for word, tens in numbers.get("decade_names", {}).items():
        yield word, Word("G", int(number(f"numbers.decade_names.{word}", tens)))


def _named(table: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Yield the names of months, days, seasons and holidays."""
    dayparts = _strings(table, "", "dayparts")
    yield from ((word, Word("s")) for word in dayparts)
    yield from _rows(table, "seasons", _SEASONS, ("S", "S"))
    yield from _rows(table, "months", _MONTHS, ("M", "m"))
    yield from _rows(table, "weekdays", _WEEKDAYS, ("D", "w"), dayparts)
    for word, offset in table.get("days", {}).items():
        day = Word("T", int(number(f"days.{word}", offset)))
        yield from ((f"{word}{ending}", day) for ending in ("", *dayparts))
    for rule in table.get("holidays", {}):
        holiday = parse_holiday(rule)
        for word in _strings(table["holidays"], "holidays", rule):
            yield word, Word("H", holiday)


def _rows(
    table: Mapping[str, Any],
    key: str,
    length: int,
    codes: tuple[str, str],
    endings: Iterable[str] = (),
) -> Iterator[tuple[str, Word]]:
    """Yield the names of a list in order; those with a full stop have the second of the codes."""
    rows = table.get(key, [])
    if not isinstance(rows, list) or len(rows) not in {0, length}:
        message = f"{key}: must be {length} lists of names"
        raise ValueError(message)
    for count, row in enumerate(rows, 1 if key == "months" else 0):
        for name in strings(key, row):
            yield name.rstrip("."), Word(codes[name.endswith(".")], count)
            yield from ((f"{name}{ending}", Word(codes[0], count)) for ending in endings)


def _spellings(spelled: Mapping[str, Word]) -> Iterator[tuple[str, Word]]:
    """Yield single words as texts write them: as they are, and with a capital.

    The name of a month that has a small letter of its own is less sure with a capital: it may
    be somebody's name. Words with a capital of their own are nothing without it.
    """
    for word, meaning in spelled.items():
        if " " in word or not meaning.code:
            continue
        yield word, meaning
        if word[:1].islower() and meaning.code != "Y":  # a sentence seldom begins with those
            weaker = meaning._replace(code="m") if meaning.code == "M" else meaning
            yield word[:1].upper() + word[1:], weaker


def _phrases(spelled: Mapping[str, Word]) -> dict[str, tuple[tuple[str, Word], ...]]:
    found: dict[str, list[tuple[str, Word]]] = {}
    for phrase, meaning in spelled.items():
        if " " in phrase or not meaning.code:
            folded = phrase.casefold()
            found.setdefault(folded.split()[0], []).append((folded, meaning))
    return {
        first: tuple(sorted(listed, key=lambda one: -len(one[0])))
        for first, listed in found.items()
    }


def _tense(table: Mapping[str, Any]) -> Tense:
    shapes = _strings(table, "tense", "participles")
    return Tense(
        past=_set(table, "tense", "past"),
        future=_set(table, "tense", "future"),
        present=_set(table, "tense", "present"),
        auxiliaries=_set(table, "tense", "auxiliaries"),
        passives=_set(table, "tense", "passives"),
        haves=_set(table, "tense", "haves"),
        modals=_set(table, "tense", "modals"),
        unverbal=_set(table, "tense", "unverbal"),
        reported=_set(table, "tense", "reported"),
        adjacent=_set(table, "tense", "adjacent"),
        appositions=tuple(_strings(table, "tense", "appositions")),
        strong_participles=_set(table, "tense", "strong_participles"),
        past_endings=tuple(_strings(table, "tense", "past_endings")),
        present_endings=tuple(_strings(table, "tense", "present_endings")),
        no_verbs=_set(table, "tense", "no_verbs"),
        noun_capitals=bool(table.get("noun_capitals", False)),
        verb_second=bool(table.get("verb_second", False)),
        second_word_past=tuple(_strings(table, "tense", "second_word_past")),
        second_word_present=tuple(_strings(table, "tense", "second_word_present")),
        day_prepositions=_set(table, "tense", "day_prepositions"),
        infinitive_markers=_set(table, "tense", "infinitive_markers"),
        perfect_infinitives=_set(table, "tense", "perfect_infinitives"),
        participle=re.compile("|".join(map(translate, shapes)) or "(?!)"),
    )


def _strings(table: Mapping[str, Any], name: str, key: str) -> list[str]:
    return strings(f"{name}.{key}".lstrip("."), table.get(key, []))


def _set(table: Mapping[str, Any], name: str, key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _strings(table, name, key))
