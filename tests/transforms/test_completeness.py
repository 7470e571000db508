"""Whether a source holds a whole article, by the phrase that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.registers.articles.completeness import parse_cut_signs
from tests.transforms.metadata_articles import BODY, page, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument

    Run = Callable[[str | bytes], ProcessedDocument]

SHORT = """\
De kade in het oude centrum moet omhoog, want het water komt elk jaar een stukje verder. Dat
schrijft de gemeente aan de bewoners.
"""


def test_a_text_that_ends_as_a_sentence_does_is_whole(run: Run) -> None:
    document = run(page())
    assert document.articles[0].completeness == "complete"
    (found,) = statements(document, "completeness")
    assert (found.method, found.chosen) == ("ends_well", True)
    assert found.original_text is not None
    assert found.original_text.endswith("zal betalen.")


@pytest.mark.parametrize(
    ("below", "phrase"),
    [
        ("Lees verder", "Lees verder"),
        ("Al abonnee? Log in", "Al abonnee? Log in"),
        ("Continue reading", "Continue reading"),
        ("Il vous reste 75 % de cet article à lire.", "Il vous reste"),
        ("Weiterlesen", "Weiterlesen"),
    ],
)
def test_a_line_under_the_text_that_says_it_goes_on(run: Run, below: str, phrase: str) -> None:
    """A short text is a teaser then, a longer one cut off."""
    long, short = run(page(below=below, body=BODY * 2)), run(page(below=below, body=SHORT))
    assert long.articles[0].completeness == "truncated"
    assert short.articles[0].completeness == "teaser"
    shown = next(one for one in statements(short, "completeness") if one.chosen)
    assert phrase in (shown.original_text or "")


@pytest.mark.parametrize(
    ("ending", "method"),
    [
        ("Over de schade zegt de wethouder dat er nog niets vast staat en dat …", "ellipsis"),
        ("Over de schade van de winkels zegt de wethouder dat er nog niets vast […]", "ellipsis"),
        ("Zo zegt hij er niets van, want hij wil er nu eerst meer over weten of", "mid_sentence"),
        ("Over de schade van de winkels zegt de wethouder nog niets. Lees verder", "cut_ending"),
    ],
)  # fmt: skip
def test_a_text_that_breaks_off(run: Run, ending: str, method: str) -> None:
    document = run(page(body=f"{BODY}\n{BODY}\n{ending}"))
    assert document.articles[0].completeness == "truncated"
    assert method in {one.method for one in statements(document, "completeness") if one.chosen}


def test_read_more_under_a_long_text_leads_elsewhere(run: Run) -> None:
    document = run(page(below="Lees meer", body=BODY * 3))
    assert document.articles[0].completeness == "complete"
    assert run(page(below="Lees meer", body=BODY)).articles[0].completeness == "teaser"


@pytest.mark.parametrize(("mark", "method"), [("-30-", "end_mark"), ("* 4", "ends_well")])
def test_a_mark_that_says_that_the_text_ends(run: Run, mark: str, method: str) -> None:
    (found,) = (one for one in statements(run(page(below=mark)), "completeness") if one.chosen)
    assert (found.value, found.method) == ("complete", method)


def test_a_short_text_without_a_sign_says_nothing(run: Run) -> None:
    document = run(page(body=SHORT))
    assert document.articles[0].completeness == "unknown"
    assert statements(document, "completeness") == []


def test_the_number_of_words_that_a_record_declares(run: Run) -> None:
    record = '{"headline": "De kade", "word_count": %d, "text": "' + " ".join(BODY.split()) + '"}'
    assert run(record % 110).articles[0].completeness == "complete"
    assert run(record % 900).articles[0].completeness == "teaser"


def test_a_malformed_register_names_its_key() -> None:
    with pytest.raises(ValueError, match="cut_lines: must be a list of strings"):
        parse_cut_signs({"cut_lines": "lees verder"})
