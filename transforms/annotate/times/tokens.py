"""The words of a text that may be part of a time, in runs without any other word between."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from knipsel.transforms.registers.annotations.times import ANCHORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knipsel.transforms.registers.annotations.times import TimeWords, Word

_TOKEN = re.compile(
    r"['’‘]?\d++(?:[.,:/–-]\d++)*+[^\W\d_]*+|[KQ][1-4]\b|[^\W\d_]++(?:['’-][^\W\d_]++)*+(?:/m\b)?"
)
"""The slash is that of ``t/m``."""
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"(\d{1,4})([./–-])(\d{1,2})\2(\d{1,4})")
_DAY_MONTH = re.compile(r"(\d{1,2})([./-])(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[/-](\d{1,2})")
_RANGE = re.compile(r"(\d{1,4})([–/-])(\d{1,4})")
_QUARTER = re.compile(r"[KQ]([1-4])")
_JOINTS = {"": "", ",": ",", "-": "-", "–": "-", "/": "/"}
_LONGEST_JOINT = 4
_LONGEST_RUN = 64
"""Tokens after which a new run begins: more is no time, and would only cost."""
_LONGEST_ABBREVIATION = 5
_ABBREVIATED = frozenset("wMmD")
_MONTH = frozenset("Mm")
_MONTHS = 12
_SHORT_CENTURY_FROM = 40
"""Two digits are a year of the last century from here on."""
_DIGITS = {1: "n", 2: "n", 3: "c", 4: "y"}


class Token(NamedTuple):
    """A word or number that times are made of, and where it stands."""

    code: str
    value: Any
    start: int
    end: int


class Pair(NamedTuple):
    """Two numbers that may be a day and a month, and how they stand in the text."""

    day: int
    month: int
    in_order: tuple[int, int]
    has_point: bool
    """Whether a point stands between them, so that they may be one number with a fraction."""
    has_slash: bool
    """Whether a stroke does, so that they may be a part of something."""
    is_padded: bool
    """Whether one of them has a zero before it, as only days and months have."""

    @property
    def is_day_first(self) -> bool:
        """Whether the day stands before the month."""
        return self.day == self.in_order[0]


class Run(NamedTuple):
    """Tokens with nothing between them but white space, a comma, a dash or a slash."""

    tokens: list[Token]
    codes: str
    parsed: dict[tuple[int, int], list[Any]]
    """What the grammar made of it so far, by place and depth: places are looked at again."""


def may_name_time(text: str, start: int, end: int, words: TimeWords) -> bool:
    """Tell whether a stretch has any word that a time cannot do without: most sentences do not."""
    spelled = _TOKEN.findall(text, start, end)
    return not words.anchors.isdisjoint(spelled) or bool(_DIGIT.search(text, start, end))


def find_runs(text: str, start: int, end: int, words: TimeWords) -> Iterator[Run]:
    """Yield the runs of a stretch that may hold a time, in order."""
    run: list[Token] = []
    for token in _tokens(text, start, end, words):
        if run:
            joint = _joint(text, run[-1], token.start)
            if joint is None or len(run) > _LONGEST_RUN:
                yield from _anchored(run)
                run = []
            elif joint:
                run.append(Token(joint, None, run[-1].end, token.start))
        run.append(_ordinal(text, token, run[-1:], words) if token.code == "n" else token)
    yield from _anchored(run)


def _ordinal(text: str, token: Token, before: list[Token], words: TimeWords) -> Token:
    """Return a number as an ordinal, where it is written so: *18. August*, *August 18*."""
    if words.dotted_ordinals and text[token.end : token.end + 1] == ".":
        return token._replace(code="o", end=token.end + 1)
    if words.month_first and before and before[0].code in _MONTH:
        return token._replace(code="o")
    return token


def _anchored(tokens: list[Token]) -> Iterator[Run]:
    codes = "".join([token.code for token in tokens])
    if not ANCHORS.isdisjoint(codes):
        yield Run(tokens, codes, {})


def _joint(text: str, before: Token, start: int) -> str | None:
    """Return the code of what stands between two tokens; None where they do not join."""
    if start - before.end == 1 and text[before.end] == " ":
        return ""
    if start - before.end > _LONGEST_JOINT:
        return None
    gap = text[before.end : start].strip()
    if gap[:1] == "." and _takes_stop(before):
        gap = gap[1:]
    return _JOINTS.get(gap)


def _takes_stop(token: Token) -> bool:
    return token.code in _ABBREVIATED and token.end - token.start <= _LONGEST_ABBREVIATION


def _tokens(text: str, start: int, end: int, words: TimeWords) -> Iterator[Token]:
    known, openers = words.words, words.phrase_openers
    skip_to = start
    for match in _TOKEN.finditer(text, start, end):
        spelled = match[0]
        begin = match.start()
        if begin < skip_to:
            continue
        phrase = _phrase(text, begin, words) if spelled in openers else None
        if phrase:
            skip_to = phrase.end
            yield phrase
            continue
        word = known.get(spelled)
        if word:
            yield Token(word.code, word.value, begin, match.end())
        elif not spelled[0].isalpha():
            yield from _of_digits(spelled, begin, words)
        elif spelled[-1].isdigit() and (quarter := _QUARTER.fullmatch(spelled)):
            yield Token("K", int(quarter[1]), begin, match.end())


def _phrase(text: str, begin: int, words: TimeWords) -> Token | None:
    """Return the longest phrase that begins here."""
    window = text[begin : begin + words.longest_phrase + 1].casefold()
    first = _TOKEN.match(window)
    for phrase, word in words.phrases.get(first[0] if first else "", ()):
        after = window[len(phrase) : len(phrase) + 1]
        if window.startswith(phrase) and not after.isalnum():
            return _of_word(word, begin, begin + len(phrase))
    return None


def _of_word(word: Word, begin: int, end: int) -> Token:
    return Token(word.code or ".", word.value, begin, end)


def _of_digits(spelled: str, begin: int, words: TimeWords) -> Iterator[Token]:
    """Yield what a token that begins with a digit or an apostrophe may be in a time."""
    end = begin + len(spelled)
    if spelled.isdecimal():
        code = _DIGITS.get(len(spelled))
        if code and (code != "y" or spelled[0] in "12"):
            yield Token(code, int(spelled), begin, end)
    elif decade := words.decade.fullmatch(spelled):
        code = _DIGITS[len(decade[1])]
        yield Token(code, int(decade[1]), begin, begin + decade.end(1))
        yield Token("g", "decade", begin + decade.end(1), end)
    elif spelled[0] in "'’‘":
        if len(spelled) == len("'70") and spelled[1:].isdecimal():
            yield Token("z", full_year(int(spelled[1:])), begin, end)
    elif ordinal := words.ordinal.fullmatch(spelled):
        yield Token("o", int(ordinal[1]), begin, end)
    elif found := _numeric(spelled, words):
        yield Token(*found, begin, end)
    elif (both := _RANGE.fullmatch(spelled)) and spelled[0] != "0":
        joint = begin + both.end(1)
        yield Token(_DIGITS[len(both[1])], int(both[1]), begin, joint)
        yield Token(_JOINTS[both[2]], None, joint, joint + 1)
        yield Token(_DIGITS[len(both[3])], int(both[3]), joint + 1, end)


def _numeric(spelled: str, words: TimeWords) -> tuple[str, Any] | None:
    """Return the code and the value of a date that is all digits."""
    if found := _DATE.fullmatch(spelled):
        if words.month_first and found[2] == "/" and _is_either(found[1], found[3]):
            return None
        when = _full_date(found[1], found[3], found[4], month_first=words.month_first)
        return ("X", when) if when else None
    if found := _YEAR_MONTH.fullmatch(spelled):
        number, year = int(found[2]), int(found[1])
        return ("Z", (year, number)) if 1 <= number <= _MONTHS else None
    if found := _MONTH_YEAR.fullmatch(spelled):
        number, year = int(found[1]), int(found[2])
        return ("Z", (year, number)) if 1 <= number <= _MONTHS else None
    if found := _DAY_MONTH.fullmatch(spelled):
        pair = _pair(found, month_first=words.month_first)
        return ("x", pair) if pair else None
    return None


def _pair(found: re.Match[str], *, month_first: bool) -> Pair | None:
    """Return two numbers with a mark between them that may be a day and a month."""
    first, second = int(found[1]), int(found[3])
    pair = _day_and_month(first, second, month_first=month_first)
    is_padded = "0" in {found[1][0], found[3][0]}
    if pair is None:
        return None
    return Pair(*pair, (first, second), found[2] == ".", found[2] == "/", is_padded)


def _is_either(first: str, second: str) -> bool:
    """Tell whether two numbers may be a day and a month in either order, by the country."""
    return int(first) <= _MONTHS and int(second) <= _MONTHS and int(first) != int(second)


def _full_date(first: str, second: str, third: str, *, month_first: bool) -> date | None:
    """Read three numbers: the year stands at an end, in four digits or, at the last, in two."""
    if len(first) == len("2016"):
        parts = int(first), int(second), int(third)
    elif len(first) <= len("16") and len(third) in {2, 4}:
        year = int(third) if len(third) == len("2016") else full_year(int(third))
        pair = _day_and_month(int(first), int(second), month_first=month_first)
        parts = (year, pair[1], pair[0]) if pair else (0, 0, 0)
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _day_and_month(first: int, second: int, *, month_first: bool) -> tuple[int, int] | None:
    """Return two numbers as a day and a month, in the usual order or the only one."""
    usual = (second, first) if month_first else (first, second)
    for day, month in (usual, usual[::-1]):
        try:
            date(2000, month, day)  # a year with all days
        except ValueError:
            continue
        return day, month
    return None


def full_year(two_digits: int) -> int:
    """Return the year that two digits tell."""
    return two_digits + (1900 if two_digits >= _SHORT_CENTURY_FROM else 2000)
