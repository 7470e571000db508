"""What speaks for a day of publication, and what against it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from knipsel.transforms.describe.candidates.named_days import NOT_AFTER, NOT_BEFORE
from knipsel.transforms.describe.probability.page import latest_year
from knipsel.transforms.describe.probability.values import NAME_LINES, others_of, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.transforms.describe.probability.page import ArticlePage
    from knipsel.transforms.describe.probability.values import Value

WAYS = {
    "json_ld": {"json-ld"},
    "open_graph": {"opengraph"},
    "meta_tag": {"meta"},
    "time_element": {"time"},
    "guessed": {"trafilatura"},
    "address": {"url", "file_name", "path"},
    "date_line": {"date_line"},
    "byline": {"byline"},
    "signature": {"signature"},
    "name_line": {"name_line"},
    "likely_line": NAME_LINES - {"name_line"},
    "posted_line": {"posted_line"},
    "opening": {"opening_day"},
}
"""Ways of finding a day, by the methods of candidates."""
_ADDRESS = frozenset(WAYS["address"])
_DAY = len("2023-03-01")
_NEAR, _SEASON = 1, 60
"""Days between two that a time zone can make, and that an update soon after can."""
_FAR_BELOW, _FAR_ABOVE = 6, 10
_LONG_LINE = 90
_AROUND, _SERIES = 6, 4
"""Lines around a day, and how many of them name days where it is one of a list."""
_MOST_DAYS = 4
_FIRST_SITES = 2000
_YEARS_APART = 3
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})(?!\d)")
_MONTHS = 12


def known_of_day(value: Value, values: Sequence[Value], page: ArticlePage) -> dict[str, float]:
    """Return what is known of a day of publication, each from 0 to 1 or as a small number."""
    own = day_of(value.text)
    return {
        "markup": float(page.has_markup),
        **ways(value, WAYS),
        **_agreement(value, own, others_of(value, values)),
        **_beside(value, own, page),
        **_place(value, page),
        **_other_days(own, page),
        **_years(own, page),
        **_form(value),
    }


def day_of(value: str) -> date | None:
    """Return the day that a date in EDTF is, None where it is none."""
    try:
        return date.fromisoformat(value[:_DAY])
    except ValueError:
        return None


def _agreement(value: Value, own: date | None, others: Sequence[Value]) -> dict[str, float]:
    apart = [
        abs((other - own).days) for one in others if own and (other := day_of(one.text)) is not None
    ]
    in_address = not value.methods.isdisjoint(_ADDRESS)
    return {
        "printed_and_declared": float(value.is_declared and value.is_printed),
        "also_in_address": float(in_address and (value.is_declared or value.is_printed)),
        "another_near": float(any(days <= _NEAR for days in apart)),
        "another_soon": float(any(_NEAR < days <= _SEASON for days in apart)),
        "another_far": float(any(days > _SEASON for days in apart)),
        "another_declared": float(any(one.is_declared for one in others)),
        "another_printed": float(any(one.is_printed for one in others)),
        "another_in_address": float(any(not one.methods.isdisjoint(_ADDRESS) for one in others)),
    }


def _beside(value: Value, own: date | None, page: ArticlePage) -> dict[str, float]:
    """Return what other fields say of a day, and what cannot be."""
    changed = {one.value for one in page.found if one.field == "date_modified"}
    rejected = {
        one.value for one in page.found if one.field == "date_published" and one.rejection
    } - {value.text}
    given = {one.value for one in page.found if one.field == "date_published"}
    return {
        "month_only": float(own is None),
        "is_change": float(value.text in changed),
        "changed_before": float(any(one < value.text for one in changed)),
        "others_rejected": float(bool(rejected)),
        "days_given": float(min(_MOST_DAYS, len(given) - 1)),
        "out_of_bounds": float(_is_out_of_bounds(value.text, page)),
    }


def _is_out_of_bounds(value: str, page: ArticlePage) -> bool:
    """Say whether the text names days that do not go with one of publication."""
    return any(
        (one.field == NOT_AFTER and value[: len(one.value)] > one.value)
        or (one.field == NOT_BEFORE and value < one.value[: len(value)])
        for one in page.found
    )


def _place(value: Value, page: ArticlePage) -> dict[str, float]:
    at = page.nearest_line(value.candidates)
    if at is None:
        return {}
    block = page.blocks[at]
    is_below_headline = page.headline is not None and page.headline < at
    around = range(at - _AROUND, at + _AROUND + 1)
    return {
        "under_headline": float(is_below_headline and at < page.begin),
        "over_headline": float(page.headline is not None and at < page.headline),
        "within_text": float(page.begin <= at <= page.end),
        "far_below": float(at > page.end + _FAR_BELOW),
        "far_above": float(at < page.begin - _FAR_ABOVE),
        "in_long_line": float(len(block.text) > _LONG_LINE),
        "in_list": float(sum(one in around for one, _ in page.days) >= _SERIES),
    }


def _other_days(own: date | None, page: ArticlePage) -> dict[str, float]:
    """Return how a day lies to those that other lines name."""
    if own is None:
        return {}
    below = [day for at, day in page.days if at > page.end]
    above = [day for at, day in page.days if at <= page.end]
    return {
        "all_below_earlier": float(bool(below) and all((own - day).days > _NEAR for day in below)),
        "some_below_later": float(any(day > own for day in below)),
        "another_above": float(any(day != own for day in above)),
        "later_above": float(any(day > own for day in above)),
    }


def _years(own: date | None, page: ArticlePage) -> dict[str, float]:
    """Return how a day lies to the years that text and headline name."""
    if own is None:
        return {}
    latest, heading = page.latest_year, latest_year(_headline(page))
    gap = None if latest is None else own.year - latest
    return {
        "text_names_later_year": float(gap is not None and gap < 0),
        "text_ends_year_before": float(gap == 1),
        "text_ends_years_before": float(gap is not None and 1 < gap <= _YEARS_APART),
        "headline_names_later_year": float(heading is not None and heading > own.year),
        "before_sites": float(own.year < _FIRST_SITES),
    }


def _headline(page: ArticlePage) -> str:
    return page.blocks[page.headline].text if page.headline is not None else ""


def _form(value: Value) -> dict[str, float]:
    printed = [one.original or "" for one in value.candidates if one.start is not None]
    found = [match for text in printed if (match := _NUMERIC.search(text))]
    return {
        "in_numbers": float(bool(found)),
        "either_order": float(any(_has_two_readings(match) for match in found)),
    }


def _has_two_readings(found: re.Match[str]) -> bool:
    first, second = int(found[1]), int(found[2])
    return first != second and max(first, second) <= _MONTHS


def month_of(values: Iterable[tuple[str, float]], least: float) -> tuple[str, float] | None:
    """Return the month that is sure enough where no day is: days of one month add up.

    ``values`` are the days with their probabilities, which exclude each other. The probability
    of a month is at most 1.
    """
    months: dict[str, float] = {}
    for value, probability in values:
        if day_of(value):
            months[value[: len("2023-03")]] = months.get(value[: len("2023-03")], 0) + probability
    best = max(months.items(), key=lambda item: (item[1], item[0]), default=None)
    return (best[0], min(1.0, best[1])) if best and best[1] >= least else None
