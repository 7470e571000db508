"""Page furniture: what goes at a page break, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.layout.page_furniture import page_furniture

PAGE_WORDS = frozenset({"pagina", "page", "p", "blz"})
BODY = (
    "De kade in het oude centrum moet omhoog.",
    "Volgens de wethouder is er geen tijd meer.",
    "Bewoners zijn er niet gerust op.",
    "Het waterschap betaalt een deel daarvan.",
    "De bomen langs de gracht blijven staan.",
    "In het najaar begint de aannemer.",
    "Tot die tijd blijft de straat open.",
)


def page(index: int, top: tuple[str, ...] = (), bottom: tuple[str, ...] = ()) -> list[str]:
    """Return a page whose own lines differ from those of the other pages."""
    own = [f"{BODY[(index + step) % 7]} {'abcdefghij'[index] * 12}" for step in range(7)]
    return [*top, *own, *bottom]


def kinds(pages: list[list[str]]) -> list[set[str | None]]:
    return [set(reasons) - {None} for reasons in page_furniture(pages, PAGE_WORDS)]


@pytest.mark.parametrize(
    "number", ["{}", "- {} -", "[{}]", "{} / 9", "{}/9", "Pagina {} van 9", "p. {}", "– {} –"]
)
def test_numbers_that_count_up(number: str) -> None:
    pages = [page(index, bottom=(number.format(index + 3),)) for index in range(3)]
    reasons = page_furniture(pages, PAGE_WORDS)
    assert [row[-1] for row in reasons] == ["page_number"] * 3
    assert all(set(row[:-1]) == {None} for row in reasons)


def test_two_pages_are_enough_for_a_bare_number() -> None:
    pages = [page(0, bottom=("7",)), page(1, bottom=("8",))]
    assert kinds(pages) == [{"page_number"}, {"page_number"}]


@pytest.mark.parametrize("lines", [("2022", "2022"), ("2022", "1987"), ("3", "2"), ("4", "8")])
def test_numbers_that_do_not_count_are_text(lines: tuple[str, str]) -> None:
    pages = [page(index, top=(line,)) for index, line in enumerate(lines)]
    assert kinds(pages) == [set(), set()]


@pytest.mark.parametrize("line", ["2022", "12", "- 3 -"])
def test_a_lone_number_is_text(line: str) -> None:
    assert kinds([page(0, bottom=(line,)), page(1), page(2)]) == [set(), set(), set()]


@pytest.mark.parametrize("line", ["Pagina 3 van 9", "Page 3 of 9", "p. 12", "Blz. 4", "PAGE 2/3"])
def test_a_number_that_says_page_needs_no_other(line: str) -> None:
    assert page_furniture([[BODY[0], line]], PAGE_WORDS) == [[None, "page_number"]]


def test_a_page_is_missing_its_number() -> None:
    bottoms = [("1",), (), ("3",), ("4",)]
    pages = [page(index, bottom=bottom) for index, bottom in enumerate(bottoms)]
    assert kinds(pages) == [{"page_number"}, set(), {"page_number"}, {"page_number"}]


def test_running_heads_of_left_and_right_pages() -> None:
    heads = [
        ("Stadskrant", "2"),
        ("Water en wonen", "3"),
        ("Stadskrant", "4"),
        ("Water en wonen", "5"),
    ]
    pages = [page(index, top=head) for index, head in enumerate(heads)]
    reasons = page_furniture(pages, PAGE_WORDS)
    assert [row[:3] for row in reasons] == [["running_head", "page_number", None]] * 4


def test_a_head_with_its_number_and_misread_letters() -> None:
    heads = [
        "Stadskrant, maart 2022    12",
        "Stadskrant, maart 2022 13",
        "Stadskrarit, maart 2022 14",
    ]
    pages = [page(index, top=(head,)) for index, head in enumerate(heads)]
    assert kinds(pages) == [{"running_head"}] * 3


def test_headings_of_two_chapters_are_text() -> None:
    assert kinds([page(0, top=("Hoofdstuk 1",)), page(1, top=("Hoofdstuk 2",))]) == [set(), set()]


def test_other_numbers_in_the_same_words_are_text() -> None:
    tops = [("Er kwamen 312 mensen",), ("Er kwamen 98 mensen",)]
    assert kinds([page(index, top=top) for index, top in enumerate(tops)]) == [set(), set()]


def test_what_repeats_within_the_page_is_text() -> None:
    pages = [page(index) for index in range(4)]
    for lines in pages:
        lines.insert(4, "Bang voor de bomen")
    assert kinds(pages) == [set()] * 4


def test_copies_of_a_page_have_no_furniture() -> None:
    assert kinds([page(0), page(0)]) == [set(), set()]


def test_signs_alone_are_no_heads() -> None:
    assert kinds([page(0, top=("* * *",)), page(1, top=("* * *",))]) == [set(), set()]


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=12), st.sampled_from(["1", "2", "Pagina 3", "Kade"]))),
        max_size=8,
    )
)
def test_any_pages(pages: list[list[str]]) -> None:
    reasons = page_furniture(pages, PAGE_WORDS)
    assert [len(row) for row in reasons] == [len(lines) for lines in pages]
    assert {reason for row in reasons for reason in row} <= {None, "page_number", "running_head"}
    for lines, row in zip(pages, reasons, strict=True):
        assert all(line.strip() for line, reason in zip(lines, row, strict=True) if reason)
