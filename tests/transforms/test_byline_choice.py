"""Which line of a page is its byline."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_bylines_of_other_articles_name_no_author(registers: Registers) -> None:
    others = "\n\n".join(
        f"More of locks and quays {number}\n\nby Mark Jones" for number in range(4)
    )
    document = read_page("By Anna Miller", registers, end=others)
    assert [author.name for author in document.authors] == ["Anna Miller"]
