"""Dates: bounds are what the EDTF value says, and no finer than the evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import date_bounds, find_dates

if TYPE_CHECKING:
    from transforms.registers import Registers


@pytest.mark.parametrize(
    ("edtf", "first", "last", "precision"),
    [
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31), "month"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "year"),
        ("2023-03-10", date(2023, 3, 10), date(2023, 3, 10), "day"),
        ("2022-06-XX", date(2022, 6, 1), date(2022, 6, 30), "month"),
        ("2022-12~", date(2022, 12, 1), date(2022, 12, 31), "month"),
        ("202X", date(2020, 1, 1), date(2029, 12, 31), "interval"),
        ("2022-12/2023-01", date(2022, 12, 1), date(2023, 1, 31), "interval"),
        ("2022/..", date(2022, 1, 1), None, "interval"),
        ("../2022", None, date(2022, 12, 31), "interval"),
        ("2023/2022", None, None, "unknown"),
        ("2022-13", None, None, "unknown"),
        ("2022-02-30", None, None, "unknown"),
        ("0000", None, None, "unknown"),
        ("gisteren", None, None, "unknown"),
        ("", None, None, "unknown"),
        (None, None, None, "unknown"),
    ],
)
def test_bounds(edtf: str | None, first: date | None, last: date | None, precision: str) -> None:
    bounds = date_bounds(edtf)
    assert (bounds.not_before, bounds.not_after, bounds.precision) == (first, last, precision)


@given(st.dates(), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
def test_plain_values_are_as_the_library_reads_them(day: date, form: str) -> None:
    edtf = day.strftime(form).rjust(
        len(day.isoformat()[: {"%Y": 4, "%Y-%m": 7, "%Y-%m-%d": 10}[form]]), "0"
    )
    bounds, value = date_bounds(edtf), parse_edtf(edtf)
    assert bounds.not_before
    assert bounds.not_after
    assert bounds.not_before.timetuple()[:3] == tuple(value.lower_strict())[:3]
    assert bounds.not_after.timetuple()[:3] == tuple(value.upper_strict())[:3]


@given(st.dates(), st.integers(0, 2))
def test_bounds_are_never_finer_than_the_value(day: date, parts: int) -> None:
    edtf = "-".join(day.isoformat().split("-")[: parts + 1])
    bounds = date_bounds(edtf)
    assert bounds.precision == ("year", "month", "day")[parts]
    assert bounds.not_before
    assert bounds.not_after
    assert bounds.not_before <= day <= bounds.not_after
    assert (bounds.not_before == bounds.not_after) == (parts == 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 maart 2023", ["2023-03-10"]),
        ("March 10, 2023", ["2023-03-10"]),
        ("10. März 2023", ["2023-03-10"]),
        ("1er août 2020", ["2020-08-01"]),
        ("Dec. 2nd, 2025 at 10:30", ["2025-12-02"]),
        ("vr 3 mrt. 2023 en 2023-03-04T10:00", ["2023-03-03", "2023-03-04"]),
        ("december 2022", ["2022-12"]),
        ("2022-12", ["2022-12"]),
        ("10.03.2023", ["2023-03-10"]),
        ("10-03-2023", ["2023-03-10"]),
        ("13/04/2023", ["2023-04-13"]),
        ("04/13/2023", ["2023-04-13"]),
        ("3/4/2023", []),
        ("31 februari 2023", []),
        ("October 17, 20236:01 PM ET", ["2023-10-17"]),
        ("May 2nd 202511 mins", ["2025-05-02"]),
        ("October 17, 202366", []),
        ("in 2023 kwamen 10 vissen", []),
        ("020-1234 2022-123", []),
        ("2025年12月2日", ["2025-12-02"]),
    ],
)
def test_find_dates(registers: Registers, text: str, found: list[str]) -> None:
    assert [one.edtf for one in find_dates(text, registers.months)] == found


def test_a_season_is_an_interval_and_no_month() -> None:
    bounds = date_bounds("2008-22")
    assert bounds.precision == "interval"
    assert (bounds.not_before, bounds.not_after) == (date(2008, 6, 1), date(2008, 8, 31))
    assert date_bounds("2008-13").precision == "unknown"
