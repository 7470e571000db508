"""Word files, new and old."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.model import Rejection
from knipsel.transforms.read.office.docx.reader import read
from knipsel.transforms.read.source import Source
from tests.docx_files import WORD, replaced, saved, with_body, with_part, written
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.layout.unit import Unit
    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARAGRAPHS = article(1).split("\n\n")


def units_of(content: bytes, registers: Registers) -> tuple[Unit, ...]:
    """Return the units that the reader makes of a file."""
    reading = read(Source(content), registers)
    assert not isinstance(reading, Rejection), reading
    (section,) = reading.sections
    for unit in section.units:
        assert reading.source_text[unit.start : unit.end] == unit.text
    return section.units


def texts_of(body: str, registers: Registers) -> list[str]:
    """Return the texts of the units of a file whose body is this XML."""
    return [unit.text for unit in units_of(with_body(body), registers)]


def run_of(text: str) -> str:
    """Return a run with this text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def test_article(run: Run) -> None:
    file = written("Haven in nood", "Door Anna de Boer", *PARAGRAPHS, styles={0: "Title"})
    file.core_properties.title = "Microsoft Word - haven"
    file.core_properties.author = "Anna de Boer"
    document = run(saved(file))
    assert check_document(document)[0] == []
    assert (document.media_type, document.reader) == (DOCX, "docx")
    (made,) = document.articles
    assert (made.headline, made.author, made.text) == (
        "Haven in nood",
        "Anna de Boer",
        article(1),
    )
    assert made.date_published is None
    stated = {(one.field, one.value) for one in document.statements}
    assert ("author", "Anna de Boer") in stated
    assert ("headline", "Microsoft Word - haven") not in stated


def test_styles_become_kinds(registers: Registers) -> None:
    file = docx.Document()
    for text, style in (
        ("Haven in nood", "Heading 1"),
        (PARAGRAPHS[0], None),
        ("Nieuwe ronde", "Heading 2"),
        ("Een punt", "List Bullet"),
        ("De haven bij nacht", "Caption"),
    ):
        file.add_paragraph(text, style=style)
    units = units_of(saved(file), registers)
    assert [(unit.text, unit.kind) for unit in units] == [
        ("Haven in nood", "headline"),
        (PARAGRAPHS[0], None),
        ("Nieuwe ronde", "heading"),
        ("• Een punt", None),
        ("De haven bij nacht", "caption"),
    ]
    assert [unit.is_bullet for unit in units] == [False, False, False, True, False]


def test_several_headings_of_the_first_level_are_headings(registers: Registers) -> None:
    file = written("Een", PARAGRAPHS[0], "Twee", styles={0: "Heading 1", 2: "Heading 1"})
    assert [unit.kind for unit in units_of(saved(file), registers)] == ["heading", None, "heading"]


def test_a_style_that_builds_on_a_heading_is_one(registers: Registers) -> None:
    file = docx.Document()
    own = file.styles.add_style("Tussenkop", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = file.styles["Heading 3"]
    file.add_paragraph("Nieuwe ronde", style="Tussenkop")
    assert [unit.kind for unit in units_of(saved(file), registers)] == ["heading"]


def test_tables(registers: Registers) -> None:
    file = docx.Document()
    table = file.add_table(2, 2)
    for cell, text in zip(table._cells, ["Naam", "Aantal", "Jan", "3"], strict=True):
        cell.text = text
    layout = file.add_table(1, 2)
    layout.cell(0, 0).text = PARAGRAPHS[0]
    layout.cell(0, 1).text = "In het kort"
    texts = [unit.text for unit in units_of(saved(file), registers)]
    assert texts == ["Naam\tAantal", "Jan\t3", PARAGRAPHS[0], "In het kort"]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (f"<w:p><w:ins>{run_of('een ')}</w:ins><w:del>{run_of('niet')}</w:del></w:p>", ["een"]),
        (f"<w:p><w:hyperlink>{run_of('het ')}</w:hyperlink>{run_of('stuk')}</w:p>", ["het stuk"]),
        (f"<w:sdt><w:sdtContent><w:p>{run_of('veld')}</w:p></w:sdtContent></w:sdt>", ["veld"]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>", []),
        (
            '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r></w:p>',
            ["x"],
        ),
        (
            "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p>",
            ["a", "b\tc"],
        ),
        ("<w:p><w:r><w:t>West</w:t><w:noBreakHyphen/><w:t>Vest</w:t></w:r></w:p>", ["West‑Vest"]),
        ('<w:p><w:r><w:sym w:char="F0B7"/><w:sym w:char="zz"/><w:t> a</w:t></w:r></w:p>', ["• a"]),
        (
            (
                f"<w:p>{run_of('voor')}<w:r><w:pict><w:txbxContent><w:p>{run_of('kader')}</w:p>"
                f"</w:txbxContent></w:pict></w:r>{run_of(' na')}</w:p><w:p>{run_of('slot')}</w:p>"
            ),
            ["voor na", "kader", "slot"],
        ),
    ],
)
def test_text(registers: Registers, body: str, texts: list[str]) -> None:
    assert texts_of(body, registers) == texts


def test_text_box_for_old_programs_is_not_read_twice(registers: Registers) -> None:
    box = f"<w:txbxContent><w:p>{run_of('kader')}</w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    assert texts_of(f"<w:p><w:r>{both}</w:r></w:p>", registers) == ["kader"]


def test_empty_paragraphs_stay_empty_lines(run: Run) -> None:
    document = run(saved(written("Een", "", "", *PARAGRAPHS)))
    assert document.source_text.startswith("Een\n\n\nIn ")


def test_what_stands_beside_the_body_is_removed_with_reasons(run: Run) -> None:
    file = written(*PARAGRAPHS)
    file.sections[0].header.paragraphs[0].text = "Zoutmonder Courant"
    content = with_part(
        saved(file),
        "footnotes",
        f'<w:footnote w:type="separator"><w:p>{run_of("---")}</w:p></w:footnote>'
        f"<w:footnote><w:p>{run_of('1 Zie het jaarverslag.')}</w:p></w:footnote>",
    )
    comments = f"<w:comment><w:p>{run_of('Klopt dit?')}</w:p></w:comment>"
    document = run(with_part(content, "comments", comments))
    assert check_document(document)[0] == []
    assert document.articles[0].text == article(1)
    assert [(span.text, span.reason) for span in document.removed_spans] == [
        ("1 Zie het jaarverslag.", "footnote"),
        ("Klopt dit?", "annotation"),
        ("Zoutmonder Courant", "running_head"),
    ]


def test_a_note_with_a_star_says_who_the_author_is(run: Run) -> None:
    note = f"<w:footnote><w:p>{run_of('* Anna de Boer is historicus.')}</w:p></w:footnote>"
    document = run(with_part(saved(written(*PARAGRAPHS)), "footnotes", note))
    assert document.paragraphs[-1].role == "biography"


def test_missing_parts_that_nobody_needs_do_no_harm(run: Run) -> None:
    content = replaced(saved(written(*PARAGRAPHS)), {"word/styles.xml": None})
    assert run(content).articles[0].text == article(1)


def test_files_with_macros_are_read(run: Run) -> None:
    content = saved(written(*PARAGRAPHS))
    types = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    document = run(replaced(content, {"[Content_Types].xml": b"<Types>" + types + b"</Types>"}))
    assert document.articles[0].text == article(1)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.99])
def test_truncated(run: Run, cut: float) -> None:
    content = saved(written(*PARAGRAPHS))
    document = run(content[: int(cut * len(content))])
    assert document.media_type == DOCX
    assert [one.rule for one in document.rejections] == ["broken_docx"]


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (b"no XML", "broken_docx"),
        (b"<w>" + b" " * 70_000_000 + b"</w>", "oversized_docx"),
        (b"<w>" * 4000 + b"</w>" * 4000, "broken_docx"),
        (None, "broken_docx"),
    ],
)
def test_hostile_main_part(run: Run, part: bytes | None, rule: str) -> None:
    content = replaced(saved(written(*PARAGRAPHS)), {"word/document.xml": part})
    assert [one.rule for one in run(content).rejections] == [rule]


def test_entities_are_not_resolved(run: Run) -> None:
    part = (
        '<!DOCTYPE w [<!ENTITY a "geheim"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{PARAGRAPHS[0]} &a;&b;</w:t></w:r>'
        "</w:p></w:body></w:document>"
    )
    document = run(replaced(saved(docx.Document()), {"word/document.xml": part.encode()}))
    assert document.source_text == PARAGRAPHS[0]


def test_a_stretch_that_is_missing(run: Run) -> None:
    """The directory at the end of the ZIP then points to before its beginning."""
    content = saved(written("Een brug", article(1)))
    document = run(content[:60] + content[len(content) // 2 :])
    assert [one.rule for one in document.rejections] == ["broken_docx"]


def test_damaged_member(run: Run) -> None:
    content = bytearray(saved(written(*PARAGRAPHS)))
    place = content.index(b"word/document.xml") + 200
    content[place : place + 40] = bytes(40)
    assert [one.rule for one in run(bytes(content)).rejections] == ["broken_docx"]


@pytest.mark.parametrize(
    ("stream", "rule", "word"),
    [
        ("EncryptedPackage", "encrypted_docx", "password"),
        ("WordDocument", "unsupported_media_type", "DOCX"),
        ("__properties_version1.0", "broken_mail", "Outlook"),
        ("Workbook", "broken_sheet", "CSV"),
        ("Iets anders", "unsupported_media_type", "CSV"),
    ],
)
def test_a_damaged_ole_container_is_known_by_what_stands_in_it(
    run: Run, stream: str, rule: str, word: str
) -> None:
    (rejection,) = run(OLE + bytes(600) + stream.encode("utf-16-le")).rejections
    assert rejection.rule == rule
    assert word in rejection.message


@pytest.mark.parametrize(
    ("members", "media_type", "rule"),
    [
        (
            {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"},
            "spreadsheetml.sheet",
            "broken_sheet",
        ),
        ({"mimetype": b"application/epub+zip"}, "application/epub+zip", "broken_epub"),
        ({"word/document.xml": b"<x/>"}, "application/zip", "unsupported_media_type"),
        (
            {"brief.docx": b"PK[Content_Types].xml word/document.xml"},
            "application/zip",
            "unsupported_media_type",
        ),
    ],
)
def test_other_zips_are_told_apart(
    run: Run, members: dict[str, bytes], media_type: str, rule: str
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    document = run(stream.getvalue())
    assert document.media_type.endswith(media_type)
    assert document.rejections[0].rule == rule


NAMES = ["p", "r", "t", "tbl", "tr", "tc", "ins", "del", "sdt", "sdtContent", "txbxContent", "br"]
XML = st.recursive(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12).map(escape),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
        lambda pair: f"<w:{pair[0]}>{''.join(pair[1])}</w:{pair[0]}>"
    ),
    max_leaves=20,
)


@given(XML)
def test_any_tree_has_an_outcome(run: Run, body: str) -> None:
    text = "".join(f"<w:p>{run_of(one)}</w:p>" for one in PARAGRAPHS)
    document = run(with_body(body + text))
    assert len(document.articles) == 1
    assert check_document(document)[0] == []
