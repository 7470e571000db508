"""RSS, Atom and JSON Feed; lists of feeds and addresses, which hold no articles."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
)
CHANNEL = "<title>De Havenbode</title><link>https://havenbode.example</link><language>nl</language>"
SHORT = "De vuurtoren van Zoutmonde staat te koop voor het bedrag van precies één kroon."


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def values(document: ProcessedDocument, field: str) -> list[str]:
    return [one.value for one in document.statements if one.field == field and one.chosen]


def page(number: int) -> str:
    return "".join(f"<p>{part}</p>" for part in article(number).split("\n\n"))


def item(number: int, *more: str, content: str | None = None) -> str:
    """Return an item of RSS; without more, one with its whole text."""
    body = page(number) if content is None else content
    return (
        f"<item><title>De kade {number}</title><link>https://havenbode.example/{number}</link>"
        f"<pubDate>Mon, 06 Nov 2023 07:00:00 +0100</pubDate>{''.join(more)}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def rss(*items: str, channel: str = CHANNEL) -> str:
    return f'<?xml version="1.0"?><rss {SPACES}><channel>{channel}{"".join(items)}</channel></rss>'


def test_each_item_is_an_article(run: Run) -> None:
    told = "<dc:creator>Anna de Boer</dc:creator><category>Haven</category><category>Zee</category>"
    told += '<guid isPermaLink="false">id-1</guid><description>Kort.</description>'
    document = checked(run(rss(item(1, told), item(2))))
    first, second = document.articles
    assert (document.media_type, document.reader) == ("application/rss+xml", "feed")
    assert [one.text for one in document.articles] == [article(1), article(2)]
    assert (first.headline, first.date_published) == ("De kade 1", "2023-11-06")
    assert (first.author, first.publisher) == ("Anna de Boer", "De Havenbode")
    assert (first.description, first.hostname) == ("Kort.", "havenbode.example")
    assert values(document, "keywords") == ["Haven; Zee"]
    assert values(document, "identifier") == ["id-1"]
    assert (second.author, second.headline) == (None, "De kade 2")


def test_an_item_with_a_description_alone_is_a_teaser(run: Run) -> None:
    short = (
        "<item><title>Vuurtoren</title><link>https://havenbode.example/3</link>"
        f"<description>{SHORT}</description></item>"
    )
    document = checked(run(rss(item(1), short)))
    assert [one.completeness for one in document.articles] == ["complete", "teaser"]
    assert document.articles[1].text == SHORT


def test_a_feed_of_titles_has_no_articles(run: Run) -> None:
    only = "<item><title>Vuurtoren</title><link>https://havenbode.example/3</link></item>"
    (rejection,) = run(rss(only)).rejections
    assert rejection.rule == "empty_feed"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>a@b.example (Anna de Boer)</author>", ["Anna de Boer"]),
        ("<author>redactie@b.example</author>", []),
        ("<dc:creator>Anna de Boer</dc:creator><dc:creator>Bo Smit</dc:creator>",
         ["Anna de Boer", "Bo Smit"]),
    ],
)  # fmt: skip
def test_authors(run: Run, author: str, names: list[str]) -> None:
    document = checked(run(rss(item(1, author))))
    assert [one.name for one in document.authors] == names


@pytest.mark.parametrize(
    ("channel", "publisher"),
    [
        (CHANNEL.replace("De Havenbode", "NRC - Binnenland"), "NRC"),
        (CHANNEL.replace("De Havenbode", "Zoekresultaten: haven"), None),
        (CHANNEL.replace("havenbode.example", "verzamelaar.example"), None),
    ],
)
def test_the_title_of_a_feed_is_not_always_the_outlet(
    run: Run, channel: str, publisher: str | None
) -> None:
    assert checked(run(rss(item(1), channel=channel))).articles[0].publisher == publisher


def test_the_source_of_an_item_is_the_outlet(run: Run) -> None:
    named = '<source url="https://noordblad.example">Het Noordblad</source>'
    assert checked(run(rss(item(1, named)))).articles[0].publisher == "Het Noordblad"


def test_the_line_on_where_it_appeared_first(run: Run) -> None:
    ending = '<p>The post <a href="x">De kade</a> appeared first on <a>De Havenbode</a>.</p>'
    document = checked(run(rss(item(1, content=page(1) + ending))))
    assert document.articles[0].text == article(1)
    assert "boilerplate" in {span.reason for span in document.removed_spans}


def atom(*entries: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>De Havenbode</title>'
        f'<link href="https://havenbode.example/"/><id>urn:x</id>{"".join(entries)}</feed>'
    )


def test_atom(run: Run) -> None:
    first = (
        '<entry><title type="html">De &lt;em&gt;kade&lt;/em&gt;</title><id>tag:1</id>'
        '<link rel="enclosure" href="https://elders.example/x.mp3"/>'
        '<link href="https://havenbode.example/1"/><published>2023-11-06T07:00:00+01:00</published>'
        "<updated>2023-11-08T07:00:00+01:00</updated><author><name>Anna de Boer</name>"
        "<email>a@b.example</email></author><author><name>Bo Smit</name></author>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"{page(1)}</div></content><summary>Kort.</summary></entry>"
    )
    second = (
        "<entry><title>De brug</title><id>tag:2</id><updated>2023-11-08T07:00:00Z</updated>"
        f'<content type="html">{escape(page(2))}</content></entry>'
    )
    document = checked(run(atom(first, second)))
    one, other = document.articles
    assert (one.headline, one.text, one.description) == ("De kade", article(1), "Kort.")
    assert (one.date_published, one.author) == ("2023-11-06", "Anna de Boer; Bo Smit")
    assert (one.hostname, one.publisher) == ("havenbode.example", "De Havenbode")
    assert (other.text, other.date_published) == (article(2), None)
    assert values(document, "date_modified") == ["2023-11-08", "2023-11-08"]


def test_rss_of_the_first_version(run: Run) -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {SPACES}><channel><title>De Havenbode</title>'
        "<link>https://havenbode.example</link></channel><item><title>De kade</title>"
        f"<link>https://havenbode.example/1</link><dc:date>2023-11-06</dc:date>"
        f"<content:encoded>{escape(page(1))}</content:encoded></item></rdf:RDF>"
    )
    (one,) = checked(run(feed)).articles
    assert (one.text, one.publisher) == (article(1), "De Havenbode")


def test_json_feed(run: Run) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "De Havenbode",
        "home_page_url": "https://havenbode.example",
        "items": [
            {
                "id": "1",
                "url": "https://havenbode.example/1",
                "title": "De kade",
                "content_html": page(1),
                "date_published": "2023-11-06T07:00:00+01:00",
                "authors": [{"name": "Anna de Boer"}],
            },
            {
                "id": "2",
                "url": "https://elders.example/2",
                "title": "Vuurtoren",
                "summary": SHORT,
                "date_published": "2023-11-06T07:00:00+01:00",
            },
        ],
    }
    one, other = checked(run(json.dumps(feed))).articles
    assert (one.headline, one.text, one.publisher) == ("De kade", article(1), "De Havenbode")
    assert (one.author, one.date_published) == ("Anna de Boer", "2023-11-06")
    assert (other.text, other.completeness, other.publisher) == (SHORT, "teaser", None)


def test_what_feeds_get_wrong_is_mended(run: Run) -> None:
    spoiled = rss(item(1)).replace("De kade 1", "R&D & caf&eacute;\x0b &#2;&nbsp;open")
    (one,) = checked(run(spoiled)).articles
    assert (one.headline, one.text) == ("R&D & café open", article(1))


@pytest.mark.parametrize("content", [rss(item(1))[:-60], rss("<item><title>x</item>")])
def test_what_is_broken_is_rejected_with_its_line(run: Run, content: str) -> None:
    (rejection,) = run("<?xml version='1.0'?>\n" + content.partition("?>")[2]).rejections
    assert rejection.rule == "broken_xml"
    assert "line 2" in rejection.message


def test_entities_are_never_defined(run: Run) -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    )
    content = rss(item(1)).replace("?>", f"?>{doctype}", 1).replace("De kade 1", "&b; &x;")
    assert checked(run(content)).articles[0].headline == "&b; &x;"


def test_depth_is_bounded(run: Run) -> None:
    (rejection,) = run(f"<rss><channel>{'<a>' * 500}{'</a>' * 500}</channel></rss>").rejections
    assert "too deeply" in rejection.message


@pytest.mark.parametrize(
    ("content", "rule", "word"),
    [
        ('<opml version="2.0"><body><outline text="a"/></body></opml>', "no_article", "OPML"),
        ("<urlset><url><loc>https://a.example</loc></url></urlset>", "no_article", "addresses"),
        ('<?xml version="1.0"?><vloot/>', "unsupported_media_type", "vloot"),
    ],
)
def test_xml_without_articles_is_refused_in_words(
    run: Run, content: str, rule: str, word: str
) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule
    assert word in rejection.message


PIECES = st.lists(
    st.sampled_from(
        [
            *("<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "een", "&amp;"),
            *("<link>https://a.example/1</link>", "<description>", "</description>", "<guid>1"),
            *("</guid>", "<![CDATA[", "]]>", "&nbsp;", "&x;", "<p>twee", "</p>", "<author>"),
            *("<name>drie</name>", "</author>", "<dc:creator>", "</dc:creator>", "\0", "\n", "é"),
            *("<link href='x'/>", "<content>", "</content>", "<category term='a'/>", "<!--", "-->"),
        ]
    ),
    max_size=30,
).map("".join)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=PIECES, is_atom=st.booleans())
def test_any_feed_has_an_outcome(run: Run, pieces: str, is_atom: bool) -> None:  # noqa: FBT001
    document = checked(run(atom(pieces) if is_atom else rss(pieces, item(3))))
    assert bool(document.articles) != bool(document.rejections)
