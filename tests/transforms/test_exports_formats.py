"""Exports as files of word processors: the same articles as in plain text."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knipsel.expectations.documents.document_rules import check_document
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
from tests.pdf_files import Column, Page, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

ARTICLES = [Made(number, date(2011, 3, number + 1), number + 1) for number in range(1, 4)]
KINDS = {
    "lexisnexis": lexisnexis(ARTICLES),
    "nexis": nexis(ARTICLES),
    "factiva": factiva(ARTICLES),
    "mediargus": mediargus(ARTICLES),
    "factiva bare": factiva_bare(ARTICLES),
    "europresse": europresse(ARTICLES),
    "labelled by rules": proquest(ARTICLES),
    "labelled above": labelled(ARTICLES),
    "labelled below": with_labels_below(ARTICLES),
    "cuttings above": with_sources_above(ARTICLES),
    "cuttings below": with_sources_below(ARTICLES),
}


IN_PDF = [
    *("nexis", "factiva bare", "europresse", "labelled below"),
    *("cuttings above", "cuttings below"),
]
"""Those that need no tabs, no Russian letters, no middle, no titles repeated to the letter."""


def as_docx(text: str) -> bytes:
    """Return a text as DOCX, a line a paragraph; centred lines lose their blanks."""
    import docx

    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line.strip())
    return saved(document)


def as_styled_docx(text: str) -> bytes:
    """Return a text as DOCX without empty paragraphs, the headlines styled as headings."""
    import docx

    document, headlines = docx.Document(), {one.headline for one in ARTICLES}
    for line in filter(str.strip, text.split("\n")):
        style = "Heading 1" if line.strip() in headlines else None
        document.add_paragraph(line.strip(), style=style)
    document.sections[0].footer.paragraphs[0].text = "Afgedrukt voor de leeszaal"
    return saved(document)


def saved(document: object) -> bytes:
    """Return a document of python-docx as bytes."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def as_rtf(text: str) -> bytes:
    """Return a text as RTF, a line a paragraph."""
    lines = []
    for line in text.split("\n"):
        coded = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line.strip())
        alignment = "\\qc" if line.startswith("    ") else "\\ql"
        tabbed = coded.replace("\t", "\\tab ")
        lines.append(f"\\pard{alignment} {tabbed}\\par")
    return "\n".join(["{\\rtf1\\ansi\\deff0", *lines, "}"]).encode("ascii")


def as_pdf(text: str) -> bytes:
    """Return a text as PDF, its paragraphs wrapped in one column of small type on one page."""
    page = Page()
    column = Column(page, 70, 800, 240, size=5, leading=6)
    for line in text.split("\n"):
        if line.strip():
            column.write(line.strip())
        else:
            column.skip()
    return pdf([page])


def facts(document: ProcessedDocument) -> list[tuple[str | None, ...]]:
    """Return what must come out of each article, after checking every rule."""
    assert check_document(document)[0] == []
    return [
        (one.headline, one.publisher, one.date_published, one.text) for one in document.articles
    ]


WANTED = [(one.headline, one.outlet, one.day.isoformat(), one.text) for one in ARTICLES]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [as_docx, as_rtf])
def test_export_of_a_word_processor(run: Run, kind: str, make: Callable[[str], bytes]) -> None:
    document = run(make(KINDS[kind]))
    assert facts(document) == WANTED
    assert document.reader == f"{make.__name__.removeprefix('as_')}+{kind.split(maxsplit=1)[0]}"


@pytest.mark.parametrize("kind", IN_PDF)
def test_export_as_pdf(run: Run, kind: str) -> None:
    """The pages of these tests have letters of Western Europe alone, and no tabs."""
    assert facts(run(as_pdf(KINDS[kind]))) == WANTED


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "lexisnexis"])
def test_export_with_styles_and_a_footer(run: Run, kind: str) -> None:
    assert facts(run(as_styled_docx(KINDS[kind]))) == WANTED


def test_factiva_as_a_table(run: Run) -> None:
    import docx

    document = docx.Document()
    for one in ARTICLES:
        first, *rest = one.paragraphs
        rows = [("SE", "Binnenland"), ("HD", one.headline), ("WC", "123 words")]
        rows += [("PD", one.dutch_day), ("SN", one.outlet), ("LA", "Dutch"), ("LP", first)]
        rows += [("TD", "\n\n".join(rest)), ("AN", f"Document KADE{one.number:020}")]
        table = document.add_table(len(rows), 2)
        for row, (code, value) in zip(table.rows, rows, strict=True):
            row.cells[0].text, row.cells[1].text = code, value
    assert facts(run(saved(document))) == WANTED
