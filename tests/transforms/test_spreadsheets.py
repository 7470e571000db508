"""Spreadsheets: XLSX, XLS and ODS, of which each row with a text is an article."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.ole_files import xls
from tests.package_files import ods, sheet, xlsx
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

HEADER = ["Titel", "Datum", "Krant", "Auteur", "Pagina", "Tekst"]
DAY = 45236
"""6 November 2023, as Excel counts."""


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def values(document: ProcessedDocument, field: str) -> list[str]:
    return [one.value for one in document.statements if one.field == field and one.chosen]


def row(number: int, **changes: str | float | None) -> list[str | float | None]:
    """Return a row under ``HEADER``."""
    known: dict[str, str | float | None] = {
        "titel": f"De kade {number}",
        "datum": DAY,
        "krant": "De Havenbode",
        "auteur": "Anna de Boer",
        "pagina": 3,
        "tekst": article(number),
    }
    return [*(known | changes).values()]


def test_each_row_is_an_article(run: Run) -> None:
    table = sheet(HEADER, row(1), row(2, auteur=None), dates=["B2", "B3"])
    document = checked(run(xlsx(table)))
    assert (document.reader, document.encoding) == ("spreadsheet", None)
    assert [one.headline for one in document.articles] == ["De kade 1", "De kade 2"]
    assert [one.date_published for one in document.articles] == ["2023-11-06"] * 2
    assert [one.text for one in document.articles] == [article(1), article(2)]
    assert [one.author for one in document.articles] == ["Anna de Boer", None]
    assert values(document, "publisher") == ["De Havenbode"] * 2
    assert values(document, "pagination") == ["3", "3"]
    assert "Datum: 2023-11-06\n" in document.source_text
    assert {one.method for one in document.statements if one.field == "author"} == {"sheet_field"}


def test_a_day_without_its_format(run: Run) -> None:
    """The number may be of another calendar, so it is an estimate."""
    document = checked(run(xlsx(sheet(HEADER, row(1)))))
    (found,) = [one for one in document.statements if one.field == "date_published"]
    assert (found.value, found.original_text) == ("2023-11-06", str(DAY))


def test_what_stands_above_the_header_and_on_other_sheets(run: Run) -> None:
    notes = sheet(["Een notitie bij de selectie, niet meer dan dat."])
    table = sheet(["Selectie havens 2023"], [], HEADER, [], row(1))
    document = checked(run(xlsx(notes, table)))
    (one,) = document.articles
    assert one.headline == "De kade 1"
    removed = "\n".join(span.text for span in document.removed_spans)
    assert "Blad1 row 1: Een notitie" in removed
    assert "Blad2 row 1: Selectie havens 2023" in removed


def test_empty_rows_and_columns_before_the_table_count(run: Run) -> None:
    """The rows have the numbers that the program shows, and merged cells are those of the sheet."""
    table = "<sheetData>" + "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in zip("BCD", texts, strict=True)
            if text
        )
        + "</row>"
        for number, texts in {
            3: ("Selectie", "", ""),
            4: ("Titel", "Krant", "Tekst"),
            5: ("De kade", "De Havenbode", article(1)),
            6: ("De brug", "", article(2)),
        }.items()
    )
    merged = '</sheetData><mergeCells><mergeCell ref="C5:C6"/></mergeCells>'
    document = checked(run(xlsx(table + merged)))
    assert "Blad1 row 3: Selectie" in document.source_text
    assert [one.publisher for one in document.articles] == ["De Havenbode"] * 2


def test_several_sheets_with_articles(run: Run) -> None:
    document = checked(run(xlsx(sheet(HEADER, row(1)), sheet(HEADER, row(2)))))
    assert [one.headline for one in document.articles] == ["De kade 1", "De kade 2"]


def test_a_hidden_sheet_is_not_read(run: Run) -> None:
    document = checked(run(xlsx(sheet(HEADER, row(1)), sheet(HEADER, row(2)), hidden=[2])))
    assert len(document.articles) == 1
    assert "De kade 2" not in document.source_text


def test_a_cell_merged_over_rows_counts_for_each(run: Run) -> None:
    rows = [row(1), row(2, krant=None), row(3, krant=None)]
    document = checked(run(xlsx(sheet(HEADER, *rows, merged="C2:C3"))))
    assert [one.publisher for one in document.articles] == ["De Havenbode", "De Havenbode", None]


def test_a_text_that_fills_its_cell_is_cut_off(run: Run) -> None:
    text = ("De sluis blijft dicht. " * 2000)[:32_767]
    document = checked(run(xlsx(sheet(["titel", "tekst"], ["Sluis", text]))))
    (one,) = document.articles
    assert one.completeness == "truncated"


@pytest.mark.parametrize("make", [xls, ods])
def test_other_programs(run: Run, make: Callable[..., bytes]) -> None:
    rows = [["Titel", "Datum", "Tekst"], ["De kade", "2023-11-06", article(1)[:200] + "."]]
    document = checked(run(make(rows)))
    (one,) = document.articles
    assert document.reader == "spreadsheet"
    assert (one.headline, one.date_published) == ("De kade", "2023-11-06")


@pytest.mark.parametrize(
    "table",
    [
        sheet(["Taak", "Wie", "Klaar"], ["Bellen", "Jan", "ja"]),
        sheet(["Titel", "Tekst", "Datum"], ["Bellen", "Met Jan", DAY], ["Mail", "Aan Piet", DAY]),
        sheet(["Titel", "Link"], ["De kade", "https://a.example/1"]),
        "<sheetData/>",
    ],
)
def test_what_is_no_table_of_articles(run: Run, table: str) -> None:
    (rejection,) = run(xlsx(table)).rejections
    assert rejection.rule == "wrong_sheet_shape"
    assert "CSV" in rejection.message


def test_a_table_of_descriptions_holds_teasers(run: Run) -> None:
    start = article(1).split("\n\n")[0]
    table = sheet(["Titel", "Datum", "Samenvatting"], ["De kade", DAY, start])
    document = checked(run(xlsx(table)))
    (one,) = document.articles
    assert (one.text, one.completeness) == (start, "teaser")


LAST = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'


def test_a_cell_far_away_does_not_take_all_memory(run: Run) -> None:
    (rejection,) = run(xlsx(f"<sheetData>{LAST}</sheetData>")).rejections
    assert rejection.rule == "oversized_sheet"


def test_an_empty_cell_far_away_is_no_matter(run: Run) -> None:
    table = sheet(HEADER, row(1)).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    assert len(checked(run(xlsx(table))).articles) == 1


@pytest.mark.parametrize("content", [ods([["x"]])[:-30], xls([["x"]])[:2000], xlsx("<sheetData")])
def test_broken(run: Run, content: bytes) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule in {"broken_sheet", "wrong_sheet_shape", "unsupported_media_type"}


WHOLE = [
    xlsx(sheet(HEADER, row(1), row(2), dates=["B2"])),
    ods([["Titel", "Tekst"], ["De kade", article(1)]]),
    xls([["Titel", "Tekst"], ["De kade", article(1)[:200]]]),
]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(number=st.integers(0, 2**32), content=st.sampled_from(WHOLE))
def test_any_damage_has_an_outcome(run: Run, number: int, content: bytes) -> None:
    chance = random.Random(number)
    spoiled = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    document = checked(run(bytes(spoiled[: chance.randint(8, len(spoiled))])))
    assert bool(document.articles) != bool(document.rejections)
