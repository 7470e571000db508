"""Sound files of the formats that other tools, feeds and office programs write."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

from tests.ole_files import msg, xls
from tests.package_files import epub, ods, odt, odt_paragraphs, sheet, web_archive, xlsx
from tests.texts import article

_FACTS = {"date": "2024-03-08", "author": "Anna de Boer", "url": "https://a.example/1"}
_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_DAY = 45359
"""8 March 2024, as a spreadsheet counts."""


def _paragraphs(number: int) -> list[str]:
    return article(number).split("\n\n")


def _marked(number: int) -> str:
    return "".join(f"<p>{text}</p>" for text in _paragraphs(number))


def _rss(number: int) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {_SPACES}><channel><title>Het Noordblad</title>'
        f"<link>https://a.example</link><item><title>Kop &amp; staart</title><guid>{number}</guid>"
        "<pubDate>Fri, 08 Mar 2024 07:00:00 +0100</pubDate><dc:creator>Anna de Boer</dc:creator>"
        f"<content:encoded><![CDATA[{_marked(number)}]]></content:encoded></item></channel></rss>"
    )


def _atom(number: int) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl"><title>Het Noordblad</title>'
        f"<entry><title>Kop</title><id>{number}</id><link href='https://a.example/1'/><published>"
        "2024-03-08T07:00:00Z</published><author><name>Anna de Boer</name></author>"
        f"<content type='html'>{escape(_marked(number))}</content></entry></feed>"
    )


def _nitf(number: int) -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><docdata><doc-id '
        f"id-string='{number}'/><date.issue norm='20240308'/></docdata></head><body><body.head>"
        "<hedline><hl1>Kop</hl1></hedline><byline>Door <person>Anna de Boer</person></byline>"
        f"</body.head><body.content>{_marked(number)}</body.content></body></nitf>"
    )


def _enex(number: int) -> str:
    return (
        '<?xml version="1.0"?><en-export><note><title>Kop</title><created>20240308T101000Z'
        f"</created><content><![CDATA[<en-note>{_marked(number)}</en-note>]]></content><note-attributes>"
        "<source-url>https://a.example/1</source-url></note-attributes></note></en-export>"
    )


def _newsml(number: int) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="1"><itemMeta>'
        "<versionCreated>2024-03-08T07:00:00Z</versionCreated></itemMeta><contentMeta><headline>Kop"
        "</headline><by>Anna de Boer</by></contentMeta><contentSet><inlineXML>"
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{_marked(number)}</body></html>'
        "</inlineXML></contentSet></newsItem>"
    )


def _tei(number: int) -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Kop'
        "</title></titleStmt><sourceDesc><bibl><author>A</author><date when='2024-03-08'/></bibl>"
        f"</sourceDesc></fileDesc></teiHeader><text><body><head>Kop</head>{_marked(number)}"
        "<p>Een<note>twee</note><lb break='no'/>drie</p></body></text></TEI>"
    )


def _parts(number: int) -> str:
    blocks = [{"type": "text", "content": text} for text in _paragraphs(number)]
    record = {"title": "Kop", "content_elements": [{"type": "header", "content": "A"}, *blocks]}
    return json.dumps([record | _FACTS])


def _json_feed(number: int) -> str:
    item = {"id": str(number), "title": "Kop", "content_html": _marked(number)} | _FACTS
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Het Noordblad"}
    return json.dumps(feed | {"items": [item]})


def _ris(number: int) -> str:
    start = _paragraphs(number)[0]
    return f"TY  - NEWS\nTI  - Kop\nAU  - Boer, Anna de\nDA  - 2024/03/08\nAB  - {start}\nER  - \n"


def _rows(number: int) -> list[list[str]]:
    return [["Titel", "Datum", "Tekst"], ["Kop", "2024-03-08", article(number)]]


def _xlsx(number: int) -> bytes:
    head = ["Titel", "Datum", "Tekst"]
    return xlsx(sheet(["Selectie"], head, ["Kop", _DAY, article(number)], dates=["B3"]))


def _odt(number: int) -> bytes:
    head = '<text:h text:outline-level="1">Kop</text:h>'
    body = "<text:note-body><text:p>b</text:p></text:note-body>"
    note = f"<text:p>a<text:note>{body}</text:note></text:p>"
    return odt(head + odt_paragraphs(*_paragraphs(number)) + note)


def _epub(number: int) -> bytes:
    return epub(
        [f"<h1>Kop</h1>{_marked(number)}"],
        "<dc:title>Kop</dc:title><dc:creator>Anna de Boer</dc:creator>",
    )


def _msg(number: int) -> bytes:
    sent = datetime(2024, 3, 8, 12, tzinfo=UTC)
    page = f"<html><body>{_marked(number)}</body></html>".encode()
    return msg("Kop", body=article(number), page=page, sender=("Anna", "a@b.example"), sent=sent)


def _web_archive(number: int) -> bytes:
    page = f"<html><body><h1>Kop</h1>{_marked(number)}</body></html>"
    return web_archive(page.encode(), "https://a.example/1")


def _mhtml(number: int) -> str:
    return (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/1\nSubject: Kop\n"
        'Date: Fri, 08 Mar 2024 10:00:00 -0000\nContent-Type: multipart/related; boundary="X"\n\n'
        f"--X\nContent-Type: text/html\n\n<html><body>{_marked(number)}</body></html>\n\n--X--\n"
    )


_TEXTS: dict[str, Callable[[int], str]] = {
    "RSS": _rss,
    "Atom": _atom,
    "NITF": _nitf,
    "NewsML": _newsml,
    "TEI": _tei,
    "ENEX": _enex,
    "JSON in parts": _parts,
    "JSON Feed": _json_feed,
    "RIS": _ris,
    "MHTML": _mhtml,
}


def _encoded(make: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda number: make(number).encode()


FORMAT_SEEDS: dict[str, Callable[[int], bytes]] = {
    **{name: _encoded(make) for name, make in _TEXTS.items()},
    "XLSX": _xlsx,
    "ODS": lambda number: ods(_rows(number)),
    "XLS": lambda number: xls([[value[:200] for value in row] for row in _rows(number)]),
    "ODT": _odt,
    "EPUB": _epub,
    "MSG": _msg,
    "web archive": _web_archive,
}
"""A sound file of each format, by a number: another number gives another text."""
