"""Which line of a page is its byline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from tests.texts import article

if TYPE_CHECKING:
    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers


def read_page(front: str, registers: Registers, end: str = "") -> ProcessedDocument:
    text = (
        "  • Home\n  • News\n  • Contact\n\nThe lock at Eastchapel opens again\n\n"
        f"{front}\n\nMarch 3, 2024\n\n{article(1)}\n\n{end}\n"
    )
    return process(RawDocument("0" * 64, "page.txt", text.encode()), registers)


def test_an_agency_is_the_byline_but_no_author(registers: Registers) -> None:
    document = read_page("By Reuters", registers)
    assert not document.authors
    assert document.articles[0].author == "Reuters"
    assert [one.text for one in document.paragraphs if one.role == "byline"] == ["By Reuters"]


def test_each_author_can_have_a_line(registers: Registers) -> None:
    document = read_page("By Anna Miller\n\nBy Mark Jones", registers)
    assert [author.name for author in document.authors] == ["Anna Miller", "Mark Jones"]


def test_a_button_under_the_headline_is_no_author(registers: Registers) -> None:
    document = read_page("Share This Story\n\nBy Anna Miller", registers)
    assert [author.name for author in document.authors] == ["Anna Miller"]


def names_of(document: ProcessedDocument) -> list[str]:
    return [author.name for author in document.authors]


def test_a_byline_goes_on_over_lines(registers: Registers) -> None:
    document = read_page("By\n\nAnna Miller\n\nand\n\nMark Jones", registers)
    assert names_of(document) == ["Anna Miller", "Mark Jones"]


@pytest.mark.parametrize(
    "byline", ["By Reuters Staff", "By Our Foreign Staff", "By Staff Reporter"]
)
def test_who_has_no_name_is_kept_as_printed(byline: str, registers: Registers) -> None:
    document = read_page(byline, registers)
    assert not document.authors
    assert document.articles[0].author == byline.removeprefix("By ")


@pytest.mark.parametrize(
    "end",
    [
        "Tags\n\n  • Harbours\n  • Mark Jones",
        "2 comments\n\nMark Jones\nApril 5, 2023 10:12\n\nGood news, it was about time.",
        "Related articles\n\n  • April 5, 2023 Coast: no ferry to the island",
        "— Mark Jones (@mjones) April 5, 2023",
        "Retrieved 2 January 2024",
        "Printed on Tuesday 2 January 2024 from www.quay.example",
        "© The Quay Times, 2 January 2024",
        "Téléchargé le 2 janvier 2024",
        "Nächste Ausgabe: 2. Januar 2024",
        "Fecha de nacimiento: 2 de enero de 2024",
    ],
)
def test_what_stands_under_a_text_gives_no_author_and_no_day(
    end: str, registers: Registers
) -> None:
    text = f"The lock at Eastchapel opens again\n\n{article(1)}\n\n{end}\n"
    document = process(RawDocument("0" * 64, "page.txt", text.encode()), registers)
    (found,) = document.articles
    assert (names_of(document), found.date_published) == ([], None)


def test_an_outlet_and_a_day_can_sign(registers: Registers) -> None:
    text = f"The lock opens again\n\n{article(1)}\n\nHull Daily Mail, 6 November 2023\n"
    document = process(RawDocument("0" * 64, "page.txt", text.encode()), registers)
    (found,) = document.articles
    assert (names_of(document), found.date_published) == ([], "2023-11-06")
    assert found.publisher == "Hull Daily Mail"


@pytest.mark.parametrize(
    "sentence",
    [
        "The inspector, Mark Jones of the harbour office, found rust in eleven of the beams.",
        "Anna Miller, who has a shop on the quay, fears for the Christmas trade and wants to talk.",
    ],
)
def test_a_sentence_about_a_person_stays_in_the_text(sentence: str, registers: Registers) -> None:
    text = f"# The lock opens again\n\n{sentence}\n\n{article(1)}\n"
    document = process(RawDocument("0" * 64, "page.md", text.encode()), registers)
    assert not document.authors
    assert sentence in document.articles[0].text


def test_bylines_of_other_articles_name_no_author(registers: Registers) -> None:
    others = "\n\n".join(
        f"More of locks and quays {number}\n\nby Mark Jones" for number in range(4)
    )
    document = read_page("By Anna Miller", registers, end=others)
    assert [author.name for author in document.authors] == ["Anna Miller"]


@pytest.mark.parametrize("line", ["Anna Miller's Harbour Notes", "ANNA MILLER//PHOTO AGENCY"])
def test_a_site_and_a_credit_name_no_author(line: str, registers: Registers) -> None:
    assert names_of(read_page(line, registers)) == []
