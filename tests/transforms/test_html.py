"""HTML pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]


PAGE = """<!DOCTYPE html><html><head><title>Kade | Krant</title>
<meta property="og:title" content="De kade gaat omhoog">
<meta property="og:site_name" content="Trouw">
<meta property="article:published_time" content="2024-05-03T10:00:00+02:00">
<link rel="canonical" href="https://www.trouw.nl/kade"><meta name="author" content="Anna de Boer">
<script type="application/ld+json">
{"@type": "NewsArticle", "datePublished": "2024-05-02",
"author": [{"name": "Anna de Boer"}]}</script>
</head><body><nav><ul><li>Home</li><li>Nieuws</li></ul></nav><article><h1>De kade gaat omhoog</h1>
<p>Door Anna de Boer</p>
<p>De gemeente wil de kade <b>ophogen</b>, want het water komt elk jaar
verder en de bewoners vrezen voor hun kelders.</p>
<h2>Duur plan</h2>
<p>Het plan kost vier miljoen euro, en dat geld moet voor een deel van
het waterschap komen, zegt de wethouder.</p>
<figure><figcaption>De kade in de winter van vorig jaar.</figcaption></figure>
<p>De raad praat er volgende week over, en in het najaar zou het werk
kunnen beginnen als niemand bezwaar maakt.</p>
</article><footer>© Krant <a href="/p">Privacy</a></footer>
<script>var x = "geen tekst";</script></body></html>"""


def test_page(run: Run, check_invariants: Check) -> None:
    document = run(PAGE)
    check_invariants(document)
    (article,) = document.articles
    assert (document.media_type, document.reader) == ("text/html", "html")
    assert [p.role for p in document.paragraphs] == [
        "headline",
        "byline",
        "body",
        "heading",
        "body",
        "caption",
        "body",
    ]
    assert "de kade ophogen, want" in article.text
    assert "vorig jaar" not in article.text
    assert (article.headline, article.author, article.publisher) == (
        "De kade gaat omhoog",
        "Anna de Boer",
        "Trouw",
    )
    assert (article.date_published, article.hostname) == ("2024-05-02", "trouw.nl")
    assert "geen tekst" not in document.source_text


@pytest.mark.parametrize(
    "page",
    [
        "<html>",
        "<html><body>" + "<div>" * 5000 + "diep",
        "<p><b><i></p></b>" * 100,
        '<html><head><script type="application/ld+json">'
        + "[" * 100_000
        + "</script></head><body><p>x</p></body></html>",
        "<!DOCTYPE html>\0<p>\ufffe&#xD800;&#0;</p>",
        "<html><table><tr><td>" * 300,
        '<?xml version="1.0" encoding="utf-16"?><html><p>x</p></html>',
    ],
)
def test_malformed_pages_do_not_crash(run: Run, check_invariants: Check, page: str) -> None:
    check_invariants(run(page))


def test_malformed_page_keeps_its_text(run: Run, check_invariants: Check) -> None:
    document = run(PAGE.replace("</p>", "").replace("</article>", "").replace("</h2>", ""))
    check_invariants(document)
    assert "vier miljoen euro" in document.articles[0].text


@pytest.mark.parametrize(
    ("title", "footer", "publisher"),
    [
        ("De Seldepost - De kade gaat omhoog", "© De Seldepost", "De Seldepost"),
        ("De kade gaat omhoog | De Seldepost", "© De Seldepost", "De Seldepost"),
        ("De kade gaat omhoog | Nieuws", "© De Seldepost", None),
        ("De Seldepost - De kade gaat omhoog - Nieuws", "© De Seldepost", None),
        ("De kade gaat omhoog", "© De Seldepost", None),
    ],
)
def test_the_site_in_the_title(run: Run, title: str, footer: str, publisher: str | None) -> None:
    page = PAGE.replace("Kade | Krant", title).replace("© Krant", footer)
    page = page.replace('<meta property="og:site_name" content="Trouw">', "")
    assert run(page).articles[0].publisher == publisher
