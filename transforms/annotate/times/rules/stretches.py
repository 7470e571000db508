"""Stretches between two times: *tussen 2014 en 2016*, *van 3 mei tot 5 juni*, *sinds 2014*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.times import readings
from knipsel.transforms.annotate.times.grammar import Parsed, parse
from knipsel.transforms.annotate.times.readings import WHOLES, Kind, TimeReading, composed
from knipsel.transforms.annotate.times.rules import counting
from knipsel.transforms.text import calendar_values as values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from knipsel.transforms.annotate.times.readings import Looks
    from knipsel.transforms.annotate.times.tokens import Run
    from knipsel.transforms.text.calendar_values import Value

_OPENERS = {"b": "etr-", "v": "tr-", "f": "tr-", "": "tr-"}
"""By the code of the word that opens a stretch, the codes of those between its ends."""
_BOUNDS: dict[str, Callable[[Value], Value]] = {
    "f": values.since, "t": values.until, "r": values.until, "N": values.after,
    "W": values.before, "q": values.approximate,
}  # fmt: skip
"""What a word before a time makes of it."""
_WEEK_AND_DAYS = re.compile("RU,?bDeD")
_ENDS = WHOLES | {"day", "span"}


def parse_stretch(run: Run, place: int) -> list[Parsed]:
    """Return what may begin at a token: stretches and single times, the longest first."""
    code = run.codes[place]
    found = [one for one in parse(run, place) if one.reading.alone]
    found += _between(run, place, "")
    if code in "bvf":
        found += _between(run, _behind(run, place), code)
    if code in _BOUNDS:
        found += _bounded(run, place)
    if code == "R":
        found += _between_weekdays(run, place)
    return sorted(found, key=lambda one: -one.end)


def _between_weekdays(run: Run, place: int) -> Iterator[Parsed]:
    """Yield the days of a week behind it: *volgende week tussen woensdag en vrijdag*."""
    week = _WEEK_AND_DAYS.match(run.codes, place)
    if not week:
        return
    container = counting.relative(run.tokens[place : place + 2])
    if container is None or container.unit != "week":
        return
    one, other = (
        composed(readings.weekday(token.value), container)
        for token in run.tokens[place : week.end()]
        if token.code == "D"
    )
    both = _stretch(one, other)
    if both is not None:
        yield Parsed(week.end(), both)


def _behind(run: Run, place: int) -> int:
    """Return the place behind a word and the article that follows it."""
    return place + 2 if run.codes[place + 1 : place + 2] == "d" else place + 1


def _bounded(run: Run, place: int) -> Iterator[Parsed]:
    opener = run.tokens[place]
    bound = _BOUNDS[opener.code]
    for one in parse(run, _behind(run, place)) if place + 1 < len(run.codes) else ():
        if one.reading.alone and one.reading.kind in {"absolute", "relative", "leaning"}:
            yield Parsed(one.end, _changed(one.reading, bound, opener.value))


def _changed(reading: TimeReading, change: Callable[[Value], Value], opener: str) -> TimeReading:
    """Return a time with a word before it; *sinds* looks back, *vanaf* rather ahead."""

    def resolve(ref: date, looks: Looks) -> Value:
        if opener == "since":
            looks = "back"
        elif opener == "from" and looks == "unknown":
            looks = "ahead"
        elif opener in {"to", "until"} and looks == "back":
            looks = "unknown"  # what held until then may still do
        return change(reading.resolve(ref, looks))

    return TimeReading(reading.kind, "span", resolve)


def _between(run: Run, place: int, opener: str) -> Iterator[Parsed]:
    """Yield the stretches whose first end begins at a token."""
    if place >= len(run.codes):
        return
    for one in parse(run, place):
        if one.reading.unit not in _ENDS or run.codes[one.end : one.end + 1] == "":
            continue
        if run.codes[one.end] in _OPENERS[opener]:
            for other in parse(run, _behind(run, one.end)):
                both = _stretch(one.reading, other.reading)
                if both is not None:
                    yield Parsed(other.end, both)
                    return


def _stretch(one: TimeReading, other: TimeReading) -> TimeReading | None:
    """Return the time from one to another: either may need the other for its year or month."""
    if other.unit not in _ENDS or {"in_text", "vague"} & {one.kind, other.kind}:
        return None
    if other.container and other.container.unit in one.accepts:
        one = composed(one, other.container)
    if not (one.alone or one.kind == "relative") or not (other.alone or other.kind == "relative"):
        return None

    def resolve(ref: date, looks: Looks) -> Value:
        return values.span(*_ends(one, other, ref, looks))

    return TimeReading(_kind(one, other), "span", resolve)


def _kind(one: TimeReading, other: TimeReading) -> Kind:
    kinds = {one.kind, other.kind}
    order: tuple[Kind, ...] = ("vague", "leaning", "relative", "absolute")
    return next(kind for kind in order if kind in kinds)


def _ends(one: TimeReading, other: TimeReading, ref: date, looks: Looks) -> tuple[Value, Value]:
    if one.within and one.kind == "leaning" and other.kind != "leaning":
        last = other.resolve(ref, looks)
        return _nearest(one, last.first, ref, before=last), last
    first = one.resolve(ref, looks)
    if other.within and other.kind == "leaning":
        return first, _nearest(other, first.first, ref, after=first)
    return first, other.resolve(ref, looks)


def _nearest(
    reading: TimeReading,
    near: date,
    ref: date,
    *,
    before: Value | None = None,
    after: Value | None = None,
) -> Value:
    """Return the last of its kind that ends before a value, or the first that follows one."""
    within = reading.within
    if within is None:
        raise ValueError("takes no container")
    unit = next(one for one in ("week", "month", "year") if one in reading.accepts)
    for shift in (0, -1) if before else (0, 1):
        found = within(values.containing(near, unit, shift), ref)
        if before and found.first <= before.first:
            return found
        if after and found.last >= after.first:
            return found
    raise ValueError("lies nowhere near")
