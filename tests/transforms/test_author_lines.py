"""The names in lines that are known to be bylines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.parse.author_lines import has_credit
from knipsel.transforms.parse.persons import is_person

if TYPE_CHECKING:
    from knipsel.transforms.parse.parsed_line import LineReader, ParsedLine


def names_in(line: ParsedLine) -> list[str]:
    return [name.text for name in line.names]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna MillerPublished: Mar 5, 2024", ["Anna Miller"]),
        ("by Anna MillerMarch 5, 2024", ["Anna Miller"]),
        ("Mar 5, 2024Anna K. Miller", ["Anna K. Miller"]),
        ("May 2, 2024April 3, 2024 by Anna Miller", ["Anna Miller"]),
        ("By Anna Miller. Last Updated on March 5, 2024", ["Anna Miller"]),
        ("[lock_1-80x80] By Anna Miller", ["Anna Miller"]),
        ("By (BUTTON) Anna Miller, Ph.D.", ["Anna Miller"]),
        ("[svg]ByAnna Miller", ["Anna Miller"]),
        ("Written byby Anna Miller", ["Anna Miller"]),
        ("Author Posted by Locksmith on March 5, 2024", ["Locksmith"]),
        ("Anna MillerAnna MillerAnna Miller", ["Anna Miller"]),
        ("Anna Miller Anna Miller Anna Miller", ["Anna Miller"]),
        ("Anna Miller By Anna Miller", ["Anna Miller"]),
        ("By Anna Miller    View In Digital Edition", ["Anna Miller"]),
        ("Anna Miller   LOCK TODAY", ["Anna Miller"]),
        ("Picture of Anna MillerPicture of Anna Miller Anna Miller", ["Anna Miller"]),
        ("Anna Miller's avatar", ["Anna Miller"]),
        ("Headshot of Anna Miller", ["Anna Miller"]),
        ("12 Comments | Anna Miller |    Last Updated: March 5, 2024", ["Anna Miller"]),
        ("Checked by Mark Jones, MD — Written by Anna Miller, MS — Updated", ["Anna Miller"]),
        ("March 5, 2024 Anna Miller", ["Anna Miller"]),
        ("Anna MillerFollow", ["Anna Miller"]),
        ("By Anna Miller For quay.example", ["Anna Miller"]),
        ("Por Anna Miller", ["Anna Miller"]),
        ("By Anna Miller Culture", ["Anna Miller"]),
        ("By Anna Miller@annam", ["Anna Miller"]),
        ("By Anna Miller, Quayside.com", ["Anna Miller"]),
        ("Anna Miller Tue Mar 5, 2024", ["Anna Miller"]),
        ("EASTCHAPEL Tue Mar 5, 2024", []),
        ("By Anna Miller The Eastchapel Press", ["Anna Miller"]),
        ("Anna K. Miller Follow", ["Anna K. Miller"]),
        ("by @anna_m", ["anna_m"]),
        ("by anna_m", ["anna_m"]),
        ("Locksmith", ["Locksmith"]),
    ],
)
def test_names_that_a_page_has_glued_to_other_things(
    line: str, names: list[str], lines: LineReader
) -> None:
    assert names_in(lines(line)) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Miller, Eastchapel Observer", ["Anna Miller"]),
        ("By Anna Miller, Senior Director, Lock & Quay, Watermark", ["Anna Miller"]),
        ("By Anna Miller Digital Editor and Master Skipper", ["Anna Miller"]),
        ("Anna Miller and Mark Jones  |  Guest Columnists", ["Anna Miller", "Mark Jones"]),
        (
            "By Anna Miller , Mark Jones, and Tom Lock, staff",
            ["Anna Miller", "Mark Jones", "Tom Lock"],
        ),
        ("By Laura del Molen and Anna Miller, reporters", ["Laura del Molen", "Anna Miller"]),
        ("By Anna in LocksAndQuays", ["Anna"]),
        ("By The Quayside Team", ["The Quayside Team"]),
        ("By Anna J. Miller MD, MPH", ["Anna J. Miller"]),
        ("Door Piet van der Meer", ["Piet van der Meer"]),
        ("William Miller III", ["William Miller III"]),
        ("Column by Anna Miller Former Harbour Master", ["Anna Miller"]),
        ("Door Henk in 't Veld en Piet op de Beek", ["Henk in 't Veld", "Piet op de Beek"]),
        ("Door onze redacteur Jan Jansen", ["Jan Jansen"]),
        ("Par Jeanne d'Arcy et Luc Petit", ["Jeanne d'Arcy", "Luc Petit"]),
        ("Von unserem Korrespondenten Jürgen Schleuse", ["Jürgen Schleuse"]),
    ],
)
def test_names_without_roles_outlets_and_degrees(
    line: str, names: list[str], lines: LineReader
) -> None:
    assert names_in(lines(line)) == names


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Anna Miller",
        "Image Credit: Quayside",
        "Image",
        "Edited by: Anna Miller",
        "Anna Miller/Quay Images",
        "Anna Miller von Kaibild",
        "Copyright Anna Miller",
        "— Anna Miller (@annam) March 5, 2024",
        "A lock at dawn on March 5, 2024.Photograph: ANNA MILLER/Quay Images",
        "5 min read",
    ],
)
def test_lines_that_name_no_author(line: str, lines: LineReader) -> None:
    assert names_in(lines(line)) == []


def test_a_noun_before_other_words_is_no_byline_word(lines: LineReader) -> None:
    found = lines("Text Service Desk").author
    assert found is None or found[0] != "byline"
    labelled = lines("Text: Service Desk").author
    assert labelled
    assert labelled[0] == "byline"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Miller", True),
        ("Dr. Anna Miller", True),
        ("Jean-Luc Petit", True),
        ("K. Miller", True),
        ("Key Takeaways", False),
        ("Apply Now", False),
    ],
)
def test_persons(name: str, expected: bool, lines: LineReader) -> None:  # noqa: FBT001
    assert is_person(name, lines.words.persons) is expected


@pytest.mark.parametrize(
    ("line", "agency"),
    [("Door ANP", "ANP"), ("Reuters", "Reuters"), ("By Anna Miller", None), ("x" * 300, None)],
)
def test_agencies(line: str, agency: str | None, lines: LineReader) -> None:
    found = lines(line).agency
    assert (found and found.text) == agency


def test_a_credit(lines: LineReader) -> None:
    assert has_credit("The lock on March 5, 2024. Photo: Anna Miller", lines.words.bylines)
    assert not has_credit("Anna Miller: the lock opens", lines.words.bylines)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Door prof. dr. Anna de Boer", ["Anna de Boer"]),
        ("By Dr. Anna Boer and Mr. Piet Pen", ["Anna Boer", "Piet Pen"]),
        ("By Dr. Boer", ["Dr. Boer"]),
    ],
)
def test_titles_are_no_part_of_a_name(lines: LineReader, line: str, names: list[str]) -> None:
    assert names_in(lines(line)) == names
