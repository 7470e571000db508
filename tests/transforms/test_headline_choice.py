"""Which line is the headline, by the model's share and by its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.clean.front.headline import (
    WEIGHTS,
    HeadlinePage,
    choose_headline,
    telling_titles,
    what_is_known,
)
from knipsel.transforms.clean.judge import judge
from knipsel.transforms.layout.unit import Unit
from knipsel.transforms.parse.parsed_line import LineReader
from knipsel.transforms.text.words import words

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

LINES = (
    "Nieuws",
    "De kade in het centrum gaat omhoog",
    "Door Anna de Boer",
    "Wat de winkels verliezen.",
    "https://example.org/nieuws/kade",
    "De kade in het centrum moet omhoog, want het water komt elk jaar een stukje verder.",
)
LABELS = (
    "Bijgewerkt: 20 uur geleden",
    "Start › Nieuws › De kade",
    "Tijdschrift voor de kade            2 maart 2023",
)
BODY = 5
LEAD = frozenset(words(LINES[BODY]))


def page_of(registers: Registers, repeated: frozenset[str] = frozenset()) -> HeadlinePage:
    units: list[Unit] = []
    for text in LINES:
        start = units[-1].end + 1 if units else 0
        units.append(Unit(start, start + len(text), text, is_bullet=False, after_blank=True))
    judged = judge(units, registers.pages).items
    return HeadlinePage(judged, BODY, LEAD, {2}, repeated, LineReader(registers.lines))


def test_words_decide_where_the_model_is_in_doubt(registers: Registers) -> None:
    """What the body speaks of, with a byline below, wins over a section that looks the same."""
    page = page_of(registers)
    found = choose_headline({0: 0.4, 1: 0.3, 3: 0.3}, page)
    assert found is not None
    assert found.line == 1


def test_what_is_unlikely_is_none(registers: Registers) -> None:
    page = page_of(registers)
    assert choose_headline({}, page) is None
    assert choose_headline({0: 0.004, 3: 0.004}, page) is None


def test_an_address_is_no_headline(registers: Registers) -> None:
    page = page_of(registers)
    assert what_is_known(4, 0.9, page) == {}
    assert choose_headline({4: 0.9}, page) is None


@pytest.mark.parametrize("text", LABELS)
def test_neither_the_label_of_a_day_nor_a_trail_is_a_headline(
    text: str, registers: Registers
) -> None:
    page = page_of(registers)
    (first, *others) = page.judged
    dated = first._replace(unit=first.unit._replace(text=text))
    assert what_is_known(0, 0.9, replace(page, judged=(dated, *others))) == {}


def test_all_that_is_known_has_a_weight(registers: Registers) -> None:
    known = what_is_known(1, 0.5, page_of(registers, frozenset({LINES[1].casefold()})))
    assert set(known) == set(WEIGHTS)
    assert (known["mark_below"], known["repeated"], known["spoken"]) == (1.0, 1.0, 0.75)


def test_the_first_of_equals(registers: Registers) -> None:
    """The order in which the model gives its lines does not matter."""
    page = page_of(registers)
    shares = {1: 0.5, 3: 0.2}
    assert choose_headline(shares, page) == choose_headline(dict(reversed(shares.items())), page)


def test_what_a_title_says_and_what_a_page_says_again(registers: Registers) -> None:
    page = replace(page_of(registers), titles=telling_titles(["De kade omhoog | Havenkrant"]))
    assert (what_is_known(0, 0.5, page)["titled"], what_is_known(1, 0.5, page)["titled"]) == (
        0,
        0.5,
    )
    assert what_is_known(1, 0.5, page)["echoed"] == 0
    (*others, last) = page.judged
    shared = last._replace(unit=last.unit._replace(text=f"Share this: {LINES[1]}"))
    assert what_is_known(1, 0.5, replace(page, judged=(*others, shared)))["echoed"] == 1
