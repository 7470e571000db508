"""Rows of numbers, months and signs, as tables have them: no parser stumbles over any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knipsel.transforms.annotate.annotate import annotate
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.times import find_times
from knipsel.transforms.describe.candidates.file_names import path_dates
from knipsel.transforms.parse.author_lines import has_credit
from knipsel.transforms.parse.bylines import find_outlet
from knipsel.transforms.parse.clock import find_time
from knipsel.transforms.parse.dates import dates_in, order_shown
from knipsel.transforms.parse.field_values import as_written
from knipsel.transforms.parse.parsed_line import ParsedLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]

NUMBERS = st.one_of(
    st.integers(0, 40).map(str),
    st.integers(1590, 2110).map(str),
    st.integers(0, 99).map(lambda number: f"'{number:02d}"),
    st.from_regex(r"[0-9]{1,4}([.,:/–-][0-9]{1,4}){1,3}", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}(ste|de|e|th|st|te|s|er|h|u|%|°)?", fullmatch=True),
    st.sampled_from(
        ["٣", "１４", "½", "2½", "³", "0", "00", "-1", "1e9", "MMXXIV", "v2.10.3", "Q3"]
    ),
)
NUMERALS = {
    "nl": ("half", "anderhalf", "tweeënhalf", "een", "drie", "twaalf", "honderd", "derde", "20e"),
    "de": ("anderthalb", "zweieinhalb", "eins", "drei", "zwölf", "hundert", "dritte", "20."),
    "en": ("half", "one", "three", "twelve", "hundred", "third", "20th"),
}
MONTHS = {
    "nl": ("maart", "mrt.", "Mei", "jan", "december"),
    "de": ("März", "Jänner", "Mai", "Sept.", "Dez"),
    "en": ("March", "Sept.", "May", "jan", "December"),
}
TIES = {
    "nl": ("van", "tot", "en", "t/m", "tussen", "of", "de", "sinds", "begin", "over", "geleden"),
    "de": ("vom", "bis", "und", "zwischen", "oder", "der", "seit", "Anfang", "in", "vor"),
    "en": ("from", "to", "and", "between", "or", "the", "since", "early", "in", "ago"),
}
WORDS = st.sampled_from(
    [
        *("maandag", "vr.", "Montag", "Friday", "weekend", "week", "jaar", "eeuw", "Jahr", "years"),
        *("laatste", "vorige", "next", "het", "im", "later", "winter", "kerst", "Ostern", "jaren"),
        *("Door", "By", "Von", "Anna de Boer", "ANP", "Foto:", "uur", "Uhr", "am", "pm", "CEST"),
        *("negentig", "1990er", "nu", "gisteren", "kwartaal", "Mio.", "Prozent", "doelpunten"),
    ]
)
SIGNS = st.sampled_from([*",.;:!?'’‘\"„“”«»()[]/\\|-–—•*#@&+=~_%°º^", "...", "--", "\t", "\u00a0"])
JOINTS = st.sampled_from([" ", " ", " ", "", "-", "–", "/", ", ", ", ", ". ", "\n"])
LANGUAGES = st.sampled_from(sorted(MONTHS))


def drawn_row(draw: st.DrawFn, language: str) -> str:
    """Draw numbers, as digits or words, with words that tie them, a month, and anything else."""
    numbers = NUMBERS | st.sampled_from(NUMERALS[language])
    ties, months = st.sampled_from(TIES[language]), st.sampled_from(MONTHS[language])
    anything = st.one_of(numbers, numbers, ties, months, WORDS, SIGNS)
    row = st.lists(st.tuples(numbers, JOINTS, st.just("") | ties.map("{} ".format)), max_size=5)
    around = st.lists(st.tuples(anything, JOINTS, st.just("")), max_size=5)
    pieces = [*draw(around), *draw(row), (draw(months), draw(JOINTS), ""), *draw(around)]
    return "".join(part for piece in pieces for part in piece)


@st.composite
def rows(draw: st.DrawFn) -> str:
    return drawn_row(draw, draw(LANGUAGES))


@st.composite
def rows_of_languages(draw: st.DrawFn) -> tuple[str, str | None]:
    language = draw(LANGUAGES)
    return drawn_row(draw, language), draw(st.just(language) | st.none())


QUICK = settings(max_examples=300, deadline=None)


@QUICK
@given(row=rows())
def test_dates_times_and_bylines(registers: Registers, row: str) -> None:
    """Every parser of lines gives a value or none; where something stands is in the line."""
    for text in row.split("\n"):
        line = ParsedLine(text, registers.lines)
        for found in (*line.dates, *line.short_dates):
            assert 0 <= found.start < found.end <= len(text)
            find_time(text, found)
        order_shown([text])
        parsed = (line.byline, line.signature, line.name_line, line.told_date)
        dates = [line.first_date(), *(one.date for one in parsed if one)]
        assert all(found in {None, *line.dates, *line.short_dates} for found in dates)
        names = [*line.names, *filter(None, [line.agency])]
        assert all(text[name.start : name.end] == name.text for name in names)
        has_credit(text, registers.lines.bylines)
        find_outlet(text, 0, registers.lines.outlets)
        list(path_dates(text))
        for field in ("date_published", "author", "publisher", "language"):
            as_written(field, text, registers.lines)


@QUICK
@given(drawn=rows_of_languages(), published=st.sampled_from(["2025-09-10", "2024-02", None]))
def test_annotators(
    registers: Registers, drawn: tuple[str, str | None], published: str | None
) -> None:
    """No annotator raises, and what they find stands in the text."""
    row, language = drawn
    text = of_text(row, language, published, registers.annotations)
    found = annotate(text, registers.annotations)
    assert found.errors == {}
    stretches = [(one.char_start, one.char_end) for one in found.time_expressions]
    stretches += [(one.char_start, one.char_end) for one in found.mentions]
    stretches += [(one.char_start, one.char_end) for one in found.quotations]
    assert all(0 <= start < end <= len(row) for start, end in stretches)


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(rows(), min_size=1, max_size=8))
def test_whole_documents(run: Run, check_invariants: Check, lines: list[str]) -> None:
    """A table above and below an article changes nothing of what must hold."""
    prose = "De kade in het oude centrum moet omhoog, zegt de gemeente, en dat gebeurt in maart. "
    check_invariants(run("\n".join([*lines, "", prose * 3, "", *lines])))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "14.507 März, 2.538 März und 3,5 März."),
        ("nl", "14.507 maart, 2.538 maart en 3,5 maart."),
        ("nl", "Versie 2.14.3 maart"),
        ("nl", "anderhalf, 2,5 maart"),
        ("nl", "Het steeg 2.5 maart"),
        ("de", "Version 2.3 März"),
    ],
)
def test_numbers_with_fractions_are_no_days(registers: Registers, language: str, text: str) -> None:
    """Fractions and versions beside a month leave it a month."""
    known = registers.annotations
    found = find_times(of_text(text, language, "2025-09-10", known), known.times)
    assert {one.edtf for one in found} == {"2025-03"}
    assert {one.edtf for one in dates_in(f"{text.strip('.')} 2024", registers.lines.dates)} == {
        "2024-03"
    }


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "anderhalf, 2 en 3 maart", "2025-03-02/2025-03-03"),
        ("nl", "anderhalf tot 3 maart", "../2025-03-03"),
        ("de", "anderthalb, 2 und 3 März", "2025-03-02/2025-03-03"),
        ("de", "zweieinhalb bis 4. März", "../2025-03-04"),
    ],
)
def test_a_fraction_in_a_row_of_days_is_none_of_them(
    registers: Registers, language: str, text: str, expected: str
) -> None:
    """Whole numbers beside it are days still."""
    known = registers.annotations
    (found,) = find_times(of_text(text, language, "2025-09-10", known), known.times)
    assert found.edtf == expected
