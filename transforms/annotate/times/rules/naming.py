"""Times that name a place in the calendar: days, months, seasons, feasts, years, parts of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from knipsel.transforms.annotate.times import readings
from knipsel.transforms.annotate.times.readings import NoValueError, TimeReading, absolute, partial
from knipsel.transforms.text import calendar_values as values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.transforms.annotate.times.readings import Looks
    from knipsel.transforms.annotate.times.tokens import Token
    from knipsel.transforms.text.calendar_values import Part, Unit, Value

_MONTHLESS = frozenset("DTR")
_DECADE_CODES = frozenset("YykzcnG")
_YEAR_CODES = frozenset("Yykzc")
_DECADE, _CENTURY = 10, 100
_SPELLED_CENTURIES = range(11, 21)
_LAST_DAY, _LAST_WEEK = 31, 53
_LATEST_YEAR = 2199
_THIS_CENTURY_UNTIL = 10
"""*De jaren nul* and *tien* are of this century, *de jaren twintig* still of the last."""
_LONG: frozenset[Unit] = readings.WHOLES


def numeric(tokens: Sequence[Token]) -> TimeReading:
    """``18-08-2025``, and ``08-2025``."""
    value = tokens[-1].value
    return absolute(values.month(*value) if tokens[-1].code == "Z" else values.day(value))


def numeric_day(tokens: Sequence[Token]) -> TimeReading | None:
    """``vrijdag 18-08``, and ``18-08, 2025``; ``2.5, 2025`` is a fraction and a year."""
    pair = next(token.value for token in tokens if token.code == "x")
    if pair.has_point and tokens[0].code == "x":
        return None
    if tokens[-1].code == "y":
        return _dated(tokens[-1].value, pair.month, pair.day)
    return numeric_pair([token for token in tokens if token.code == "x"])


def numeric_pair(tokens: Sequence[Token]) -> TimeReading:
    """``18-08`` and ``18/8``."""
    pair = tokens[0].value

    def within(whole: Value, _ref: date) -> Value:
        return values.day(date(whole.first.year, pair.month, pair.day))

    return partial("day", ("year",), within, alone=True)


def _dated(year_number: int, month: int, day: int) -> TimeReading | None:
    try:
        return absolute(values.day(date(year_number, month, day)))
    except ValueError:
        return None


def day_of_month(tokens: Sequence[Token]) -> TimeReading | None:
    """``18`` in ``18 augustus``, and ``de 20e`` in ``de 20e van volgende maand``."""
    number = next(token.value for token in tokens if token.code in "nokO")
    if not 1 <= number <= _LAST_DAY or number != int(number):
        return None
    codes = "".join(token.code for token in tokens)
    return partial(
        "day",
        ("month",),
        lambda whole, _ref: _day_in(whole, int(number)),
        alone=codes in {"do", "dO"},
    )


def _day_in(whole: Value, number: int) -> Value:
    return values.day(whole.first.replace(day=number))


def days_of_month(tokens: Sequence[Token]) -> TimeReading | None:
    """``van 3 tot 5`` in ``van 3 tot 5 mei``, ``3, 4 en 5``; other rows are no stretch.

    Nor are fractions: ``anderhalf tot 3`` and ``2.5`` before a month.
    """
    if tokens[-1].code == "x":
        pair = tokens[-1].value
        numbers = [] if pair.has_point else list(pair.in_order)
    else:
        numbers = [token.value for token in tokens if token.code in "nokO"]
    days = [int(number) for number in numbers]
    if not days or days != numbers or not 1 <= days[0] < days[-1] <= _LAST_DAY:
        return None
    first, last = days[0], days[-1]
    is_row = tokens[0].code != "b" and any(token.code in ",e" for token in tokens)
    if is_row and days != list(range(first, last + 1)):
        return None
    return partial(
        "span",
        ("month",),
        lambda whole, _ref: values.span(_day_in(whole, first), _day_in(whole, last)),
    )


def month(tokens: Sequence[Token]) -> TimeReading:
    """``augustus``."""
    number = tokens[0].value
    return partial(
        "month",
        ("year",),
        lambda whole, _ref: values.month(whole.first.year, number),
        alone=True,
    )


def month_of_year(tokens: Sequence[Token]) -> TimeReading | None:
    """``augustus '99`` and ``juni negentien tachtig``."""
    year_number = year_of(tokens[1:])
    return absolute(values.month(year_number, tokens[0].value)) if year_number else None


def weekday(tokens: Sequence[Token]) -> TimeReading:
    """``vrijdag``."""
    return readings.weekday(tokens[0].value)


def dated_weekday(number: int, tokens: Sequence[Token], inner: TimeReading) -> TimeReading | None:
    """``maandag 18 augustus``; with a year the date stands for itself."""
    codes = "".join(token.code for token in tokens)
    if inner.unit != "day" or not _MONTHLESS.isdisjoint(codes):
        return None
    if inner.accepts == {"month"} and not (codes.endswith("o") or codes == "dO"):
        return None  # "vrijdag 13 doden"
    return inner if inner.kind == "absolute" else readings.dated_weekday(number, inner)


def season(tokens: Sequence[Token]) -> TimeReading:
    """``zomer``; ``in de zomer`` is one only where the sentence looks back or ahead."""
    number = tokens[-1].value

    def within(whole: Value, _ref: date) -> Value:
        return values.season(whole.first.year, number)

    reading = partial("season", ("year",), within, alone=len(tokens) > 1)
    usual = reading.resolve

    def resolve(ref: date, looks: Looks) -> Value:
        if looks not in {"back", "ahead"}:
            raise NoValueError
        return usual(ref, looks)

    return reading._replace(resolve=resolve)


def season_of_two_years(tokens: Sequence[Token]) -> TimeReading | None:
    """``winter 2019/2020``: the one that begins in the first year."""
    years = _two_years([token for token in tokens if token.code in "yn"])
    return absolute(values.season(years[0], tokens[0].value)) if years else None


def holiday(tokens: Sequence[Token]) -> TimeReading:
    """``kerst``."""
    day = tokens[0].value
    return partial(
        "day",
        ("year",),
        lambda whole, _ref: values.day(day.of_year(whole.first.year)),
        alone=True,
        is_named=True,
    )


def nth_weekday(tokens: Sequence[Token]) -> TimeReading | None:
    """``de eerste vrijdag`` of a month or year; ``laatste maandag``."""
    number = _ordinal(tokens)
    if number is None:
        return None
    day = tokens[-1].value
    return partial(
        "day", ("month", "quarter", "year"),
        lambda whole, _ref: values.nth_weekday(whole, day, number),
    )  # fmt: skip


def _ordinal(tokens: Sequence[Token]) -> int | None:
    """Return the number that an ordinal says; -1 for the last."""
    for token in tokens:
        if token.code in "oO":
            return int(token.value)
        if token.code == "R":
            return -1 if token.value == "final" else None
    return None


def nth_unit(tokens: Sequence[Token]) -> TimeReading | None:
    """``de derde week``, ``het tweede kwartaal``, ``de eerste helft``, ``de 19e eeuw``."""
    number, unit = _ordinal(tokens), tokens[-1].value
    if number is None:
        return None
    if any(token.code in "hp" for token in tokens):
        return _nth_half(number, tokens)
    if unit == "century":
        return absolute(values.century((number - 1) * _CENTURY)) if number > 0 else None
    if unit == "quarter" and number > 0:
        return _quarter(number)
    accepts = _CONTAINERS.get(unit)
    return (
        partial("day" if unit == "day" else unit, accepts, _nth_within(number, unit))
        if accepts
        else None
    )


_CONTAINERS: dict[str, tuple[Unit, ...]] = {
    "day": ("week", "month", "year"),
    "week": ("month", "year"),
    "weekend": ("month", "year"),
    "month": ("year",),
    "quarter": ("year",),
}


def _nth_within(number: int, unit: Unit) -> readings.Within:
    def within(whole: Value, _ref: date) -> Value:
        if unit == "week":
            return values.nth_week(whole, number)
        if unit == "weekend":
            return values.weekend(values.nth_weekday(whole, 5, number).first)
        last = number < 0
        start = whole.last if last else whole.first
        return values.containing(start, unit, number + 1 if last else number - 1)

    return within


def _nth_half(number: int, tokens: Sequence[Token]) -> TimeReading | None:
    if number not in {1, 2} or (tokens[-1].code == "U" and tokens[-1].value != "year"):
        return None

    def within(whole: Value, _ref: date) -> Value:
        if whole.unit == "year":
            return values.half(whole.first.year, number - 1)
        middle = whole.first + (whole.last - whole.first) / 2
        if number == 1:
            return values.days(whole.first, middle)
        return values.days(middle + timedelta(1), whole.last)

    return partial("half", ("month", "year", "decade", "century"), within)


def quarter(tokens: Sequence[Token]) -> TimeReading:
    """``K3``."""
    return _quarter(tokens[0].value)


def _quarter(number: int) -> TimeReading:
    return partial(
        "quarter", ("year",),
        lambda whole, _ref: values.quarter(whole.first.year, number - 1), alone=True,
    )  # fmt: skip


def part(tokens: Sequence[Token]) -> TimeReading:
    """``begin`` of a month, a week, a year."""
    which: Part = tokens[0].value
    return partial("span", _LONG, lambda whole, _ref: values.part(whole, which), leads=True)


def whole_unit(tokens: Sequence[Token]) -> TimeReading | None:
    """``de maand`` where something is said to be in it, and ``de week`` of a day."""
    unit: Unit = tokens[-1].value
    if unit == "day":
        return None
    if len(tokens) > 1:
        return TimeReading(
            "relative",
            unit,
            lambda ref, _looks: values.containing(ref, unit),
            alone=unit == "weekend",
        )
    return partial(unit, ("day",), lambda whole, _ref: values.containing(whole.first, unit))


def year_of(tokens: Sequence[Token]) -> int | None:
    """Return the year that digits or words say: ``2014``, ``'70``, ``negentien tachtig``."""
    numbers = [token.value for token in tokens if token.code in _YEAR_CODES]
    if not numbers:
        return None
    if len(numbers) == 1:
        number = numbers[0]
    elif tokens[0].code == "Y":
        number = numbers[0] + numbers[1] if numbers[0] % _CENTURY == 0 else 0
    else:
        is_year = numbers[0] in _SPELLED_CENTURIES and numbers[1] >= _DECADE
        number = numbers[0] * _CENTURY + numbers[1] if is_year else 0
    return int(number) if 0 < number <= _LATEST_YEAR and number == int(number) else None


def year(tokens: Sequence[Token]) -> TimeReading | None:
    """``2014``, ``'70``, ``negentien tachtig``."""
    number = year_of(tokens)
    if not number or tokens[0].code == "c":
        return None
    return absolute(values.year(number))


def numbered_unit(tokens: Sequence[Token]) -> TimeReading | None:
    """``het jaar 247``, ``week 31``."""
    unit = next(token.value for token in tokens if token.code == "U")
    rest = tokens[[token.code for token in tokens].index("U") + 1 :]
    if unit == "year":
        number = year_of(rest)
        return absolute(values.year(number)) if number and rest[0].code != "z" else None
    if unit != "week" or rest[0].code != "n" or not 1 <= rest[0].value <= _LAST_WEEK:
        return None
    number = rest[0].value
    return partial(
        "week", ("year",), lambda whole, _ref: values.nth_week(whole, number), alone=True
    )


def weeks(tokens: Sequence[Token]) -> TimeReading | None:
    """``week 11 tot en met 19``, ``de weken 33 en 34``; other rows are no stretch."""
    unit = next(token.value for token in tokens if token.code in "UE")
    first, last = (token.value for token in tokens if token.code == "n")
    is_row = any(token.code == "e" for token in tokens)
    if unit != "week" or not 1 <= first < last <= _LAST_WEEK or (is_row and last > first + 1):
        return None

    def within(whole: Value, _ref: date) -> Value:
        return values.span(values.nth_week(whole, first), values.nth_week(whole, last))

    return partial("span", ("year",), within, alone=True)


def parted_month(tokens: Sequence[Token]) -> TimeReading | None:
    """``2016 / 11`` and ``11 - 2016``, with a space on either side."""
    year_number = next(token.value for token in tokens if token.code == "y")
    number = next(token.value for token in tokens if token.code == "n")
    if not 1 <= number <= values.MONTHS or tokens[-1].start - tokens[0].end == 1:
        return None
    return absolute(values.month(year_number, number))


def two_years(tokens: Sequence[Token]) -> TimeReading | None:
    """``2014-2016``, ``2019/20``."""
    years = _two_years(tokens)
    return absolute(values.span(values.year(years[0]), values.year(years[1]))) if years else None


def _two_years(tokens: Sequence[Token]) -> tuple[int, int] | None:
    first, last = (token.value for token in tokens if token.code in "yn")
    if last < _CENTURY:
        last += first - first % _CENTURY
    return (first, last) if first < last <= _LATEST_YEAR else None


def decade(tokens: Sequence[Token]) -> TimeReading | None:
    """``de jaren negentig``, ``de jaren '70``, ``1990s``."""
    named = [token for token in tokens if token.code in _DECADE_CODES]
    number: Any = year_of(named) if len(named) > 1 else named[0].value
    if number is None or number % _DECADE or number != int(number):
        return None
    if number >= _CENTURY:
        return absolute(values.decade(int(number)))
    century = 2000 if number <= _THIS_CENTURY_UNTIL else 1900
    usual = values.decade(century + int(number))
    return TimeReading(
        "absolute", "decade", lambda _ref, _looks: usual, frozenset({"century"}),
        lambda whole, _ref: values.decade(whole.first.year + int(number)),
    )  # fmt: skip


def day_from_today(tokens: Sequence[Token]) -> TimeReading | None:
    """``gisteren``; ``nu`` only as the end of a stretch."""
    token = tokens[0]
    if token.code == "u":
        return TimeReading("relative", "day", lambda ref, _looks: values.day(ref), alone=False)
    offset = token.value
    return readings.relative("day", lambda ref: values.day(ref + timedelta(offset)))
