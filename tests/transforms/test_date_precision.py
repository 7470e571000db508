"""No date gains precision on its way: each part of it stands in its evidence."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.text.edtf import date_bounds
from tests.transforms.metadata_articles import BODY

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

_NL = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

DATES = st.one_of(
    st.dates(date(1950, 1, 1), date(2035, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [
                f"{day.day} {_NL[day.month - 1]} {day.year}",
                f"{_EN[day.month - 1]} {day.day}, {day.year}",
                f"{_EN[day.month - 1]} {day.year}",
                f"{_NL[day.month - 1]} {day.year}",
                f"{day.day}.{day.month}.{day.year}",
                f"{day.day:02d}/{day.month:02d}/{day.year}",
                f"{day.day} {_NL[day.month - 1]} '{day.year % 100:02d}",
                f"{day.year}-{day.month:02d}",
                day.isoformat(),
                str(day.year),
            ]
        )
    )
)
LINES = st.sampled_from(
    [
        "{}",
        "Gepubliceerd op {}",
        "Laatst bijgewerkt: {}",
        "Door Anna de Boer, {}",
        "Anna de Boer, Trouw, {}",
        "Posted {} 10:42",
        "Published {} | Updated {}",
        "In {} werd de kade gebouwd.",
        "https://example.org/{}/kade",
        "© {} Kadegroep",
    ]
)
NAMES = st.sampled_from(["/a/{}-kade.txt", "/a/kade_{}.txt", "/a/kade.txt"])
FIELDS = frozenset({"date_published", "date_modified"})


@given(
    above=st.lists(st.tuples(LINES, DATES), max_size=3),
    below=st.lists(st.tuples(LINES, DATES), max_size=3),
    name=st.tuples(NAMES, DATES),
    has_header=st.booleans(),
)
def test_each_part_of_a_date_stands_in_its_evidence(
    above: list[tuple[str, str]],
    below: list[tuple[str, str]],
    name: tuple[str, str],
    *,
    has_header: bool,
) -> None:
    registers = load_registers()
    header = " date 2022-12\n\n" if has_header else ""
    parts = [line.replace("{}", day) for line, day in above]
    rest = [line.replace("{}", day) for line, day in below]
    text = header + "\n\n".join([*parts, BODY, *rest])
    path = name[0].replace("{}", name[1].replace("/", "-"))
    document = process(RawDocument("a" * 64, path, text.encode(), date(2024, 6, 1)), registers)
    chosen = {one.field: one.value for one in document.statements if one.chosen}
    for one in document.statements:
        if one.field in FIELDS:
            evidence = path if one.original_text is None else one.original_text
            assert _is_evident(one.value, evidence, registers), one
    for article in document.articles:
        assert article.date_published == chosen.get("date_published")
        bounds = date_bounds(article.date_published)
        if article.date_published:
            assert article.date_published_precision == bounds.precision
        else:
            assert article.date_published_precision in {"interval", "unknown"}


def _is_evident(value: str, evidence: str, registers: Registers) -> bool:
    """Say whether year, month and day of a value stand in its evidence, in some form."""
    numbers = {int(number) for number in re.findall(r"\d{1,4}", evidence)}
    numbers |= {int(part) for part in re.findall(r"(?=(\d\d))", evidence)}
    found = re.findall(r"[^\W\d_]+", evidence)
    names = {
        registers.lines.dates.months.get(word) or registers.lines.dates.months.get(word.lower())
        for word in found
    }
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    has_year = year in numbers or f"'{year % 100:02d}" in evidence
    return has_year and (not month or month in numbers | names) and (not day or day in numbers)


@pytest.mark.parametrize(
    ("line", "value"),
    [("maart 2023", "2023-03"), ("Gepubliceerd: juli 2023", "2023-07"), ("2023-03", "2023-03")],
)
def test_a_month_stays_a_month(registers: Registers, line: str, value: str) -> None:
    text = f"Een kade van hout\n\nDoor Anna de Boer\n\n{line}\n\n{BODY}"
    document = process(RawDocument("a" * 64, "x.txt", text.encode()), registers)
    assert document.articles[0].date_published == value
    assert document.articles[0].date_published_precision == "month"
