"""PDF files: columns, pages, furniture, notes, and files that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.pdf.reader import _draw, read
from knipsel.transforms.read.source import Source
from tests.pdf_files import HEIGHT, Column, Page, one_column, pdf, remapped, wrapped
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

PARAGRAPHS = article(1).split("\n\n")
OTHERS = article(2).split("\n\n")


def units_of(content: bytes, registers: Registers) -> list[Unit]:
    """Return the units that the reader makes of a file."""
    reading = read(Source(content), registers)
    assert not isinstance(reading, Rejection), reading
    (section,) = reading.sections
    for unit in section.units:
        for piece in unit.pieces:
            there = reading.source_text[piece.start : piece.end]
            assert there == unit.text[piece.at : piece.at + piece.length]
    return list(section.units)


def test_article(run: Run) -> None:
    page = Page()
    page.text(70, 780, "Haven in nood", 22, "F2")
    page.text(70, 750, "Door Anna de Boer")
    column = Column(page, 70, 720, 450)
    for text in PARAGRAPHS:
        column.write(text)
        column.skip(0.8)
    properties = {
        "Title": "Microsoft Word - haven.docx",
        "Author": "Anna de Boer",
        "CreationDate": "D:20240308101112+01'00'",
    }
    document = run(pdf([page], properties))
    assert check_document(document)[0] == []
    assert (document.media_type, document.reader) == ("application/pdf", "pdf")
    (made,) = document.articles
    assert (made.headline, made.author, made.text) == (
        "Haven in nood",
        "Anna de Boer",
        article(1),
    )
    assert made.date_published is None
    stated = {(one.field, one.value, one.method) for one in document.statements}
    assert ("date_created", "2024-03-08", "file_properties") in stated
    assert not any("Microsoft" in value for _, value, _ in stated)


@pytest.mark.parametrize(("indent", "blank"), [(0, 0.8), (3, 0), (0, 0)])
def test_paragraphs_by_blank_indent_or_short_line(
    registers: Registers, indent: int, blank: float
) -> None:
    page = one_column(*PARAGRAPHS, indent=indent, blank=blank)
    assert [unit.text for unit in units_of(pdf([page]), registers)] == PARAGRAPHS


def two_columns(page: Page, top: float = 700) -> None:
    """Write four paragraphs in two columns, the second divided between them."""
    left, right = Column(page, 60, top, 230, 8, 10), Column(page, 310, top, 230, 8, 10)
    left.write(PARAGRAPHS[0], hyphenate=True)
    left.skip(0.8)
    half = PARAGRAPHS[1].index("drie" if "drie" in PARAGRAPHS[1] else "voorwaarden")
    left.write(PARAGRAPHS[1][: half + 4] + "-")
    right.write(PARAGRAPHS[1][half + 4 :])
    for text in PARAGRAPHS[2:]:
        right.skip(0.8)
        right.write(text, hyphenate=True)


def test_two_columns_are_read_one_after_the_other(registers: Registers) -> None:
    page = Page()
    two_columns(page)
    assert [unit.text for unit in units_of(pdf([page]), registers)] == PARAGRAPHS


def test_columns_drawn_line_by_line_are_columns(registers: Registers) -> None:
    page = Page()
    two_columns(page)
    page.content.sort(key=lambda one: -float(one.split()[7]))
    assert [unit.text for unit in units_of(pdf([page]), registers)] == PARAGRAPHS


def test_title_over_both_columns_and_text_below_them(registers: Registers) -> None:
    page = Page()
    page.text(60, 760, "De haven van Zoutmonde in nood", 22, "F2")
    page.text(
        60, 735, "Een lange inleiding die over beide kolommen van de bladzijde loopt, tot ver."
    )
    two_columns(page)
    below = Column(page, 60, 400, 480, 8, 10)
    below.write(OTHERS[0])
    texts = [unit.text for unit in units_of(pdf([page]), registers)]
    assert texts[0] == "De haven van Zoutmonde in nood"
    assert texts[1].startswith("Een lange inleiding")
    assert texts[2:] == [*PARAGRAPHS, OTHERS[0]]


def test_table_is_read_by_its_rows(registers: Registers) -> None:
    page = one_column(PARAGRAPHS[0])
    for row, (name, count) in enumerate([("Jan", "3"), ("Anna", "14"), ("Piet", "9")]):
        page.text(70, 600 - 12 * row, name)
        page.text(300, 600 - 12 * row, count)
    texts = [unit.text for unit in units_of(pdf([page]), registers)]
    assert " ".join(texts[1:]) == "Jan 3 Anna 14 Piet 9"


def numbered(number: int, *paragraphs: str) -> Page:
    """Return a page with a running head and a number."""
    page = one_column(*paragraphs)
    page.text(70, HEIGHT - 30, "Zoutmonder Courant", 8)
    page.text(290, 30, str(number), 8)
    return page


def test_paragraph_goes_on_over_a_page_break(registers: Registers) -> None:
    words = PARAGRAPHS[1].split()
    first, second = " ".join(words[:24]), " ".join(words[24:])
    content = pdf([numbered(3, PARAGRAPHS[0], first), numbered(4, second, *PARAGRAPHS[2:])])
    units = units_of(content, registers)
    assert [unit.text for unit in units if unit.reason is None] == PARAGRAPHS
    assert [(unit.text, unit.reason) for unit in units if unit.reason] == [
        ("Zoutmonder Courant", "running_head"),
        ("3", "page_number"),
        ("Zoutmonder Courant", "running_head"),
        ("4", "page_number"),
    ]


def test_page_breaks_are_form_feeds(run: Run) -> None:
    document = run(pdf([one_column(*PARAGRAPHS), Page(), one_column(*OTHERS)]))
    assert document.source_text.count("\f") == 2
    assert document.articles[0].text == f"{article(1)}\n\n{article(2)}"


def test_hyphen_at_a_page_break(registers: Registers) -> None:
    pages = [one_column("De partijen hebben over de toekomst gesproken en de onderhan-")]
    pages.append(one_column("delingen gaan morgen weer verder, zo liet een woordvoerder weten."))
    (unit,) = units_of(pdf(pages), registers)
    assert "onderhandelingen gaan" in unit.text


def test_caption_and_pull_quote_do_not_cut_a_paragraph(registers: Registers) -> None:
    words = PARAGRAPHS[0].split()
    page = Page()
    column = Column(page, 70, 760, 450)
    column.write(" ".join(words[:25]))
    column.skip(8)
    page.picture(70, column.top + 30, 200, 60)
    page.text(70, column.top, "De haven bij nacht, gezien vanaf de kade. Foto: ANP", 7)
    column.skip(2)
    page.text(70, column.top, "Het bestand wankelt opnieuw", 16)
    column.skip(2)
    column.write(" ".join(words[25:]))
    texts = [unit.text for unit in units_of(pdf([page]), registers)]
    assert texts[0] == PARAGRAPHS[0]
    assert len(texts) == 3


def test_notes_are_removed_and_one_with_a_star_is_not(run: Run) -> None:
    page = one_column(*PARAGRAPHS)
    page.text(70, 60, "1 Zie het jaarverslag van de haven.", 7)
    page.text(70, 48, "* Anna de Boer is historicus en schrijver.", 7)
    document = run(pdf([page]))
    assert check_document(document)[0] == []
    assert [(span.text, span.reason) for span in document.removed_spans] == [
        ("1 Zie het jaarverslag van de haven.", "footnote")
    ]
    assert document.paragraphs[-1].role == "biography"


def test_headings(registers: Registers) -> None:
    page = Page()
    column = Column(page, 70, 700, 450)
    page.text(70, 740, "Trouw", 40, "F3")
    page.text(70, 715, "Haven in nood", 18)
    column.write(PARAGRAPHS[0])
    column.skip()
    column.write("Nieuwe ronde", font="F2")
    column.write(PARAGRAPHS[1])
    units = units_of(pdf([page]), registers)
    assert [(unit.text, unit.kind) for unit in units] == [
        ("Trouw", "heading"),
        ("Haven in nood", "headline"),
        (PARAGRAPHS[0], None),
        ("Nieuwe ronde", "heading"),
        (PARAGRAPHS[1], None),
    ]


def test_initial_is_part_of_its_word(registers: Registers) -> None:
    page = Page()
    lines = ["e havenraad heeft vandaag opnieuw gesproken", "over de voorwaarden van een bestand,"]
    page.text(70, 690, "D", 28)
    for row, line in enumerate(lines):
        page.text(90, 702 - 12 * row, line)
    Column(page, 70, 678, 288).write("waarna de raad zich over de begroting boog en de haven.")
    (unit,) = units_of(pdf([page]), registers)
    assert unit.text.startswith("De havenraad heeft vandaag opnieuw gesproken over de")


def test_raised_number_stays_on_its_line(registers: Registers) -> None:
    page = Page()
    page.text(70, 700, "De raad sprak over het bestand")
    page.text(250, 704, "1", 6)
    page.text(256, 700, "en ging uiteen.")
    (unit,) = units_of(pdf([page]), registers)
    assert unit.text == "De raad sprak over het bestand1 en ging uiteen."


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_text_stands_beside_the_article(registers: Registers, rotation: int) -> None:
    page = one_column(*PARAGRAPHS)
    page.rotation = rotation
    page.upwards(580, 300, "Foto: Jan Jansen", 6)
    units = units_of(pdf([page]), registers)
    assert [unit.text for unit in units] == [*PARAGRAPHS, "Foto: Jan Jansen"]
    assert units[-1].kind == "caption"


def test_page_that_lies_on_its_side(registers: Registers) -> None:
    page = Page(rotation=90)
    page.upwards(100, 60, "De raad sprak over de voorwaarden")
    page.upwards(112, 60, "van een bestand.")
    assert [unit.text for unit in units_of(pdf([page]), registers)] == [
        "De raad sprak over de voorwaarden van een bestand."
    ]


def test_characters_beyond_the_first_plane(registers: Registers) -> None:
    content = remapped("haven", b"2 beginbfchar <68> <d83dde00> <6e> <d83d> endbfchar")
    (unit,) = units_of(content, registers)
    assert unit.text.startswith("😀ave")
    unit.text.encode()


def test_same_bytes_give_the_same_outcome(run: Run) -> None:
    content = pdf([numbered(1, *PARAGRAPHS), numbered(2, *OTHERS)])
    assert run(content) == run(content)


TEXTS = st.lists(
    st.tuples(
        st.integers(0, 590),
        st.integers(0, 840),
        st.text(st.sampled_from("ab é-.1•*€"), min_size=1, max_size=40),
        st.sampled_from([5, 8, 10, 30]),
        st.sampled_from(["F1", "F2", "F3"]),
        st.booleans(),
    ),
    max_size=30,
)


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_any_page_has_an_outcome_and_loses_nothing(
    run: Run, registers: Registers, pages: list[list[tuple[int, int, str, int, str, bool]]]
) -> None:
    written = []
    for texts in pages:
        page = one_column(*OTHERS)
        for x, y, text, size, font, is_turned in texts:
            (page.upwards if is_turned else page.text)(x, y, text, size, font)
        written.append(page)
    content = pdf(written)
    document = run(content)
    assert len(document.articles) == 1
    assert check_document(document)[0] == []
    reading = read(Source(content), registers)
    drawn = _draw(content)
    assert not isinstance(reading, Rejection)
    assert not isinstance(drawn, Rejection)
    characters = sum(page.characters for page in drawn.pages)
    assert len("".join(reading.source_text.split())) == characters
    places = sorted((unit.start, unit.end) for unit in reading.sections[0].units)
    assert places == [(unit.start, unit.end) for unit in reading.sections[0].units]


def test_property_that_is_no_text_says_nothing(run: Run) -> None:
    content = pdf([one_column(*PARAGRAPHS)], {"Title": "abc", "Author": "Anna de Boer"})
    document = run(content.replace(b"feff0061", b"feffd800"))
    stated = {(one.field, one.value) for one in document.statements}
    assert document.articles[0].text == article(1)
    assert ("author", "Anna de Boer") in stated


SENTENCES = (
    "De veerdienst tussen Noordholm en Brenne heeft voor het laatst passagiers overgezet.",
    "De eilandraad legde de dienst stil omdat de aanlegsteiger niet langer veilig is.",
    "Een nieuwe steiger kost vier miljoen euro en is pas over acht maanden klaar.",
    "Winkeliers op het eiland vrezen voor de kersthandel en vragen om een gesprek.",
    "De burgemeester noemde het besluit onvermijdelijk en herinnerde aan de ramp van toen.",
)


def in_columns(parts: Sequence[Sequence[str]], page: Page, top: float = 700) -> Page:
    """Put lines into columns beside each other on a page."""
    for number, lines in enumerate(parts):
        for at, line in enumerate(lines):
            page.text(50 + 190 * number, top - 11 * at, line, 9)
    return page


@pytest.mark.parametrize("last", [1, 2, 3])
@pytest.mark.parametrize("columns", [2, 3])
def test_a_last_column_of_few_lines(run: Run, columns: int, last: int) -> None:
    """It is read last, and not between the lines beside which it stands."""
    lines = [*wrapped(" ".join(SENTENCES), 28)]
    body, size = lines[:-last], -(-(len(lines) - last) // (columns - 1))
    page = Page()
    page.text(50, 760, "Veer legt vroeg aan", 20, "F2")
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    document = run(pdf([in_columns([*parts, lines[-last:]], page)]))
    assert " ".join(document.articles[0].text.split()) == " ".join(SENTENCES)


def test_a_caption_that_reaches_into_the_next_column(run: Run) -> None:
    """The next column goes on beside it, so it does not divide the page."""
    lines = [*wrapped(" ".join(SENTENCES), 28)]
    page = Page()
    page.text(50, 760, "Veer legt vroeg aan", 20, "F2")
    page.picture(50, 660, 160, 60)
    page.text(50, 650, "De steiger van Noordholm, gezien vanaf het water", 7)
    in_columns([lines[:7]], page, top=630)
    for at, line in enumerate(lines[7:]):
        page.text(240, 715 - 11 * at, line, 9)
    text = " ".join(run(pdf([page])).articles[0].text.split())
    assert text.endswith(" ".join(SENTENCES))


def test_a_menu_in_a_print_is_no_paragraph(registers: Registers) -> None:
    """Its lines are short beside those of the text, though all of the menu are."""
    menu = ("About Our Company", "Open Sub-Navigation", "Careers", "Research Services")
    page = Page()
    page.text(40, 810, "11/5/24, 10:15 AM")
    page.text(300, 810, "Quay and river - The Harbour")
    for row, label in enumerate(menu):
        page.text(70, 760 - 12 * row, label)
    column = Column(page, 70, 650, 450)
    for text in PARAGRAPHS[:3]:
        column.write(text)
        column.skip(0.8)
    page.text(40, 30, "https://www.harbour.example/quay.html")
    page.text(520, 30, "1/1")
    units = [unit.text for unit in units_of(pdf([page]), registers) if unit.reason is None]
    assert units[: len(menu)] == list(menu)
    assert len(units) == len(menu) + 3
