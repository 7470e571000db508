"""Articles that stand in the data of a page, and not, or not all, in what it shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.transforms.metadata_articles import chosen, statements
from tests.transforms.test_removed_prose import PAINTING, QUAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]

TITLE = "De kade in het centrum moet omhoog"
MENU = '<nav><a href="/">Home</a> <a href="/n">Nieuws</a> <a href="/s">Sport</a></nav>'
MARKUP = "".join(f"<p>{one}</p>" for one in QUAY)
RECORD: dict[str, Any] = {
    "title": TITLE,
    "publishedAt": "2024-03-05T10:00:00Z",
    "author": {"name": "Anna de Boer"},
    "body": MARKUP,
}
OTHER = {"title": "Een schilderij van een meester", "body": " ".join(PAINTING * 3)}
OPEN_GRAPH = (
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'
)
BLOCKS = RECORD | {"body": [{"type": "paragraph", "text": one} for one in QUAY]}


def page(data: str, shown: str = "", title: str = TITLE) -> str:
    return f"<html><head><title>{title}</title></head><body>{MENU}{shown}{data}</body></html>"


def next_data(record: dict[str, Any]) -> str:
    value = {"props": {"pageProps": {"related": [OTHER], "article": record}}}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'


def flight(rows: str) -> str:
    """Return a stream of rows, pushed in two pieces."""
    half = len(rows) // 2
    pushes = (f"self.__next_f.push([1,{json.dumps(one)}])" for one in (rows[:half], rows[half:]))
    return "".join(f"<script>{one}</script>" for one in pushes)


def elements() -> str:
    inner = [
        ["$", "p", None, {"children": [one[:9], ["$", "b", None, {"children": one[9:]}]]}]
        for one in QUAY
    ]
    main = ["$", "main", None, {"children": [["$", "h1", None, {"children": TITLE}], *inner]}]
    return f'0:"$L1"\n4:I[77,[],"x"]\n6:{json.dumps(main)}\n'


def text_row() -> str:
    record = {"article": {"headline": TITLE, "body": "$2"}}
    return f"2:T{len(MARKUP.encode()):x},{MARKUP}3:{json.dumps(record)}\n"


def json_ld(**fields: Any) -> str:
    value = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-05"} | fields
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (json_ld(articleBody="\n".join(QUAY)), "articleBody"),
        (next_data(RECORD), "__NEXT_DATA__"),
        (next_data(BLOCKS), "__NEXT_DATA__"),
        (f"<script>window.__INITIAL_STATE__ = {json.dumps(RECORD)};</script>", "__INITIAL_STATE__"),
        (flight(elements()), "__next_f"),
        (flight(text_row()), "__next_f"),
    ],
)
@pytest.mark.parametrize("shown", ["", f"<h1>{TITLE}</h1><div>Laden...</div>"])
def test_a_page_that_shows_a_menu_alone(
    run: Run, check_invariants: Check, data: str, source: str, shown: str
) -> None:
    """The article of its data is read, with a statement that quotes where the text comes from."""
    document = run(page(data, shown))
    check_invariants(document)
    (article,) = document.articles
    assert article.text.split("\n\n") == list(QUAY)
    assert article.headline == TITLE
    (told,) = statements(document, "text_source")
    assert (told.value, told.original_text) == (source, source)


def test_what_stands_beside_the_text_is_evidence(run: Run) -> None:
    document = run(page(next_data(RECORD)))
    assert chosen(document, "date_published") == "2024-03-05"
    assert document.articles[0].author == "Anna de Boer"
    (day,) = (one for one in statements(document, "date_published") if one.chosen)
    assert (day.method, day.original_text) == ("page_data", "2024-03-05T10:00:00Z")


@pytest.mark.parametrize("data", [json_ld(articleBody=" ".join(QUAY)), next_data(RECORD)])
def test_a_page_that_shows_its_article_has_no_second_copy(run: Run, data: str) -> None:
    document = run(page(data, f"<article><h1>{TITLE}</h1>{MARKUP}</article>"))
    assert document.source_text.count(QUAY[0]) == 1
    assert not statements(document, "text_source")


def test_a_teaser_whose_data_hold_the_whole(run: Run, check_invariants: Check) -> None:
    """The file has the text, so it is read; what the page shows of it is no second copy."""
    shown = f"<article><h1>{TITLE}</h1><p>{QUAY[0]}</p><div>Subscribe to read on.</div></article>"
    data = json_ld(articleBody="\n".join(QUAY + PAINTING), isAccessibleForFree=False)
    document = run(page(data, shown))
    check_invariants(document)
    assert document.articles[0].text.split("\n\n") == [*QUAY, *PAINTING]
    assert document.articles[0].completeness == "complete"
    assert chosen(document, "is_accessible_for_free") == "false"
    removed = {span.reason: span.text for span in document.removed_spans}
    assert removed["alternative_text"].strip() == QUAY[0]


def test_another_article_in_the_data_is_not_the_page_s(run: Run) -> None:
    document = run(page(next_data(OTHER | {"body": "Kort."}), title="Kaart van de stad"))
    assert [one.rule for one in document.rejections] == ["no_article"]


def test_a_live_blog_keeps_the_times_and_headings_of_its_entries(run: Run) -> None:
    updates = [
        {"headline": f"Melding {at}", "datePublished": f"2024-03-05T1{at}:00", "articleBody": one}
        for at, one in enumerate(QUAY)
    ]
    data = json_ld(liveBlogUpdate=updates).replace("NewsArticle", "LiveBlogPosting")
    document = run(page(data, f"<h1>{TITLE}</h1>"))
    headings = [one.text for one in document.paragraphs if one.role == "heading"]
    assert headings == [f"2024-03-05T1{at}:00 Melding {at}" for at in range(5)]


@pytest.mark.parametrize(
    "data",
    [
        '<script id="__NEXT_DATA__" type="application/json">{"props": </script>',
        "<script>self.__next_f.push([1,</script><script>self.__next_f.push([1])</script>",
        f"<script>self.__next_f.push([1,{json.dumps('1:Tffffff,kort')}])</script>",
        f'<script type="application/json">{"[" * 5000}</script>',
        f"<script>window.state = {{}};window.other = {'{' * 5000}</script>",
    ],
)
def test_broken_data_are_no_article(run: Run, data: str) -> None:
    assert [one.rule for one in run(page(data)).rejections] == ["no_article"]


def test_data_that_nest_deeply_are_looked_through(run: Run) -> None:
    deep: Any = "x"
    for _ in range(400):
        deep = {"body": [deep]}
    document = run(page(next_data(RECORD | {"widget": deep, "blocks": deep})))
    assert document.articles[0].text.split("\n\n") == list(QUAY)
    empty = {key: value for key, value in RECORD.items() if key != "body"}
    assert not run(page(next_data(empty | {"blocks": deep}))).articles


@pytest.mark.parametrize(
    "head",
    [
        json_ld(),
        OPEN_GRAPH,
    ],
)
def test_a_short_post_is_an_article_where_the_page_says_so(run: Run, head: str) -> None:
    shown = f"{{}}<article><h1>{TITLE}</h1><p>De brand in de loods is uit.</p></article>"
    assert run(page("", shown.format(head))).articles[0].text == "De brand in de loods is uit."
    assert not run(page("", shown.format(""))).articles
