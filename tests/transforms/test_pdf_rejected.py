"""PDF files that cannot be read: scans, broken, protected and hostile ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pdf_files import Page, one_column, pdf, remapped, stream
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

PARAGRAPHS = article(1).split("\n\n")


def scan() -> Page:
    """Return a page that is a picture."""
    page = Page()
    page.picture(0, 0, 595, 842)
    return page


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (pdf([scan(), scan()]), "no_text_layer"),
        (pdf([scan(), scan(), one_column("Gescand door een apparaat.")]), "no_text_layer"),
        (pdf([Page()]), "no_text_layer"),
        (pdf([one_column(*PARAGRAPHS)], password="x" * 6), "encrypted_pdf"),
        (pdf([one_column(*PARAGRAPHS)])[:700], "broken_pdf"),
        (b"%PDF-1.7 en verder niets", "broken_pdf"),
        (pdf([]), "broken_pdf"),
        (pdf([Page()] * 1001), "oversized_pdf"),
    ],
)
def test_what_cannot_be_read_is_rejected(run: Run, content: bytes, rule: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule
    assert rejection.message.endswith(".")


def test_scan_says_how_many_pages(run: Run) -> None:
    (rejection,) = run(pdf([scan(), scan(), one_column(*PARAGRAPHS)])).rejections
    assert rejection.value == "2 of 3 pages"


def test_one_picture_among_pages_of_text_is_no_scan(run: Run) -> None:
    assert run(pdf([one_column(*PARAGRAPHS), scan()])).articles[0].text == article(1)


def test_fonts_that_do_not_tell_their_letters(run: Run) -> None:
    content = remapped("Hier staat iets", b"1 beginbfrange <20> <ff> <e020> endbfrange")
    assert [one.rule for one in run(content).rejections] == ["unreadable_text_layer"]


def nested(levels: int, uses: int) -> bytes:
    """Return a file with forms that use each other, so many times each, so many deep."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << %s >>"
    objects = [
        stream(b"/X Do " * uses, form % (b"/XObject << /X %d 0 R >>" % (11 + level)))
        for level in range(levels)
    ]
    last = stream(b"BT /F1 10 Tf 1 0 0 1 70 90 Tm (x) Tj ET", form % b"/Font 3 0 R")
    page = one_column(*PARAGRAPHS)
    page.resources = b"/XObject << /X 10 0 R >>"
    page.content.append(b"/X Do")
    return pdf([page], objects=[*objects, last])


def test_forms_within_forms_are_read(run: Run) -> None:
    assert run(nested(3, 5)).articles[0].text.startswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(nested(9, 10), id="forms that use each other ten times, nine deep"),
        pytest.param(nested(70, 1), id="forms seventy deep"),
        pytest.param(pdf([Page([b" " * 450_000_000])]), id="a stream a thousand times its size"),
    ],
)
def test_small_files_that_ask_for_hours_are_rejected(run: Run, content: bytes) -> None:
    assert [one.rule for one in run(content).rejections] == ["oversized_pdf"]
