"""How wide a text was wrapped, and whether it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.layout.wrapping import Wrapping, find_wrapping, paragraph_runs
from knipsel.transforms.text.words import split_lines
from tests.unit_checks import paragraphs, wrapped

TITLES = (
    "Gemeente wil de kade in het centrum ophogen",
    "Bewoners vrezen voor de bomen langs de gracht",
    "Waterschap betaalt een deel van de dure kade",
    "Wethouder sluit een tweede brug niet langer uit",
    "Steigers staan volgend jaar nog in de straat",
    "Kelders staan voor het derde jaar onder water",
)


def find(source: str) -> Wrapping | None:
    return find_wrapping(list(split_lines(source)))


@given(paragraphs(), st.integers(60, 100))
def test_a_filled_column_is_known_exactly(expected: list[str], width: int) -> None:
    lines = [line for one in expected for line in (*wrapped(one, width), "")]
    found = find("\n".join(lines))
    assert found is not None
    assert found.is_exact
    assert max(map(len, lines)) <= found.width <= width


@pytest.mark.parametrize(
    "source",
    [
        "",
        "De kade.",
        "\n".join(TITLES * 4),
        "\n\n".join(TITLES * 4),
        "\n".join(f"{title}. {title}, en zo gaat het nog een hele tijd door." for title in TITLES),
    ],
)
def test_lines_that_are_whole_are_not_wrapped(source: str) -> None:
    assert find(source) is None


def test_a_few_wrapped_lines_among_long_paragraphs_do_not_make_a_wrapped_text() -> None:
    poem = "\n".join(wrapped("de kade is oud en het water is koud " * 12, 60))
    prose = "De gemeente wil de kade in het oude centrum ophogen en dat is erg duur. " * 5
    assert find(f"{poem}\n\n" + "\n\n".join([prose] * 12)) is None


def test_wide_characters_take_two_cells() -> None:
    words = ["kade", "東京", "het", "京都府", "water", "en", "大阪", "gracht", "名古屋市"] * 12
    lines, room = [""], 70
    for word in words:
        cells = len(word) * (1 if word.isascii() else 2)
        if cells >= room:
            lines.append("")
            room = 71
        lines[-1] += f" {word}"
        room -= cells + 1
    assert max(map(len, lines)) - min(map(len, lines[:-1])) > 3
    found = find("\n".join(line.strip() for line in lines))
    assert found is not None
    assert found.is_exact
    assert 60 < found.width <= 71


def test_without_a_width_each_line_is_a_run() -> None:
    lines = list(split_lines("\n".join(TITLES)))
    assert list(paragraph_runs(lines, None)) == [[line] for line in lines]


def test_lines_that_are_said_to_go_on_do() -> None:
    lines = list(split_lines("\n\n".join(TITLES)))
    runs = list(paragraph_runs(lines, None, {lines[1].start}))
    assert [len(run) for run in runs] == [2, 1, 1, 1, 1]


BODY_LINES = (
    "De gemeente wil de kade in het oude centrum ophogen, omdat het water er elk jaar weer een",
    "stuk hoger komt te staan en de kelders van de winkels aan de gracht dan onder water lopen,",
    "zo schrijft de wethouder in een brief aan de raad die dinsdag over het plan vergadert.",
)
FULL = Wrapping(90, is_exact=False)


@pytest.mark.parametrize(
    ("front", "runs"),
    [
        # A headline in letters twice as large takes half of the width.
        (("Gemeente Wil De Kade In Centrum", "Ophogen Tegen Het Stijgende Water", "Komt"), [3]),
        # A byline or a line of data under it is none of it, whatever it begins with.
        (("Gemeente Wil De Kade In Centrum", "Ophogen Voor Het Water", "by Anna Boer"), [2, 1]),
        (("Gemeente wil de kade in centrum", "by Anna Boer"), [1, 1]),
        (("Gemeente Wil De Kade In Centrum", "Anna Boer | 2 maart 2023 | Nieuws"), [1, 1]),
        # The next word would have fitted, or the lines are those of a menu.
        (("Kade gaat omhoog", "Raad stemt dinsdag over het plan"), [1, 1]),
        (("Nieuws", "Sport", "Cultuur"), [1, 1, 1]),
    ],
)
def test_what_stands_over_a_text_in_large_letters(front: tuple[str, ...], runs: list[int]) -> None:
    lines = list(split_lines("\n".join((*front, *BODY_LINES))))
    lines[0] = lines[0]._replace(after_blank=True)
    found = [len(run) for run in paragraph_runs(lines, FULL, bylines=("door", "by"))]
    assert found == [*runs, len(BODY_LINES)]
