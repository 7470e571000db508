"""The kind of a piece, where a label says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.describe.candidates.genres import genre_of
from knipsel.transforms.registers.articles.genres import parse_genres
from tests.transforms.metadata_articles import BODY, chosen, page, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Column", "column"),
        ("OPINIE", "opinion"),
        ("Nieuwsanalyse", "analysis"),
        ("Interview", "interview"),
        ("Ingezonden brief", "letter"),
        ("Liveblog", "live_blog"),
        ("Leitartikel", "editorial"),
        ("Tribune", "opinion"),
        ("OpinionNewsArticle", "opinion"),
        ("Sport", None),
    ],
)
def test_labels(registers: Registers, label: str, kind: str | None) -> None:
    assert genre_of(label, registers.articles.genres) == kind


def test_a_kicker_says_the_kind_and_stays_a_statement(run: Run) -> None:
    document = run(page("Column: Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2023"))
    assert document.articles[0].genre == "column"
    assert document.articles[0].headline == "Een kade van hout"
    assert chosen(document, "kicker") == "Column"


def test_no_label_no_kind(run: Run) -> None:
    document = run(page("Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2023"))
    assert document.articles[0].genre is None


def test_declared_labels_that_are_no_kind_stay_as_printed(run: Run) -> None:
    text = " ".join(BODY.split())
    record = f'{{"headline": "De kade", "genre": "%s", "section": "%s", "text": "{text}"}}'
    document = run(record % ("Krant", "Opinie"))
    assert document.articles[0].genre == "opinion"
    assert [one.value for one in statements(document, "genre_label")] == ["Krant"]
    assert run(record % ("Recensie", "Cultuur")).articles[0].genre == "review"


def test_one_label_is_one_kind() -> None:
    with pytest.raises(ValueError, match="'Column' is of column too"):
        parse_genres({"genres": {"column": ["column"], "opinion": ["Column"]}})
