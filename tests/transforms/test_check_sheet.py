"""The sheet: what is written comes back to the character, and each wrong cell is named."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.checks.fields import CHECKABLE, checkable
from knipsel.transforms.checks.sheet import COLUMNS, Cell, DrawnValue, Mark, SheetError, read_marks
from knipsel.transforms.checks.workbook import as_csv, as_xlsx, read_sheet
from knipsel.transforms.text.cells import exact_text, written_text

VERDICTS = ("right", "wrong", "unknown")
ARTICLE = "0123456789abcdef-1"
DRAWN = DrawnValue("000003", checkable("date_published"), ARTICLE, "De Streekbode", 10, 1_200)
VALUE = "2022-12"
CHECK = DRAWN.check_id("0a1b2c3d", VALUE)
KNOWN = {("000003", "date_published", ARTICLE): VALUE}
Written = Callable[[Sequence[Sequence[str]]], bytes]


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    return as_xlsx(COLUMNS, rows, {"verdict": VERDICTS})


def csv(rows: Sequence[Sequence[str]]) -> bytes:
    return as_csv(COLUMNS, rows)


def line(**cells: str) -> list[str]:
    """Return a line of the sheet, as it was drawn but for some cells."""
    drawn = {
        "field": "date_published",
        "value": VALUE,
        "headline": "=cmd|' /C calc'!A0",
        "check_id": CHECK,
        "release_version": "000003",
        "row_key": ARTICLE,
        "stratum": "De Streekbode",
        "drawn": "10",
        "population": "1200",
    }
    return [{**drawn, **cells}.get(name, "") for name in COLUMNS]


def marks(*lines: Sequence[str], written: Written = xlsx) -> tuple[list[Mark], int]:
    return read_marks(read_sheet(written(lines)))


@pytest.mark.parametrize("written", [xlsx, csv])
def test_marks_come_back(written: Written) -> None:
    other = DRAWN.check_id("0a1b2c3d", None)
    third = DRAWN.check_id("ffffffff", None)
    found, still_open = marks(
        line(verdict="Right"),
        line(right_value="2022-11", check_id=other, value=""),
        line(check_id=third),
        written=written,
    )
    assert still_open == 1
    assert [(one.line, one.verdict, one.right_value) for one in found] == [
        (2, "right", None),
        (3, "wrong", "2022-11"),
    ]
    assert [one.sealed_value({}) for one in found] == [VALUE, None]
    assert {one.drawn for one in found} == {DRAWN}


def test_nothing_in_it_is_a_formula() -> None:
    """A workbook has texts alone, in cells that are text; CSV has apostrophes."""
    rows = [line(value="=1+1"), line(value="2022-12"), line(value="+3\x00")]
    with zipfile.ZipFile(BytesIO(xlsx(rows))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 4 * len(COLUMNS)
    assert styles.count('numFmtId="49"') == 2
    text = csv(rows).decode("utf-8-sig")
    assert ",'=1+1," in text
    assert ",'2022-12," in text
    assert ",'=cmd|" in text


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert xlsx([line()]) == xlsx([line()])


@given(st.text(max_size=50))
def test_cells_of_csv_are_written_and_read_back(text: str) -> None:
    assert written_text(exact_text(text)) == text


@pytest.mark.parametrize("text", ["2022-12", "000003", "1e5", "3/4", "WAAR", "dec 22", "-5"])
def test_what_a_spreadsheet_would_change_is_guarded(text: str) -> None:
    assert exact_text(text) == f"'{text}"


def test_text_stays_as_it_is() -> None:
    assert exact_text("De minister sprak") == "De minister sprak"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"verdict": "rigth"}, "Line 2, verdict: 'rigth' is none of right, wrong, unknown."),
        ({"right_value": "Dec-22"}, "Line 2, right_value: date_published: 'Dec-22' is no date"),
        (
            {"verdict": "unknown", "right_value": "2022"},
            "Line 2, value: the line is marked unknown, and has another value that is right.",
        ),
        ({"verdict": "right", "drawn": "ten"}, "Line 2, drawn: 'ten' is no number of rows"),
        ({"verdict": "right", "field": "date"}, "Line 2, field: 'date' is nothing that is"),
        (
            {"field": "topic", "right_value": "peace"},
            "Line 2, value: of a topic none is asked: mark it right, wrong or unknown.",
        ),
    ],
)
def test_a_wrong_cell_is_named(cells: Mapping[str, str], problem: str) -> None:
    with pytest.raises(SheetError) as raised:
        marks(line(**cells))
    assert raised.value.problems[0].startswith(problem)


def test_all_wrong_cells_are_named_at_once() -> None:
    with pytest.raises(SheetError) as raised:
        marks(line(verdict="a"), line(verdict="right"), line(verdict="b"), line(verdict="right"))
    assert [one.partition(":")[0] for one in raised.value.problems] == [
        "Line 2, verdict",
        "Line 4, verdict",
        "Line 5, check_id",
    ]


def test_a_day_that_a_spreadsheet_made_is_refused() -> None:
    """Of `2022-12` some make the first of December, which nobody said."""
    cells: list[Cell] = list(line())
    cells[COLUMNS.index("right_value")] = date(2022, 12, 1)
    with pytest.raises(SheetError, match="the spreadsheet made 2022-12-01 of it"):
        read_marks([(1, COLUMNS), (2, cells)])


def test_the_value_as_drawn_counts_whatever_became_of_its_cell() -> None:
    ((mark,), _) = marks(line(verdict="right", value="Dec-22"))
    assert mark.sealed_value(KNOWN) == VALUE
    with pytest.raises(ValueError, match="Line 2: cells that tell what was drawn were changed"):
        mark.sealed_value({})


@pytest.mark.parametrize(
    ("name", "other"), [("stratum", "Het Blad"), ("population", "12"), ("row_key", f"{ARTICLE}0")]
)
def test_what_was_drawn_cannot_be_changed(name: str, other: str) -> None:
    ((mark,), _) = marks(line(verdict="right", **{name: other}))
    with pytest.raises(ValueError, match="were changed"):
        mark.sealed_value(KNOWN)


def test_the_same_value_as_right_value_is_right() -> None:
    ((mark,), _) = marks(line(right_value=VALUE))
    assert (mark.verdict, mark.right_value) == ("right", None)


def test_a_sheet_of_something_else_is_refused() -> None:
    with pytest.raises(SheetError, match="has no column verdict, right_value"):
        read_marks(read_sheet(b"a,b\n1,2\n"))
    with pytest.raises(SheetError, match="save it as CSV UTF-8"):
        read_marks(read_sheet("verdict;Zoë\n".encode("cp1252")))
    with pytest.raises(SheetError, match="damaged"):
        read_sheet(b"PK\x03\x04 nothing")


def test_all_that_is_checked_has_a_question() -> None:
    assert all(one.question.endswith("?") for one in CHECKABLE.values())
    with pytest.raises(ValueError, match="'date' cannot be checked; these can: headline"):
        checkable("date")
