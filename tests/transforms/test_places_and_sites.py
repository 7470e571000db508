"""Places, agencies, sites, languages of paragraphs, times, and the order of dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.parse.headlines import without_site
from tests.transforms.metadata_articles import BODY, chosen, page, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

FOREIGN = (
    "We have always said that the quay must be raised before the water comes, and that nobody "
    "who lives there should have to pay for it, whatever the council may think of that."
)


@pytest.mark.parametrize(
    ("opening", "dateline", "agency"),
    [
        ("BRUSSEL (ANP) - ", "BRUSSEL (ANP)", "ANP"),
        ("KIEV, 3 maart (Reuters) — ", "KIEV, 3 maart (Reuters)", "Reuters"),
        ("DEN HAAG - ", "DEN HAAG", None),
        ("Utrecht (ANP) – ", "Utrecht (ANP)", "ANP"),
        ("UPDATE - ", None, None),
        ("Utrecht – ", None, None),
        ("", None, None),
    ],
)
def test_the_place_that_a_text_begins_with(
    run: Run, opening: str, dateline: str | None, agency: str | None
) -> None:
    document = run(page(body=opening + BODY))
    assert document.articles[0].dateline == dateline
    assert chosen(document, "agency") == agency


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("© 2023 Trouw. Alle rechten voorbehouden.", "publisher", "Trouw"),
        ("© 2019-2023 Kadegroep BV", "copyright_holder", "Kadegroep BV"),
        ("© de Volkskrant", "publisher", "de Volkskrant"),
        ("© 2023 All rights reserved", "copyright_holder", None),
    ],
)
def test_who_claims_copyright(run: Run, line: str, field: str, value: str | None) -> None:
    document = run(page("Een kade van hout\n\n10 maart 2023", line))
    assert chosen(document, field) == value


def test_the_outlet_is_told_from_the_site_that_carries_it(run: Run) -> None:
    below = "Anna de Boer, Trouw, 10 maart 2023\n\n© The Hague Centre for Strategic Studies"
    document = run(page("Een kade van hout", below))
    assert document.articles[0].publisher == "Trouw"
    others = {one.value for one in statements(document, "publisher") if not one.chosen}
    assert others == {"The Hague Centre for Strategic Studies"}


def test_an_address_on_a_line_of_its_own(run: Run) -> None:
    document = run(page("https://www.trouw.nl/nieuws/2023/03/10/kade\n\nEen kade van hout"))
    (article,) = document.articles
    assert (article.hostname, article.publisher) == ("trouw.nl", "Trouw")
    assert article.date_published == "2023-03-10"
    assert chosen(document, "url") == "https://www.trouw.nl/nieuws/2023/03/10/kade"


@pytest.mark.parametrize(
    ("headline", "bare", "site"),
    [
        ("Een kade van hout | Trouw", "Een kade van hout", "Trouw"),
        ("Een kade van hout - De Volkskrant", "Een kade van hout", "De Volkskrant"),
        ("Trouw | Een kade van hout", "Een kade van hout", "Trouw"),
        ("Een kade van hout | kadekrant", "Een kade van hout", "kadekrant"),
        ("Een kade - van hout", "Een kade - van hout", None),
        ("Kade | Trouw", "Kade | Trouw", None),
    ],
)
def test_the_name_of_the_site_in_a_headline(
    registers: Registers, headline: str, bare: str, site: str | None
) -> None:
    assert without_site(headline, {"kadekrant"}, registers.lines.outlets) == (bare, site)


def test_a_paragraph_in_another_language(run: Run) -> None:
    document = run(page(body=f"{BODY}\n{FOREIGN}\n\n{BODY.replace('kade', 'dijk')}"))
    assert document.articles[0].language == "nl"
    (found,) = statements(document, "paragraph_language")
    assert (found.value, found.original_text, found.chosen) == ("en", FOREIGN, True)


def test_the_time_beside_the_date(run: Run) -> None:
    document = run(page("Een kade van hout\n\nGepubliceerd op 10 maart 2023 om 10:42 uur"))
    assert document.articles[0].date_published == "2023-03-10"
    assert chosen(document, "time_published") == "2023-03-10T10:42"


@pytest.mark.parametrize(
    ("other", "found"),
    [("25/03/2023", "2023-04-03"), ("03/25/2023", "2023-03-04")],
)
def test_one_date_shows_the_order_of_the_others(run: Run, other: str, found: str) -> None:
    text = "The quay must be raised, says the council, which has paid for it. "
    body = f"{text * 3}\n\n{text * 4}"
    document = run(page("A quay of wood\n\nBy Anna Boer\n\n3/4/2023", f"Comment of {other}", body))
    assert document.articles[0].date_published == found


def test_a_dutch_page_writes_the_day_first(run: Run) -> None:
    document = run(page("Een kade van hout\n\nDoor Anna de Boer\n\n3/4/2023"))
    assert document.articles[0].date_published == "2023-04-03"


def test_an_english_page_from_nowhere_leaves_it_open(run: Run) -> None:
    text = "The quay must be raised, says the council, which has paid for it. "
    document = run(
        page("A quay of wood\n\nBy Anna Boer\n\n3/4/2023", body=f"{text * 3}\n\n{text * 4}")
    )
    assert document.articles[0].date_published is None
