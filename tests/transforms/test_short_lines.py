"""Short lines and small signs of a page: poems, addresses, readings of signs, numbers of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.transforms.test_page_data import MARKUP, TITLE, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]


def text_of(run: Run, markup: str) -> str:
    """Return the text of a page whose article ends with some markup."""
    foot = "<footer>© 2024 De Krant</footer>"
    shown = f"<article><h1>{TITLE}</h1>{MARKUP}{markup}</article>{foot}"
    (article,) = run(page("", shown)).articles
    return article.text


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Dit is de laatste alinea,<br>die door een regel<br>is gebroken en hier eindigt.</p>",
        "<p>Het einde is<br>nabij.</p>",
        "<blockquote>Ik ging naar zee<br>en nam je mee</blockquote><p>de golven zongen</p>",
        "<address>Stadhuis<br>Grote Markt 1<br>1234 AB Havenstad</address>",
    ],
)
def test_short_lines_that_end_a_text_are_part_of_it(run: Run, markup: str) -> None:
    plain = markup.replace("<br>", "\n").replace("</blockquote>", "\n")
    lines = [line.partition(">")[2] or line for line in plain.split("\n")]
    lines = [line.partition("<")[0] for line in lines]
    assert text_of(run, markup).split("\n\n")[-len(lines) :] == lines


def test_the_reading_of_a_sign_stands_above_it(run: Run) -> None:
    ruby = "<ruby>漢字<rp>(</rp><rt>kanji</rt><rp>)</rp></ruby>"
    text = text_of(run, f"<p>De wijk {ruby} ligt aan de haven van de stad, bij de schepen.</p>")
    assert text.endswith("De wijk 漢字 ligt aan de haven van de stad, bij de schepen.")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("een doorbraak<sup>1</sup> in de raad", "een doorbraak in de raad"),
        ("in de raad,<sup>[2]</sup> zei hij", "in de raad, zei hij"),
        ('in zee<sup><a href="#n3">3</a></sup> en land', "in zee en land"),
        ('in zee<a href="#n3"><sup>3</sup></a> en land', "in zee en land"),
        ("op 5 km<sup>2</sup> land", "op 5 km2 land"),
        ("van 10<sup>3</sup> liter", "van 103 liter"),
        ("de 1<sup>e</sup> stap", "de 1e stap"),
        ("met H<sub>2</sub>O erin", "met H2O erin"),
    ],
)
def test_numbers_of_notes_are_no_part_of_words(run: Run, markup: str, shown: str) -> None:
    line = "<p>De wethouder sprak gisteren {}, en meer wilde hij er niet over kwijt.</p>"
    text = text_of(run, line.format(markup))
    assert f"sprak gisteren {shown}, en meer" in text
