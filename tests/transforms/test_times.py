"""The time beside a date, as fine as it is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.parse.clock import find_time
from knipsel.transforms.parse.dates import find_dates
from tests.growth import assert_in_proportion

if TYPE_CHECKING:
    import datetime as dt

    from knipsel.transforms.registers.model import Registers


@pytest.mark.parametrize(
    ("text", "value", "zone"),
    [
        ("10 maart 2023 10:42", "10:42", None),
        ("10 maart 2023, 10.42 uur", "10:42", None),
        ("10 maart 2023 om 10.42", "10:42", None),
        ("10 maart 2023 - 10u42", "10:42", None),
        ("10 mars 2023 à 10h42", "10:42", None),
        ("10. März 2023 um 10 Uhr", "10", None),
        ("10. März 2023, 9:42 Uhr MEZ", "09:42+01:00", "MEZ"),
        ("10 марта 2023 г., 10:42", "10:42", None),
        ("March 10, 20236:01 PM", "18:01", None),
        ("March 10, 2023 at 6:01 p.m. ET", "18:01", "ET"),
        ("March 10, 2023, 6 PM EST", "18-05:00", "EST"),
        ("10 March 2023 12:30 am", "00:30", None),
        ("10 March 2023 12 PM", "12", None),
        ("10 March 2023 10:42 (CET)", "10:42+01:00", "CET"),
        ("10 March 2023 10:42 GMT", "10:42Z", "GMT"),
        ("10 March 2023 10:42 UTC+5:30", "10:42+05:30", "UTC+5:30"),
        ("2023-03-10T10:42:07+0100", "10:42:07+01:00", "+0100"),
        ("2023-03-10T10:42-05:00", "10:42-05:00", "-05:00"),
        ("2023-03-10T10:42:00.000Z", "10:42:00Z", "Z"),
        ("10 March 2023 10:42 - 3 min read", "10:42", None),
        ("10:42, 10 maart 2023", "10:42", None),
        ("10:4210 maart 2023", "10:42", None),
        ("10:42 uur, vrijdag 10 maart 2023", "10:42", None),
        ("6:01 PM (CET), Friday March 10, 2023", "18:01+01:00", "CET"),
    ],
)
def test_times(registers: Registers, text: str, value: str, zone: str | None) -> None:
    (found,) = find_dates(text, registers.lines.dates.months)
    beside = find_time(text, found, between=registers.lines.dates.weekdays)
    assert beside
    assert (beside.value, beside.zone) == (value, zone)
    assert beside.start >= found.end or beside.end <= found.start
    assert re.match(r"\d", text[beside.start : beside.end])


@pytest.mark.parametrize(
    "text",
    [
        "10 maart 2023",
        "10 maart 2023 10.42",
        "10 maart 2023 2h ago",
        "10 maart 2023 99:99",
        "10 maart 2023 10:425",
        "10 maart 2023. 10:42",
        "10 maart 2023 10:42-11:30",
        "10 maart 2023 5 min read",
        "10 maart 2023 by Anna 10:42",
        "10 maart 2023 | Updated 10:42",
    ],
)
def test_no_time_stands_beside(registers: Registers, text: str) -> None:
    (found,) = find_dates(text, registers.lines.dates.months)
    assert find_time(text, found) is None


def test_a_time_belongs_to_the_date_before_it(registers: Registers) -> None:
    text = "March 9, 2023 10:42 March 10, 2023"
    first, second = find_dates(text, registers.lines.dates.months)
    beside = find_time(text, first)
    assert beside
    assert beside.value == "10:42"
    assert find_time(text, second) is None


@given(
    moment=st.times(),
    style=st.sampled_from(["{d}, {t}", "{d}{t}", "{t} | {d}", "{d} ({t})", "{d} at {t}"]),
)
def test_a_printed_time_is_found_again(registers: Registers, moment: dt.time, style: str) -> None:
    text = style.format(d="10 maart 2023", t=f"{moment:%H:%M}")
    (found,) = find_dates(text, registers.lines.dates.months)
    beside = find_time(text, found)
    assert beside
    assert beside.value == text[beside.start : beside.end] == f"{moment:%H:%M}"


@given(before=st.text(max_size=20), after=st.text("0123456789 :.-+APMhurEST", max_size=20))
def test_no_text_beside_a_date_is_too_odd(registers: Registers, before: str, after: str) -> None:
    text = f"{before} 10 maart 2023 {after}"
    for found in find_dates(text, registers.lines.dates.months):
        beside = find_time(text, found)
        if beside:
            assert beside.end <= found.start or beside.start >= found.end
            assert int(beside.value[:2]) < 24


@pytest.mark.long
@pytest.mark.parametrize("piece", ["10:42 ", "at ", "10:42+", " ", "a", "1"])
def test_long_lines_take_linear_time(registers: Registers, piece: str) -> None:
    def find(text: str) -> None:
        for found in find_dates(text, registers.lines.dates.months):
            find_time(text, found)

    def around_a_date(size: int) -> str:
        return f"{piece * size}10 maart 2023 {piece * size}"

    assert_in_proportion(find, around_a_date, 4_000)
