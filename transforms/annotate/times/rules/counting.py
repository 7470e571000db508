"""Times that count from the article, or from a time of the text: *twee jaar geleden*."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.times import readings
from knipsel.transforms.annotate.times.readings import NoValueError, TimeReading, partial, vague
from knipsel.transforms.annotate.times.rules import naming, relatives
from knipsel.transforms.text import calendar_values as values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.annotate.times.readings import Looks
    from knipsel.transforms.annotate.times.tokens import Token
    from knipsel.transforms.text.calendar_values import Unit, Value

_UNITS = frozenset("UEg")
_COUNTS = frozenset("nkacVp")
_FINEST: tuple[Unit, ...] = (
    "day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century",
)  # fmt: skip
_HALF = 0.5


def relative(tokens: Sequence[Token]) -> TimeReading | None:
    """``vorige week``, ``afgelopen maandag``, ``deze zomer``, ``vrijdag jl.``."""
    which, named = tokens[0], tokens[-1]
    if which.code == "D":
        which, named = named, which
        if which.value in {"this", "that", "same"}:
            return None
    if named.code == "D":
        if which.value == "that":
            return None  # "de raad, die maandag zweeg"
        return relatives.relative_weekday(which.value, named.value)
    if named.code == "U":
        try:
            return relatives.relative_unit(which.value, named.value)
        except NoValueError:
            return None
    inner = {"M": naming.month, "S": naming.season, "H": naming.holiday}[named.code]([named])
    return relatives.relative_part_of_year(which.value, inner)


def after_next(tokens: Sequence[Token]) -> TimeReading | None:
    """``de week na de volgende``, ``de maand na volgende maand``."""
    units = {token.value for token in tokens if token.code == "U"}
    which = next(token.value for token in tokens if token.code == "R")
    return relatives.unit_after_next(units.pop()) if which == "next" and len(units) == 1 else None


def relative_part_of_day(tokens: Sequence[Token]) -> TimeReading | None:
    """``deze ochtend``, ``vorige nacht``; ``deze morgen`` is no day to come."""
    shift = {"this": 0, "last": -1, "past": -1, "coming": 1}.get(tokens[0].value)
    if shift is None:
        return None
    return readings.relative("day", lambda ref: values.containing(ref, "day", shift))


def relative_span(tokens: Sequence[Token]) -> TimeReading | None:
    """``de afgelopen drie weken``; without a number (``de komende dagen``) it has no value."""
    if tokens[0].value in {"this", "that", "same"}:
        return None
    count = _count(tokens[1]) if len(tokens) == len("RkU") else None
    if count is None:
        return vague()
    return relatives.relative_span(tokens[0].value, count, _unit(tokens[-1]))


def _count(token: Token) -> float | None:
    """Return a number; None for a vague one."""
    if token.code == "V":
        return None
    return _HALF if token.code == "p" else float(token.value)


def _unit(token: Token) -> Unit:
    unit: Unit = "year" if token.code == "g" else token.value
    return unit


def _period(tokens: Sequence[Token]) -> list[tuple[float, Unit]] | None:
    """Return the counts of a period with their units; None for a vague one."""
    found: list[tuple[float, Unit]] = []
    count: float | None = None
    whole = 0.0
    for token in tokens:
        if token.code == "V":
            return None
        if token.code == "e":
            whole = count or 0.0
        elif token.code == "p":
            count = whole + _HALF  # "twee en een half jaar"
        elif token.code in _COUNTS:
            count = _count(token)
        elif token.code in _UNITS and count is not None:
            found.append((count, _unit(token)))
            count = None
    return found or None


def _moved(when: date, period: list[tuple[float, Unit]], sign: int) -> date:
    for count, unit in sorted(period, key=lambda one: -_FINEST.index(one[1])):
        when = values.plus(when, unit, sign * count)
    return when


def _shifted(period: list[tuple[float, Unit]], sign: int, *, exactly: bool = False) -> TimeReading:
    """Return so long before or after: as fine as the finest unit that is counted, and about."""
    unit = min((unit for _, unit in period), key=_FINEST.index)
    if unit == "year" and any(count != int(count) for count, _ in period):
        unit = "month"
    unit = "month" if unit in {"quarter", "half"} else unit
    unit = "week" if unit == "weekend" else unit

    def of_day(ref: date) -> Value:
        when = _moved(ref, period, sign)
        if exactly or unit == "day":
            return values.day(when)
        return values.approximate(values.containing(when, "day" if unit == "week" else unit))

    return readings.relative("day" if unit == "week" or exactly else unit, of_day)


def ago(tokens: Sequence[Token]) -> TimeReading:
    """``twee jaar geleden``."""
    period = _period(tokens)
    return _shifted(period, -1, exactly=tokens[0].code == "P") if period else vague()


def ahead(tokens: Sequence[Token]) -> TimeReading | None:
    """``over drie weken``, ``twee dagen vanaf morgen``, ``twee maandagen later``."""
    period = _period(tokens)
    if not period:
        return vague() if tokens[0].code in "Ii" else None
    start = tokens[-1].value if tokens[-1].code == "T" else 0
    if not start:
        moved = _shifted(period, 1)
        return _only_ahead(moved.resolve) if tokens[0].code == "i" else moved
    return readings.relative(
        "day", lambda ref: values.day(_moved(ref + timedelta(start), period, 1))
    )


def later(tokens: Sequence[Token]) -> TimeReading:
    """``een dag later``, ``twee weken eerder``, ``het jaar ervoor``."""
    period = [(1.0, _unit(tokens[-2]))] if len(tokens) <= len("dUL") else None
    period = _period(tokens) or period
    if not period or len(period) > 1:
        return vague()
    sign = 1 if tokens[-1].code == "L" else -1
    return relatives.later(sign * period[0][0], period[0][1])


def weekday_ahead(tokens: Sequence[Token]) -> TimeReading | None:
    """``dinsdag over een week``."""
    period = _period(tokens[1:])
    if not period:
        return None
    number = tokens[0].value

    def of_day(ref: date) -> Value:
        coming = ref + timedelta((number - ref.weekday()) % values.WEEK)
        return values.day(_moved(coming, period, 1))

    return readings.relative("day", of_day)


def within(tokens: Sequence[Token]) -> TimeReading | None:
    """``binnen twee weken``: from the article's day on."""
    period = _period(tokens)
    if not period:
        return None

    return _only_ahead(lambda ref, _looks: values.days(ref, _moved(ref, period, 1)))


def _only_ahead(resolve: readings.Resolve) -> TimeReading:
    """Return a time that elsewhere than ahead is so long as something took."""

    def checked(ref: date, looks: Looks) -> Value:
        if looks not in {"ahead", "present"}:
            raise NoValueError
        return resolve(ref, looks)

    return TimeReading("leaning", "span", checked)


def rest(tokens: Sequence[Token]) -> TimeReading:
    """``de rest van de week``, ``later dit jaar``, ``eerder deze maand``."""
    is_past = tokens[0].code == "B"

    def in_whole(whole: Value, ref: date) -> Value:
        if not whole.first <= ref <= whole.last:
            raise NoValueError
        if is_past:
            return values.days(whole.first, max(whole.first, ref - timedelta(1)))
        return values.days(ref, whole.last)

    return partial(
        "span",
        ("week", "month", "season", "quarter", "year", "decade", "century"),
        in_whole,
        leads=True,
    )
