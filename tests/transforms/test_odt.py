"""ODT: what a text document of OpenDocument becomes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from tests.package_files import odt, odt_paragraphs
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>Zie het jaarverslag van de haven.</text:p></text:note-body>"
    "</text:note>"
)
COMMENT = (
    "<office:annotation><dc:creator>X</dc:creator><text:p>Klopt dit?</text:p></office:annotation>"
)
DELETED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Weggehaald.</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
)


def checked(document: ProcessedDocument) -> ProcessedDocument:
    assert check_document(document)[0] == []
    return document


def removed(document: ProcessedDocument) -> list[tuple[str, str]]:
    return [(span.text, span.reason) for span in document.removed_spans]


def test_headings_notes_and_changes(run: Run) -> None:
    first, second, *rest = article(1).split("\n\n")
    body = (
        f'{DELETED}<text:h text:outline-level="1">De kade</text:h>'
        f"<text:p>Door Anna de Boer</text:p><text:p>{first}{NOTE}</text:p>"
        f'<text:h text:outline-level="2">Tussenkop</text:h><text:p>{second}{COMMENT}</text:p>'
        f"{odt_paragraphs(*rest)}"
    )
    foot = "<style:footer><text:p>Pagina 1</text:p></style:footer>"
    document = checked(run(odt(body, master=foot)))
    (one,) = document.articles
    assert (document.reader, one.headline, one.author) == ("odt", "De kade", "Anna de Boer")
    assert one.text.split("\n\n") == [first, "Tussenkop", second, *rest]
    assert [p.text for p in document.paragraphs if p.role == "heading"] == ["Tussenkop"]
    assert removed(document) == [
        ("Zie het jaarverslag van de haven.", "footnote"),
        ("Klopt dit?", "annotation"),
        ("Pagina 1", "running_head"),
    ]
    assert "Weggehaald" not in document.source_text


def test_spaces_tabs_lists_and_tables(run: Run) -> None:
    body = (
        f"{odt_paragraphs(article(2))}"
        '<text:p>Een<text:s text:c="2"/>twee<text:tab/>drie<text:line-break/>vier\n  vijf</text:p>'
        "<text:list><text:list-item><text:p>punt</text:p><text:list><text:list-item><text:p>onder"
        "</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = checked(run(odt(body)))
    lines = document.source_text.split("\n")
    assert lines[-5:] == ["Een  twee\tdrie", "vier vijf", "• punt", "• onder", "a\tb"]


def test_the_style_of_a_title_is_found_through_others(run: Run) -> None:
    styles = '<style:style style:name="P7" style:parent-style-name="Title"/>'
    title = '<text:p text:style-name="P7">De kade</text:p>'
    body = title + odt_paragraphs(*article(1).split("\n\n"))
    assert checked(run(odt(body, styles=styles))).articles[0].headline == "De kade"


def test_properties_are_no_headline_unless_the_text_agrees(run: Run) -> None:
    meta = (
        "<dc:title>Sjabloon voor brieven</dc:title><meta:initial-creator>Anna de Boer"
        "</meta:initial-creator><meta:creation-date>2024-03-08T10:00:00</meta:creation-date>"
    )
    head = odt_paragraphs("De kade", *article(1).split("\n\n"))
    (one,) = checked(run(odt(head, meta=meta))).articles
    assert (one.headline, one.date_published) == ("De kade", None)
    agreed = meta.replace("Sjabloon voor brieven", "De kade")
    document = checked(run(odt(head, meta=agreed)))
    assert document.articles[0].headline == "De kade"
    assert "2024-03-08" in {s.value for s in document.statements if s.field == "date_created"}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (odt(odt_paragraphs("x"))[:-40], "broken_odt"),
        (odt("<text:p>"), "broken_odt"),
        (odt("<a>" * 300 + "</a>" * 300), "broken_odt"),
        (
            odt("", more={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}),
            "encrypted_odt",
        ),
    ],
)
def test_what_cannot_be_read(run: Run, content: bytes, rule: str) -> None:
    (rejection,) = run(content).rejections
    assert rejection.rule == rule
    assert rejection.message.endswith(".")


PIECES = st.lists(
    st.sampled_from(
        [
            *("<text:p>", "</text:p>", "<text:h>", "</text:h>", "een", " ", "\n", "é", "&#8364;"),
            *("<text:s/>", "<text:tab/>", "<text:line-break/>", NOTE, COMMENT, DELETED),
            *("<text:list><text:list-item>", "</text:list-item></text:list>", "<text:span>"),
            *("</text:span>", "<table:table><table:table-row><table:table-cell>"),
            "</table:table-cell></table:table-row></table:table>",
            *("<draw:frame><draw:text-box>", "</draw:text-box></draw:frame>", "<text:section>"),
        ]
    ),
    max_size=40,
).map("".join)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=PIECES, number=st.integers(0, 2**32))
def test_any_file_has_an_outcome(run: Run, pieces: str, number: int) -> None:
    chance = random.Random(number)
    content = bytearray(odt(pieces + odt_paragraphs(*article(5).split("\n\n"))))
    for _ in range(chance.choice([0, 0, 4])):
        content[chance.randrange(40, len(content))] = chance.randrange(256)
    document = checked(run(bytes(content)))
    assert bool(document.articles) != bool(document.rejections)
