"""Lines that say who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from knipsel.transforms.parse.parsed_line import LineReader


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Door Anna de Boer", ["Anna de Boer"]),
        ("Door Anna de Boer en Piet Jansen*", ["Anna de Boer", "Piet Jansen"]),
        ("Tekst: Anna de Boer", ["Anna de Boer"]),
        ("By Anna Boer, Piet Jansen and Jo Smith", ["Anna Boer", "Piet Jansen", "Jo Smith"]),
        ("By Anna Boer December 2, 2025", ["Anna Boer"]),
        ("By Anna Boer | 3 min read", ["Anna Boer"]),
        ("Von Anna Boer", ["Anna Boer"]),
        ("By Anna Boer, BBC News", ["Anna Boer"]),
        # What stands side by side on a page is glued in a copy.
        ("ByAnna Boer Updated on March 2, 2023", ["Anna Boer"]),
        ("By Anna BoerPublished: March 2, 2023", ["Anna Boer"]),
        ("BY ANNA BOERPUBLISHED: MAR 2, 2023", ["ANNA BOER"]),
        ("By Anna Boer1, Piet Jansen2", ["Anna Boer", "Piet Jansen"]),
    ],
)
def test_bylines(lines: LineReader, line: str, names: list[str]) -> None:
    byline = lines(line).byline
    assert byline
    assert [name.text for name in byline.names] == names


@pytest.mark.parametrize(
    "line",
    [
        "Door de regen kwam niemand",
        "By Monday the Dutch had left",
        "Doorbraak in Genève",
        "DiCaprio in Venice",
        "Door Anna de Boer is gezegd dat het kan.",
        "By",
    ],
)
def test_no_bylines(lines: LineReader, line: str) -> None:
    assert lines(line).byline is None


def test_signature(lines: LineReader) -> None:
    signature = lines("Anna de Boer, Trouw, 10 maart 2023").signature
    assert signature
    assert signature.outlet
    assert signature.date
    assert [name.text for name in signature.names] == ["Anna de Boer"]
    assert (signature.outlet.text, signature.date.edtf) == ("Trouw", "2023-03-10")


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Anna de Boer, De Havenbode, 10 maart 2023", "De Havenbode"),
        ("Anna Boer, Kieler Hafenkurier, 3. April 2023", "Kieler Hafenkurier"),
        ("Anna Boer, The Harbour Gazette, March 3, 2023", "The Harbour Gazette"),
        ("Anna de Boer, Het Licht, 10 maart 2023", "Het Licht"),
        ("Anna de Boer, Amsterdam, 10 maart 2023", None),
        ("Anna Boer, The Hague, 10 March 2023", None),
        ("Anna de Boer, Piet de Vries, 10 maart 2023", None),
        ("Anna de Boer, De krant wil dat, 10 maart 2023", None),
        ("Anna de Boer, De Havenbode 2, 10 maart 2023", None),
        ("Anna de Boer, 10 maart 2023, De Havenbode", None),
    ],
)
def test_an_outlet_that_no_register_lists(lines: LineReader, line: str, outlet: str | None) -> None:
    signature = lines(line).signature
    assert (signature and signature.outlet and signature.outlet.text) == outlet


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Hafenkurier, 3. April 2024", "Hafenkurier"),
        ("Berlin, 3. April 2024", None),
        ("De Bilt, 3 april 2024", None),
        ("Kansas City, MO, April 3, 2024", None),
    ],
)
def test_the_outlet_of_a_date_line(lines: LineReader, line: str, outlet: str | None) -> None:
    parsed = lines(line).date_line
    assert parsed
    assert (parsed.outlet and parsed.outlet.text) == outlet


@pytest.mark.parametrize(
    "line", ["Het water, zegt Anna, stijgt", "Anna de Boer", "Amsterdam, Rotterdam, Utrecht"]
)
def test_no_signature(lines: LineReader, line: str) -> None:
    assert lines(line).signature is None


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Gepubliceerd op 10 maart 2023 om 12:30", "2023-03-10", None),
        ("Updated March 11, 2023", None, "2023-03-11"),
        ("Published March 10, 2023 | Updated March 11, 2023", "2023-03-10", "2023-03-11"),
        ("Trouw, 10 maart 2023", "2023-03-10", None),
        ("Posted on March 10, 2023 in Books, Trains, Ferries and More", "2023-03-10", None),
        ("March 10, 20236:01 PM ET", "2023-03-10", None),
    ],
)
def test_date_lines(
    lines: LineReader, line: str, published: str | None, updated: str | None
) -> None:
    parsed = lines(line).date_line
    assert parsed
    assert (parsed.date and parsed.date.edtf, parsed.update and parsed.update.edtf) == (
        published,
        updated,
    )


@pytest.mark.parametrize(
    "line",
    [
        "Het water steeg op 3 maart 2021 tot aan de deur",
        "Vrede in december 2022",
        "Geen datum",
        "Published on 3 March 2021 the long report says that dykes leak.",
    ],
)
def test_no_date_lines(lines: LineReader, line: str) -> None:
    assert lines(line).date_line is None
