"""Bounds of a date of publication, from what the text names as past."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.text.edtf import date_bounds, published_bounds
from tests.transforms.metadata_articles import BODY, chosen, page, statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.transforms.model import ProcessedDocument
    from knipsel.transforms.registers.model import Registers

    Run = Callable[[str | bytes], ProcessedDocument]


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Na de aanval van 28 augustus 2025 werd het stil.", "2025-08-28"),
        ("Na de aanval van 3/4/2025 werd het stil.", "2025-04-03"),
        ("Sinds juni 2024 moet de stad het zonder kade doen.", "2024-06-01"),
        ("In 2019 begon het werk aan de dijk.", "2019-01-01"),
        ("In 2019 begon het werk, en op 3 mei 2021 was het klaar.", "2021-05-03"),
        ("De kade zal op 28 augustus 2025 klaar zijn.", None),
        ("Het werk werd uitgesteld tot 28 augustus 2025.", None),
        ("Er waren 2025 mensen op de kade.", None),
    ],
)
def test_the_latest_day_named_as_past(run: Run, sentence: str, bound: str | None) -> None:
    document = run(page(body=f"{BODY}\n{sentence}"))
    (article,) = document.articles
    assert chosen(document, "date_published_not_before") == bound
    assert article.date_published is None
    expected = ("interval", date.fromisoformat(bound)) if bound else ("unknown", None)
    assert (article.date_published_precision, article.date_published_not_before) == expected
    assert article.date_published_not_after is None


def test_the_evidence_is_the_day_as_it_stands(run: Run) -> None:
    document = run(page(body=f"{BODY}\nNa de aanval van 28 augustus 2025 werd het stil."))
    (found,) = statements(document, "date_published_not_before")
    assert (found.original_text, found.method) == ("28 augustus 2025", "named_as_past")


def test_a_known_date_needs_no_bounds(run: Run) -> None:
    body = f"{BODY}\nNa de aanval van 28 augustus 2025 werd het stil."
    document = run(page("Een kade van hout\n\nDoor Anna de Boer\n\n1 september 2025", body=body))
    (article,) = document.articles
    assert article.date_published == "2025-09-01"
    assert article.date_published_precision == "day"
    assert not any(one.chosen for one in statements(document, "date_published_not_before"))


def test_a_page_that_was_changed_was_published_by_then(run: Run) -> None:
    document = run(page("Een kade van hout\n\nLaatst bijgewerkt: 4 mei 2024"))
    (article,) = document.articles
    assert article.date_published is None
    assert article.date_published_not_after == date(2024, 5, 4)
    assert article.date_published_precision == "interval"


def test_what_lies_after_the_day_of_reading_is_no_past(registers: Registers) -> None:
    text = page(body=f"{BODY}\nIn 2019 begon het werk. Op 28 augustus 2025 was het klaar.")
    raw = RawDocument("a" * 64, "x.txt", text.encode(), seen_on=date(2024, 1, 1))
    document = process(raw, registers)
    assert chosen(document, "date_published_not_before") == "2019-01-01"


def test_bounds_follow_from_the_date_or_else_from_what_excludes_days() -> None:
    assert published_bounds("2022-12", "2020-01-01", None) == date_bounds("2022-12")
    assert published_bounds(None, "2020-01-01", None) == date_bounds("2020-01-01/..")
    assert published_bounds(None, None, "2020-01-01") == date_bounds("../2020-01-01")
    assert published_bounds(None, None, None).precision == "unknown"
    assert published_bounds(None, "2021-01-01", "2020-01-01").precision == "unknown"
