"""Authors whom a page declares, and the bylines that it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.transforms.metadata_articles import BODY, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.parse.parsed_line import LineReader

    Run = Callable[[str | bytes], ProcessedDocument]


def _html(declared: str, shown: str) -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY.split("\n\n"))
    return (
        f'<html><head><meta name="author" content="{declared}"></head><body><article>'
        f"<h1>Kade in het oude centrum moet omhoog</h1><p>{shown}</p>{paragraphs}"
        "</article></body></html>"
    ).encode()


def _authors(document: ProcessedDocument) -> list[str]:
    return [one.name for one in document.authors]


@pytest.mark.parametrize(
    ("declared", "shown", "authors"),
    [
        ("Het Kadeblad", "Door Anna de Boer", ["Anna de Boer"]),
        ("kadeblad.nl", "Door Anna de Boer", ["Anna de Boer"]),
        ("Piet Smit", "Door Anna de Boer", ["Anna de Boer"]),
        ("Anna", "Door Anna de Boer", ["Anna de Boer"]),
        ("Anna de Boer Stand", "Door Anna de Boer", ["Anna de Boer"]),
        ("Anna de Boer", "Door Anna de Boer en Piet Smit", ["Anna de Boer", "Piet Smit"]),
        ("Anna de Boer, Piet Smit", "Door Anna de Boer", ["Anna de Boer"]),
        ("Anna de Boer", "Kade", ["Anna de Boer"]),
        ("kadeblad.nl", "Kade", []),
        ("info[at]kadeblad.nl", "Kade", []),
        ("Vereniging Kade e.V.", "Door Anna de Boer", ["Anna de Boer"]),
    ],
)
def test_who_wrote_it(run: Run, declared: str, shown: str, authors: list[str]) -> None:
    assert _authors(run(_html(declared, shown))) == authors


def test_a_declared_author_who_lost_keeps_the_reason(run: Run) -> None:
    found = statements(run(_html("Piet Smit", "Door Anna de Boer")), "author")
    assert ("Piet Smit", "meta:not_in_byline") in [(one.value, one.method) for one in found]


def test_a_declared_person_whom_the_page_names_stays(run: Run) -> None:
    """The byline may be that of somebody who is quoted, or of a picture: both can be right."""
    shown = "Door Anna de Boer</p><p>Piet Smit schrijft over de stad."
    document = run(_html("Piet Smit", shown))
    likely = {one.value: one.confidence for one in document.statements if one.field == "author"}
    assert 0 < (likely["Piet Smit"] or 0) < 1
    assert 0 < (likely["Anna de Boer"] or 0) < 1


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Isabel Caro, Anna Latorre y José Miguel Wilson", 3),
        ("Clara Löw, Siddharth Prakash & Klaus Jacob", 3),
        ("Anna de Boer, Piet Smit", 2),
        ("Anna de Boer, Den Haag", 1),
        ("Ein Artikel von Pamela Sladky | 27.01.2022 - 12:45", 1),
        ("02.02.2022, 11:30 Uhr von Markus Stein", 1),
        ("Author(s): Anna Miller", 1),
        ("Houten Kade Houten Kade", 0),
    ],
)
def test_names_in_a_line(lines: LineReader, line: str, names: int) -> None:
    assert len(lines(line).names) == names
