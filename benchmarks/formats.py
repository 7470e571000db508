"""How fast each format is read, and made into articles: ``python -m benchmarks.formats``.

Made-up articles are written in each format; what is timed is `process`, from the bytes to
articles with their paragraphs, in one process, and trafilatura's extraction of the same pages
of HTML beside it. Seconds are of the processor. Compare the ratios: machines differ.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import time
from collections.abc import Callable, Iterator, Sequence

import docx
import trafilatura

from benchmarks.texts import article
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from tests.pdf_files import one_column, pdf

DOCUMENTS = 60
RECORDS = 200
ROUNDS = 3
MENU = [f"Rubriek {number}" for number in range(80)]
TEASERS = [f"Nieuwe ronde over het bestand in dorp {number}" for number in range(60)]
COMMENTS = [
    f"Lezer {number} schrijft: dit is niet de eerste brug die wacht." for number in range(25)
]


def _paragraphs(number: int) -> list[str]:
    return article(number).split("\n\n")[1:]


def _dump(number: int) -> bytes:
    """Return a page as a text browser writes it, of some 15 kB, with menus and comments."""
    body = [one for part in range(3) for one in _paragraphs(1000 * part + number)]
    lines = [*(f"  • {name}" for name in MENU), "", f"Ronde {number} over het graan", ""]
    lines += [f"{paragraph}\n" for paragraph in body]
    lines += ["Lees ook", *(f"  • {name}" for name in TEASERS), "Reacties", *COMMENTS]
    return "\n".join(lines).encode()


def _page(number: int) -> bytes:
    """Return the same page as HTML."""
    body = [one for part in range(3) for one in _paragraphs(1000 * part + number)]
    menu = "".join(f'<li><a href="/{number}">{html.escape(name)}</a></li>' for name in MENU)
    teasers = "".join(f'<li><a href="/t">{html.escape(name)}</a></li>' for name in TEASERS)
    comments = "".join(f"<div class=comment><p>{html.escape(one)}</p></div>" for one in COMMENTS)
    text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in body)
    return (
        f"<!doctype html><html lang=nl><head><title>Ronde {number}</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>Ronde {number} over het graan</h1>{text}"
        f"</article></main><aside><ul>{teasers}</ul></aside><section id=comments>{comments}"
        "</section></body></html>"
    ).encode()


def _docx(number: int) -> bytes:
    document = docx.Document()
    document.add_heading(f"Ronde {number} over het graan", 0)
    for paragraph in _paragraphs(number):
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _rtf(number: int) -> bytes:
    body = "".join(rf"{paragraph}\par\par " for paragraph in _paragraphs(number))
    return (r"{\rtf1\ansi\ansicpg1252 " + body + "}").encode("cp1252")


def _mail(number: int) -> bytes:
    head = [
        "From: Redactie <r@example.org>",
        f"Subject: Ronde {number}",
        "Date: Fri, 8 Mar 2024 08:00:00 +0100",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]
    return ("\n".join(head) + "\n\n" + "\n\n".join(_paragraphs(number))).encode()


def _records(number: int) -> Iterator[dict[str, str]]:
    for record in range(RECORDS):
        yield {
            "title": f"Ronde {record} over het graan",
            "date": "2024-03-08",
            "text": "\n\n".join(_paragraphs(RECORDS * number + record)),
        }


def _json_lines(number: int) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _records(number)).encode()


def _csv(number: int) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, ["title", "date", "text"])
    writer.writeheader()
    writer.writerows(_records(number))
    return stream.getvalue().encode()


FORMATS: dict[str, tuple[Callable[[int], bytes], int]] = {
    "page dump": (_dump, DOCUMENTS),
    "plain text": (lambda number: "\n\n".join(_paragraphs(number)).encode(), DOCUMENTS),
    "Markdown": (
        lambda number: ("# Ronde\n\n**Kort.** " + "\n\n".join(_paragraphs(number))).encode(),
        DOCUMENTS,
    ),
    "HTML": (_page, DOCUMENTS),
    "PDF": (lambda number: pdf([one_column(*_paragraphs(number))]), DOCUMENTS),
    "DOCX": (_docx, DOCUMENTS),
    "RTF": (_rtf, DOCUMENTS),
    "mail": (_mail, DOCUMENTS),
    f"JSON Lines of {RECORDS}": (_json_lines, 3),
    f"CSV of {RECORDS}": (_csv, 3),
}


def _seconds(work: Callable[[], object]) -> float:
    """Return the least processor time of some rounds: noise only ever adds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def _row(name: str, contents: Sequence[bytes], articles: int, seconds: float) -> str:
    size = sum(map(len, contents))
    return (
        f"| {name} | {size / len(contents) / 1000:.0f} kB | {articles / seconds:.0f} "
        f"| {size / seconds / 1e6:.1f} |"
    )


def main() -> None:
    """Print a row for each format."""
    registers = load_registers()
    print("| format | a document | articles a second | MB a second |\n|---|---|---|---|")
    for name, (make, count) in FORMATS.items():
        contents = [make(number) for number in range(count)]
        documents = [
            RawDocument(hashlib.sha256(content).hexdigest(), "file", content)
            for content in contents
        ]
        made = [process(document, registers) for document in documents]
        articles = sum(len(document.articles) for document in made)
        assert all(document.articles for document in made), made[0].rejections
        seconds = _seconds(lambda: [process(one, registers) for one in documents])  # noqa: B023
        print(_row(name, contents, articles, seconds), flush=True)
    pages = [_page(number) for number in range(DOCUMENTS)]
    seconds = _seconds(lambda: [trafilatura.extract(page.decode()) for page in pages])
    print(_row("trafilatura alone, the same HTML", pages, len(pages), seconds))


if __name__ == "__main__":
    main()
