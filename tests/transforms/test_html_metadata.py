"""What a page does not declare, but its markup and its headings tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.transforms.metadata_articles import chosen, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

PAGE = """<!doctype html><html lang="en"><head><title>Quay of wood to be raised | The Quay
Times</title></head><body><header>{header}<nav><a href="/">Home</a></nav></header>
<article><h2 class="entry-title">Quay of wood to be raised</h2>
<p class="meta"><span class="author vcard"><a rel="author" href="/a">Anna Boer</a></span>{date}</p>
<p>The quay in the old centre must be raised, because the water comes a little further every year.
That is what the council writes to the people who live there.</p>
<p>The trees along the canal will have to go. People fear that the work will take very long, and
that the shops in the street will be hard to reach all that time.</p>
<p>According to the alderman there is no other way. The plan costs four million euros, and the
province pays half of that, as was agreed last year in the council.</p></article>
<footer>© 2023 The Quay Times</footer></body></html>"""


def _page(header: str = "<div>The Quay Times</div>", date: str = "") -> str:
    return PAGE.replace("{header}", header).replace("{date}", date)


def test_a_first_heading_that_is_the_name_of_the_site_is_no_headline(run: Run) -> None:
    document = run(_page(header="<h1>The Quay Times</h1>"))
    (article,) = document.articles
    assert article.headline == "Quay of wood to be raised"
    assert article.publisher == "The Quay Times"
    assert "The Quay Times" in {one.value for one in statements(document, "site_name")}


def test_the_author_by_the_class_of_an_element(run: Run) -> None:
    document = run(_page())
    found = {one.method: one.value for one in statements(document, "author")}
    assert found["trafilatura"] == "Anna Boer"
    assert [author.name for author in document.authors] == ["Anna Boer"]


def test_a_declared_author_is_not_sought(run: Run) -> None:
    declared = '<meta name="author" content="Piet Pen"><meta name="date" content="2023-03-03">'
    head = declared + '<meta property="og:title" content="Quay of wood to be raised">'
    document = run(_page().replace("<head>", f"<head>{head}"))
    assert [author.name for author in document.authors] == ["Piet Pen"]
    assert "trafilatura" not in {one.method for one in document.statements}


def test_a_month_in_the_markup_stays_a_month(run: Run) -> None:
    document = run(_page(date='<time datetime="2023-03">March 2023</time>'))
    assert document.articles[0].date_published == "2023-03"
    assert all(len(one.value) == len("2023-03") for one in statements(document, "date_published"))


def test_a_date_in_the_text_of_the_page(run: Run) -> None:
    document = run(_page(date='<span class="date">March 3, 2023</span>'))
    assert document.articles[0].date_published == "2023-03-03"
    assert chosen(document, "date_published") == "2023-03-03"


def test_the_type_of_the_page_says_the_kind(run: Run) -> None:
    data = '{"@type": "OpinionNewsArticle", "headline": "Quay of wood to be raised"}'
    script = f'<script type="application/ld+json">{data}</script>'
    document = run(_page().replace("<head>", f"<head>{script}"))
    assert document.articles[0].genre == "opinion"


def test_a_day_that_only_a_label_or_the_side_of_a_page_shows_is_not_that_of_the_article(
    run: Run,
) -> None:
    for shown in (
        "<footer>© 2023 The Quay Times. Page generated 3 May 2023.</footer>",
        "<aside><ul><li>3 May 2023 - Crab prices up</li></ul></aside>",
        "<p><b>Printed on</b> 3 May 2023</p>",
    ):
        page = _page().replace("<footer>© 2023 The Quay Times</footer>", shown)
        assert run(page).articles[0].date_published is None


def test_a_day_in_a_line_of_its_own_is_taken(run: Run) -> None:
    document = run(_page(date='<span class="date">3 May 2023</span>'))
    assert document.articles[0].date_published == "2023-05-03"
