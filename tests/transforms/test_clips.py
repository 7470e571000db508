"""What clippers, archives and browsers put around an article, and pages that hold none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]

HEADLINE = "Ferry to Brenne stops for the winter"
BODY = """The ferry between Noordholm and Brenne carried its last passengers on Monday, because \
the island council says that the pier is no longer safe for anyone to stand on.

A new pier costs four million and will not be ready for another eight months. Until then lorries \
have to use the harbour of Kwistdorp, an hour further to the south.

Shopkeepers on the island fear for their trade before Christmas. The council has promised them \
talks in the coming week and lower dues while the pier is shut."""
FRONT = f"By Dina Colbey\n\nMarch 2, 2023\n\n{BODY}\n"


def only(document: ProcessedDocument) -> tuple[str | None, str | None, list[str]]:
    """Return headline, day and authors of the only article."""
    (article,) = document.articles
    return article.headline, article.date_published, [one.name for one in document.authors]


def test_the_heading_of_a_clip_beats_its_excerpt(run: Run, check_invariants: Check) -> None:
    clip = f"# {HEADLINE}\n\n> ## Excerpt\n> The ferry between Noordholm and Brenne carried its l\n"
    document = run(f"---\nauthor: Dina Colbey\n---\n\n{clip}\n---\nMarch 2, 2023\n\n{BODY}\n")
    assert only(document) == (HEADLINE, "2023-03-02", ["Dina Colbey"])
    check_invariants(document)


@pytest.mark.parametrize(
    "trail",
    [
        f"HomeIslands{HEADLINE}",
        f"Home Islands {HEADLINE}",
        f"Startseite › Inseln › {HEADLINE}",
        f"Accueil / Îles / {HEADLINE}",
        f"Share this Story : {HEADLINE}",
    ],
)
def test_the_line_that_ends_a_trail_is_the_headline(trail: str, run: Run) -> None:
    assert only(run(f"{trail}\n{HEADLINE}\n\n{FRONT}"))[0] == HEADLINE


@pytest.mark.parametrize("site", ["Holm & Brenne Record", "The Brenne Star", "Noordholm News"])
@pytest.mark.parametrize("kicker", ["Analysis", "Islands", "Opinion"])
def test_site_and_kicker_are_no_headline(site: str, kicker: str, run: Run) -> None:
    lead = "The ferry between Noordholm and Brenne carried its last passengers on Monday."
    document = run(f"{site}\n\n{kicker}\n{HEADLINE}\n{lead}\n\n{FRONT}")
    assert only(document) == (HEADLINE, "2023-03-02", ["Dina Colbey"])


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Dina Colbey, Holm & Brenne Record, March 2, 2023", ["Dina Colbey"]),
        ("By Dina Colbey, Holm and Brenne Star, March 2, 2023", ["Dina Colbey"]),
        (
            "By Dina Colbey, Karl Vestby & Rosa Lindeman",
            ["Dina Colbey", "Karl Vestby", "Rosa Lindeman"],
        ),
        ("By Dina Colbey and Karl Star", ["Dina Colbey", "Karl Star"]),
    ],
)
def test_an_outlet_joined_like_names(byline: str, authors: list[str], run: Run) -> None:
    assert only(run(f"# {HEADLINE}\n\n*{byline}*\n\n{BODY}\n"))[2] == authors


BARS = (
    '<div id="wm-ipp-base"><div>5 captures</div><div>3 Mar 2021 - 5 Nov 2024</div></div>',
    '<div id="_wb_plain_banner">Archived on 5 November 2024</div>',
    '<div id="x__google-cache-hdr">A snapshot of the page as it appeared on 5 Nov 2024</div>',
    '<div id="HEADER"><form action="https://archive.example/submit/"></form>5 Nov 2024</div>',
    "<div>5 captures</div><div>3 Mar 2021 - 5 Nov 2024</div>",
)


@pytest.mark.parametrize("bar", BARS)
def test_the_day_of_a_copy_is_not_that_of_publication(bar: str, run: Run) -> None:
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY.split("\n\n"))
    page = f"<h1>{HEADLINE}</h1><p>By Dina Colbey</p><p>March 2, 2023</p>{paragraphs}"
    title = f"<title>{HEADLINE}</title>"
    document = run(f"<html><head>{title}</head><body>{bar}<main>{page}</main></body></html>")
    assert only(document) == (HEADLINE, "2023-03-02", ["Dina Colbey"])


def test_a_header_of_the_page_itself_stays(run: Run) -> None:
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY.split("\n\n"))
    header = f'<div id="HEADER"><h1>{HEADLINE}</h1><p>March 2, 2023</p></div>'
    document = run(f"<html><body>{header}<main>{paragraphs}</main></body></html>")
    assert only(document)[:2] == (HEADLINE, "2023-03-02")


ADVERTISEMENT = """<html><head><title>{}</title></head><body><p>Win a weekend for two on the \
island. Click here and tell us in one sentence why you should go there.</p></body></html>"""
FRAMES = """<html><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html">\
<noframes>Your browser shows no frames.</noframes></frameset></html>"""
NOTICES = (
    """Your browser is set to block JavaScript. To use our service you need to allow it, then \
reload the page.""",
    """Warum sehe ich nichts? Bitte schalten Sie JavaScript in Ihrem Browser ein und laden Sie \
danach die Seite neu.""",
    """Para leer esta noticia, active JavaScript en su navegador y vuelva a cargar la página, o \
desactive el bloqueador.""",
    """We have noticed that you are using an ad blocker. Please switch it off for this site, so \
that we can go on with our work.""",
)


@pytest.mark.parametrize(
    "content",
    [
        *(f"Brenn Daily\n\n{notice}\n\n© Brenn Daily\n" for notice in NOTICES),
        *map(ADVERTISEMENT.format, ("Advertisement", "Anzeige", "Publicité", "Advertentie")),
        FRAMES,
    ],
)
def test_pages_that_hold_no_article(content: str, run: Run) -> None:
    assert [one.rule for one in run(content).rejections] == ["no_article"]


def test_an_article_about_scripts_is_one(run: Run) -> None:
    said = "Engineers say that the site of the ferry is of no use without JavaScript."
    assert only(run(f"{HEADLINE}\n\n{FRONT}\n{said}\n"))[0] == HEADLINE
