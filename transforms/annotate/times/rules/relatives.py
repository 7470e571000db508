"""Times that a word puts before or behind the article, or another time: *vorige week*."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from knipsel.transforms.annotate.times.readings import (
    YEARS_TRIED,
    Looks,
    NoValueError,
    TimeReading,
    first_day,
    relative,
    tried_within,
    vague,
)
from knipsel.transforms.text import calendar_values as values
from knipsel.transforms.text.calendar_values import Unit, Value

_SHORTEST_SEASON_GONE = 45
"""Days after its beginning from which a season may be called past."""
_SATURDAY = 5
_YEAR_TURNS = 10
"""The month from which *het komende jaar* is the next of the calendar."""


def relative_unit(which: str, unit: Unit) -> TimeReading:
    """Return *vorige week*, *dit jaar*, *komend weekend*, *de volgende dag*, *dat jaar*."""
    if which in {"that", "same"}:
        return _of_anchor(unit, lambda anchor: _container_of(anchor, unit, 0))
    if unit == "day":
        return _relative_day(which)
    if unit == "year" and which in {"past", "coming"}:
        return relative(unit, lambda ref: _rolling_year(which, ref))
    if which == "final":
        raise NoValueError
    return relative(unit, lambda ref: values.containing(ref, unit, _shift(which, unit, ref)))


def unit_after_next(unit: Unit) -> TimeReading:
    """Return *de week na de volgende*."""
    return relative(unit, lambda ref: values.containing(ref, unit, 2))


def _shift(which: str, unit: Unit, ref: date) -> int:
    """Return how many units away a relative word points."""
    is_weekend = ref.weekday() >= _SATURDAY
    if which == "this":
        return 0
    if which == "last":
        return -1
    if which == "past":
        # On a Sunday "afgelopen week" is the one that ends.
        return 0 if unit == "week" and is_weekend else -1
    return 0 if which == "coming" and unit == "weekend" and not is_weekend else 1


def _rolling_year(which: str, ref: date) -> Value:
    """Return *het afgelopen jaar*, *het komende jaar*.

    Near its turn that is a year of the calendar, else twelve months.
    """
    if which == "past":
        if ref.month in {1, 2, 3, values.MONTHS}:
            return values.year(ref.year - (ref.month < values.MONTHS))
        return values.days(values.plus(ref, "year", -1), ref - timedelta(1))
    if ref.month >= _YEAR_TURNS:
        return values.year(ref.year + 1)
    return values.days(ref + timedelta(1), values.plus(ref, "year", 1))


def _relative_day(which: str) -> TimeReading:
    """Return *deze dag*, or a day that counts from one in the text."""
    shift = {"this": 0, "next": 1, "last": -1}.get(which)
    if shift is None:
        return vague()
    return _of_anchor("day", lambda anchor: _container_of(anchor, "day", shift), shift)


def _of_anchor(
    unit: Unit, from_anchor: Callable[[Value], Value], shift: int | None = None
) -> TimeReading:
    """Return a time that counts from another; ``shift`` is where it may count from the article."""

    def resolve(ref: date, looks: Looks) -> Value:
        if shift is None or looks not in {"ahead", "present"}:
            raise NoValueError
        return values.containing(ref, unit, shift)

    return TimeReading("in_text", unit, resolve, from_anchor=from_anchor)


_FINENESS: tuple[Unit, ...] = (
    "day",
    "week",
    "month",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
)


def _container_of(anchor: Value, unit: Unit, shift: int) -> Value:
    """Return the unit in which another time lies, or one that many away; it must be as fine."""
    wanted = _FINENESS.index("week" if unit == "weekend" else unit)
    if anchor.unit not in _FINENESS or _FINENESS.index(anchor.unit) > wanted:
        raise NoValueError
    return values.containing(anchor.first, unit, shift)


def later(count: float, unit: Unit) -> TimeReading:
    """Return *twee weken later*: so many units after a time of the text."""
    if count != int(count):
        return vague()

    def from_anchor(anchor: Value) -> Value:
        if unit == "week" and anchor.unit == "week":
            return values.containing(anchor.first, unit, int(count))
        if unit == "week":
            moved = values.plus(_container_of(anchor, "day", 0).first, "week", count)
            return values.approximate(values.day(moved))
        return _container_of(anchor, unit, int(count))

    return _of_anchor("day" if unit == "week" else unit, from_anchor)


def relative_weekday(which: str, number: int) -> TimeReading:
    """Return *afgelopen maandag*, *komende vrijdag*, *volgende zondag*, *die dinsdag*."""
    if which == "same":
        return _of_anchor("day", lambda anchor: _weekday_of(anchor, number))

    def of_day(ref: date) -> Value:
        if which in {"last", "past", "final"}:
            return values.day(ref - timedelta((ref.weekday() - number - 1) % values.WEEK + 1))
        if which == "coming":
            return values.day(ref + timedelta((number - ref.weekday() - 1) % values.WEEK + 1))
        week = values.containing(ref, "week", 1 if which == "next" else 0)
        return values.nth_weekday(week, number, 1)

    return relative("day", of_day)


def _weekday_of(anchor: Value, number: int) -> Value:
    return values.nth_weekday(_container_of(anchor, "week", 0), number, 1)


def relative_part_of_year(which: str, inner: TimeReading) -> TimeReading:
    """Return *afgelopen september*, *komende zomer*, *deze winter*, *vorige kerst*."""
    within = inner.within
    if within is None or which in {"that", "same"}:
        return vague()

    def of_day(ref: date) -> Value:
        years = (values.year(ref.year + shift) for shift in YEARS_TRIED)
        tried = tried_within(within, years, ref)
        if which == "this":
            return _this_part(tried, ref)
        if which in {"coming", "next"}:
            return min((one for one in tried if one.first > ref), key=first_day)
        gone = (
            one
            for one in tried
            if one.last < ref
            or (one.unit == "season" and (ref - one.first).days > _SHORTEST_SEASON_GONE)
        )
        return max(gone, key=first_day)

    return relative(inner.unit, of_day)


def _this_part(tried: list[Value], ref: date) -> Value:
    """Return the one that runs now, else the nearest: *deze winter* in May is the one before."""
    return min(tried, key=lambda one: max((one.first - ref).days, (ref - one.last).days, 0))


def relative_span(which: str, count: float, unit: Unit) -> TimeReading:
    """Return *de afgelopen drie weken*, *komende 3 dagen*: up to yesterday, from tomorrow on."""
    if which in {"this", "that", "same"}:
        raise NoValueError
    is_past = which in {"last", "past", "final"}
    if unit in {"decade", "century"}:
        begin, end = (-int(count), -1) if is_past else (1, int(count))
        return relative(
            "span",
            lambda ref: values.span(
                values.containing(ref, unit, begin), values.containing(ref, unit, end)
            ),
        )

    def of_day(ref: date) -> Value:
        if is_past:
            return values.days(values.plus(ref, unit, -count), ref - timedelta(1))
        return values.days(ref + timedelta(1), values.plus(ref, unit, count))

    return relative("span", of_day)
