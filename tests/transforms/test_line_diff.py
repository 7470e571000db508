"""A diff shows the sentences that changed, and nothing where nothing did."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.text.diff import line_diff, sentence_lines

TEXT = "Een zin. Nog een zin! \u201cEen derde?\u201d Een vierde.\n\nEen nieuwe alinea."


def test_a_sentence_to_a_line() -> None:
    assert sentence_lines(TEXT) == [
        *("Een zin.", "Nog een zin!", "\u201cEen derde?\u201d", "Een vierde."),
        *("", "Een nieuwe alinea."),
    ]


def test_what_changed_stands_between_its_neighbours() -> None:
    after = TEXT.replace("Nog een", "Weer een")
    assert line_diff(sentence_lines(TEXT), sentence_lines(after)) == [
        "@@ -1,3 +1,3 @@",
        " Een zin.",
        "-Nog een zin!",
        "+Weer een zin!",
        " \u201cEen derde?\u201d",
    ]


@given(st.text("a. \n\u201d!", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    """But white space; and a text differs from itself in nothing."""
    lines = sentence_lines(text)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert line_diff(lines, lines) == []
