"""NITF, NewsML and TEI, and what trafilatura writes: formats of papers, agencies and scholars."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
import trafilatura
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

FIRST, SECOND, *REST = article(1).split("\n\n")


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def values(document: ProcessedDocument, field: str) -> list[str]:
    return [one.value for one in document.statements if one.field == field and one.chosen]


def marked(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def nitf(content: str, front: str = "", head: str = "") -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd"><nitf><head>'
        f"<title>De kade; Tussenkop</title>{head}</head><body><body.head>{front}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


FRONT = (
    "<hedline><hl1>De kade</hl1><hl2>Niet meer veilig</hl2></hedline>"
    "<byline>Door <person>Anna de Boer</person><byttl>verslaggever</byttl></byline>"
    "<dateline>ZOUTMONDE, 5 nov.</dateline>"
)
HEAD = (
    '<docdata><doc-id id-string="42"/><date.issue norm="20231107T070000+0100"/>'
    '<key-list><keyword key="haven"/></key-list></docdata>'
    '<pubdata date.publication="20231106" name="De Havenbode" edition.name="Noord" '
    'position.section="Zee" position.sequence="3"/>'
)


def test_nitf(run: Run) -> None:
    body = marked(FIRST) + "<hl2>Tussenkop</hl2>" + marked(SECOND)
    body += (
        "<media><media-reference source='a.jpg'/><media-caption>De kade gisteren</media-caption>"
    )
    body += "</media>" + marked(*REST)
    document = checked(run(nitf(body, FRONT, HEAD)))
    (one,) = document.articles
    assert document.reader == "nitf"
    assert one.text.split("\n\n") == [FIRST, "Tussenkop", SECOND, *REST]
    assert (one.headline, one.alternative_headline) == ("De kade", "Niet meer veilig")
    assert (one.author, one.publisher, one.dateline) == (
        "Anna de Boer",
        "De Havenbode",
        "ZOUTMONDE, 5 nov.",
    )
    assert (one.date_published, one.article_section) == ("2023-11-06", "Zee")
    told = [values(document, field) for field in ("pagination", "print_edition", "identifier")]
    assert told == [["3"], ["Noord"], ["42"]]
    assert [p.text for p in document.paragraphs if p.role == "caption"] == ["De kade gisteren"]


def test_nitf_that_gives_its_introduction_twice(run: Run) -> None:
    body = f'<block class="lead_paragraph">{marked(FIRST)}</block>'
    body += f'<block class="full_text">{marked(FIRST, SECOND, *REST)}</block>'
    document = checked(run(nitf(body, FRONT)))
    assert document.articles[0].text == article(1)
    assert (FIRST, "alternative_text") in {(s.text, s.reason) for s in document.removed_spans}


def test_nitf_without_a_headline_has_the_title_of_its_head(run: Run) -> None:
    assert checked(run(nitf(marked(FIRST)))).articles[0].headline == "De kade; Tussenkop"


G2 = "http://iptc.org/std/nar/2006-10-01/"


def g2_item(content: str, *, version: str = "3", created: str = "") -> str:
    return (
        f'<newsItem xmlns="{G2}" guid="urn:newsml:1" version="{version}" xml:lang="nl"><itemMeta>'
        f"<provider><name>Persbureau Zee</name></provider>{created}"
        "<versionCreated>2023-11-07T07:00:00Z</versionCreated></itemMeta><contentMeta>"
        "<by>Door Anna de Boer</by><headline>De kade</headline><subject><name>haven</name>"
        f"</subject></contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def xhtml(*paragraphs: str) -> str:
    return (
        '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>x</title></head><body><h1>De kade</h1>{marked(*paragraphs)}<ul><li>een</li>"
        "</ul></body></html></inlineXML>"
    )


def test_newsml_g2(run: Run) -> None:
    picture = (
        f'<newsItem xmlns="{G2}" guid="urn:2"><contentSet><remoteContent/></contentSet></newsItem>'
    )
    first = g2_item(
        xhtml(FIRST, SECOND), created="<firstCreated>2023-11-06T07:00:00Z</firstCreated>"
    )
    content = f'<newsMessage xmlns="{G2}"><itemSet>{first}{picture}</itemSet></newsMessage>'
    document = checked(run(content))
    (one,) = document.articles
    assert one.text.split("\n\n") == [FIRST, SECOND, "een"]
    assert (one.headline, one.author, one.publisher) == (
        "De kade",
        "Anna de Boer",
        "Persbureau Zee",
    )
    assert (one.date_published, values(document, "date_modified")) == ("2023-11-06", ["2023-11-07"])
    assert values(document, "identifier") == ["urn:newsml:1"]
    assert ("De kade", "headline_repeat") in {(s.text, s.reason) for s in document.removed_spans}


@pytest.mark.parametrize(("version", "date"), [("1", "2023-11-07"), ("3", None)])
def test_a_later_version_does_not_tell_when_the_first_one_came(
    run: Run, version: str, date: str | None
) -> None:
    document = checked(run(g2_item(xhtml(FIRST, SECOND), version=version)))
    assert document.articles[0].date_published == date


@pytest.mark.parametrize(
    "inner",
    [
        f"<nitf><body><body.content>{marked(FIRST, SECOND)}</body.content></body></nitf>",
        f"{FIRST}\n\n{SECOND}",
    ],
)
def test_newsml_of_the_first_version(run: Run, inner: str) -> None:
    content = (
        "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:1"
        "</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>"
        "20231106T070000+0100</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>"
        "De kade</HeadLine><ByLine>Anna de Boer</ByLine></NewsLines><ContentItem><DataContent>"
        f"{inner}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )
    (one,) = checked(run(content)).articles
    assert (one.headline, one.author, one.date_published) == (
        "De kade",
        "Anna de Boer",
        "2023-11-06",
    )
    assert one.text == f"{FIRST}\n\n{SECOND}"


def test_items_without_a_text_are_no_articles(run: Run) -> None:
    (rejection,) = run(g2_item("<remoteContent href='a.jpg'/>")).rejections
    assert rejection.rule == "no_article"


def tei(body: str, *, source: str = "", published: str = "<date when='2019'/>") -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>De kade: '
        f"een uitgave</title></titleStmt><publicationStmt>{published}<idno>hb-42</idno>"
        f"</publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc></teiHeader><text><body>"
        f"{body}</body></text></TEI>"
    )


SOURCE = (
    '<bibl><title level="a">De kade</title><title level="j">De Havenbode</title>'
    '<author>Anna de Boer</author><date when="1923-11-06"/><biblScope unit="page">3</biblScope>'
    "</bibl>"
)


def test_tei(run: Run) -> None:
    words = FIRST.replace("opnieuw", 'op<lb break="no"/>nieuw').replace(
        "gesproken", "<choice><sic>gesproken</sic><corr>gepraat</corr></choice>"
    )
    body = (
        f"<head>De kade</head><byline>Door Anna de Boer</byline><p>{words}<note>Zie elders.</note>"
        f"</p><div><head>Tussenkop</head>{marked(SECOND)}</div><fw>Pagina 3</fw>"
    )
    document = checked(run(tei(body, source=SOURCE)))
    (one,) = document.articles
    assert one.text.split("\n\n") == [FIRST, "Tussenkop", SECOND]
    assert (one.headline, one.author, one.publisher) == ("De kade", "Anna de Boer", "De Havenbode")
    assert one.date_published == "1923-11-06"
    assert (values(document, "pagination"), values(document, "identifier")) == (["3"], ["hb-42"])
    reasons = {(span.text, span.reason) for span in document.removed_spans}
    assert {("Zie elders.", "footnote"), ("Pagina 3", "running_head")} <= reasons


def test_the_day_of_an_edition_is_not_that_of_its_source(run: Run) -> None:
    undated = SOURCE.replace('<date when="1923-11-06"/>', "")
    assert (
        checked(run(tei(marked(FIRST, SECOND), source=undated))).articles[0].date_published is None
    )


def test_articles_of_an_issue_in_tei(run: Run) -> None:
    body = (
        '<div type="masthead"><p>De Havenbode. Prijs: één kroon.</p></div>'
        f'<div type="article"><head>De kade</head>{marked(FIRST)}</div>'
        f'<div type="article"><head>De brug</head>{marked(SECOND)}</div>'
    )
    document = checked(run(tei(body, source=SOURCE)))
    assert [one.headline for one in document.articles] == ["De kade", "De brug"]
    assert [one.text for one in document.articles] == [FIRST, SECOND]
    assert {one.date_published for one in document.articles} == {"1923-11-06"}
    assert "Prijs: één kroon." in document.removed_spans[-1].text


@pytest.mark.parametrize("form", ["xmltei", "xml"])
def test_what_trafilatura_writes(run: Run, form: str) -> None:
    page = (
        '<html lang="nl"><head><title>De kade</title><meta name="author" content="Anna de Boer">'
        '<meta property="article:published_time" content="2023-11-06T07:00:00Z">'
        '<meta property="og:site_name" content="De Havenbode"></head><body><article>'
        "<h1>De kade</h1>"
        f"{marked(FIRST, SECOND, *REST)}</article></body></html>"
    )
    content = trafilatura.extract(
        page, output_format=form, with_metadata=True, url="https://havenbode.example/1"
    )
    assert content
    (one,) = checked(run(content)).articles
    assert (one.headline, one.author, one.publisher) == ("De kade", "Anna de Boer", "De Havenbode")
    assert (one.date_published, one.hostname) == ("2023-11-06", "havenbode.example")
    assert one.text == article(1)


WHOLE = [
    nitf(marked(FIRST), FRONT, HEAD),
    g2_item(xhtml(FIRST, SECOND)),
    tei(f"<head>De kade</head>{marked(FIRST)}", source=SOURCE),
]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.sampled_from(WHOLE), number=st.integers(0, 2**32))
def test_any_damage_has_an_outcome(run: Run, content: str, number: int) -> None:
    """Tags are moved about and letters changed."""
    chance = random.Random(number)
    pieces = content.replace("<", "\x1f<").replace(">", ">\x1f").split("\x1f")
    for _ in range(chance.randint(0, 4)):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[at] = chance.choice(["", pieces[other], "&x;", "é\0"])
    document = checked(run("".join(pieces)))
    assert bool(document.articles) != bool(document.rejections)


def test_an_item_that_was_withdrawn_is_no_article(run: Run) -> None:
    content = g2_item(xhtml(FIRST, SECOND)).replace(
        "</itemMeta>", '<pubStatus qcode="stat:canceled"/></itemMeta>'
    )
    (rejection,) = run(content).rejections
    assert rejection.rule == "no_article"


def test_a_text_that_was_born_digital_has_the_day_of_its_file(run: Run) -> None:
    published = "<publisher>De Havenbode</publisher><date when='2023-11-06'/>"
    (one,) = checked(run(tei(marked(FIRST, SECOND), published=published))).articles
    assert (one.date_published, one.publisher) == ("2023-11-06", "De Havenbode")
