"""What of a page is its article's body: leads belong to it, boxes beside the text do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]

TITLE = "Havenraad praat opnieuw over bestand"
LEAD = "De partijen in Zoutmonde komen na een week van stilte opnieuw bijeen aan de haven."
TEXT = "".join(f"<p>{one}</p>" for one in article(1).split("\n\n"))
FIRST, *_, LAST = article(1).split("\n\n")


def page(body: str, head: str = "") -> str:
    """Return a page with a headline above ``body``."""
    head = f"<title>{TITLE} - De Krant</title>{head}"
    return f"<html><head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"


@pytest.mark.parametrize("tag", ["p", "h2", "div"])
def test_a_paragraph_that_says_what_the_page_says_of_itself_is_the_lead(
    run: Run, check_invariants: Check, tag: str
) -> None:
    head = f'<meta name="description" content="{LEAD[:70]}…">'
    above = f"<header><{tag}>{LEAD}</{tag}><p>24 reacties</p></header>"
    document = run(page(f"{above}<article>{TEXT}</article>", head))
    check_invariants(document)
    assert document.articles[0].text.startswith(f"{LEAD}\n\n{FIRST}")
    lead = next(one for one in document.paragraphs if one.text == LEAD)
    assert lead.role == "standfirst"


@pytest.mark.parametrize(
    "box",
    [
        '<nav><a href="#a">Wat er op tafel lag</a><br><a href="#b">Hoe het verder gaat</a></nav>',
        '<div class="table-of-contents"><a href="#a">Wat er lag</a><br><a href="#b">Slot</a></div>',
        '<div class="authorBox author-info"><p>Redacteur economie.</p></div>',
        '<div id="newsletter-form"><h3>Blijf op de hoogte</h3><p>E-mail</p></div>',
    ],
)
def test_boxes_beside_the_text_leave_it(run: Run, check_invariants: Check, box: str) -> None:
    middle = TEXT.replace("</p><p>", f"</p>{box}<p>", 1)
    document = run(page(f"<article>{middle}</article>"))
    check_invariants(document)
    assert document.articles[0].text == article(1)


def test_text_in_a_box_that_is_of_the_article_stays(run: Run) -> None:
    document = run(page(f'<article><div class="modal">{TEXT}</div></article>'))
    assert document.articles[0].text == article(1)


@pytest.mark.parametrize("name", ["wp-caption-text", "image__caption", "legende"])
def test_captions_by_their_class(run: Run, name: str) -> None:
    caption = f'<p class="{name}">De haven van Zoutmonde, gezien vanaf het hoofd van de pier.</p>'
    document = run(page(f"<article>{TEXT.replace('</p><p>', f'</p>{caption}<p>', 1)}</article>"))
    assert document.articles[0].text == article(1)


def test_a_paragraph_right_under_the_headline_of_a_dump_is_its_lead(run: Run) -> None:
    menu = "• Home\n• Nieuws\n• Sport\n• Contact\n\n"
    between = "Delen\n\nReageer\n\n[foto]\n\n3 mei 2024\n\n"
    document = run(f"{menu}{TITLE}\n\n{LEAD}\n\n{between}{article(1)}\n\n• Contact\n• Colofon\n")
    assert document.articles[0].text.startswith(LEAD)
    assert document.articles[0].text.endswith(LAST)


@pytest.mark.parametrize(
    "line",
    [
        "Auch lesen: Diese drei Orte liegen am Meer",
        "PUEDES VER: ¿Qué pasó en la reunión de ayer?",
        "This post may contain affiliate links, and it pays for our coffee.",
        "Klicken Sie auf den unteren Button, um den Inhalt von www.example.org zu laden.",
        "Читайте також: Що сталося вчора у місті",
    ],
)
def test_lines_that_point_elsewhere(run: Run, line: str) -> None:
    middle = TEXT.replace("</p><p>", f"</p><p>{line}</p><p>", 1)
    assert run(page(f"<article>{middle}</article>")).articles[0].text == article(1)
