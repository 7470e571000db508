"""Pull quotes: what the layout repeats, and what only looks like it."""

from __future__ import annotations

from knipsel.transforms.clean.pull_quotes import find_pull_quotes

FIRST = (
    "De sluis is al drie jaar dicht, en niemand weet waarom. Volgens de schipper ligt het aan "
    "de provincie, die het geld voor de reparatie aan een brug heeft uitgegeven."
)
SECOND = (
    "De gemeente zegt dat de reparatie in het voorjaar begint. Tot die tijd varen de schepen "
    "om, en dat kost per reis een halve dag en veel geduld."
)
BODY = (FIRST, SECOND)
QUOTE = "De sluis is al drie jaar dicht, en niemand weet waarom."
OTHER = "Tot die tijd varen de schepen om, en dat kost per reis een halve dag."


def found_in(*paragraphs: str) -> set[int]:
    """Return the pull quotes, where any paragraph may repeat any other."""
    count = len(paragraphs)
    alike = {one: [other for other in range(count) if other != one] for one in range(count)}
    return find_pull_quotes(paragraphs, frozenset(), alike)


def test_a_sentence_that_repeats_a_paragraph() -> None:
    assert found_in(BODY[0], QUOTE, BODY[1]) == {1}


def test_the_first_paragraph_is_never_one() -> None:
    assert found_in(QUOTE, *BODY) == set()


def test_several_in_a_row_are_a_list() -> None:
    assert found_in(*BODY, QUOTE, OTHER) == set()
    assert found_in(BODY[0], QUOTE, BODY[1], OTHER) == {1, 3}


def test_a_sentence_of_its_own_is_body() -> None:
    own = "De nieuwe brug wordt er niet eerder dan over tien jaar gebouwd."
    assert found_in(BODY[0], own, BODY[1]) == set()


def test_headings_questions_and_list_items_that_the_text_repeats_are_text() -> None:
    body = (
        "Wat kost de reparatie van de sluis? Wie betaalt de nieuwe deuren van de sluis bij "
        "Oostkapel, en wanneer komen die, vragen schippers zich af bij de haven."
    )
    for line in (
        "De nieuwe deuren van de sluis bij Oostkapel",
        "Wat kost de reparatie van de sluis?",
    ):
        assert found_in(FIRST, line, body) == set()


def test_a_name_behind_what_is_said_ends_a_pull_quote() -> None:
    said = "Niemand weet waarom de sluis al drie jaar dicht is Anna Molenaar schipper"
    body = "Niemand weet waarom de sluis al drie jaar dicht is, zegt Anna Molenaar, die er vaart."
    assert found_in(SECOND, said, f"{body} {SECOND}") == {1}
