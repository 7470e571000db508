"""Units out of texts that a layout has broken up: wrapped, hyphenated, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.layout.units import build_units
from knipsel.transforms.text.offsets import left_out
from tests.growth import assert_in_proportion
from tests.unit_checks import check_units, hyphenated, paragraphs, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.registers.model import Registers

    Divide = Callable[[str], list[Unit]]


@pytest.fixture(scope="module")
def divide(registers: Registers) -> Divide:
    """Divide a source into units; unlike the registers it prints on one line."""

    def checked(source: str) -> list[Unit]:
        units = build_units(source, registers.layout)
        check_units(units, source)
        return units

    return checked


def texts(units: list[Unit]) -> list[str]:
    return [unit.text for unit in units if unit.reason is None]


@given(paragraphs(), st.integers(60, 90), st.sampled_from(["", "   "]))
def test_wrapped_paragraphs_are_whole_again(
    divide: Divide, expected: list[str], width: int, indent: str
) -> None:
    source = "\n\n".join("\n".join(wrapped(one, width, indent)) for one in expected)
    assert texts(divide(source)) == expected


@given(paragraphs(), st.integers(56, 80))
def test_hyphenated_paragraphs_are_whole_again(
    divide: Divide, expected: list[str], width: int
) -> None:
    source = "\n\n".join("\n".join(hyphenated(one, width)) for one in expected)
    assert texts(divide(source)) == expected


@given(paragraphs(12), st.integers(14, 30), st.sampled_from(["\fStadskrant\n\n", ""]))
def test_paragraphs_go_on_across_pages(
    divide: Divide, expected: list[str], length: int, head: str
) -> None:
    lines = [line for one in expected for line in (*wrapped(one, 70), "")]
    pages = [lines[start : start + length] for start in range(0, len(lines), length)]
    source = "".join(
        head + "\n".join(page) + f"\n\n{number}\n" for number, page in enumerate(pages, 7)
    )
    units = divide(source)
    if head and len(pages) > 1:
        found = " ".join(unit.text for unit in units if unit.reason is None)
        assert found.split() == " ".join(expected).split()


@given(paragraphs(), st.data())
def test_any_layout_maps_back(divide: Divide, made: list[str], data: st.DataObject) -> None:
    lines = [line for one in made for line in wrapped(one, data.draw(st.integers(20, 100)))]
    ends = data.draw(
        st.lists(
            st.sampled_from(["\n", "\n\n", "\r\n", "-\n", "\u00ad\n", "\f", "\n12\n", "\n   "]),
            min_size=len(lines),
            max_size=len(lines),
        )
    )
    source = "".join(line + end for line, end in zip(lines, ends, strict=True))
    divide(source)


PAGES = """Stadskrant

Ten eerste is de kade in het oude centrum aan de beurt, en dat gebeurt nog
voor de zomer, want het water komt elk jaar verder, tot vrees van de onderhan-
{number}
\fStadskrant

delaars die er wonen. Zij kijken al jaren toe hoe de kelders vollopen en hoe de
straat verzakt, en zij hopen dat het nu eindelijk iets wordt met dat plan.

Ten tweede is er de brug, die al even oud is en waarover nog niemand sprak.
{next}
"""


def test_a_paragraph_across_a_page_break(divide: Divide) -> None:
    source = PAGES.format(number=12, next=13)
    units = divide(source)
    assert [(unit.reason, unit.text[:12]) for unit in units] == [
        ("running_head", "Stadskrant"),
        (None, "Ten eerste i"),
        (None, "Ten tweede i"),
        ("page_number", "13"),
    ]
    assert "tot vrees van de onderhandelaars die er wonen" in units[1].text
    inside = [source[start:end] for start, end in left_out(units[1].pieces, source)]
    assert inside == ["12", "Stadskrant"]


def test_numbers_that_do_not_count_stay(divide: Divide) -> None:
    found = " ".join(texts(divide(PAGES.format(number=1987, next=2022))))
    assert "1987" in found
    assert "2022" in found


def test_sections_with_numbers_are_no_pages(divide: Divide) -> None:
    prose = "\n".join(
        f"Het water in de gracht staat vandaag opnieuw wat hoger dan de dag {day} ervoor."
        for day in "abcdefghijklmno"
    )
    source = "\n".join(f"{number}\n{prose}" for number in range(1, 6))
    assert [one for one in texts(divide(source)) if one.isdigit()] == list("12345")


def test_a_list_in_a_text_browsers_dump(divide: Divide) -> None:
    source = """
   De gemeente wil de kade in het oude centrum ophogen, omdat het water er
   elke winter een stukje verder komt. Daarvoor zijn er volgens de raad in
   het najaar vier redenen, die de wethouder gisteren nog eens opsomde:
     * het water, dat steeds hoger komt en waarvan de kelders onder water
       komen te staan;
     * de bomen
     * de brug
          + de oude, die aan het eind van de gracht ligt en die niet meer
            open kan
   [kade.jpg]
   De kade

Wat er nog komt

   Het waterschap betaalt een deel van de kosten, maar hoeveel dat is, dat
   wordt pas in het najaar bekend, als de plannen er helemaal liggen.
"""
    assert texts(divide(source)) == [
        """De gemeente wil de kade in het oude centrum ophogen, omdat het water er elke winter een \
stukje verder komt. Daarvoor zijn er volgens de raad in het najaar vier redenen, die de \
wethouder gisteren nog eens opsomde:""",
        "* het water, dat steeds hoger komt en waarvan de kelders onder water komen te staan;",
        "* de bomen",
        "* de brug",
        "+ de oude, die aan het eind van de gracht ligt en die niet meer open kan",
        "[kade.jpg]",
        "De kade",
        "Wat er nog komt",
        """Het waterschap betaalt een deel van de kosten, maar hoeveel dat is, dat wordt pas in \
het najaar bekend, als de plannen er helemaal liggen.""",
    ]


def test_lines_that_are_paragraphs_stay_apart(divide: Divide) -> None:
    long = "De gemeente wil de kade in het oude centrum ophogen en dat is duur. " * 4
    lines = [
        "een kade van hout en steen in het oude centrum",
        long.strip(),
        "een brug van ijzer over de gracht in het westen",
        long.strip(),
    ]
    assert texts(divide("\n".join(lines))) == lines


def test_shifted_units_stand_further_on(divide: Divide) -> None:
    source = PAGES.format(number=12, next=13)
    for unit in divide(source):
        moved = unit.shifted(5)
        start, end = moved.stretch(0, len(unit.text))
        assert (start - 5, end - 5) == (unit.start, unit.end)


@pytest.mark.long
@pytest.mark.parametrize(
    "form", ["{number}\n", "woord{number}-\nrest ", "Stadskrant\n12\nDe kade is nat\f"]
)
def test_hostile_texts_take_linear_time(divide: Divide, form: str) -> None:
    def numbered(count: int) -> str:
        return "".join(form.format(number=number) for number in range(count))

    assert_in_proportion(divide, numbered, 4_000)
