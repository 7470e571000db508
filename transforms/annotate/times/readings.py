"""What a time may mean, before it is known from which day it counts and where the text looks.

A reading gives a value for a day of reference. Most are put together: *18* is a day in a month,
*augustus* a month in a year, and *2025* the year: each of the first two takes a container.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from knipsel.transforms.text import calendar_values as values
from knipsel.transforms.text.calendar_values import Unit, Value

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
_MUCH_NEARER = 0.6
"""What a month or a feast that is gone may be away, as a part of the next, to be meant in the
present tense."""
YEARS_TRIED = range(-4, 5)
"""Years around the article's in which a date without a year is sought: so far, each day has one."""


class NoValueError(ValueError):
    """A time that has no value, such as the fifth Monday of a month that has four."""


class TimeReading(NamedTuple):
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
    container: TimeReading | None = None


def absolute(value: Value) -> TimeReading:
    """Return a time that means the same in any text."""
    return TimeReading("absolute", value.unit, lambda _ref, _looks: value)


def relative(unit: Unit, of_day: Callable[[date], Value]) -> TimeReading:
    """Return a time that counts from the day of the article."""
    return TimeReading("relative", unit, lambda ref, _looks: of_day(ref))


def vague() -> TimeReading:
    """Return a time without a value."""
    return TimeReading("vague", "span", _no_value)


def partial(
    unit: Unit,
    accepts: Iterable[Unit],
    within: Within,
    *,
    alone: bool = False,
    leads: bool = False,
    is_named: bool = False,
) -> TimeReading:
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
    return TimeReading("leaning", unit, resolve, units, within, alone, leads)


def composed(inner: TimeReading, container: TimeReading) -> TimeReading:
    """Return a time in its container: *18* in *augustus*, *vrijdag* in *volgende week*."""
    within = inner.within
    if within is None:
        raise ValueError("takes no container")
    outer = container.within

    def resolve(ref: date, looks: Looks) -> Value:
        return within(container.resolve(ref, looks), ref)

    if container.kind != "leaning" or outer is None:
        return TimeReading(container.kind, inner.unit, resolve, container=container)

    def both(whole: Value, ref: date) -> Value:
        return within(outer(whole, ref), ref)

    # Who tells in the past of the end of a month means one that is gone, however long.
    is_near = inner.unit not in {"day", "span"}
    lean = leaning_on_years(both, is_near=is_near) if "year" in container.accepts else resolve
    alone = container.alone or inner.unit == "day"
    return TimeReading(
        "leaning", inner.unit, lean, container.accepts, both, alone, container=container
    )


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
        tried = tried_within(within, (values.year(ref.year + shift) for shift in YEARS_TRIED), ref)
        near = (value for value in tried if abs(value.first.year - ref.year) <= 1)
        fitting = [value for value in near if fits(value)] or tried
        return _lean(fitting, ref, looks, is_near=is_near)

    return resolve


def _leaning_on_months(within: Within) -> Resolve:
    def resolve(ref: date, looks: Looks) -> Value:
        months = (values.month(ref.year, ref.month + shift) for shift in (-2, -1, 0, 1, 2))
        return _lean(tried_within(within, months, ref), ref, looks)

    return resolve


def tried_within(within: Within, wholes: Iterable[Value], ref: date) -> list[Value]:
    """Return the values of a time in each container that has it."""
    found = []
    for whole in wholes:
        try:
            found.append(within(whole, ref))
        except ValueError:  # not every year has a 29th of February
            continue
    return found


def _lean(candidates: list[Value], ref: date, looks: Looks, *, is_near: bool = False) -> Value:
    """Return the value before or after the day; what is not said to be ahead is past."""
    past = max((one for one in candidates if one.first <= ref), default=None, key=first_day)
    coming = min((one for one in candidates if one.last >= ref), default=None, key=first_day)
    if past is None or coming is None:
        found = past or coming
        if found is None:
            raise NoValueError
        return found
    gone, ahead = (ref - past.last).days, (coming.first - ref).days
    if looks == "ahead":
        return coming
    if looks == "present":
        is_nearer = is_near and gone < ahead * _MUCH_NEARER
        is_gone = is_nearer or (ahead > _TOO_FAR_AHEAD and gone < _JUST_GONE)
        return past if is_gone else coming
    if looks == "unknown":
        return coming if gone > max(_NEAREST_BACK, ahead) else past
    return coming if is_near and gone > _LONG_GONE else past


def first_day(value: Value) -> date:
    """Return the first day of a value, by which values are put in order."""
    return value.first


def weekday(number: int) -> TimeReading:
    """Return a day of the week: the last one, the next one where the sentence looks ahead.

    On that very day it is that day: the press names the day on which it appears.
    """

    def resolve(ref: date, looks: Looks) -> Value:
        if looks in {"ahead", "present"}:
            return values.day(ref + timedelta((number - ref.weekday()) % values.WEEK))
        return values.day(ref - timedelta((ref.weekday() - number) % values.WEEK))

    return TimeReading("leaning", "day", resolve, frozenset({"week"}), _weekday_within(number))


def _weekday_within(number: int) -> Within:
    return lambda whole, _ref: values.nth_weekday(whole, number, 1)


def dated_weekday(number: int, inner: TimeReading) -> TimeReading:
    """Return a date without a year that names its weekday, which tells the year or the month."""
    within = inner.within
    if within is None:
        return inner
    if "year" not in inner.accepts:
        return TimeReading(
            "leaning", "day", _month_of_weekday(number, within), inner.accepts, within
        )
    lean = leaning_on_years(within, lambda value: value.first.weekday() == number)
    return TimeReading("leaning", "day", lean, inner.accepts, within, container=inner.container)


def _month_of_weekday(number: int, within: Within) -> Resolve:
    def resolve(ref: date, looks: Looks) -> Value:
        months = (values.month(ref.year, ref.month + shift) for shift in range(-12, 13))
        fit = [one for one in tried_within(within, months, ref) if one.first.weekday() == number]
        if looks == "unknown":
            return min(fit, key=lambda one: abs((one.first - ref).days))
        return _lean(fit, ref, looks)

    return resolve
