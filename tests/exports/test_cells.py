"""Whatever a text is, a format gives it back, or says what it could not hold."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from knipsel.warehouse.exports.cells import REPLACEMENT, for_spreadsheet
from knipsel.warehouse.exports.formats.delimited import CSV, EXCEL_CSV, JSON_LINES
from knipsel.warehouse.exports.formats.model import Format
from knipsel.warehouse.exports.formats.parquet import PARQUET
from knipsel.warehouse.exports.formats.registry import FORMATS
from knipsel.warehouse.exports.formats.sqlite import SQLITE
from knipsel.warehouse.exports.formats.statistics import SPSS, STATA, variable_names
from knipsel.warehouse.exports.formats.workbook import LONGEST, XLSX, split
from tests.exports.made_up import texts, write

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
HOSTILE = [
    '=HYPERLINK("http://x.example","a")', "+1+1", "-2", "@SUM(A1)", "\t=1", "'=1", "2022-12",
    "000003", "3/4", "1E5", "true", "_x0041_", "a\0b", "\x1b[2J", "\ufffe", "a\r\nb", 'a;b,c\t"d"',
    " spaces ", "\u202eabc", "😀" * 9, "https://example.org/a?b=1&c=2", "{=1}", "]]>",
    "<b>&amp;</b>",
]  # fmt: skip


def workbook_column(file: Path) -> list[str]:
    """Return the cells of the one column of a workbook's first sheet."""
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return [str(row[0]) for row in rows[1:]]


def as_xml_holds(text: str) -> str:
    """Return what is left of a text in XML."""
    return "".join(
        one
        if one in "\t\n\r"
        or " " <= one <= "\ud7ff"
        or "\ue000" <= one <= "\ufffd"
        or one > "\uffff"
        else REPLACEMENT
        for one in text
    )


@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_exact_formats_keep_every_character(tmp_path: Path, values: list[str]) -> None:
    table = texts(values)
    write(CSV, table, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as lines:
        assert [row[0] for row in csv.reader(lines)][1:] == values
    write(JSON_LINES, table, tmp_path / "a.jsonl")
    lines_of = (tmp_path / "a.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["text"] for line in lines_of if line] == values
    write(PARQUET, table, tmp_path / "a.parquet")
    assert pl.read_parquet(tmp_path / "a.parquet")["text"].to_list() == values
    (tmp_path / "a.sqlite").unlink(missing_ok=True)
    write(SQLITE, table, tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection:
        assert [row[0] for row in connection.execute("SELECT text FROM made_up")] == values


@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_a_workbook_keeps_what_xml_holds(tmp_path: Path, values: list[str]) -> None:
    """Each character that it cannot hold is one that stands for it: offsets stay right."""
    notes = write(XLSX, texts(values), tmp_path / "a.xlsx")
    kept = [as_xml_holds(value) for value in values]
    assert workbook_column(tmp_path / "a.xlsx") == kept
    assert any("U+FFFD" in note for note in notes) == (kept != values)


@pytest.mark.parametrize("form", [XLSX, EXCEL_CSV], ids=lambda form: form.name)
def test_no_cell_is_a_formula_or_a_link(tmp_path: Path, form: Format) -> None:
    file = tmp_path / f"a{form.ending}"
    write(form, texts(HOSTILE), file)
    if form is XLSX:
        sheet = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet.lower().replace("=hyperlink(", "")
        assert workbook_column(file) == [as_xml_holds(text) for text in HOSTILE]
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        cells = [row[0] for row in csv.reader(lines)][1:]
    assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "+", "-", "@"}]
    assert [cell.removeprefix("'") for cell in cells[:6]] == ['=HYPERLINK("http://x.example","a")',
        "+1+1", "-2", "@SUM(A1)", "\t=1", "'=1"]  # fmt: skip


def test_csv_for_excel_has_its_marks_and_keeps_months(tmp_path: Path) -> None:
    day = datetime(2023, 3, 10, 12, tzinfo=UTC)
    table = pa.table(
        {
            "date_published": pa.array(["2022-12", "2023-03-10"]),
            "score": pa.array([0.5, None]),
            "seen": pa.array([day, None], pa.timestamp("us", tz="UTC")),
            "id": pa.array(["0123456789abcdef-1", "0123456789abcdef-1.p12"]),
        }
    )
    write(EXCEL_CSV, table, tmp_path / "a.csv", delimiter=";")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "date_published;score;seen;id",
        "'2022-12;0,5;2023-03-10 12:00:00;0123456789abcdef-1",
        "2023-03-10;;;0123456789abcdef-1.p12",
    ]


def test_plain_csv_says_where_a_spreadsheet_would_compute(tmp_path: Path) -> None:
    (note,) = write(CSV, texts(["=1+1", "ok", "@x"]), tmp_path / "a.csv")
    assert note.startswith("2 cells begin as a formula does")


def test_a_workbook_has_days_where_a_day_is_known(tmp_path: Path) -> None:
    moment = datetime(2023, 3, 10, 23, 30, tzinfo=UTC)
    table = pa.table(
        {
            "date_published": pa.array(["2023-03-10", "2022-12", "1899-05-01", None]),
            "day": pa.array([date(2023, 3, 10), date(1850, 1, 1), None, None], pa.date32()),
            "moment": pa.array([moment, None, None, None], pa.timestamp("us", tz="UTC")),
            "flag": pa.array([True, False, None, None]),
            "number": pa.array([7, 2**60, None, None], pa.int64()),
            "share": pa.array([0.25, float("nan"), float("inf"), None], pa.float64()),
        }
    )
    write(XLSX, table, tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[1] == [
        *(date(2023, 3, 10), date(2023, 3, 10), datetime(2023, 3, 10, 23, 30), True, 7.0, 0.25)  # noqa: DTZ001
    ]
    assert rows[2] == ["2022-12", "1850-01-01", "", False, str(2**60), "nan"]
    assert rows[3][0] == "1899-05-01"


def test_a_long_text_goes_on_in_further_columns(tmp_path: Path) -> None:
    long = "woord " * 12_000
    (note,) = write(XLSX, texts(["kort", long]), tmp_path / "a.xlsx")
    assert "text_2 to text_3" in note
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == ["text", "text_2", "text_3"]
    assert "".join(map(str, rows[2])) == long
    assert rows[1] == ["kort", "", ""]


@given(st.text(st.sampled_from("ab \n😀é"), max_size=90), st.integers(4, 20))
def test_parts_of_a_text_fit_and_are_the_text(text: str, longest: int) -> None:
    parts = list(split(text, longest))
    assert "".join(parts) == text
    assert all(0 < len(part.encode("utf-16-le")) // 2 <= longest for part in parts)
    assert LONGEST == 32_767


@pytest.mark.parametrize("form", [SPSS, STATA], ids=lambda form: form.name)
def test_statistics_have_labels_and_days(tmp_path: Path, form: Format) -> None:
    moment = datetime(2023, 3, 10, 12, 0, 0, 123_456, tzinfo=UTC)
    table = pa.table(
        {
            "text": pa.array(["a\0b", None, "x" * 40_000]),
            "short": pa.array(["=1", "é", None]),
            "flag": pa.array([True, False, None]),
            "day": pa.array([date(2023, 3, 10), None, date(1890, 1, 1)], pa.date32()),
            "count(*)": pa.array([1, None, 3], pa.int64()),
            "seen": pa.array([moment, None, moment], pa.timestamp("us", tz="UTC")),
        }
    )
    file = tmp_path / f"a{form.ending}"
    notes = write(form, table, file)
    assert any("text is left out" in note for note in notes)
    assert any("count(*) → count" in note for note in notes)
    read = pyreadstat.read_sav if form is SPSS else pyreadstat.read_dta
    frame, meta = read(str(file))
    assert list(frame.columns) == ["short", "flag", "day", "count", "seen"]
    assert frame["short"].tolist() == ["=1", "é", ""]
    assert frame["day"].tolist()[0] == date(2023, 3, 10)
    assert frame["seen"].tolist()[0].replace(microsecond=0) == datetime(2023, 3, 10, 12)  # noqa: DTZ001
    assert frame["day"].tolist()[2] == date(1890, 1, 1)
    assert frame["flag"].tolist()[:2] == [1.0, 0.0]
    assert meta.variable_value_labels["flag"] == {0: "no", 1: "yes"}
    assert str(meta.column_names_to_labels["count"]).startswith("count(*): ")
    assert meta.creation_time is not None
    assert meta.creation_time.replace(second=0) == datetime(2024, 6, 1, 13)  # noqa: DTZ001


@given(st.lists(st.text(max_size=50), min_size=1, max_size=8))
def test_names_of_variables_are_taken_by_both_programs(names: list[str]) -> None:
    found = variable_names(names)
    assert len({name.lower() for name in found}) == len(names)
    for name in found:
        assert 0 < len(name) <= 32
        assert name.isascii()
        assert name[0].isalpha()
        assert name.replace("_", "a").isalnum()


@given(ANY_TEXT)
def test_a_guard_can_be_taken_away(text: str) -> None:
    assert for_spreadsheet(text) in {text, "'" + text}
    assert [for_spreadsheet(word) for word in ("TRUE", "waar", "Waarheid")] == [
        "'TRUE",
        "'waar",
        "Waarheid",
    ]


OF_ANY_TABLE = [one for one in FORMATS if not one.of_articles and not one.is_folder]


@pytest.mark.parametrize("form", OF_ANY_TABLE, ids=lambda form: form.name)
def test_the_same_rows_are_the_same_bytes(tmp_path: Path, form: Format) -> None:
    table = texts(["een", None, "=drie"])
    files = [tmp_path / place / f"a{form.ending}" for place in ("one", "two")]
    for file in files:
        file.parent.mkdir()
        write(form, table, file)
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert {"een", "=drie"} <= {text.removeprefix("'") for text in form.texts(files[0])}
