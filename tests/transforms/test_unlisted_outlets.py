"""Outlets that no register lists: believed where two places of a page agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.describe.candidates.publishers import holder_in
from tests.transforms.metadata_articles import BODY, chosen, page, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument, Statement
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

HEADLINE = "Een kade van hout"
FRONT = f"{HEADLINE}\n\nDoor Anna de Boer\n10 maart 2023"
MENU = "Nieuws\nSport\nContact"


def publisher(document: ProcessedDocument) -> Statement | None:
    """Return the statement of the chosen outlet."""
    return next((one for one in statements(document, "publisher") if one.chosen), None)


def html(title: str, head: str = "", foot: str = "Contact") -> str:
    """Return a page with a title, and what stands in its head and its foot."""
    body = "".join(f"<p>{part}</p>" for part in BODY.split("\n\n"))
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{HEADLINE}</h1>{body}"
        f"</article><footer>{foot}</footer></body></html>"
    )


@pytest.mark.parametrize(
    ("above", "below", "name", "method"),
    [
        (f"Kade Vandaag\n\n{MENU}\n\n{FRONT}", "© 2023 Kade Vandaag B.V.", "Kade Vandaag", "c"),
        (f"[Kade Vandaag]\n\n{MENU}\n\n{FRONT}", "Kade Vandaag © 2023", "Kade Vandaag", "c"),
        (f"{MENU}\n\n{FRONT}", "redactie@kadevandaag.example\n\n© 2023 Kade Vandaag", None, "c"),
        (f"{HEADLINE} | Kade Vandaag\n\n10 maart 2023", "© Kade Vandaag", "Kade Vandaag", "c"),
        (f"{MENU}\n\n{FRONT}", "© 2023 kadevandaag.nl", "kadevandaag.nl", "c"),
        (f"{MENU}\n\n{FRONT}", "© 2023 De Kadekrant", "De Kadekrant", "c"),
        (f"De Kadekrant\n\n{FRONT}", "", "De Kadekrant", "masthead"),
        (f"Trouw\n\n{FRONT}", "", "Trouw", "masthead"),
        (f"{HEADLINE}\n\nDe Kleine Krant, 10 maart 2023", "", "De Kleine Krant", "name_line"),
        (f"{HEADLINE}\n\nBron: De Kleine Krant, 10 maart 2023", "", "De Kleine Krant", "date_line"),
    ],
)
def test_what_a_text_calls_its_outlet(
    run: Run, above: str, below: str, name: str | None, method: str
) -> None:
    """The name without a legal form, less sure than one of the register."""
    document = run(page(above, below))
    found = publisher(document)
    assert found is not None
    assert found.value == (name or "Kade Vandaag")
    assert found.method == ("copyright_line" if method == "c" else method)
    assert HEADLINE in {one.value for one in document.statements if one.field == "headline"}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (f"Altijd dichtbij\n\n{MENU}\n\n{FRONT}", "© 2023 Grote Mediagroep NV"),
        (f"Kadeverlag\n\n{MENU}\n\n{FRONT}", "© 2023 Kadeverlag GmbH"),
        (f"{MENU}\n\n{FRONT}", "© 2023 Kade Vandaag"),
        (f"{MENU}\n\n{FRONT}", "© ANP / Piet de Vries"),
        (f"{MENU}\n\n{FRONT}\n\nANP", "© 2023 ANP"),
        (f"Anna de Boer\n\n{MENU}\n\n{FRONT}", "© 2023 Anna de Boer"),
        (f"{MENU}\n\n{FRONT}", "© 2023. Alle rechten voorbehouden. Powered by WordPress"),
        (f"De Standaard\nHet Nieuwsblad\n\n{FRONT}", "Contact"),
        (f"{HEADLINE} - Het witte blad\n\n10 maart 2023", ""),
        (f"Nieuws van de kade\n\n{MENU}\n\n{FRONT}", "Contact"),
        (f"{HEADLINE}\n\nAnna de Boer, Rotterdam, 10 maart 2023", ""),
    ],
)
def test_what_is_no_outlet(run: Run, above: str, below: str) -> None:
    """A company, a photographer, an agency, an author, a maker, a group, a slogan, a place."""
    assert chosen(run(page(above, below)), "publisher") is None


def test_what_nothing_bears_out_stays_with_the_reason(run: Run) -> None:
    """So `explain` says why there is no outlet."""
    (lost,) = statements(run(page(f"{MENU}\n\n{FRONT}", "© 2023 Kade Vandaag")), "publisher")
    assert (lost.value, lost.method) == ("Kade Vandaag", "copyright_line:unconfirmed")
    assert (lost.confidence, lost.original_text) == (0.0, "Kade Vandaag")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (html(f"{HEADLINE} - Kade Vandaag"), "Kade Vandaag"),
        (html(f"{HEADLINE} - Nieuws - Kade Vandaag", foot="© 2023 Kade Vandaag"), "Kade Vandaag"),
        (html(HEADLINE, "<link rel=canonical href='https://www.kadevandaag.nl/a'>"), None),
        (html(f"{HEADLINE} - Opinie"), None),
        (html(f"{HEADLINE} - Nieuws - Kade Vandaag"), None),
        (html(HEADLINE, "<meta name='copyright' content='Anna de Boer'>"), None),
        (html(HEADLINE, "<meta name='twitter:site' content='@kade_nl'>"), None),
        (html(HEADLINE, "<meta property='og:site_name' content='Kade nu'>"), "Kade nu"),
    ],
)
def test_what_a_page_calls_its_outlet(run: Run, text: str, name: str | None) -> None:
    """What the title has besides the headline, not a section of it; never a handle."""
    assert chosen(run(text), "publisher") == name


def test_a_host_bears_the_copyright_out(run: Run) -> None:
    link = "<link rel=canonical href='https://www.dekleinebode.nl/a'>"
    found = publisher(run(html(HEADLINE, link, "© 2020-2023 De Kleine Bode BV, Kadedam")))
    assert found is not None
    assert (found.value, found.method) == ("De Kleine Bode", "copyright_line")


def test_an_outlet_and_a_day_are_no_author(run: Run) -> None:
    """A line that holds no more names who published."""
    document = run(page(f"{HEADLINE}\n\n10 maart 2023, De Kleine Krant"))
    assert document.authors == ()
    assert document.articles[0].date_published == "2023-03-10"


@pytest.mark.parametrize("name", ["Wil Bode", "Maria Krant", "Ukulele Courant"])
def test_persons_are_called_as_outlets_are(run: Run, name: str) -> None:
    document = run(page(f"{HEADLINE}\n\n{name}\n10 maart 2023"))
    assert [one.name for one in document.authors] == [name]
    assert chosen(document, "publisher") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2019-2023 Kadegroep BV", "Kadegroep BV"),
        ("Copyright © 2020 by: Kade Vandaag • Design by: Iemand", "Kade Vandaag"),
        ("©2019 | ALL RIGHTS RESERVED | KADE VANDAAG — Theme by X", "KADE VANDAAG"),
        ("© Copyright 2022 - St. Lucia Kade. All rights reserved.", "St. Lucia Kade"),
        ("© 2023 De Kleine Krant B.V. Alle rechten voorbehouden", "De Kleine Krant B.V."),
        ("Kade Vandaag © 2020. Alle Rechte vorbehalten.", "Kade Vandaag"),
        ("© de Kade 2020", "de Kade"),
        ("© bij de maker", None),
        ("Copyright © 1999-2022", None),
        ("© 2023 All rights reserved", None),
    ],
)
def test_who_holds_the_copyright(registers: Registers, line: str, name: str | None) -> None:
    found = holder_in(line, registers.lines.outlets.names)
    assert (found.text if found else None) == name
    assert found is None or line[found.start : found.end] == name
