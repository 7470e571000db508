"""What holds of every document, whatever it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_in_proportion, repeated

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]
    Check = Callable[[ProcessedDocument], None]


CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"

PIECES = st.sampled_from(
    [
        "Menu",
        "  • Nieuws",
        "",
        "\u200b",
        "\u00ad",
        " date 2022-12 Het water is gezakt en de kade ligt er weer droog bij.",
        "Door Anna de Boer*",
        "By Anna Boer December 2, 2025",
        "Anna de Boer, Trouw, 10 maart 2023",
        "* Anna de Boer is historica.",
        "Anna de Boer is historica en schrijft over water.",
        "March 10, 2023",
        "Column: Een kade van hout",
        "Column:",
        "Een kade van hout",
        "De kade in het oude centrum moet omhoog, en dat gebeurt volgens de gemeente nog",
        "voor de zomer, want het water komt elk jaar verder, tot vrees van de onderhan-",
        "delaars die er wonen.",
        "De bomen langs de gracht moeten dan wijken. Willem Bakker, wethouder",
        """Zij vrezen dat de bomen langs de gracht moeten dan wijken, zegt Willem Bakker, en dat \
het werk nog heel lang zal duren voor wie er woont.""",
        "Share on Facebook",
        "Lees ook: Het water komt",
        "We use cookies to make this site work.",
        "© Krant",
        "[plaatje]",
        "Foto: ANP",
        "cafÃ© â€˜De Kadeâ€™",
        "1. Ten eerste is het duur.",
        "- Ten tweede ook.",
        "|  |  |",
    ]
)
LARGE = 50_000
"""Characters of the smaller of two texts whose times are compared."""
SEPARATORS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028", "\x0c", " \n \n"])


@st.composite
def pages(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(PIECES, SEPARATORS), max_size=40))
    return "".join(piece + separator for piece, separator in pieces)


@given(content=st.binary(max_size=400))
def test_any_bytes(run: Run, check_invariants: Check, content: bytes) -> None:
    check_invariants(run(content))


@given(text=st.text(max_size=400))
def test_any_text(run: Run, check_invariants: Check, text: str) -> None:
    check_invariants(run(text))


@given(text=pages())
def test_any_page(run: Run, check_invariants: Check, text: str) -> None:
    document = run(text)
    check_invariants(document)
    assert document == run(text)


@given(
    text=pages(),
    tags=st.lists(
        st.sampled_from(["p", "div", "li", "h1", "h2", "figcaption", "span", "td", "script"]),
        min_size=1,
    ),
)
def test_any_html(run: Run, check_invariants: Check, text: str, tags: list[str]) -> None:
    lines = text.splitlines()
    body = "".join(
        f"<{tags[i % len(tags)]}>{line}</{tags[i % len(tags)]}>" for i, line in enumerate(lines)
    )
    check_invariants(run(f"<!DOCTYPE html><html><body>{body}</body></html>"))


@given(data=st.data())
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the initial articles lie outside the project")
def test_shuffled_lines_of_articles(run: Run, check_invariants: Check, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(CORPUS.glob("*.txt"))))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    check_invariants(run("".join(data.draw(st.permutations(lines)))))


@pytest.mark.long
@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("", "water "),
        ("", "a"),
        ("", "De kade is nat. "),
        ("", "a a a\n"),
        ("", "De kade is van ons allemaal\n"),
        ("Door ", "Anna "),
        ("", "10 maart "),
        ("", "- "),
        ("", "<p>"),
        ("", "["),
        ("", "x-\n"),
        ("", "\u00ad"),
    ],
)
def test_large_files_take_linear_time(
    run: Run, check_invariants: Check, before: str, piece: str
) -> None:
    check_invariants(run(repeated(piece, before)(LARGE)))
    assert_in_proportion(run, repeated(piece, before), LARGE)
