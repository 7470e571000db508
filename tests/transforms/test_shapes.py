"""The shapes in which articles come, each in a text written for the test."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]


PARAGRAPHS = (
    """De gemeente wil de kade in het oude centrum ophogen, omdat het water er elke winter een \
stukje verder komt. Volgens de wethouder is er geen tijd te verliezen, want de kelders staan al \
drie jaar op rij onder water.""",
    """Bewoners zijn er niet gerust op. Zij vrezen dat de bomen langs de gracht moeten wijken en \
dat het werk veel langer duurt dan nu wordt beloofd, zoals dat ook bij de vorige brug zo was.""",
    """Het waterschap betaalt een deel van de kosten, maar hoeveel dat is, wordt pas in het najaar \
bekend. Tot die tijd kan de aannemer niet beginnen en blijft de straat zoals die nu is.""",
)
PAGE = f"""Stadskrant
  • Nieuws
      • Binnenstad
      • Sport
  • Abonneren
  • Menu

Nieuws

Column: Wie de kade wil redden, moet nu beginnen

April 3, 2021
Column Trouw Anna de Boer

{PARAGRAPHS[0]}

Bang voor de bomen

{PARAGRAPHS[1]}

{PARAGRAPHS[2]}

Anna de Boer, Trouw, 3 april 2021

Anna de Boer is historica en schrijft over water en steden.

  • Share on Facebook
  • Share by Mail

Related News

Column Trouw Anna de Boer
Column: Nog een stuk over bruggen

Office Address

  • Kadeplein 1
  • Telephone: +31 000 0000

© Stadskrant

    We use cookies to make this site work, and to see which pages are read the most by our visitors.
"""


def roles(document: ProcessedDocument) -> list[str]:
    return [paragraph.role for paragraph in document.paragraphs]


def reasons(document: ProcessedDocument) -> set[str]:
    return {span.reason for span in document.removed_spans}


def test_page_dump(run: Run, check_invariants: Check) -> None:
    document = run(PAGE)
    check_invariants(document)
    (article,) = document.articles
    assert roles(document) == [
        "headline",
        "dateline",
        "byline",
        "body",
        "heading",
        "body",
        "body",
        "byline",
        "biography",
    ]
    assert article.text == "\n\n".join(
        (PARAGRAPHS[0], "Bang voor de bomen", PARAGRAPHS[1], PARAGRAPHS[2])
    )
    assert article.headline == "Wie de kade wil redden, moet nu beginnen"
    assert (article.author, article.publisher, article.date_published) == (
        "Anna de Boer",
        "Trouw",
        "2021-04-03",
    )
    assert [author.name for author in document.authors] == ["Anna de Boer"]
    assert {
        "navigation",
        "kicker",
        "share_buttons",
        "related_links",
        "address",
        "legal",
        "cookie_banner",
    } <= reasons(document)
    kicker = next(statement for statement in document.statements if statement.field == "kicker")
    assert (kicker.value, kicker.original_text) == ("Column", "Column:")


def test_headings_give_the_sections(run: Run) -> None:
    document = run(PAGE)
    headings = [paragraph.heading for paragraph in document.paragraphs if paragraph.role == "body"]
    assert headings == [None, "Bang voor de bomen", "Bang voor de bomen"]


def test_essay_without_blank_lines(run: Run, check_invariants: Check) -> None:
    quote = "‘De bomen langs de gracht moeten wijken.’"
    document = run(
        "\n".join((PARAGRAPHS[0], "Komt er een kade?", PARAGRAPHS[1], quote, PARAGRAPHS[2]))
    )
    check_invariants(document)
    (article,) = document.articles
    assert roles(document) == ["body", "heading", "body", "pull_quote", "body"]
    assert quote not in article.text
    assert (
        article.headline,
        article.author,
        article.date_published,
        article.date_published_precision,
    ) == (None, None, None, "unknown")
    assert next(one for one in document.paragraphs if one.role == "pull_quote").char_start is None


def test_a_short_sentence_that_repeats_nothing_is_body(run: Run) -> None:
    document = run(
        "\n\n".join((PARAGRAPHS[0], "De wethouder wil daar niets over zeggen.", PARAGRAPHS[1]))
    )
    assert roles(document) == ["body", "body", "body"]


@pytest.mark.parametrize(
    "quote",
    [
        "Er is geen tijd te verliezen. Willem Bakker, wethouder",
        "De kelders staan al drie jaar onder water Willem Bakker Gemeente Waterstad",
        "We zullen nooit opgeven wat we hebben gebouwd. Willem Bakker, oud-wethouder",
    ],
)
def test_pull_quotes_with_a_name(run: Run, quote: str) -> None:
    body = f"{PARAGRAPHS[0]} Dat zegt Willem Bakker in een gesprek met de krant."
    assert roles(run(f"{body}\n\n{quote}\n\n{PARAGRAPHS[1]}")) == ["body", "pull_quote", "body"]


def test_glued_date_header(run: Run, check_invariants: Check) -> None:
    document = run(f" date 2022-12 {PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}")
    check_invariants(document)
    (article,) = document.articles
    assert article.text.startswith("De gemeente")
    assert (article.date_published, article.date_published_precision) == ("2022-12", "month")
    bounds = (article.date_published_not_before, article.date_published_not_after)
    assert bounds == (date(2022, 12, 1), date(2022, 12, 31))
    assert [(span.text, span.reason) for span in document.removed_spans] == [
        ("date 2022-12", "metadata_header")
    ]
    assert [s.original_text for s in document.statements if s.field == "date_published"] == [
        "2022-12"
    ]


WRAPPED = """ Door Piet van der Meer*

De kade in het oude centrum gaat omhoog, en dat gebeurt volgens de gemeente nog
voor de zomer. Wie er woont, merkt dat meteen, want er komen steigers in de West-
Gracht te staan en het verkeer moet maanden achtereen omrijden langs de singel.

Duur werk
Het werk kost vier miljoen euro, en daarover is lang gesproken door de onderhan-
delaars van het waterschap. Een heel-en-al nieuw plan was er niet, maar een heel-
en-al oude kade wilde ook niemand meer, zei de wethouder in de raad van dinsdag.
De onderhouds- en beheerkosten komen daar nog bij en die zijn niet klein geweest.
Dat was het.
 De bomen blijven staan, zo is nu afgesproken, en de bewoners zijn daar blij mee.
Zij hadden er jarenlang voor gestreden en kregen op het laatst toch nog hun zin.

* Piet van der Meer is journalist en woont aan de kade.
"""


def test_hard_wrapped(run: Run, check_invariants: Check) -> None:
    document = run(WRAPPED)
    check_invariants(document)
    (article,) = document.articles
    assert roles(document) == ["byline", "body", "heading", "body", "body", "biography"]
    for joined in (
        "West-Gracht",
        "door de onderhandelaars van",
        "een heel-en-al oude kade",
        "onderhouds- en beheerkosten",
    ):
        assert joined in article.text
    assert "\n" not in article.text.replace("\n\n", "")
    assert article.author == "Piet van der Meer"
    assert [author.name for author in document.authors] == ["Piet van der Meer"]
    assert document.paragraphs[0].text == "Door Piet van der Meer*"


def test_date_in_running_text_is_no_publication_date(run: Run) -> None:
    document = run(
        f"{PARAGRAPHS[0]} Het water stond op 3 maart 2021 het hoogst.\n\n{PARAGRAPHS[1]}"
    )
    assert document.articles[0].date_published is None


def test_updates_are_no_publication_dates(run: Run) -> None:
    front = "De kade gaat omhoog\n\nLaatst bijgewerkt: 4 mei 2021"
    document = run(f"{front}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}")
    assert document.articles[0].date_published is None
    assert [s.value for s in document.statements if s.field == "date_modified"] == ["2021-05-04"]


def test_mojibake_is_repaired_and_the_source_is_not(run: Run, check_invariants: Check) -> None:
    broken = PARAGRAPHS[0].replace("centrum", "één cafÃ© â€˜De Kadeâ€™")
    document = run(f"{broken}\n\n{PARAGRAPHS[1]}")
    check_invariants(document)
    assert "één café ‘De Kade’" in document.articles[0].text
    assert "cafÃ©" in document.source_text


def test_invisible_lines_are_accounted_for(run: Run, check_invariants: Check) -> None:
    document = run(f"\u200b\n{PARAGRAPHS[0]}\n\u00ad\u200b\n{PARAGRAPHS[1]}")
    check_invariants(document)
    assert reasons(document) == {"invisible"}
    assert document.articles[0].text == "\n\n".join(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (b" \n\t\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"%PDF-1.7 ...", "broken_pdf"),
        (b"PK\x03\x04....", "unsupported_media_type"),
        (b'{"headline": "Kade"}', "wrong_json_shape"),
        (bytes(range(32)) * 50, "binary_content"),
        (b"Menu\nHome\nContact\n", "no_article"),
        (b"Een paar woorden.", "no_article"),
    ],
)
def test_rejections(run: Run, content: bytes, rule: str) -> None:
    document = run(content)
    assert [rejection.rule for rejection in document.rejections] == [rule]
    assert document.articles == ()


def test_letters_that_were_lost(run: Run) -> None:
    """A few gaps stay in the text, where they show; too many hold it back, until a person says."""
    text = "\n\n".join(PARAGRAPHS[:3])
    few = run(text.replace("e", "\ufffd", 2))
    assert few.articles
    lost = run(text.replace("e", "\ufffd", 30))
    assert [one.rule for one in lost.rejections] == ["garbled_text"]
    assert run(text.replace("en ", "?n ").replace("ee", "e?e")).rejections[0].rule == "garbled_text"
    assert run("Wie? Waar? Wanneer? " + text).articles


def test_identifiers(run: Run) -> None:
    document = run(PAGE)
    article_id = document.articles[0].article_id
    assert article_id == f"{document.document_id[:16]}-1"
    assert [paragraph.paragraph_id for paragraph in document.paragraphs][:2] == [
        f"{article_id}.p1",
        f"{article_id}.p2",
    ]


def test_language(run: Run) -> None:
    assert run(PAGE).articles[0].language == "nl"


@pytest.mark.parametrize(
    "link", ["Lees ook: Het water komt", "Lees ook\n\nHet water komt", "Advertentie"]
)
def test_links_in_the_midst_of_an_article(run: Run, check_invariants: Check, link: str) -> None:
    document = run(f"{PARAGRAPHS[0]}\n\n{link}\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}")
    check_invariants(document)
    assert document.articles[0].text == "\n\n".join(PARAGRAPHS)
    assert reasons(document) <= {"inline_link", "advertisement"}


def test_a_label_on_its_own_line(run: Run, check_invariants: Check) -> None:
    front = "De kade gaat omhoog\n\nDoor\nAnna de Boer\nGepubliceerd:\n3 april 2021"
    document = run(f"{front}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}")
    check_invariants(document)
    (article,) = document.articles
    assert (article.headline, article.author, article.date_published) == (
        "De kade gaat omhoog",
        "Anna de Boer",
        "2021-04-03",
    )


def test_a_name_at_the_date_line(run: Run) -> None:
    document = run(
        f"De kade gaat omhoog\n\nAnna de Boer\n3 april 2021\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    )
    assert [author.name for author in document.authors] == ["Anna de Boer"]


def test_standfirst(run: Run) -> None:
    lead = "De stad wil niet langer wachten op het water."
    document = run(
        f"De kade gaat omhoog\n\n{lead}\n\nDoor Anna de Boer\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    )
    assert roles(document) == ["headline", "standfirst", "byline", "body", "body"]
    assert document.articles[0].description == lead
    assert document.articles[0].text.startswith(lead)


def test_caption(run: Run) -> None:
    document = run(f"{PARAGRAPHS[0]}\n\nFoto: de kade in de winter\n\n{PARAGRAPHS[1]}")
    assert roles(document) == ["body", "caption", "body"]


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("de oude haven-", "en industriesteden", "haven- en industriesteden"),
        ("van de haven-", "en/of industriesteden", "haven- en/of industriesteden"),
        ("zwischen Hafen-", "und Industriestädten", "Hafen- und Industriestädten"),
        ("all the short-", "and long-term plans", "short- and long-term plans"),
        ("naar de haven-", "steden", "havensteden"),
        ("een nieuwe zee-", "en daarna de zeeen", "zeeen daarna"),
        ("met een kant-", "en klaar: kant-en klaar", "kant-en klaar: kant-en klaar"),
    ],
)
def test_hyphens_at_line_ends(run: Run, upper: str, lower: str, joined: str) -> None:
    filler = "Het water komt elke winter verder en de gemeente doet er weinig aan"
    lines = [f"{filler} {upper}", f"{lower} {filler}", f"en {filler}", f"of {filler}."]
    assert joined in run("\n".join(lines * 2)).articles[0].text


@pytest.mark.parametrize(
    "line", ["4 min read", "Leestijd: 3 minuten", "Lesezeit 4 Min.", "3 min de lecture"]
)
def test_reading_time_is_no_headline(run: Run, check_invariants: Check, line: str) -> None:
    document = run(f"De kade gaat omhoog\n\n3 april 2021\n{line}\n\n" + "\n\n".join(PARAGRAPHS))
    check_invariants(document)
    (article,) = document.articles
    assert (article.headline, article.date_published) == ("De kade gaat omhoog", "2021-04-03")
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert "site_label" in reasons(document)


def test_unlisted_outlet_under_the_text(run: Run) -> None:
    document = run("\n\n".join((*PARAGRAPHS, "Anna de Boer, De Havenbode, 3 april 2021")))
    (stated,) = (one for one in document.statements if one.field == "publisher")
    assert (stated.value, stated.original_text) == ("De Havenbode", "De Havenbode")
    assert (stated.method, stated.chosen) == ("signature", True)


def test_a_heading_near_the_text_is_not_the_headline(run: Run) -> None:
    front = "De kade gaat omhoog\n3 april 2021\nMenu van de wijk\nOver de kade en het water"
    document = run(f"{front}\n\n" + "\n\n".join(PARAGRAPHS))
    assert [one.value for one in document.statements if one.field == "headline"] == [
        "De kade gaat omhoog"
    ]


def test_an_issue_is_no_date_beside_a_day(run: Run) -> None:
    front = "April 2021\n\nDe kade gaat omhoog\n\n3 april 2021"
    document = run(f"{front}\n\n" + "\n\n".join(PARAGRAPHS))
    assert document.articles[0].date_published == "2021-04-03"
