"""Whether words that may be a time are one where they stand: *in 1500* may be a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from knipsel.transforms.annotate.times.tokens import Pair, Run
    from knipsel.transforms.registers.annotations.times import TimeWords

_WINDOW = 32
_WORD_BEFORE = re.compile(r"([^\s(\[‘’“”\"]+)[\s‘’“”\"]*\Z")
_WORD_BEHIND = re.compile(r"\s*([^\W\d_]+(?:['’-][^\W\d_]+)*|\S)?")
_GLUED = re.compile(r"[-–/][^\W\d_]|[^\W_]|[%°€$£]|[.,:]\d")
_GLUED_BEFORE = re.compile(r"[^\W_][-–/&+.,:]?\Z|[€$£#@]\s?\Z")
_OPENS = re.compile(r"(?:\A|[.!?:…–\n(‘“\"•]\s*[‘’“”\"'(]*)\Z")
_ENDS = frozenset(".,;:!?)…")
_SURE_YEARS = range(1700, 2101)
"""Other numbers of four digits are seldom years, and need what a round number needs."""
_ROUND = 100
_LAST_RANK = 12
"""Up to here a place in a row is likelier than a day: *op de tweede*."""
_LAST_SCORE = 12
"""Two numbers of up to so much may be the goals of two teams as well as a day and a month."""
_ABOUT = "q"
_FRACTIONS = frozenset({(1, 3), (1, 4), (1, 5), (2, 5), (3, 5)})
_LAST_PART = 5
"""Fractions that texts write with a stroke have at most fifths."""
_FULL_YEAR = re.compile(r"\d{4}")
_BARE_YEARS = frozenset("y/-tefbrvdNqWYk")
"""The codes of a time that is nothing but years and what stands between them."""
_BRACKET = "("
_MONTH = frozenset("Mm")
_OPENERS = frozenset("tfbvrNW")
_TO = frozenset("tr")
"""The codes of what stands between the two ends of a stretch."""
_IN_A_ROW = re.compile(r"Dn[,e]")
"""Days of a month that stands further on: *maandag 15, dinsdag 16 en woensdag 17 maart*."""
_NUMBER_LAST = re.compile(r"[Mmy],?(?:[nk]|d?O)\Z")
_DATED = frozenset("noXx")


class _Place(NamedTuple):
    """The word with which a time begins, and those before and behind it, folded."""

    own: str
    previous: str
    following: str
    opens: bool
    """Whether a sentence, a quotation or a bracket begins with it."""


def is_time(text: str, run: Run, place: int, end: int, words: TimeWords, start: int) -> bool:  # noqa: PLR0917
    """Tell whether the tokens from ``place`` to ``end`` of a run are a time.

    ``start`` is where their block begins.
    """
    first, last = run.tokens[place], run.tokens[end - 1]
    before = text[max(start, first.start - _WINDOW) : first.start]
    behind = text[last.end : last.end + _WINDOW]
    if _GLUED.match(behind) or _GLUED_BEFORE.search(before):
        return False
    codes = run.codes[place:end]
    own = text[first.start : first.end].casefold()
    around = _around(own, before, behind, is_first=first.start == start)
    if _is_other(run, place, end, around, words):
        return False
    if codes in {"D", "T", "M", "m"}:
        return _is_word_of_time(text[first.start : first.end], run, place, around, words)
    return _numbers_fit(run, place, end, around, words)


def _is_other(run: Run, place: int, end: int, around: _Place, words: TimeWords) -> bool:
    """Tell whether the words around a time make it something else.

    That is one that comes again (*elke maandag*, *per week*), one that compares (*een jaar later
    dan gepland*), *de laatste dagen* of something, and a number of something (*in mei 20 man*).
    """
    codes = run.codes[place:end]
    return bool(
        (around.previous in words.blocking and codes[0] not in _DATED)
        or (around.previous in words.rating and codes[0] in "Ud")
        or (codes[-1] in "LB" and around.following in words.comparing)
        or (run.tokens[place].value == "final" and run.codes[end : end + 1] == "v")
        or (_NUMBER_LAST.search(codes) and not _ends_or_goes_on(around.following, words))
    )


def _is_word_of_time(word: str, run: Run, place: int, around: _Place, words: TimeWords) -> bool:
    """Tell whether one word alone is a time, and no name, nor counted: the second Sunday of it."""
    if place and run.codes[place] in "DMm" and run.codes[place - 1] in "noO":
        return False
    if _IN_A_ROW.match(run.codes, place):
        return False
    if run.codes[place] in _MONTH and word[:1].isupper() and word.casefold() in words.short_months:
        return False
    if run.codes[place] == "m":
        return around.previous in words.year_cues
    has_capital = word[:1].isupper() and word[:1].lower() + word[1:] in words.words
    return around.opens or not has_capital


def _numbers_fit(run: Run, place: int, end: int, around: _Place, words: TimeWords) -> bool:
    codes = run.codes[place:end]
    if codes in {"do", "dO"}:
        has_cue = around.previous in words.day_cues | words.year_cues
        is_day = codes == "do" or run.tokens[place + 1].value > _LAST_RANK
        return has_cue and is_day and _ends_or_goes_on(around.following, words)
    if codes[-1] in "xX" and around.following in words.counted:
        return False  # 06.30 uur
    is_number = codes[0] in "xX" and not _FULL_YEAR.search(around.own)
    if is_number and around.previous in words.numbering:
        return False  # versie 10.2.24
    if codes.lstrip(_ABOUT) == "x":
        pair = run.tokens[end - 1].value
        is_no_score = pair.is_day_first and pair.day > _LAST_SCORE
        has_cue = around.previous in words.day_cues and codes == "x" and _is_day(pair, words)
        return (has_cue or is_no_score) and _ends_or_goes_on(around.following, words)
    return _years_fit(run, place, end, around, words)


def _around(own: str, before: str, behind: str, *, is_first: bool) -> _Place:
    word_before, word_behind = _WORD_BEFORE.search(before), _WORD_BEHIND.match(behind)
    previous = word_before[1].casefold() if word_before else ""
    return _Place(
        own,
        _BRACKET if before.endswith(_BRACKET) and behind.startswith(")") else previous,
        (word_behind[1] or "").casefold() if word_behind else "",
        is_first or bool(_OPENS.search(before)),
    )


def _years_fit(run: Run, place: int, end: int, around: _Place, words: TimeWords) -> bool:
    """Tell whether the numbers of a time may be years."""
    codes = run.codes[place:end]
    if codes[-1] in "yko" and around.following in words.counted:
        return False
    if not _BARE_YEARS.issuperset(codes):
        return True
    has_cue = (
        codes[0] in _OPENERS
        or around.own in words.year_cues
        or len(codes) > len("Yk")
        or around.previous in words.year_cues
        or around.previous == _BRACKET
        or run.codes[max(0, place - 2) : place] in {"y,", "ye"}
        or (around.opens and around.following in words.round_followers)
    )
    years = [token.value for token in run.tokens[place:end] if token.code == "y"]
    is_stretch = not _TO.isdisjoint(codes[1:]) and len(years) > 1
    judged = [_is_year(number, around.following, words) for number in years]
    return has_cue and (any(judged) if is_stretch else all(judged))


def _is_year(number: int, following: str, words: TimeWords) -> bool:
    if number in _SURE_YEARS and number % _ROUND:
        return True
    return _ends_or_goes_on(following, words)


def _is_day(pair: Pair, words: TimeWords) -> bool:
    """Tell whether two small numbers behind *op* are a day and a month: *1-1* is a score.

    *1/2* is a half, and *2.5* a number with a fraction, where days have no point behind them.
    """
    if pair.is_padded:
        return True
    first, second = pair.in_order
    is_fraction = first == second - 1 or (first, second) in _FRACTIONS
    if pair.has_point:
        return words.dotted_ordinals
    return pair.has_slash and not (is_fraction and second <= _LAST_PART)


def _ends_or_goes_on(following: str, words: TimeWords) -> bool:
    """Tell whether nothing that is counted can stand behind a number."""
    return not following or following in _ENDS or following in words.round_followers
