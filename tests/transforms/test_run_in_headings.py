"""Headings that run into the sentence behind them, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.layout.units import build_units
from tests.unit_checks import check_units

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

REST = "hoogt de gemeente de kade op, want het water komt er elke winter een stukje verder."
BODY = """Bewoners zijn er niet gerust op, en dat zegt een wethouder ook. Maar de kelders staan in
het najaar weer onder water, volgens de raad, en toch is er nog geen besluit over de bomen."""


def heading(first: str, registers: Registers, body: str = BODY) -> str | None:
    source = f"{' '.join(body.split())}\n\n{first}\n\nDat was het."
    units = build_units(source, registers.layout)
    check_units(units, source)
    found = [unit for unit in units if unit.kind == "heading"]
    assert len(found) <= 1
    if found:
        following = units[units.index(found[0]) + 1]
        assert f"{found[0].text} {following.text}" == first
    return found[0].text if found else None


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (f"Een nieuw dijkplan En dus {REST}", "Een nieuw dijkplan"),
        (f"Bang voor de bomen Maar daarom {REST}", "Bang voor de bomen"),
        (f"Geen tijd te verliezen Volgens Anna de Boer {REST}", "Geen tijd te verliezen"),
        (f"Dure kade De wethouder zegt: daarom {REST}", "Dure kade"),
        (f"Kelders En toch {REST}", "Kelders"),
    ],
)
def test_headings(registers: Registers, first: str, expected: str) -> None:
    assert heading(first, registers) == expected


@pytest.mark.parametrize(
    "first",
    [
        f"De Waterbode schrijft: straks {REST}",
        f"In De Waterbode zegt de raad: straks {REST}",
        f"The New River Times zegt: straks {REST}",
        f"Het Kadeblad weet het zeker, want straks {REST}",
        f"WATERSTAD De wethouder weet het: straks {REST}",
        f"Waterstad De wethouder weet het: straks {REST}",
        f"Nieuwe Waterstad De wethouder weet het: straks {REST}",
        f"Het televisieprogramma De slimme bewoner laat zien: straks {REST}",
        f"Minister Van der Kade laat weten: straks {REST}",
        f"Jan De Kade liet weten: straks {REST}",
        f"‘Geen tijd meer’ En dus {REST}",
        f"Hij zei Dat is niet waar en straks {REST}",
        f"De raad van De wethouders zegt: straks {REST}",
        f"1. Nieuw dijkplan En dus {REST}",
        f"• Nieuw dijkplan En dus {REST}",
        f"Een nieuw dijkplan. En dus {REST}",
        f"Een nieuw dijkplan, En dus {REST}",
        "Een nieuw dijkplan En dus niet.",
        "Een nieuw dijkplan En dus wordt het water in de stad niet langer een gevaar voor",
        f"Over de kade Daarom {REST}",
        f"En dus {REST}",
    ],
)
def test_what_stays_whole(registers: Registers, first: str) -> None:
    assert heading(first, registers) is None


@pytest.mark.parametrize(
    ("body", "first", "expected"),
    [
        (
            "Die Stadt zögert, aber der Rat und die Bürger warten nicht länger auf das Geld.",
            """Kein Geld für teure Mauern Aber der Rat will nun doch bauen, weil das Wasser jeden \
Winter ein Stück höher steigt.""",
            "Kein Geld für teure Mauern",
        ),
        (
            "The town waits, but the council and those who live there do not, and they say so.",
            """A costly wall But the council will build it after all, since the water comes up a \
little further each winter.""",
            "A costly wall",
        ),
    ],
)
def test_other_languages(registers: Registers, body: str, first: str, expected: str) -> None:
    assert heading(first, registers, body) == expected


def test_german_nouns_stay_whole(registers: Registers) -> None:
    first = "Der Rat der Stadt Wasserburg will die Mauer bauen, und das Geld ist auch schon da."
    assert heading(first, registers, "Und der Rat wartet, aber die Stadt will das Geld.") is None


def test_a_wrapped_paragraph_keeps_its_places(registers: Registers) -> None:
    lines = [
        "Een nieuw dijkplan En dus hoogt de gemeente de kade in het oude centrum op, want",
        "het water komt er elke winter een stukje verder, en daarover zijn de onderhan-",
        "delingen nu afgerond. De wethouder is daar blij mee, zo liet hij gisteren weten",
        "aan de raad, en de bewoners zijn dat ook, want hun kelders bleven niet vaak droog",
        "in de afgelopen jaren, en dat is nu eindelijk voorbij, als het plan ook doorgaat.",
    ]
    source = "\n".join(lines)
    units = build_units(source, registers.layout)
    check_units(units, source)
    assert [unit.text for unit in units[:-1]] == ["Een nieuw dijkplan"]
    assert "over zijn de onderhandelingen nu" in units[1].text


@given(st.lists(st.sampled_from([*REST.split(), "En", "Maar", "De", "Volgens", "Kade", "."])))
def test_any_words(registers: Registers, words: list[str]) -> None:
    source = " ".join(words)
    check_units(build_units(source, registers.layout), source)
