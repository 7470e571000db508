"""CSV goes into spreadsheets: text stays text there, and comes back as it was."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.cli.print.csv import as_csv, print_csv
from knipsel.flows.cli.print.tables import print_json_list
from tests.pipeline import Pipeline

SIGNS = set("=+-@＝＋－＠")
DANGEROUS = SIGNS | set("\t\r\n")
RUNNER = CliRunner()


def read_back(printed: str) -> list[list[str]]:
    return list(csv.reader(StringIO(printed, newline=""), strict=True))


def parts() -> st.SearchStrategy[str]:
    """Return texts in which what matters to spreadsheets and to CSV is frequent."""
    odd = st.sampled_from([*DANGEROUS, "'", '"', ",", ";", " ", "\ufeff", "\x00", "−", "﹦"])
    encodable = st.characters(exclude_categories=["Cs"])
    return st.lists(st.one_of(odd, encodable), max_size=8).map("".join)


@given(st.lists(st.tuples(parts(), parts()), max_size=4), st.tuples(parts(), parts()))
@example([("=1+1", "'=1+1")], ("@SUM(A1)", " =1"))
@example([("\r\n=cmd|' /C calc'!A0", "\x00=1")], ("", ""))
def test_no_text_is_a_formula_and_none_is_lost(
    rows: list[tuple[str, str]], columns: tuple[str, str]
) -> None:
    back = read_back(as_csv(columns, rows))
    assert len(back) == len(rows) + 1
    for texts, cells in zip([columns, *rows], back, strict=True):
        for text, cell in zip(texts, cells, strict=True):
            assert cell[:1] not in DANGEROUS
            assert cell.lstrip("\t\r\n \ufeff\x00")[:1] not in SIGNS
            assert cell in {text, f"'{text}"}


@given(parts(), parts())
def test_two_texts_never_become_one(one: str, other: str) -> None:
    """What was put before a text can be told from what it began with."""
    first, second = (read_back(as_csv(["a"], [[text]]))[1] for text in (one, other))
    assert (first == second) == (one == other)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, "-5"),
        (-0.25, "-0.25"),
        (Decimal("-1.50"), "-1.50"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 12, tzinfo=UTC), "2024-03-01T12:00:00+00:00"),
        (True, "true"),
        (None, ""),
        (["=a", "é"], '["=a", "é"]'),
        ("-5", "'-5"),
        ("Wie vrede wil", "Wie vrede wil"),
    ],
)
def test_values_are_cells(value: object, cell: str) -> None:
    assert read_back(as_csv(["value"], [[value]])) == [["value"], [cell]]


def asked(pipeline: Pipeline, *arguments: str) -> bytes:
    result = RUNNER.invoke(app, [*arguments, "--warehouse", str(pipeline.warehouse.root)])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def test_sql_prints_csv(released: Pipeline) -> None:
    query = """SELECT '=1+1' AS "@head", -5 AS number, 'één, "twee"' AS text, NULL AS nothing"""
    expected = '\'@head,number,text,nothing\r\n\'=1+1,-5,"één, ""twee""",\r\n'
    assert asked(released, "sql", query, "--csv") == expected.encode()


def test_csv_holds_what_json_holds(released: Pipeline) -> None:
    """Every row, and whole texts: tables for people are cut, this is not."""
    query = "SELECT article_id, text FROM articles ORDER BY 1"
    rows = json.loads(asked(released, "sql", query, "--json"))
    cells = read_back(asked(released, "sql", query, "--csv").decode())[1:]
    assert cells == [[row["article_id"], row["text"]] for row in rows]


def test_quarantine_prints_csv(released: Pipeline) -> None:
    listed = list(csv.DictReader(StringIO(asked(released, "quarantine", "list", "--csv").decode())))
    names = {(row["file_name"], row["rule"]) for row in listed}
    assert ("leeg.txt", "empty_file") in names
    assert len(names) == 3


@pytest.mark.parametrize("command", [["sql", "SELECT 1"], ["quarantine", "list"]])
def test_json_and_csv_at_once_is_wrong_usage(released: Pipeline, command: list[str]) -> None:
    root = str(released.warehouse.root)
    result = RUNNER.invoke(app, [*command, "--csv", "--json", "--warehouse", root])
    assert result.exit_code == 2
    assert "JSON or for CSV" in result.stderr


@pytest.mark.parametrize("count", [0, 1, 2500])
def test_rows_are_written_as_they_come(
    capsysbinary: pytest.CaptureFixture[bytes], count: int
) -> None:
    """None is asked for long before those above it are out, and each stands there once."""
    print_csv(["n"], ([number] for number in range(count)))
    print_json_list({"n": number, "of": [count]} for number in range(count))
    printed = capsysbinary.readouterr().out.decode()
    as_rows, _, listed = printed.partition("[")
    assert read_back(as_rows) == [["n"], *([str(n)] for n in range(count))]
    assert json.loads("[" + listed) == [{"n": n, "of": [count]} for n in range(count)]
