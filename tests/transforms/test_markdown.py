"""Markdown: the source is the text itself, the published text is without marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.documents.document_rules import check_document
from knipsel.transforms.layout.section import Reading
from knipsel.transforms.read import load_reader
from knipsel.transforms.read.source import Source
from tests.growth import assert_in_proportion, repeated
from tests.texts import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]

FRONT = """---
title: "De sluis: dicht"
date: 2024-03-08
author:
  - Anna de Boer
  - 'Bert Bakker'
tags: [water, "land, en lucht"]
draft: false
---
"""


def checked(document: ProcessedDocument) -> ProcessedDocument:
    findings, _ = check_document(document)
    assert findings == []
    return document


@pytest.fixture(name="read")
def read_markdown(registers: Registers) -> Callable[[str], Reading]:
    reader = load_reader("text/markdown")
    assert reader is not None

    def read(text: str) -> Reading:
        reading = reader(Source(text.encode(), text, "utf-8"), registers)
        assert isinstance(reading, Reading)
        return reading

    return read


def shown(reading: Reading) -> list[tuple[str, str | None]]:
    (section,) = reading.sections
    return [(unit.text, unit.kind or unit.reason) for unit in section.units]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_an_article(run: Run, line_end: str) -> None:
    body = article(1).replace("In Zoutmonde", "In [Zoutmonde](https://a.nl/z 'plaats')")
    text = f"# De **sluis** blijft dicht\n\n{body.replace('morgen', '_morgen_')}\n"
    document = checked(run(text.replace("\n", line_end)))
    (one,) = document.articles
    assert (document.media_type, document.reader) == ("text/markdown", "markdown")
    assert (one.headline, one.text) == ("De sluis blijft dicht", article(1))
    first = document.paragraphs[1]
    raw = document.source_text[first.source_start : first.source_end]
    assert raw.startswith("In [Zoutmonde](https://a.nl/z 'plaats') heeft")


def test_fields_above_the_text(run: Run) -> None:
    document = checked(run(f"{FRONT}\n{article(2)}"))
    (one,) = document.articles
    assert (one.headline, one.date_published) == ("De sluis: dicht", "2024-03-08")
    assert one.text == article(2)
    assert [author.name for author in document.authors] == ["Anna de Boer", "Bert Bakker"]
    found = {s.field: s for s in document.statements if s.method == "front_matter"}
    assert found["keywords"].value == "water; land, en lucht"
    assert found["headline"].original_text == '"De sluis: dicht"'
    reasons = {span.text.splitlines()[0]: span.reason for span in document.removed_spans}
    assert reasons == {"---": "markup", 'title: "De sluis: dicht"': "record_field"}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("# Kop #\n", [("Kop", "headline")]),
        ("# Een\n\n# Twee\n", [("Een", "headline"), ("Twee", "heading")]),
        ("De kop\n======\nTekst.", [("De kop", "headline"), ("Tekst.", None)]),
        ("Een `code` \\* en &eacute;\nregel  \nerbij", [("Een code * en é regel erbij", None)]),
        ("> Een citaat\n> over regels\n", [("Een citaat over regels", None)]),
        ("- een\n- **twee**\n\n3. drie", [("• een", None), ("• twee", None), ("3. drie", None)]),
        ("- een\n\n  meer\n", [("• een", None), ("meer", None)]),
        ("![De *sluis*](a.jpg)", [("De sluis", "caption")]),
        ("![](a.jpg)", [("![](a.jpg)", "markup")]),
        ("***\n\n[a]: https://a.nl", [("***", "markup"), ("[a]: https://a.nl", "markup")]),
        ("```py\nx = 1\n```", [("x = 1", None)]),
        ("<div>Een <b>blok</b></div>", [("Een blok", None)]),
        ("<!-- stil -->", [("<!-- stil -->", "markup")]),
        ("|a|b|\n|-|-|\n|1|2|", [("a | b", None), ("|-|-|", "markup"), ("1 | 2", None)]),
        ("[a](b) <https://c.nl> [d][e]", [("a https://c.nl [d][e]", None)]),
        ("een\u2028twee\x0bdrie", [("een\u2028twee\x0bdrie", None)]),
    ],
)  # fmt: skip
def test_blocks(
    read: Callable[[str], Reading], text: str, units: list[tuple[str, str | None]]
) -> None:
    assert shown(read(text)) == units


@pytest.mark.parametrize(
    "text",
    [
        f"# Een regel\n{article(1)}",
        f"{article(1)}\n* voetnoot\n*Anna de Boer is historica*",
        f"Kop\n\n{article(1)}\n\n#sluis #water **",
        f"---\n{article(1)}\n---\n",
        f"Zie [1] en (2).\n> Lees ook: {article(1)}",
        f"2 * 3 * 4 = 24\n\n{article(1)}\n\n------\n_____\n",
    ],
)
def test_plain_text_is_no_markdown(run: Run, text: str) -> None:
    assert run(text).media_type == "text/plain"


@pytest.mark.parametrize(
    "text",
    [
        f"# Kop\n\n{article(1)}\n\n## Tussenkop\n\n{article(2)}",
        f"[De Krant](https://a.nl)\n\n{article(1)}\n\nEen **vet** woord.",
        f"![sluis](a.jpg)\n\n{article(1)}\n\n> Een citaat.",
        f"---\ntitel: Kop\n---\n{article(1)}",
    ],
)
def test_markdown_is_known(run: Run, text: str) -> None:
    assert checked(run(text)).media_type == "text/markdown"


@pytest.mark.parametrize(
    ("text", "part", "raw"),
    [
        ("Een **vet** en [link](http://a.nl/vet 'twee') twee", "twee", "twee"),
        ("Een [link](http://a.nl/twee) twee", "link twee", "link](http://a.nl/twee) twee"),
        ("Een ![twee](twee.png) twee\nregels", "twee regels", "twee\nregels"),
        ("caf&eacute; De Sluis", "De Sluis", "De Sluis"),
        ("- item **een**", "item een", "item **een"),
        ("|a|b|\n|-|-|\n|1|2|", "a | b", "a|b"),
        ("## Kop *een* ##", "Kop een", "Kop *een"),
    ],
)
def test_places_in_the_source(
    read: Callable[[str], Reading], text: str, part: str, raw: str
) -> None:
    unit = read(text).sections[0].units[0]
    begin = unit.text.rindex(part)
    assert text[slice(*unit.stretch(begin, begin + len(part)))] == raw


PIECES = st.sampled_from(
    [
        "# Kop", "Kop\n---", "===", "> citaat", ">", "- item", "  - dieper", "1. een", "10) tien",
        "    code", "```", "~~~", "| a | b |", "|-|-|", "***", "<div>", "</div>", "<!--", "-->",
        "[a]: http://x.nl", "[a](", "![b](c.png)", "**vet", "_x_", "`c", "\\", "&amp;", "\t", "",
        "\x00", "\u2028", "\x0c", "---", "titel: x", "- > # diep", "De sluis blijft dicht.",
    ]
)  # fmt: skip


@given(
    pieces=st.lists(PIECES, max_size=25), end=st.sampled_from(["\n", "\n\n", "\r\n", "\r"]),
    front=st.booleans(),
)  # fmt: skip
def test_units_hold_all_of_any_text(
    read: Callable[[str], Reading],
    pieces: list[str],
    end: str,
    front: bool,  # noqa: FBT001
) -> None:
    text = (FRONT if front else "") + end.join(pieces)
    reading = read(text)
    assert reading.source_text == text
    reached = 0
    for unit in reading.sections[0].units:
        assert unit.text.strip()
        for piece in unit.pieces:
            shared = unit.text[piece.at : piece.at + piece.length]
            assert text[piece.start : piece.end] == shared
            assert unit.start <= piece.start
            assert piece.end <= unit.end
        assert text[reached : unit.start].strip() == ""
        assert unit.start < unit.end
        reached = unit.end
    assert text[reached:].strip() == ""


@given(pieces=st.lists(PIECES, max_size=25))
def test_any_markdown(run: Run, pieces: list[str]) -> None:
    text = f"# De sluis\n\n{article(1)}\n\n## Meer\n\n" + "\n".join(pieces)
    document = checked(run(text))
    assert document.reader == "markdown"
    assert document == run(text)


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "piece"),
    [
        *(("", "["), ("", "*a "), ("", "> "), ("", "![a]("), ("", "a\n")),
        *(("", "- "), ("|a|\n|-|\n", "|x|\n"), ("", "<a "), ("", "`a ")),
    ],
)
def test_large_texts_take_linear_time(
    read: Callable[[str], Reading], before: str, piece: str
) -> None:
    assert_in_proportion(read, repeated(piece, before), 12_000)
