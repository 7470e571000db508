"""Offset maps: where in the source the characters of a repaired text stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.text.offsets import Piece, cut_pieces, join_pieces, left_out, source_stretch

SOURCE = "De onder-\nhandelingen\n\n- 12 -\nlopen."
PARTS = [("De onder", 0), ("", None), ("handelingen", 10), (" ", None), ("lopen.", 30)]


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[tuple[str, int | None]]]:
    """Draw a source, and parts of it in order with spaces put between some of them."""
    kept = draw(st.lists(st.tuples(st.text("abc", min_size=1), st.booleans()), min_size=1))
    source, parts = "", list[tuple[str, int | None]]()
    for text, has_space in kept:
        source += draw(st.text("-\n\f", max_size=3))
        parts += [(text, len(source)), (" " if has_space else "", None)]
        source += text
    return source, parts[:-1]


def test_joined_text() -> None:
    text, pieces = join_pieces(PARTS)
    assert text == "De onderhandelingen lopen."
    assert pieces == (Piece(0, 0, 8), Piece(8, 10, 11), Piece(20, 30, 6))


def test_stretches() -> None:
    text, pieces = join_pieces(PARTS)
    word = text.index("onderhandelingen")
    start, end = source_stretch(pieces, word, word + len("onderhandelingen"))
    assert SOURCE[start:end] == "onder-\nhandelingen"
    assert source_stretch(pieces, 0, len(text)) == (0, len(SOURCE))
    assert source_stretch(pieces, 20, 25) == (30, 35)


def test_a_space_that_was_put_in_is_nowhere() -> None:
    _, pieces = join_pieces(PARTS)
    start, end = source_stretch(pieces, 19, 20)
    assert start == end


def test_what_was_left_out() -> None:
    _, pieces = join_pieces(PARTS)
    assert [SOURCE[start:end] for start, end in left_out(pieces, SOURCE)] == ["- 12 -"]


@given(edited())
def test_every_character_stands_where_its_stretch_says(
    case: tuple[str, list[tuple[str, int | None]]],
) -> None:
    source, parts = case
    text, pieces = join_pieces(parts)
    for index, character in enumerate(text):
        start, end = source_stretch(pieces, index, index + 1)
        assert source[start:end] == ("" if character == " " else character)


@given(edited(), st.data())
def test_a_cut_has_the_stretches_of_the_whole(
    case: tuple[str, list[tuple[str, int | None]]], data: st.DataObject
) -> None:
    _, parts = case
    text, pieces = join_pieces(parts)
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    cut = cut_pieces(pieces, begin, end)
    assert bool(cut) == bool(text[begin:end].strip())
    if cut:
        shown = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        last = begin + len(text[begin:end].rstrip())
        assert source_stretch(cut, shown - begin, last - begin) == source_stretch(
            pieces, shown, last
        )
