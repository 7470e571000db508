"""Days as pages show them: short years, glued dates, openings, sentences below, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.parse.date_order import find_date_order
from tests.transforms.metadata_articles import BODY, chosen, page, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.parse.parsed_line import LineReader
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

HEADLINE = "Kade in het oude centrum moet omhoog"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("19.10.19, 11:29 Uhr", ["2019-10-19"]),
        ("28.01.22 / 0 Kommentare", ["2022-01-28"]),
        ("Von: Anna Boer | 31.10.23", ["2023-10-31"]),
        ("mardi 10.12.19", ["2019-12-10"]),
        ("Erstellt am 01.02.23 um 08:35, geändert am 03.02.23", ["2023-02-01", "2023-02-03"]),
        ("31/10/23", ["2023-10-31"]),
        ("10/03/23", []),  # in March or in October
        ("19-10-19", []),  # may begin with its year
        ("Version 10.03.23", []),
        ("iOS 12.10.19", []),
        ("Stand 10.12.14 zur Pause", ["2014-12-10"]),
        ("Score 10.12.14", []),
        ("10.12.14.3", []),
        ("10.12.45", []),
        ("22. Dezember 201922. Dezember 2019 von Anna Boer", ["2019-12-22", "2019-12-22"]),
        ("6. November 20237. November 2023", ["2023-11-06", "2023-11-07"]),
        ("31/12/20230 Kommentare", ["2023-12-31"]),
        ("3 May 20236 comments", ["2023-05-03"]),
        ("Aktenzeichen 20230 und 20191", []),
    ],
)
def test_days_in_a_line(lines: LineReader, line: str, days: list[str]) -> None:
    assert [one.edtf for one in lines(line).dates] == days


def test_short_days_with_hyphens_need_the_order_of_the_page(registers: Registers, run: Run) -> None:
    """Dutch texts write the day first; what begins with the year is read in no other way."""
    document = run(page(f"{HEADLINE}\n\n19-10-21, 11:29 uur"))
    assert document.articles[0].date_published == "2021-10-19"
    korean = "다리는 내년 봄에 공사를 시작하여 삼 년 동안 계속될 예정이라고 시장이 어제 밝혔다"
    assert find_date_order([korean, "23.10.05"], (), (), registers.regions) == "year"


def test_lines_of_signs_do_not_hide_the_language(registers: Registers) -> None:
    texts = [*("━" * 200 for _ in range(30)), *BODY.split("\n"), "03/05/2022"]
    assert find_date_order(texts, (), (), registers.regions) == "day"


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Gent, 12 november 2021 – ", "2021-11-12"),
        ("GENT, 12 november 2021 (ANP) – ", "2021-11-12"),
        ("(12 november 2021) ", "2021-11-12"),
        ("Gent (12-11-2021). ", "2021-11-12"),
        ("12.11.2021, 15:30 uur", "2021-11-12"),
        ("12-11-2021 - ", "2021-11-12"),
        ("Persbericht van 12 november 2021 | ", "2021-11-12"),
        ("Gent, 12 november 1944 – ", None),
        ("Op 12 november 2021 ", None),
        ("Gent, 12 november 2021. ", None),
        ("Tussen 3 en 12 november 2021 – ", None),
    ],
)
def test_a_text_may_open_with_its_day(run: Run, opening: str, day: str | None) -> None:
    document = run(page(HEADLINE, body=opening + BODY))
    assert document.articles[0].date_published == day
    assert [one.method for one in statements(document, "date_published")] == (
        ["opening_day"] if day else []
    )


def test_several_openings_are_a_chronicle(run: Run) -> None:
    first, second, *rest = BODY.split("\n\n")
    body = "\n\n".join([f"12 mei 2021 - {first}", f"14 mei 2021 - {second}", *rest])
    assert run(page(HEADLINE, body=body)).articles[0].date_published is None


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Dit bericht werd geplaatst op 6 augustus 2020 door Jan.", "2020-08-06"),
        ("Dit bericht werd op 6 augustus 2020 geplaatst in Nieuws.", "2020-08-06"),
        ("Dieser Beitrag wurde am 4. Februar 2020 von kj in Recht veröffentlicht.", "2020-02-04"),
        ("This entry was posted on Thursday, August 6th, 2020 at 9:09 am.", "2020-08-06"),
        ("Esta entrada fue publicada el 6 de agosto de 2020 por Ana.", "2020-08-06"),
        ("Dieser Beitrag wurde am 4. Februar 2020 gelöscht.", None),
        ("Dit bericht werd geplaatst door Jan.", None),
    ],
)
def test_a_sentence_below_says_when_it_was_posted(run: Run, sentence: str, day: str | None) -> None:
    assert run(page(HEADLINE, sentence)).articles[0].date_published == day


def test_sentences_of_several_posts_tell_nothing(run: Run) -> None:
    below = "This entry was posted on August 6, 2020.\n\nThis entry was posted on August 9, 2020."
    assert run(page(HEADLINE, below)).articles[0].date_published is None


@pytest.mark.parametrize(
    "label",
    [
        *("Actualizado al", "Aggiornato il", "Atualizado em", "Oppdatert", "Uppdaterad"),
        *("Zuletzt geändert am", "Laatst gewijzigd op", "Mise à jour le", "Last modified on"),
        *("Aktualizováno", "Обновлено", "Son güncelleme"),
    ],
)
def test_the_day_of_a_change_is_none_of_publication(run: Run, label: str) -> None:
    document = run(page(f"{HEADLINE}\n\n{label} 13/05/2022"))
    assert document.articles[0].date_published is None
    assert chosen(document, "date_modified") == "2022-05-13"


def test_the_line_of_a_change_leaves_that_of_publication(run: Run) -> None:
    above = f"{HEADLINE}\n\nGeplaatst op: 8 mei 2023\n\nLaatst gewijzigd op: 9 mei 2023"
    document = run(page(above))
    assert chosen(document, "date_published") == "2023-05-08"
    assert chosen(document, "date_modified") == "2023-05-09"


@pytest.mark.parametrize("label", ["Afgedrukt op", "Retrieved", "Birthdate:", "Version"])
def test_a_day_of_something_else_is_a_statement_with_its_reason(run: Run, label: str) -> None:
    document = run(page(HEADLINE, f"{label} 13 mei 2022"))
    (found,) = statements(document, "date_published")
    assert (found.value, found.method) == ("2022-05-13", "labelled_day:of_something_else")
    assert (found.original_text, found.chosen) == ("13 mei 2022", False)


def test_a_birthday_is_no_day_of_publication(run: Run) -> None:
    assert run(page(f"{HEADLINE}\n\nBirthdate: 1981-Apr-01")).articles[0].date_published is None


HTML = """<html><head><title>Kade</title>
<meta property="article:published_time" content="{declared}"></head><body><article>
<h1>Kade in het oude centrum moet omhoog</h1><p>{shown}</p>{body}</article></body></html>"""


def _html(declared: str, shown: str) -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY.split("\n\n"))
    return HTML.format(declared=declared, shown=shown, body=paragraphs).encode()


def test_the_day_that_is_printed_beats_the_declared_one(run: Run) -> None:
    document = run(_html("2022-01-25T12:00:00+01:00", "26 januari 2022"))
    assert document.articles[0].date_published == "2022-01-26"
    methods = {one.value: one.method for one in statements(document, "date_published")}
    assert methods["2022-01-25"] == "opengraph:outvoted"


def test_a_month_that_is_printed_does_not(run: Run) -> None:
    document = run(_html("2022-01-25T12:00:00+01:00", "Februari 2022"))
    assert document.articles[0].date_published == "2022-01-25"
