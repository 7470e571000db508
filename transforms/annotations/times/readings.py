"""What a time may mean, before it is known from which day it counts and where the text looks.

A reading gives a value for a day of reference. Most are put together: *18* is a day in a month,
*augustus* a month in a year, and *2025* the year: each of the first two takes a container.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from transforms.annotations.times import values
from transforms.annotations.times.values import Unit, Value

Looks = Literal["back", "ahead", "present", "unknown"]
"""Where a sentence looks, by its tense; in the present it rather looks ahead."""
Kind = Literal["absolute", "relative", "leaning", "in_text", "vague"]
"""*Leaning* is what depends on where the sentence looks, *in text* what counts from another time
of the text; a *vague* one has no value."""
Resolve = Callable[[date, Looks], Value]
Within = Callable[[Value, date], Value]

WHOLES: frozenset[Unit] = frozenset(
    {"week", "month", "season", "quarter", "half", "year", "decade", "century"}
)
_NEAREST_BACK = 240
"""Days back from which a date without any sign of tense is rather the next one: who means one of
last year says so."""
_LONG_GONE = 300
"""Days back from which a month or a feast is rather the next one, also in the past tense."""
_TOO_FAR_AHEAD, _JUST_GONE = 270, 95
"""Days ahead from which a day is rather the one that is just gone, also in the present tense."""
_SHORTEST_SEASON_GONE = 45
"""Days after its beginning from which a season may be called past."""
_SATURDAY = 5
_YEAR_TURNS = 10
"""The month from which *het komende jaar* is the next of the calendar."""
_YEARS_TRIED = range(-4, 5)
"""Years around the article's in which a date without a year is sought: so far, each day has one."""


class NoValueError(ValueError):
    """A time that has no value, such as the fifth Monday of a month that has four."""


class Reading(NamedTuple):
    """What a time means.

    ``accepts`` are the units of the containers that ``within`` takes; ``alone`` says whether it
    is a time without one, ``leads`` that it stands before it. ``container`` is the one it has.
    """

    kind: Kind
    unit: Unit
    resolve: Resolve
    accepts: frozenset[Unit] = frozenset()
    within: Within | None = None
    alone: bool = True
    leads: bool = False
    from_anchor: Callable[[Value], Value] | None = None
    container: Reading | None = None


def absolute(value: Value) -> Reading:
    """Return a time that means the same in any text."""
    return Reading("absolute", value.unit, lambda _ref, _looks: value)


def relative(unit: Unit, of_day: Callable[[date], Value]) -> Reading:
    """Return a time that counts from the day of the article."""
    return Reading("relative", unit, lambda ref, _looks: of_day(ref))


def vague() -> Reading:
    """Return a time without a value."""
    return Reading("vague", "span", _no_value)


def partial(
    unit: Unit,
    accepts: Iterable[Unit],
    within: Within,
    *,
    alone: bool = False,
    leads: bool = False,
    is_named: bool = False,
) -> Reading:
    """Return a time that takes a container; alone, it leans to the nearest year or month.

    ``is_named`` is for days with a name: like months, those without any sign of tense are not
    always past.
    """
    units = frozenset(accepts)
    if "year" in units:
        resolve = leaning_on_years(within, is_near=is_named or unit != "day")
    elif "month" in units:
        resolve = _leaning_on_months(within)
    else:
        resolve = _no_value
    return Reading("leaning", unit, resolve, units, within, alone, leads)


def composed(inner: Reading, container: Reading) -> Reading:
    """Return a time in its container: *18* in *augustus*, *vrijdag* in *volgende week*."""
    within = inner.within
    if within is None:
        raise ValueError("takes no container")
    outer = container.within

    def resolve(ref: date, looks: Looks) -> Value:
        return within(container.resolve(ref, looks), ref)

    if container.kind != "leaning" or outer is None:
        return Reading(container.kind, inner.unit, resolve, container=container)

    def both(whole: Value, ref: date) -> Value:
        return within(outer(whole, ref), ref)

    is_near = inner.unit != "day"
    lean = leaning_on_years(both, is_near=is_near) if "year" in container.accepts else resolve
    alone = container.alone or inner.unit == "day"
    return Reading("leaning", inner.unit, lean, container.accepts, both, alone, container=container)


def _no_value(_ref: date, _looks: Looks) -> Value:
    raise NoValueError


def leaning_on_years(
    within: Within,
    fits: Callable[[Value], bool] = lambda _value: False,
    *,
    is_near: bool = False,
) -> Resolve:
    """Return how to find the year: the last before the article, or the next where it looks ahead.

    ``fits`` says of which values of these years one is rather taken: those on a weekday. With
    ``is_near`` one that is long past is rather the next, where nothing shows the tense.
    """

    def resolve(ref: date, looks: Looks) -> Value:
        tried = _tried(within, (values.year(ref.year + shift) for shift in _YEARS_TRIED), ref)
        near = (value for value in tried if abs(value.first.year - ref.year) <= 1)
        fitting = [value for value in near if fits(value)] or tried
        return _lean(fitting, ref, looks, is_near=is_near)

    return resolve


def _leaning_on_months(within: Within) -> Resolve:
    def resolve(ref: date, looks: Looks) -> Value:
        months = (values.month(ref.year, ref.month + shift) for shift in (-2, -1, 0, 1, 2))
        return _lean(_tried(within, months, ref), ref, looks)

    return resolve


def _tried(within: Within, wholes: Iterable[Value], ref: date) -> list[Value]:
    found = []
    for whole in wholes:
        try:
            found.append(within(whole, ref))
        except ValueError:  # not every year has a 29th of February
            continue
    return found


def _lean(candidates: list[Value], ref: date, looks: Looks, *, is_near: bool = False) -> Value:
    """Return the value before or after the day; what is not said to be ahead is past."""
    past = max((one for one in candidates if one.first <= ref), default=None, key=_first)
    coming = min((one for one in candidates if one.last >= ref), default=None, key=_first)
    if past is None or coming is None:
        found = past or coming
        if found is None:
            raise NoValueError
        return found
    gone, ahead = (ref - past.last).days, (coming.first - ref).days
    if looks == "ahead":
        return coming
    if looks == "present":
        return past if ahead > _TOO_FAR_AHEAD and gone < _JUST_GONE else coming
    if looks == "unknown":
        return coming if gone > max(_NEAREST_BACK, ahead) else past
    return coming if is_near and gone > _LONG_GONE else past


def _first(value: Value) -> date:
    return value.first


def weekday(number: int) -> Reading:
    """Return a day of the week: the last one, the next one where the sentence looks ahead.

    On that very day it is that day: the press names the day on which it appears.
    """

    def resolve(ref: date, looks: Looks) -> Value:
        if looks in {"ahead", "present"}:
            return values.day(ref + timedelta((number - ref.weekday()) % values.WEEK))
        return values.day(ref - timedelta((ref.weekday() - number) % values.WEEK))

    return Reading("leaning", "day", resolve, frozenset({"week"}), _weekday_within(number))


def _weekday_within(number: int) -> Within:
    return lambda whole, _ref: values.nth_weekday(whole, number, 1)


def dated_weekday(number: int, inner: Reading) -> Reading:
    """Return a date without a year that names its weekday, which tells the year or the month."""
    within = inner.within
    if within is None:
        return inner
    if "year" not in inner.accepts:
        return Reading("leaning", "day", _month_of_weekday(number, within), inner.accepts, within)
    lean = leaning_on_years(within, lambda value: value.first.weekday() == number)
    return Reading("leaning", "day", lean, inner.accepts, within)


def _month_of_weekday(number: int, within: Within) -> Resolve:
    def resolve(ref: date, looks: Looks) -> Value:
        months = (values.month(ref.year, ref.month + shift) for shift in range(-12, 13))
        fit = [one for one in _tried(within, months, ref) if one.first.weekday() == number]
        if looks == "unknown":
            return min(fit, key=lambda one: abs((one.first - ref).days))
        return _lean(fit, ref, looks)

    return resolve


def relative_unit(which: str, unit: Unit) -> Reading:
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


def _relative_day(which: str) -> Reading:
    """Return *deze dag*, or a day that counts from one in the text."""
    shift = {"this": 0, "next": 1, "last": -1}.get(which)
    if shift is None:
        return vague()
    return _of_anchor("day", lambda anchor: _container_of(anchor, "day", shift), shift)


def _of_anchor(
    unit: Unit, from_anchor: Callable[[Value], Value], shift: int | None = None
) -> Reading:
    """Return a time that counts from another; ``shift`` is where it may count from the article."""

    def resolve(ref: date, looks: Looks) -> Value:
        if shift is None or looks not in {"ahead", "present"}:
            raise NoValueError
        return values.containing(ref, unit, shift)

    return Reading("in_text", unit, resolve, from_anchor=from_anchor)


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


def later(count: float, unit: Unit) -> Reading:
    """Return *twee weken later*: so many units after a time of the text."""
    if count != int(count):
        return vague()

    def from_anchor(anchor: Value) -> Value:
        if unit == "week":
            moved = values.plus(_container_of(anchor, "day", 0).first, "week", count)
            return values.approximate(values.day(moved))
        return _container_of(anchor, unit, int(count))

    return _of_anchor("day" if unit == "week" else unit, from_anchor)


def relative_weekday(which: str, number: int) -> Reading:
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


def relative_part_of_year(which: str, inner: Reading) -> Reading:
    """Return *afgelopen september*, *komende zomer*, *deze winter*, *vorige kerst*."""
    within = inner.within
    if within is None or which in {"that", "same"}:
        return vague()

    def of_day(ref: date) -> Value:
        years = (values.year(ref.year + shift) for shift in _YEARS_TRIED)
        tried = _tried(within, years, ref)
        if which == "this":
            return _this_part(tried, ref)
        if which in {"coming", "next"}:
            return min((one for one in tried if one.first > ref), key=_first)
        gone = (
            one
            for one in tried
            if one.last < ref
            or (one.unit == "season" and (ref - one.first).days > _SHORTEST_SEASON_GONE)
        )
        return max(gone, key=_first)

    return relative(inner.unit, of_day)


def _this_part(tried: list[Value], ref: date) -> Value:
    """Return the one that runs now, else the one of this year."""
    now = [one for one in tried if one.first <= ref <= one.last]
    return now[0] if now else next(one for one in tried if one.first.year == ref.year)


def relative_span(which: str, count: float, unit: Unit) -> Reading:
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
