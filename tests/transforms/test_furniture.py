"""The register of furniture: what comes into it, and what it does to a page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.clean.furniture import Recurring, find_furniture, find_furniture_units
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.pages.furniture import furniture_key, parse_furniture

PITCH = "Steun onze redactie met een kleine bijdrage, want goed onderzoek kost veel geld."
PARAGRAPHS = (
    "De sluis bij Oostkapel gaat na drie jaar weer open, heeft de provincie vrijdag gemeld.",
    "Schippers moesten al die tijd omvaren, wat per reis een halve dag en veel brandstof kostte.",
    "Volgens de gemeente zijn de nieuwe deuren van staal en gaan zij zeker zestig jaar mee.",
    "De eerste schepen worden maandag verwacht; wie wil kijken kan op de oude brug staan.",
)


def page(*paragraphs: str) -> bytes:
    return "\n\n".join(paragraphs).encode()


def test_a_line_that_most_articles_do_not_have_is_furniture() -> None:
    found = find_furniture(
        [
            Recurring("• Steun onze redactie vandaag nog", 10, 8),
            Recurring("nog 3 dagen gratis proberen", 4, 3),
            Recurring("Nog 12 dagen gratis proberen", 4, 3),
            Recurring("de krant bedankt alle lezers hartelijk", 10, 3),
        ]
    )
    assert [(one.line, one.documents, one.is_used) for one in found] == [
        ("de krant bedankt alle lezers hartelijk", 10, False),
        ("nog # dagen gratis proberen", 8, True),
        ("steun onze redactie vandaag nog", 10, True),
    ]


def test_what_no_article_kept_or_is_short_needs_no_entry() -> None:
    lines = [Recurring("steun onze redactie vandaag nog", 10, 10), Recurring("lees ook dit", 9, 7)]
    assert find_furniture(lines) == []


def with_furniture(registers: Registers, lines: frozenset[str]) -> Registers:
    return replace(registers, pages=replace(registers.pages, furniture=lines))


def test_a_line_of_the_register_is_removed_and_says_why(registers: Registers) -> None:
    content = page(*PARAGRAPHS[:3], PITCH, *PARAGRAPHS[3:])
    learned = with_furniture(registers, frozenset({furniture_key(PITCH)}))
    plain = process(RawDocument("a" * 64, "x", content), registers)
    cleaned = process(RawDocument("a" * 64, "x", content), learned)
    assert PITCH in plain.articles[0].text
    assert cleaned.articles[0].text == plain.articles[0].text.replace(f"{PITCH}\n\n", "")
    assert [(span.reason, span.text) for span in cleaned.removed_spans] == [("furniture", PITCH)]


def test_the_opening_of_an_article_stays(registers: Registers) -> None:
    """It may be what other pages have as a teaser."""
    content = page(*PARAGRAPHS)
    opening = frozenset(map(furniture_key, PARAGRAPHS[:2]))
    learned = with_furniture(registers, opening)
    plain = process(RawDocument("a" * 64, "x", content), registers)
    assert process(RawDocument("a" * 64, "x", content), learned) == plain


@given(
    rows=st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.booleans()), max_size=12),
    used=st.frozensets(st.sampled_from("abcdef")),
)
def test_only_lines_of_the_register_that_were_kept_go(
    rows: list[tuple[str, bool, bool]], used: frozenset[str]
) -> None:
    texts, kept, is_prose = (
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
    )
    found = find_furniture_units(texts, kept, is_prose, used)
    assert all(kept[index] and texts[index] in used for index in found)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"lines": {}}, "lines: must be a list"),
        ({"lines": [{"use": True}]}, "lines.line: must be a text"),
        ({"lines": [{"line": "een regel"}]}, "lines.use: must be true or false"),
        ({"lines": [{"line": "een regel", "use": True, "removed": "3"}]}, "must be numbers"),
    ],
)
def test_a_malformed_register_is_refused(table: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_furniture(table)
