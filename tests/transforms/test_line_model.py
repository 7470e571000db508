"""The line model: features of any text, probabilities, and the choice of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knipsel.flows.config.register_files import LINE_MODEL, load_models, load_registers
from knipsel.transforms.clean.judge import judge, part_features
from knipsel.transforms.clean.lines.choice import choose_lines
from knipsel.transforms.clean.lines.columns import count_lines, occurrences, repeats
from knipsel.transforms.layout.units import build_units
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.registers.pages.line_model import LineModelError, parse_line_model
from knipsel.transforms.text.words import weight
from tests.texts import article

if TYPE_CHECKING:
    from knipsel.transforms.clean.lines.features import Columns
    from knipsel.transforms.registers.model import Registers

SMALL = 1_000_000
"""Bytes that the model may take: it travels with every installation."""

MENU = "Home\n\n  • News\n  • Sport\n  • Contact\n\nShare this\n\n© The Gazette\n"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def features_of(text: str, registers: Registers) -> Columns:
    page = judge(build_units(text, registers.layout), registers.pages)
    lines = LineReader(registers.lines)
    return part_features(page, page.parts[0], lines) if page.parts else {}


def test_the_model_is_small_and_of_these_features(registers: Registers) -> None:
    model = load_models().lines
    assert LINE_MODEL.stat().st_size < SMALL
    assert set(model.features) <= set(features_of("A line.", registers))


@given(text=TEXTS)
def test_any_text_has_finite_features_and_probabilities(text: str) -> None:
    registers = load_registers()
    columns = features_of(text, registers)
    if not columns:
        return
    count = len(build_units(text, registers.layout))
    assert all(np.isfinite(column).all() and len(column) == count for column in columns.values())
    probabilities = load_models().lines.probabilities(columns)
    assert len(probabilities) == count
    assert ((probabilities >= 0) & (probabilities <= 1)).all()


def test_prose_is_likelier_than_a_menu(registers: Registers) -> None:
    text = f"{MENU}\n{article(1)}\n\n{MENU}"
    units = build_units(text, registers.layout)
    likely = dict(
        zip(
            [unit.text for unit in units],
            load_models().lines.probabilities(features_of(text, registers)),
            strict=True,
        )
    )
    body = article(1).split("\n\n")
    assert min(likely[paragraph] for paragraph in body) > likely["• Contact"]


@given(
    probabilities=arrays(float, st.integers(0, 30), elements=st.floats(0, 1, width=32)),
    data=st.data(),
)
def test_the_likeliest_lines_are_chosen(
    probabilities: np.ndarray[tuple[int], np.dtype[np.float64]], data: st.DataObject
) -> None:
    sizes = data.draw(arrays(float, len(probabilities), elements=st.integers(0, 200)))
    keep = choose_lines(probabilities, sizes)
    assert len(keep) == len(probabilities)
    if keep.any() and not keep.all():
        assert probabilities[keep].min() >= probabilities[~keep].max()


def test_nothing_is_chosen_where_nothing_is_likely() -> None:
    assert not choose_lines(np.full(5, 0.05), np.full(5, 20.0)).any()
    assert choose_lines(np.array([0.05, 0.9]), np.array([20.0, 20.0])).tolist() == [False, True]


def test_an_uncertain_line_is_chosen_where_it_is_worth_it() -> None:
    """Half of what a page holds is better kept at .5 than a twentieth of it."""
    sizes = np.array([100.0, 100.0])
    assert choose_lines(np.array([0.9, 0.5]), sizes).tolist() == [True, True]
    assert choose_lines(np.array([0.9, 0.1]), sizes).tolist() == [True, False]


def test_a_file_that_is_no_model_is_refused() -> None:
    with pytest.raises(LineModelError, match="no line model"):
        parse_line_model({"features": np.array(["words"])})


def test_characters_and_words_are_counted_by_line() -> None:
    lines = count_lines(["Drie woorden hier.", "ΑΒΓ 12", "„Nee”, 日本", "!"])
    assert lines.per_line().tolist() == [3, 2, 2, 0]
    assert lines.counts["upper"].tolist() == [1, 3, 1, 0]
    assert lines.counts["digit"].tolist() == [0, 2, 0, 0]
    assert lines.counts["unspaced"].tolist() == [0, 0, 2, 0]
    assert lines.tokens.tolist() == [3, 2, 2, 1]


@given(text=TEXTS)
def test_tokens_are_those_between_white_space(text: str) -> None:
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    if rows:
        assert count_lines(rows).weight().tolist() == [weight(row) for row in rows]


def test_words_are_known_again_by_their_keys() -> None:
    words = count_lines(["De sluis is DE sluis", "12 sluizen", "dicht 345 3"]).words
    assert words.keys[0] == words.keys[3]
    assert words.keys[1] == words.keys[4] != words.keys[0]
    assert words.masked[5] == words.masked[8] != words.masked[7]
    assert words.among(frozenset({"de", "is"})).tolist() == [1, 0, 1, 1, *[0] * 6]
    assert words.at(-1, 3).tolist() == [words.masked[4], words.masked[6], words.masked[9]]


def test_lines_of_the_same_words_have_the_same_key() -> None:
    lines = count_lines(["Lees ook: 3", "lees ook  4!", "ook lees 3"])
    keys, masked = lines.row_keys(lines.words.keys), lines.row_keys(lines.words.masked)
    assert masked[0] == masked[1]
    assert len(set(keys.tolist())) == 3


def test_runs_of_words_that_lines_share() -> None:
    lines = count_lines(["een twee drie vier", "nul", "twee drie vier vijf", "een twee drie"])
    shared = [group.tolist() for group in lines.words.shared_runs(np.array([0, 2, 3]), most=8)]
    assert sorted(shared) == [[0, 1], [0, 2]]


def test_repeats_and_occurrences() -> None:
    keys = np.array([7, 2, 7, 7])
    assert repeats(keys).tolist() == [3, 1, 3, 3]
    assert occurrences(keys).tolist() == [1, 1, 2, 3]
