"""How words make times: rules on their codes, the same for all languages.

A rule is a regular expression on the codes of a run (see `words.CODES`) and a function that
makes a reading of the tokens that it takes. What takes a container is put into the one before
or behind it afterwards (`parse`), so that no rule needs to list all forms of a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from knipsel.transforms.annotate.times.readings import TimeReading, composed
from knipsel.transforms.annotate.times.rules import counting, naming
from knipsel.transforms.annotate.times.tokens import Run, Token

COUNT = "[nkacV]"
_UNIT = "[UEg]"
_PERIOD = f"{COUNT}(?:ea?)?p?{_UNIT}(?:[,e]{{0,2}}{COUNT}{_UNIT}){{0,3}}"
_DAY = "d?[nokO]"
_YEAR = "(?:Yk?|kk|[yz])"
_WINDOW = 16
"""Tokens that a rule may take at most."""
_DEPTH = 4
"""Containers in containers: *18*, *augustus*, *van*, *dit jaar*."""
_TIE = re.compile(r"[,vi]?")


class _Rule(NamedTuple):
    codes: re.Pattern[str]
    build: Callable[[Sequence[Token]], TimeReading | None]


class Parsed(NamedTuple):
    """What the tokens up to ``end`` of a run mean."""

    end: int
    reading: TimeReading


_RULES = tuple(
    _Rule(re.compile(codes), build)
    for codes, build in (
        ("X|[Dw],?X|Z", naming.numeric),
        ("x,?y|[Dw],?x(?:,?y)?", naming.numeric_day),
        ("x(?!v?[Mm]|,?y)", naming.numeric_pair),
        (f"{_DAY}(?:[/-](?=[Mm]))?", naming.day_of_month),
        (
            f"[vf]?(?:{_DAY},){{0,4}}{_DAY}[tre-]{_DAY}|b{_DAY}[etr-]{_DAY}|[bvf]?x(?=v?[Mm])",
            naming.days_of_month,
        ),
        ("[Mm]", naming.month),
        (f"[Mm][/-]{_YEAR}|[Mm](?:z|kk|Yk?)", naming.month_of_year),
        ("D", naming.weekday),
        ("d?S", naming.season),
        ("Sv?y[/-][yn]", naming.season_of_two_years),
        ("H", naming.holiday),
        ("d?[oO]D|RD(?=v|M)", naming.nth_weekday),
        ("d?[oO][UE]|RU(?=v)|d?[oO]h(?=v)|d?[oO]pU", naming.nth_unit),
        ("K", naming.quarter),
        ("p-?", naming.part),
        ("d?U(?=v|M)|dU", naming.whole_unit),
        (f"{_YEAR}", naming.year),
        (f"d?U(?:{_YEAR}|[nc])", naming.numbered_unit),
        ("d?[UE]n[tre-]n", naming.weeks),
        ("y[/-][yn]", naming.two_years),
        ("y[/-]n|n[/-]y", naming.parted_month),
        ("Dn(?=[etr]Dn[Mm])", naming.day_of_month),
        (f"d?g(?:{_YEAR}|[kn])|d?(?:[yn]g|G)E?", naming.decade),
        ("[Tu]", naming.day_from_today),
        ("R[sT]", counting.relative_part_of_day),
        ("RU|RD|RM|RS|RH|DR", counting.relative),
        ("d?UNd?RU?", counting.after_next),
        (f"R{COUNT}?[Eg]|R(?:{COUNT}|p){_UNIT}", counting.relative_span),
        (f"P?{_PERIOD}A|Q{_PERIOD}", counting.ago),
        (f"[Ii]?{_PERIOD}[fvN][uT]|[Ii]{_PERIOD}", counting.ahead),
        (f"{_PERIOD}[LB]|d?U[LB]", counting.later),
        (f"DI{_PERIOD}", counting.weekday_ahead),
        (f"jd?R?{_PERIOD}", counting.within),
        ("[lLB]", counting.rest),
    )
)


@lru_cache(maxsize=8192)
def _matches(window: str) -> tuple[tuple[int, int], ...]:
    """Return the rules that match at the beginning of some codes, and how many they take."""
    found = ((number, rule.codes.match(window)) for number, rule in enumerate(_RULES))
    return tuple((number, match.end()) for number, match in found if match)


def parse(run: Run, place: int, depth: int = _DEPTH) -> list[Parsed]:
    """Return what may begin at a token of a run, the longest first."""
    key = place, depth
    if key not in run.parsed:
        run.parsed[key] = _parse(run, place, depth)
    return run.parsed[key]


def _parse(run: Run, place: int, depth: int) -> list[Parsed]:
    found: list[Parsed] = []
    for number, length in _matches(run.codes[place : place + _WINDOW]):
        end = place + length
        reading = _built(_RULES[number], run.tokens[place:end])
        if reading is not None:
            found.append(Parsed(end, reading))
    if depth:
        for one in tuple(found):
            _extend(run, one, depth, found)
        found += _dated(run, place, depth)
    return sorted(found, key=lambda one: -one.end)


def _built(rule: _Rule, tokens: Sequence[Token]) -> TimeReading | None:
    try:
        return rule.build(tokens)
    except ValueError:  # no such day, or outside the years that the calendar counts
        return None


def _extend(run: Run, one: Parsed, depth: int, found: list[Parsed]) -> None:
    """Add what a time and the one behind it make: either may be the other's container."""
    for other in _behind(run, one.end, depth):
        is_apart = run.codes[one.end] == ","
        both = _put_together(one.reading, other.reading, is_apart=is_apart)
        if both is not None:
            longer = Parsed(other.end, both)
            found.append(longer)
            if depth > 1:
                _extend(run, longer, depth - 1, found)
            return


def _behind(run: Run, end: int, depth: int) -> Iterator[Parsed]:
    """Yield what stands behind a time, with and without the words that tie the two."""
    tie = _TIE.match(run.codes, end)
    start = tie.end() if tie else end
    starts = (start, start + 1) if run.codes[start : start + 1] == "d" else (start,)
    for place in starts:
        if place < len(run.codes):
            yield from parse(run, place, depth - 1)


def _put_together(one: TimeReading, other: TimeReading, *, is_apart: bool) -> TimeReading | None:
    if "in_text" in {one.kind, other.kind}:
        return None
    if other.unit in one.accepts and _may_contain(one, other):
        return composed(one, other)
    leads = one.unit != "day" and not other.leads and (not is_apart or other.unit == "month")
    if leads and one.unit in other.accepts:
        return composed(other, one)
    return None


def _may_contain(one: TimeReading, other: TimeReading) -> bool:
    """Tell whether a time may have the one behind it as its container.

    A bare number is none, and *het jaar* only of what needs one: the end of the year.
    """
    if other.alone:
        return True
    return other.unit != "day" and not (one.alone and other.kind == "relative")


def _dated(run: Run, place: int, depth: int) -> list[Parsed]:
    """Return a date behind its weekday: *maandag 18 augustus*, *zaterdag de 23ste*."""
    weekday = _WEEKDAY.match(run.codes, place)
    if not weekday:
        return []
    number = run.tokens[weekday.start(1)].value
    return [
        Parsed(one.end, dated)
        for one in parse(run, weekday.end(), depth - 1)
        if (dated := naming.dated_weekday(number, run.tokens[weekday.end() : one.end], one.reading))
    ]


_WEEKDAY = re.compile(r"R?([Dw]),?(?=[dnokOM])")
