"""Floors on quotations: figures on made-up newspaper articles can rise, but never fall unseen."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.newspapers import ARTICLES, articles_in, languages, measure
from knipsel.flows.config.register_files import load_registers

with (Path(__file__).parent / "floors.toml").open("rb") as file:
    FLOORS = tomllib.load(file)["newspapers"]


@pytest.mark.parametrize("language", languages())
def test_who_says_what_in_newspapers(language: str) -> None:
    """Precision and recall are of quotations of four words and more."""
    floors = FLOORS[language]
    found = measure(articles_in(ARTICLES / language), load_registers().annotations)
    assert found.precision >= floors["precision"]
    assert found.recall >= floors["recall"]
    assert found.speakers >= floors["speakers"]
    assert found.gold_long > floors["quotations"]
