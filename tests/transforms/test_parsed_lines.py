"""Lines that are parsed once: each thing that a line says is found when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.transforms.parse import bylines, dated_line
from knipsel.transforms.parse.dates import dates_in
from knipsel.transforms.parse.parsed_line import LineReader, ParsedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

BYLINE = "By Anna Miller, March 3, 2024"
PAGE = f"""The lock at Eastchapel opens again

{BYLINE}

The lock at Eastchapel opens again in the spring, says the harbour master of the town.

The works took two years, and the skippers of the river had to sail around the island.
"""


def read(line: ParsedLine) -> tuple[object, ...]:
    return (
        *(line.byline, line.signature, line.name_line, line.date_line),
        *(line.told_date, line.author, line.names, line.agency, line.first_date()),
    )


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts in which dates are sought from now on."""
    asked: list[str] = []

    def count(text: str, *given: object, **more: object) -> object:
        asked.append(text)
        return dates_in(text, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(dated_line, "dates_in", count)
    monkeypatch.setattr(bylines, "dates_in", count)
    return asked


def test_a_line_is_parsed_once(registers: Registers, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    lines = LineReader(registers.lines)
    first = read(lines(BYLINE))
    assert asked.count(BYLINE) == 1
    before = len(asked)
    assert read(lines(BYLINE)) == first
    assert len(asked) == before
    assert read(ParsedLine(BYLINE, registers.lines)) == first


def test_what_cleaning_parsed_describing_takes(
    run: Callable[[str], ProcessedDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch)
    (article,) = run(PAGE).articles
    assert (article.author, article.date_published) == ("Anna Miller", "2024-03-03")
    assert asked.count(BYLINE) == 1


def test_short_years_count_where_there_is_no_full_one(registers: Registers) -> None:
    line = ParsedLine("Updated 10 mrt 23", registers.lines)
    assert (line.dates, [one.edtf for one in line.short_dates]) == ((), ["2023-03-10"])
    full = ParsedLine("10 mrt 23, 11 maart 2024", registers.lines)
    assert full.short_dates == full.dates


def test_all_of_a_line_is_the_line(registers: Registers) -> None:
    line = ParsedLine(BYLINE, registers.lines)
    assert line.part(0, len(BYLINE)) is line
    part = line.part(3, len("By Anna Miller"))
    assert (part.text, part.dates, part.words) == ("Anna Miller", (), line.words)
