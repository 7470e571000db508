"""Coding by hand: variables, sheets, agreement of coders."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.checks.coding.agreement import agreement
from knipsel.transforms.checks.coding.sheet import columns, read_codes
from knipsel.transforms.checks.coding.variables import (
    Level,
    Variable,
    VariablesError,
    parse_variables,
)
from knipsel.transforms.checks.sheet import SheetError
from knipsel.transforms.checks.workbook import as_csv, as_xlsx, read_sheet

TONE = Variable("tone", "Which?", ("against", "neutral", "for"), "ordinal")
COUNT = Variable("parties", level="interval")
FREE = Variable("frame")
UNIT = "0123456789abcdef-1"
DIGEST = "0123456789abcdef" * 4

FOUR_CODERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Twelve units of four coders, some not coded: the data of Krippendorff's own example (2011)."""


def codes(rows: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Return codes of a row for each coder: unit, coder, value."""
    return [
        (str(unit), str(coder), value)
        for coder, row in enumerate(rows)
        for unit, value in enumerate(row.split())
        if value != "."
    ]


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_what_the_source_of_the_method_gives(level: Level, alpha: float) -> None:
    """On its own example, at three levels."""
    found = agreement(Variable("x", "", tuple("12345"), level), codes(FOUR_CODERS))
    assert found.alpha == pytest.approx(alpha, abs=0.0005)
    assert (found.units, found.coders, found.values) == (11, 4, 40)


@given(st.lists(st.sampled_from(TONE.values), min_size=2, max_size=30), st.integers(2, 4))
def test_coders_who_say_the_same_agree(values: list[str], coders: int) -> None:
    """Alpha is 1, or cannot be told where all values are one."""
    same = [(str(unit), str(c), one) for unit, one in enumerate(values) for c in range(coders)]
    expected = 1.0 if len(set(values)) > 1 else None
    assert agreement(TONE, same).alpha == expected


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.sampled_from("abc"))))
def test_alpha_does_not_depend_on_the_order(rows: list[tuple[int, int, str]]) -> None:
    """Of codes, as long as each coder has one for each unit; it is 1 at most."""
    one_each = {(str(unit), str(coder)): value for unit, coder, value in rows}
    listed = [(*key, value) for key, value in one_each.items()]
    found = agreement(FREE, listed)
    turned = agreement(FREE, listed[::-1])
    assert found.alpha == pytest.approx(turned.alpha)
    assert found.alpha is None or found.alpha <= 1


def test_variables_are_read_in_their_order() -> None:
    """With what each may have."""
    text = (
        '[tone]\nquestion = "Which?"\nvalues = ["against", "neutral", "for"]\nlevel = "ordinal"\n'
        '[parties]\nlevel = "interval"\n[frame]\n'
    )
    assert parse_variables(tomllib.loads(text)) == (TONE, COUNT, FREE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "There is no variable"),
        ("x = 1", "x: is no section"),
        ('["1x"]', "1x: a name has letters"),
        ("[x]\nvalue = []", "x: value is not known"),
        ("[x]\nquestion = 1", "x: question must be text"),
        ('[x]\nlevel = "ratio"', "x: level must be one of nominal, ordinal, interval"),
        ('[x]\nvalues = "a"', "x: values must be a list"),
        ('[x]\nvalues = ["a", "A"]', "x: a value is empty, or stands there twice"),
        ('[x]\nlevel = "ordinal"', "x: an ordinal variable needs its values"),
        ('[x]\nlevel = "interval"\nvalues = ["a"]', "x: the values of an interval variable"),
    ],
)
def test_what_is_wrong_with_variables_is_said(text: str, message: str) -> None:
    """By the name of the variable."""
    with pytest.raises(VariablesError, match=message):
        parse_variables(tomllib.loads(text))


VARIABLES = (TONE, COUNT, FREE)
BY_NAME = {one.name: one for one in VARIABLES}


def line(unit: str = UNIT, **values: str) -> tuple[str, ...]:
    """Return a line of a sheet."""
    coded = (values.get(one.name, "") for one in VARIABLES)
    return ("Head", "Paper", "2024", "Text", *coded, values.get("note", ""), unit, "aa", DIGEST)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_sheet_comes_back_as_it_was_filled_in(form: str) -> None:
    """As XLSX and as CSV; lines without a code are open."""
    rows = [line(tone="FOR", parties="1,5", note="=1+1"), line("0123456789abcdef-1.q2")]
    choices = {one.name: one.values for one in VARIABLES}
    names = columns(VARIABLES)
    content = as_xlsx(names, rows, choices) if form == "xlsx" else as_csv(names, rows)
    (coded,), still_open = read_codes(read_sheet(content), BY_NAME)
    assert (coded.unit.text, coded.unit.unit, coded.unit.article_id) == (UNIT, "article", UNIT)
    assert dict(coded.values) == {"tone": "for", "parties": "1.5"}
    assert (coded.note, coded.sample_id, coded.text_sha256) == ("=1+1", "aa", DIGEST)
    assert still_open == 1


def test_a_sheet_of_ones_own_has_any_columns() -> None:
    """Only the unit must be there; each other column is a variable."""
    rows: list[tuple[int, list[object]]]
    rows = [(1, ["unit_id", "mood"]), (2, [f"{UNIT}.p3", 2.0]), (3, [UNIT, ""])]
    (coded,), still_open = read_codes(rows, {})
    assert (coded.unit.unit, dict(coded.values), coded.sample_id) == (
        "paragraph",
        {"mood": "2"},
        None,
    )
    assert still_open == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "The sheet is empty"),
        ([(1, ["tone"])], "no column unit_id"),
        ([(1, ["unit_id", "text"])], "no column with codes"),
        ([(1, ["unit_id", "tone", "tone"])], "The column tone stands there twice"),
        ([(1, ["unit_id", "tune"])], "The column tune is no variable of the sample"),
        ([(1, ["unit_id", "tone"]), (2, [UNIT, "so"])], "Line 2, tone: 'so' is none of"),
        ([(1, ["unit_id", "parties"]), (2, [UNIT, "so"])], "Line 2, parties: 'so' is no number"),
        ([(1, ["unit_id", "frame"]), (2, ["x", "a"])], "Line 2, unit_id: 'x' is the identifier"),
        (
            [(1, ["unit_id", "frame", "text_sha256"]), (2, [UNIT, "a", "x"])],
            "Line 2, text_sha256: was changed",
        ),
        (
            [(1, ["unit_id", "frame"]), (2, [UNIT, "a"]), (3, [UNIT, "b"])],
            "Line 3, unit_id: it stands on line 2 already",
        ),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said(
    rows: list[tuple[int, list[object]]], message: str
) -> None:
    """By its line and column."""
    with pytest.raises(SheetError, match=message):
        read_codes(rows, BY_NAME)
