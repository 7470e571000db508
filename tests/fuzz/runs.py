"""Long runs of one thing or of a few in turn, in each format: what runs away shows on them."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from html import escape

from tests.docx_files import WORD, replaced, saved, with_body, written
from tests.fuzz.mutations import ALPHABETS
from tests.fuzz.seeds import SEEDS, timeless
from tests.package_files import odt, odt_paragraphs
from tests.texts import article

LEAD = article(1)


def _plain(run: str) -> bytes:
    return f"{LEAD}\n\n{run}\n".encode()


def _bare(run: str) -> bytes:
    return run.encode()


def _markdown(run: str) -> bytes:
    return f"# Kop\n\n**vet** [a](b)\n\n{LEAD}\n\n{run}\n".encode()


def _front_matter(run: str) -> bytes:
    return f"---\ntitle: {run}\n---\n\n# Kop\n\n{LEAD}\n".encode()


def _page(run: str) -> bytes:
    return f"<html><head><title>k</title></head><body><p>{LEAD}<p>{run}</body></html>".encode()


def _page_text(run: str) -> bytes:
    return _page(html.escape(run))


def _page_head(run: str) -> bytes:
    start = '<html><head><title>k</title><meta name="author" content="'
    return f'{start}{html.escape(run)}"></head><body><p>{LEAD}</body></html>'.encode()


def _rtf(run: str) -> bytes:
    return (r"{\rtf1\ansi " + LEAD.replace("\n", "\\par ") + "\\par " + run + "}").encode()


def _mail(run: str) -> bytes:
    date = "Fri, 8 Mar 2024 10:00:00 +0100"
    return f"From: a@b.c\nSubject: k\nDate: {date}\n\n{LEAD}\n{run}".encode()


def _mail_head(run: str) -> bytes:
    folded = run.replace("\n", "\n ")
    return f"From: a@b.c\nSubject: {folded}\nDate: {folded}\n\n{LEAD}\n".encode()


def _json(run: str) -> bytes:
    return json.dumps([{"title": "k", "text": f"{LEAD}\n\n{run}", "date": run}]).encode()


def _json_source(run: str) -> bytes:
    return f'[{{"text": "{json.dumps(LEAD)[1:-1]}"}}, {run}'.encode()


def _csv(run: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([["title", "date", "text"], ["k", run[:100], LEAD + run]])
    return stream.getvalue().encode()


def _csv_source(run: str) -> bytes:
    return f'title,date,text\nk,2024-01-01,"{LEAD}"\n{run}'.encode()


def _docx(run: str) -> bytes:
    return timeless(saved(written(*LEAD.split("\n\n"), "".join(filter(_is_xml, run)))))


def _is_xml(character: str) -> bool:
    return character in "\t\n\r" or " " <= character < "\ud800"


def _docx_source(run: str) -> bytes:
    part = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{LEAD}{run}'
    return timeless(replaced(with_body(""), {"word/document.xml": part.encode()}))


def _rss(run: str) -> bytes:
    body = escape(f"<p>{LEAD}</p>{run}")
    item = f"<item><title>{escape(run[:99])}</title><link>https://a.example/1</link>"
    return f"<rss><channel>{item}<description>{body}</description></item></channel></rss>".encode()


def _rss_source(run: str) -> bytes:
    item = f"<item><title>k</title><link>https://a.example/1</link><description>{LEAD}"
    return f"<rss><channel>{item}</description>{run}</item></channel></rss>".encode()


def _tei(run: str) -> bytes:
    return f"<TEI><text><body><head>k</head><p>{LEAD}{run}</p></body></text></TEI>".encode()


def _odt(run: str) -> bytes:
    return odt(odt_paragraphs(LEAD, "".join(filter(_is_xml, run))))


def _json_parts(run: str) -> bytes:
    blocks = [{"type": "text", "content": one} for one in (LEAD, run, *run.split()[:500])]
    return json.dumps([{"title": "k", "date": "2024-03-08", "body": blocks}]).encode()


def _ris(run: str) -> bytes:
    return f"TY  - NEWS\nTI  - k\nDA  - 2024\nAB  - {LEAD}\n{run}\nER  - \n".encode()


def _export(kind: str) -> Callable[[str], bytes]:
    sound = SEEDS[kind](1).decode()
    middle = sound.index("\n", len(sound) // 2)

    def made(run: str) -> bytes:
        return f"{sound[:middle]}\n{run}\n{sound[middle:]}".encode()

    return made


PLACES: dict[str, Callable[[str], bytes]] = {
    "plain": _plain,
    "bare": _bare,
    "markdown": _markdown,
    "front matter": _front_matter,
    "html": _page,
    "html text": _page_text,
    "html head": _page_head,
    "rtf": _rtf,
    "mail": _mail,
    "mail head": _mail_head,
    "json": _json,
    "json source": _json_source,
    "csv": _csv,
    "csv source": _csv_source,
    "docx": _docx,
    "docx source": _docx_source,
    "rss": _rss,
    "rss source": _rss_source,
    "tei": _tei,
    "odt": _odt,
    "json parts": _json_parts,
    "ris": _ris,
    **{kind: _export(kind) for kind in ("lexisnexis", "nexis", "factiva", "mediargus")},
}
"""A file of each format with a run in one of its places."""

THINGS: tuple[str, ...] = (
    *(one.decode("utf-8", "replace") for one in ALPHABETS),
    *("a. ", "A b. ", "1. ", "- a\n", "a: b\n", "a\n\n", "Door A ", "1 mei 2020 ", "01-02-2003 "),
    *("\u0301", "é", "“a” ", "A-", "(a", "a)", "[1]", "a, ", "A, ", "Aa Bb ", "|a", "\n| a |"),
    *("<p>", "<div>", "<br>", "<b>", "<!--", "<table>", "<li>", "<a href=", "&lt;", "<p>a b c. "),
    *("\\u0", "\\", "\\'", "{\\*", "\\u1 ", "\\bin9 ", '{"a":', '"a":1,', "[[", "]]", "# a\n"),
    *(
        "----\n",
        "====\n",
        "***\n",
        "> > ",
        "    a\n",
        "~~~\n",
        "```\n",
        "- ",
        "![",
        "](",
        "<a@b.c>",
    ),
    *("From a\n", "On a wrote:\n", "--\n", "a@b.c, ", "=?utf-8?q?a?= ", "Length: 1 words\n", "\f"),
    *(
        "HD a\n",
        "Document a\n\n",
        "1 of 3 DOCUMENTS\n",
        "All Rights Reserved\n",
        "page 1\n",
        "p.1\n",
    ),
)
"""What a run repeats."""
