"""Sound files of every format that is read: what mutations start from."""

from __future__ import annotations

import bz2
import csv
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from tests.archives import gzipped, tarred, zipped
from tests.docx_files import saved, written
from tests.exported import Made, factiva, lexisnexis, mediargus, nexis
from tests.exported_sources import (
    europresse,
    factiva_bare,
    labelled,
    proquest,
    with_labels_below,
    with_sources_above,
    with_sources_below,
)
from tests.fuzz.format_seeds import FORMAT_SEEDS
from tests.pdf_files import one_column, pdf
from tests.texts import article

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "articles"

_MENU = "\n".join(f"  • [{name}]" for name in ("Home", "Nieuws", "Sport", "Abonneren", "Zoek"))


def _paragraphs(number: int) -> list[str]:
    return article(number).split("\n\n")


def plain(number: int) -> bytes:
    """Return an article as text."""
    return article(number).encode()


def dump(number: int) -> bytes:
    """Return a page with its menus as text."""
    end = "Lees ook\n  • Iets anders\n\nReacties (3)\n© 2024 Het Noordblad"
    return f"{_MENU}\n\nDoor Anna de Boer\n8 maart 2024\n\n{article(number)}\n\n{end}\n".encode()


def wrapped_utf16(number: int) -> bytes:
    """Return an article as text of two bytes to a character."""
    return article(number).replace(". ", ".\r\n").encode("utf-16")


def markdown(number: int) -> bytes:
    """Return an article as Markdown."""
    head, *body = _paragraphs(number)
    marks = "> geciteerd\n\n* een\n  * twee\n\n[de brug](http://a.example) **vet** _schuin_ `code`"
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    text = "\n\n".join(body)
    front = f"---\ntitle: {head}\ndate: 2024-03-08\n---\n\n# {head}"
    return f"{front}\n\n{text}\n\n{marks}\n\n{table}".encode()


def page(number: int) -> bytes:
    """Return an article as HTML, with what a page says of itself."""
    head, *body = _paragraphs(number)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": head,
        "datePublished": "2024-03-08T10:00:00+01:00",
        "author": [{"@type": "Person", "name": "Anna de Boer"}],
    }
    text = "".join(f"<p>{one}</p>\n" for one in body)
    return (
        f"<!doctype html><html lang=nl><head><meta charset=utf-8><title>{head}</title>"
        f'<meta property="og:title" content="{head}"><meta name=author content="Anna de Boer">'
        f'<script type="application/ld+json">{json.dumps(facts)}</script></head><body>'
        "<nav><ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul></nav>"
        f"<article><h1>{head}</h1>"
        f"<time datetime=2024-03-08>8 maart 2024</time>{text}<table><tr><td>1<td>2</table>"
        f"</article><footer>&copy; &#x41; &nbsp;</footer></body></html>"
    ).encode()


def pdf_file(number: int) -> bytes:
    """Return an article as PDF, of two pages."""
    paragraphs = _paragraphs(number)
    return pdf([one_column(*paragraphs[:2]), one_column(*paragraphs[2:])])


def timeless(content: bytes) -> bytes:
    """Return a ZIP without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def docx(number: int) -> bytes:
    """Return an article as DOCX."""
    return timeless(saved(written(*_paragraphs(number), styles={0: "Title"})))


def rtf(number: int) -> bytes:
    """Return an article as RTF."""
    info = r"{\info{\title Haven}{\author Anna de Boer}{\creatim\yr2024\mo3\dy8}}"
    body = "\\par\n".join(_paragraphs(number))
    row = r"\trowd\cellx100 een\cell twee\cell\row"
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}" + info + body + row + r"\u8364?\'e9}"
    ).encode("cp1252", "replace")


def mail(number: int) -> bytes:
    """Return an article as a mail with two forms and an attachment."""
    message = EmailMessage()
    message["From"] = "Redactie <r@noordblad.example>"
    message["Subject"] = _paragraphs(number)[0]
    message["Date"] = "Fri, 08 Mar 2024 23:45:00 -0500"
    message.set_content(article(number))
    message.add_alternative(page(number).decode(), subtype="html")
    message.add_attachment(b"x", "application", "octet-stream", filename="a.bin")
    for at, part in enumerate(one for one in message.walk() if one.is_multipart()):
        part.set_boundary(f"boundary-{at}")
    return message.as_bytes()


def _record(number: int) -> dict[str, object]:
    head, *body = _paragraphs(number)
    return {
        "id": number,
        "title": head,
        "date": "2024-03-08",
        "author": ["Anna de Boer"],
        "text": "\n\n".join(body),
        "meta": {"source": "Het Noordblad", "pages": [1, 2.5e3, None, True]},
    }


def json_records(number: int) -> bytes:
    """Return three articles as an array of JSON."""
    return json.dumps([_record(number + at) for at in range(3)], indent=1).encode()


def json_lines(number: int) -> bytes:
    """Return three articles as lines of JSON."""
    return "".join(json.dumps(_record(number + at)) + "\n" for at in range(3)).encode()


def _rows(number: int, delimiter: str) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["title", "date", "text"])
    for at in range(3):
        head, *body = _paragraphs(number + at)
        writer.writerow([head, "08-03-2024", "\n\n".join(body)])
    return stream.getvalue().encode()


def warc(number: int) -> bytes:
    """Return a page as a record of a web archive."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(number)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def mbox(number: int) -> bytes:
    """Return two mails as a mailbox."""
    mails = (mail(number), mail(number + 1))
    return b"".join(b"From a@b Fri Mar  8 10:00:00 2024\n" + one + b"\n\n" for one in mails)


def _files(number: int) -> dict[str, bytes | str]:
    return {
        "a/een.txt": plain(number),
        "b.html": page(number + 1),
        "c.gz": gzipped(b"c"),
    }


def zip_file(number: int) -> bytes:
    """Return files as ZIP."""
    return zipped(_files(number))


def tar_file(number: int) -> bytes:
    """Return files as TAR."""
    return tarred([("a/een.txt", plain(number)), ("b.html", page(number + 1))])


def _sample(at: int) -> bytes:
    files = sorted(SAMPLES.iterdir())
    return files[at % len(files)].read_bytes()


_EXPORTS: dict[str, Callable[[list[Made]], str]] = {
    "lexisnexis": lexisnexis,
    "nexis": nexis,
    "factiva": factiva,
    "mediargus": mediargus,
    "factiva without codes": factiva_bare,
    "europresse": europresse,
    "proquest": proquest,
    "labels": labelled,
    "labels below": with_labels_below,
    "sources above": with_sources_above,
    "sources below": with_sources_below,
}


def _text_export(kind: str, number: int) -> str:
    return _EXPORTS[kind]([Made(number + at, date(2024, 3, 1 + at)) for at in range(3)])


def _export(kind: str, number: int) -> bytes:
    return _text_export(kind, number).encode()


def _rtf_export(kind: str, number: int) -> bytes:
    body = _text_export(kind, number).replace("\n", "\\par\n")
    return (r"{\rtf1\ansi " + body + "}").encode("cp1252", "replace")


def _docx_export(kind: str, number: int) -> bytes:
    return timeless(saved(written(*_text_export(kind, number).split("\n"))))


def _exports() -> dict[str, Callable[[int], bytes]]:
    """Return the exports of press databases, each as text, RTF and DOCX."""
    made: dict[str, Callable[[int], bytes]] = {}
    for kind in _EXPORTS:
        made[kind] = partial(_export, kind)
        made[f"{kind} in RTF"] = partial(_rtf_export, kind)
        made[f"{kind} in DOCX"] = partial(_docx_export, kind)
    return made


SEEDS: dict[str, Callable[[int], bytes]] = {
    "plain text": plain,
    "page dump": dump,
    "UTF-16": wrapped_utf16,
    "Markdown": markdown,
    "HTML": page,
    "PDF": pdf_file,
    "DOCX": docx,
    "RTF": rtf,
    "mail": mail,
    "JSON": json_records,
    "JSON Lines": json_lines,
    "CSV": lambda number: _rows(number, ","),
    "TSV": lambda number: _rows(number, "\t"),
    "old Office file": lambda number: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + plain(number),
    "sample": _sample,
    "ZIP": zip_file,
    "TAR": tar_file,
    "compressed TAR": lambda number: gzipped(tar_file(number)),
    "GZ": lambda number: gzipped(dump(number)),
    "BZ2": lambda number: bz2.compress(page(number)),
    "XZ": lambda number: lzma.compress(markdown(number)),
    "WARC": warc,
    "MBOX": mbox,
    **FORMAT_SEEDS,
    **_exports(),
}
"""A sound file of each format, by a number: another number gives another text."""
