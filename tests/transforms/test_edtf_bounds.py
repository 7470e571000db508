"""The bounds of an EDTF value are what it says, and no finer than the evidence."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.text.edtf import date_bounds


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
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), "interval"),
        ("198X/199X", date(1980, 1, 1), date(1999, 12, 31), "interval"),
        ("199X~", date(1990, 1, 1), date(1999, 12, 31), "interval"),
        ("000X", None, None, "unknown"),
        ("2022-12/2023-01", date(2022, 12, 1), date(2023, 1, 31), "interval"),
        ("2022/..", date(2022, 1, 1), None, "interval"),
        ("../2022", None, date(2022, 12, 31), "interval"),
        ("2023/2022", None, None, "unknown"),
        ("2022-13", None, None, "unknown"),
        ("2022-02-30", None, None, "unknown"),
        ("2022-03-00", None, None, "unknown"),
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


def test_a_season_is_an_interval_and_no_month() -> None:
    bounds = date_bounds("2008-22")
    assert bounds.precision == "interval"
    assert (bounds.not_before, bounds.not_after) == (date(2008, 6, 1), date(2008, 8, 31))
    assert date_bounds("2008-13").precision == "unknown"
