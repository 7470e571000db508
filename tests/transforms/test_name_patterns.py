"""What names of files say by a pattern: all of it, or nothing, and never something else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.registers.articles.name_patterns import parse_name_pattern

USUAL = "{publisher}_{date}_{section}.txt"


@pytest.mark.parametrize(
    ("pattern", "name", "said"),
    [
        (USUAL, "Trouw_2023-03-10_kunst.txt", ("kunst", "2023-03-10", "Trouw")),
        (USUAL, "De Kade_20230310_kunst & media.txt", ("kunst & media", "2023-03-10", "De Kade")),
        (USUAL, "Trouw_2023_03_10_kunst.txt", ("kunst", "2023-03-10", "Trouw")),
        (USUAL, "Trouw_1923_kunst.txt", ("kunst", "1923", "Trouw")),
        ("{date}-{publisher}", "2023-03-10-Trouw.txt", ("2023-03-10", "Trouw")),
        ("{date}-{publisher}", "2023-03-Trouw.html", ("2023-03", "Trouw")),
        ("{publisher} ({date}) {}.pdf", "Trouw (2023.03.10) 0017.pdf", ("2023-03-10", "Trouw")),
        ("{language}.{publisher}.*", "nl-be.De Standaard.*", ("nl-BE", "De Standaard")),
        ("{author}, {headline}", "Anna de Boer, Een kade.txt", ("Anna de Boer", "Een kade")),
        ("Café {publisher}.txt", "Cafe\u0301 Trouw.txt", ("Trouw",)),
    ],
)  # fmt: skip
def test_a_name_that_has_the_pattern(pattern: str, name: str, said: tuple[str, ...]) -> None:
    values = parse_name_pattern(pattern).values(name)
    assert values is not None
    assert tuple(value for _, value in values) == said


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (USUAL, "trouw.txt"),
        (USUAL, "de_kadekrant_2023-03-10_kunst.txt"),
        (USUAL, "Trouw_2023-03-10_kunst_en_media.txt"),
        (USUAL, "Trouw_kunst_2023-03-10.txt"),
        (USUAL, "Trouw_2023-02-31_kunst.txt"),
        (USUAL, "Trouw_100323_kunst.txt"),
        (USUAL, "Trouw_10-03-2023_kunst.txt"),
        (USUAL, "Trouw_2023-21_kunst.txt"),
        (USUAL, "Trouw_2023_10.txt"),
        (USUAL, "Trouw_2023-03-10_.txt"),
        (USUAL, "_2023-03-10_kunst.txt"),
        (USUAL, "Trouw_2023-03-10_kunst.TXT"),
        ("{date}-{publisher}", "2023-03-10.txt"),
        ("{date}-{publisher}", "20230310112233-Trouw.txt"),
        ("{language}_{publisher}", "Dutch please_Trouw.txt"),
        ("{publisher}.txt", ".txt"),
    ],
)
def test_a_name_that_has_it_not_says_nothing(pattern: str, name: str) -> None:
    """Where a part may be in another's place, none of it is taken."""
    assert parse_name_pattern(pattern).values(name) is None


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "at most 200 characters"),
        ("x" * 300, "at most 200 characters"),
        ("krant.txt", "names no field"),
        ("{}.txt", "names no field"),
        ("{publisher}{date}", "{publisher} and {date} stand side by side"),
        ("{publisher}_{krant}", "{krant} is no field; known are"),
        ("{date}_{date_published}", "names a field twice"),
        ("{publisher}_{date", "a brace stands without its other one"),
        ("{publisher}/{date}", "without folders"),
    ],
)
def test_a_pattern_that_cannot_be_used(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - what it says is looked at
        parse_name_pattern(pattern)
    assert problem in str(raised.value)


@given(
    st.text("abcé .-", min_size=1).map(str.strip).filter(bool),
    st.dates(min_value=date(1605, 1, 1)),
    st.text("xyz 0-9", min_size=1).map(str.strip).filter(bool),
)
def test_what_a_name_is_made_of_is_what_it_says(publisher: str, day: date, section: str) -> None:
    found = parse_name_pattern(USUAL).values(f"{publisher}_{day}_{section}.txt")
    year = str(day)[:4]
    expected = (
        None
        if year >= "2100"
        else {
            ("publisher", " ".join(publisher.split())),
            ("date_published", str(day)),
            ("article_section", " ".join(section.split())),
        }
    )
    assert (None if found is None else set(found)) == expected


@given(st.text("{}_ab-", max_size=12), st.text("_ab-2", max_size=300))
def test_no_pattern_and_no_name_runs_on(pattern: str, name: str) -> None:
    try:
        parsed = parse_name_pattern(pattern)
    except ValueError:
        return
    parsed.values(name)
