"""Dates in words: what EDTF says, and the same in the views of a release."""

from __future__ import annotations

import duckdb
import pytest

from knipsel.transforms.text.edtf import date_bounds
from knipsel.transforms.text.edtf_words import date_in_words, plain_or_both
from knipsel.warehouse.release.views.dates import MONTH_PUBLISHED, YEAR_PUBLISHED, in_words

SAID = {
    "2023-03-10": "10 March 2023",
    "2022-12": "December 2022",
    "2025": "2025",
    "2022-21": "spring 2022",
    "2022-22": "summer 2022",
    "2022-24": "winter 2022",
    "2021-33": "between January and March 2021",
    "2021-05-03/2021-05-05": "between 3 and 5 May 2021",
    "2021-05-03/2021-06-01": "between 3 May and 1 June 2021",
    "2021-12-30/2022-01-02": "between 30 December 2021 and 2 January 2022",
    "2021-05/2021-06": "between May and June 2021",
    "2021-05/2021-05": "May 2021",
    "2021-12/2022-02": "between December 2021 and February 2022",
    "2019/2021": "between 2019 and 2021",
    "../2019": "before 2020",
    "../2020-04": "before May 2020",
    "../2020-04-03": "before 4 April 2020",
    "2020/..": "from 2020 on",
    "2020-04/..": "from April 2020 on",
    "2020-04-03/": "from 3 April 2020 on",
    "192X": "the 1920s",
    "19XX": "between 1900 and 1999",
    "2022-XX": "2022",
    "1920~": "about 1920",
    "1920-05?": "perhaps May 1920",
    "1920%": "perhaps about 1920",
}


def test_what_a_date_says_in_words() -> None:
    assert {edtf: date_in_words(edtf) for edtf in SAID} == SAID
    for nothing in (None, "", "10 maart 2023", "../9999-12-31", "2023-02-31"):
        assert date_in_words(nothing) is None


def test_the_views_say_the_same() -> None:
    values = ", ".join(
        f"({edtf!r}, {_sql(bounds.not_before)}, {_sql(bounds.not_after)})"
        for edtf in SAID
        for bounds in [date_bounds(edtf)]
    )
    said = f"(VALUES {values}) AS said(edtf, first, last)"
    query = f"SELECT edtf, {in_words('edtf', 'first', 'last')} FROM {said}"
    rows = duckdb.sql(query).fetchall()
    assert dict(rows) == SAID


def _sql(day: object) -> str:
    return f"DATE '{day}'" if day else "NULL::DATE"


@pytest.mark.parametrize(
    ("edtf", "month", "year"),
    [
        ("2023-03-10", "2023-03", 2023),
        ("2023-03", "2023-03", 2023),
        ("2023", None, 2023),
        ("2021-05-03/2021-05-05", "2021-05", 2021),
        ("2021-12/2022-02", None, None),
        ("../2019", None, None),
        ("192X", None, None),
    ],
)
def test_the_month_and_the_year_to_count_by(edtf: str, month: str | None, year: int | None) -> None:
    """Where the date is not known, what bounds it counts for nothing."""
    bounds = date_bounds(edtf)
    for value, expected in ((f"'{edtf}'", (month, year)), ("NULL", (None, None))):
        table = (
            f"(SELECT {value} AS date_published, {_sql(bounds.not_before)} AS "
            f"date_published_not_before, {_sql(bounds.not_after)} AS date_published_not_after)"
        )
        query = f"SELECT {MONTH_PUBLISHED}, {YEAR_PUBLISHED} FROM {table} AS articles"
        assert duckdb.sql(query).fetchone() == expected


def test_a_day_a_month_and_a_year_need_no_words() -> None:
    for plain in ("2023-03-10", "2023-03", "2023", None, "10 maart"):
        assert plain_or_both(plain) == plain
    assert plain_or_both("2022-22") == "2022-22 (summer 2022)"
