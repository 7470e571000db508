"""The front of an article: what the model says of it, and the names that a byline gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_models, load_registers
from knipsel.transforms.clean.judge import article_lines, judge, part_features
from knipsel.transforms.layout.units import build_units
from knipsel.transforms.parse.parsed_line import LineReader, ParsedLine
from knipsel.transforms.registers.model import Registers
from tests.texts import article

if TYPE_CHECKING:
    from knipsel.transforms.clean.lines.features import Columns

HEADS = {"headline", "byline", "date_line"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def names_in(line: ParsedLine) -> list[str]:
    return [name.text for name in line.names]


def test_the_model_knows_the_heads() -> None:
    assert set(load_models().front.heads) == HEADS
    assert load_models().lines.heads == ()


@given(text=TEXTS)
def test_any_text_has_a_front_or_none(text: str) -> None:
    registers = load_registers()
    page = judge(build_units(text, registers.layout), registers.pages)
    likely = article_lines(page, registers.pages.models, LineReader(registers.lines))
    assert set(likely.front) <= HEADS
    assert all(page.items[place].unit.text for place in likely.front.values())


def test_the_front_of_a_plain_page(registers: Registers) -> None:
    text = (
        "  • Home\n  • News\n  • Contact\n\nThe lock at Eastchapel opens again\n\n"
        f"By Anna Miller\n\nMarch 3, 2024\n\n{article(1)}\n"
    )
    page = judge(build_units(text, registers.layout), registers.pages)
    likely = article_lines(page, registers.pages.models, LineReader(registers.lines))
    found = {head: page.items[place].unit.text for head, place in likely.front.items()}
    assert found["headline"] == "The lock at Eastchapel opens again"
    assert found["byline"] == "By Anna Miller"
    assert found["date_line"] == "March 3, 2024"


def test_shares_are_of_one_line_or_none(registers: Registers) -> None:
    page = judge(build_units(article(2), registers.layout), registers.pages)
    columns = part_features(page, page.parts[0], LineReader(registers.lines))
    for place, share in load_models().front.likeliest(columns).values():
        assert 0 <= place < len(page.items)
        assert 0 < share <= 1
    empty: Columns = {name: np.zeros(0) for name in columns}
    assert load_models().front.likeliest(empty) == {}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Miller, CFP – Updated Mar 5, 2026", ["Anna Miller"]),
        ("Anna Miller | 5 min read | March 3, 2024", ["Anna Miller"]),
        ("Written by: Anna Miller, Senior Analyst", ["Anna Miller"]),
        ("Anna Miller Anna Miller", ["Anna Miller"]),
        ("ByAnna Miller", ["Anna Miller"]),
        ("Anna Miller Executive Digital Editor", ["Anna Miller"]),
        ("Door Jan Jansen en Piet de Vries", ["Jan Jansen", "Piet de Vries"]),
        ("5 min read", []),
    ],
)
def test_the_names_of_a_line_that_is_a_byline(
    line: str, names: list[str], lines: LineReader
) -> None:
    assert names_in(lines(line)) == names


@given(text=TEXTS)
def test_names_stand_where_they_are_said_to(text: str) -> None:
    for name in ParsedLine(text, load_registers().lines).names:
        assert text[name.start : name.end] == name.text


def test_a_date_among_other_things(lines: LineReader) -> None:
    found = lines("Anna Miller, Eastchapel Observer staff, March 3, 2024").told_date
    assert found is not None
    assert found.date is not None
    assert found.date.edtf == "2024-03-03"
    assert lines("In maart 2024 gaat de sluis bij Oostkapel weer open").told_date is None
