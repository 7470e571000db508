"""PDF with a text layer: its paragraphs in reading order, also from several columns."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knipsel.transforms.layout.hyphens import Hyphens
from knipsel.transforms.layout.section import HeadTag, Reading, Section
from knipsel.transforms.layout.unit import Unit, is_bullet
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.pdf.bounds import is_drawable
from knipsel.transforms.read.properties import mark_shown_title, property_tags
from knipsel.transforms.read.source import Source
from knipsel.transforms.text.offsets import join_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

    from knipsel.transforms.read.pdf.blocks import PdfBlock
    from knipsel.transforms.read.pdf.fragments import PageText
    from knipsel.transforms.read.pdf.lines import PdfLine
    from knipsel.transforms.registers.files.file_properties import FileProperties
    from knipsel.transforms.registers.layout.hyphens import HyphenWords
    from knipsel.transforms.registers.model import Registers

_MOST_PAGES = 1_000
"""Pages of a file: a weekend's newspaper has some hundred and fifty."""
_MOST_CHARACTERS = 3_000_000
"""Characters of a file: a long novel has one million."""
_UNMAPPED_SHARE = 0.2
"""Of characters without a known meaning, above which the text layer cannot be read."""
_PICTURES_SHARE = 0.5
"""Of pages that are pictures without text, above which a file is a scan."""
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_PASSWORD_ERRORS = frozenset({4, 5})
"""PDFium's codes for a password that is missing and for a kind of encryption that it lacks."""
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for several threads."""
_OVERSIZED = Rejection(
    "oversized_pdf",
    "The PDF has more pages, text or drawings than an issue of a newspaper; split or print it.",
)
_BROKEN = Rejection("broken_pdf", "The PDF file is cut off or damaged: save or download it again.")
_UNREADABLE = Rejection(
    "unreadable_text_layer",
    "The fonts of the PDF do not tell which letters they show; run OCR on it first.",
)


@dataclass(slots=True)
class _Document:
    """What PDFium drew from a file."""

    pages: list[PageText] = field(default_factory=list)
    pictures: int = 0
    """Pages that show a picture and no text."""
    properties: dict[str, str] = field(default_factory=dict)


def read(source: Source, registers: Registers) -> Reading | Rejection:
    """Read a PDF file (ISO 32000), of which nothing is run and nothing is fetched.

    Pages are divided by form feeds. Rejects a file that wants a password
    (``encrypted_pdf``), is damaged (``broken_pdf``), too large (``oversized_pdf``), a scan
    (``no_text_layer``) or of fonts without meaning (``unreadable_text_layer``).
    """
    from knipsel.transforms.read.pdf.blocks import blocks  # with its library
    from knipsel.transforms.read.pdf.lines import page_lines

    if not is_drawable(source.content):
        return _OVERSIZED
    with _ONE_AT_A_TIME:
        document = _draw(source.content)
    if isinstance(document, Rejection):
        return document
    rejection = _unreadable(document)
    if rejection:
        return rejection
    pages: list[list[PdfLine]] = []
    for number, page in enumerate(document.pages):
        last = next((lines[-1].region for lines in reversed(pages) if lines), -1)
        pages.append(page_lines(page.fragments, number, last + 1))
    found = blocks(pages, registers.layout.page_words, registers.lines.outlets)
    text, laid_out = _lay_out(found, registers.layout.hyphens)
    title = document.properties.get("Title", "")
    units, shown = mark_shown_title(laid_out, title, registers.file_properties)
    head = (*shown, *_head(document, registers.file_properties))
    return Reading(text, (Section(units, head=head),))


def _draw(content: bytes) -> _Document | Rejection:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as file:
            return _draw_pages(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            return Rejection(
                "encrypted_pdf", "The PDF is protected by a password; save it without one."
            )
        return _BROKEN


def _draw_pages(file: PdfDocument) -> _Document | Rejection:
    if len(file) > _MOST_PAGES:
        return _OVERSIZED
    found, characters = _Document(properties=_properties(file)), 0
    for number in range(len(file)):
        page = file.get_page(number)
        text = _draw_page(page)
        found.pictures += not text.characters and _is_picture(page)
        page.close()
        characters += text.characters
        if characters > _MOST_CHARACTERS:
            return _OVERSIZED
        found.pages.append(text)
    return found if found.pages else _BROKEN


def _properties(file: PdfDocument) -> dict[str, str]:
    """Return the properties that are used; one that is no text says nothing."""
    found: dict[str, str] = {}
    for key in ("Title", "Author", "CreationDate"):
        try:
            found[key] = file.get_metadata_value(key)
        except UnicodeDecodeError:
            continue
    return found


def _draw_page(page: PdfPage) -> PageText:
    from knipsel.transforms.read.pdf.fragments import page_text

    text = page.get_textpage()
    try:
        return page_text(text.raw)
    finally:
        text.close()


def _is_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # type: ignore[import-untyped]

    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _unreadable(document: _Document) -> Rejection | None:
    characters = sum(page.characters for page in document.pages)
    if not characters or document.pictures > _PICTURES_SHARE * len(document.pages):
        count = sum(not page.characters for page in document.pages)
        return Rejection(
            "no_text_layer",
            "The PDF is a scan: its pages are pictures without text; run OCR on it first.",
            f"{count} of {len(document.pages)} pages",
        )
    unmapped = sum(page.unmapped for page in document.pages)
    return _UNREADABLE if unmapped > _UNMAPPED_SHARE * characters else None


def _head(document: _Document, known: FileProperties) -> Iterator[HeadTag]:
    created = _CREATED.match(document.properties.get("CreationDate", ""))
    return property_tags(
        known,
        title=document.properties.get("Title", ""),
        author=document.properties.get("Author", ""),
        created="-".join(created.groups()) if created else None,
    )


def _lay_out(found: Sequence[PdfBlock], words: HyphenWords) -> tuple[str, tuple[Unit, ...]]:
    """Write the blocks with a blank line between them and a form feed for a new page."""
    pieces: list[str] = []
    places: list[list[tuple[str, int]]] = []
    offset, page = 0, 0
    for block in found:
        places.append([])
        for line in block.lines:
            is_first = not places[-1]
            feeds = "\f" * max(line.page - page, 0)
            gap = ("\n" if is_first else "") + (feeds or "\n") if offset else feeds
            page = max(line.page, page)
            pieces += [gap, line.text]
            offset += len(gap)
            places[-1].append((line.text, offset))
            offset += len(line.text)
    text = "".join(pieces)
    hyphens = Hyphens(text, words)
    units = (_unit(block, rows, hyphens) for block, rows in zip(found, places, strict=True))
    return text, tuple(units)


def _unit(block: PdfBlock, rows: Sequence[tuple[str, int]], hyphens: Hyphens) -> Unit:
    parts: list[tuple[str, int | None]] = []
    for index, (text, start) in enumerate(rows):
        if index + 1 == len(rows):
            parts.append((text, start))
        else:
            cut, between = hyphens.seam(text, rows[index + 1][0])
            parts += [(text[: len(text) - cut], start), (between, None)]
    text, pieces = join_pieces(parts)
    last, start = rows[-1]
    return Unit(
        rows[0][1],
        start + len(last),
        text,
        is_bullet(text),
        kind=block.kind,
        reason=block.reason,
        pieces=pieces if len(rows) > 1 else (),
    )
