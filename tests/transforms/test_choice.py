"""Which candidate wins, and which cannot be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.describe.candidate import Candidate
from knipsel.transforms.describe.choice import REJECTIONS, choose, reject_dates, without_idle_bounds
from knipsel.transforms.describe.describe import _AUTHOR_LINES
from knipsel.transforms.describe.methods import METHODS, method_meaning, rejection_of
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from tests.transforms.metadata_articles import page, statements

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers


def _date(value: str, confidence: float = 0.9) -> Candidate:
    return Candidate("date_published", value, "byline", confidence)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2024-06-01", None),
        ("2024-06-02", None),  # it may be tomorrow elsewhere
        ("2024-06-03", "future"),
        ("2024-06", None),
        ("2024-07", "future"),
        ("2025", "future"),
        ("1942-05-01", "before_outlet"),
        ("1943", None),
        ("32 mei", "not_a_date"),
    ],
)
def test_dates_that_cannot_be(value: str, reason: str | None) -> None:
    (found,) = reject_dates([_date(value)], date(2024, 6, 1), 1943)
    assert found.rejection == reason


def test_a_rejected_date_is_not_chosen_and_keeps_its_reason() -> None:
    found = reject_dates([_date("2031-01-01"), _date("2023-01-01", 0.5)], date(2024, 6, 1), None)
    assert choose(found)["date_published"].value == "2023-01-01"
    row = found[0].statement("x-1", None, chosen=False)
    assert (row.method, row.confidence) == ("byline:future", 0.0)
    assert rejection_of(row.method) == REJECTIONS["future"]
    assert method_meaning(row.method) == METHODS["byline"]


def test_every_way_to_name_an_author_has_a_meaning() -> None:
    """Those that few lines are found by, too."""
    assert {*_AUTHOR_LINES, "agency"} <= set(METHODS)


def test_the_surest_wins_and_the_first_among_equals() -> None:
    rows = [_date("2023", 0.5), _date("2022", 0.9), _date("2021", 0.9)]
    assert choose(rows)["date_published"].value == "2022"


def test_a_page_with_a_date_to_come(registers: Registers) -> None:
    text = page("Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2033")
    document = process(RawDocument("a" * 64, "x.txt", text.encode(), date(2024, 6, 1)), registers)
    assert document.articles[0].date_published is None
    methods = {one.method for one in statements(document, "date_published")}
    assert methods == {"date_line:future"}


def test_a_date_before_the_outlet(registers: Registers) -> None:
    text = page("Een kade van hout", "Anna de Boer, Trouw, 10 maart 1823")
    document = process(RawDocument("a" * 64, "x.txt", text.encode()), registers)
    assert document.articles[0].date_published is None
    methods = {one.method for one in statements(document, "date_published")}
    assert methods == {"signature:before_outlet"}


def test_what_a_person_states_stands() -> None:
    stated = Candidate("date_published", "2031", "sidecar", 1.0)
    assert reject_dates([stated], date(2024, 6, 1), 1943) == [stated]


def test_bounds_count_only_where_they_bound() -> None:
    first, last = (
        Candidate(field, day, "named_as_past", 0.3)
        for field, day in (("first", "2024-01-01"), ("last", "2025-01-01"))
    )
    both = {"first": first, "last": last}
    assert without_idle_bounds(both, "first", "last") == both
    assert without_idle_bounds(
        {**both, "date_published": _date("2024")}, "first", "last"
    ).keys() == {"date_published"}
    assert without_idle_bounds({"first": last, "last": first}, "first", "last") == {}


def test_of_two_days_in_a_byline_the_earlier_is_that_of_publication(registers: Registers) -> None:
    line = "May 21, 2023April 24, 2023 by Anna Boer"
    text = page(f"A quay of wood\n\n{line}")
    document = process(RawDocument("a" * 64, "x.txt", text.encode()), registers)
    assert document.articles[0].date_published == "2023-04-24"
    assert [one.value for one in statements(document, "date_modified")] == ["2023-05-21"]
