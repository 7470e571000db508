"""Floors on quotations: figures on made-up newspaper articles can rise, but never fall unseen."""

from __future__ import annotations

import tomllib
from pathlib import Path

from benchmarks.newspapers import ARTICLES, measure, read_articles
from flows.register_files import load_registers

with (Path(__file__).parent / "floors.toml").open("rb") as file:
    FLOORS = tomllib.load(file)["newspapers"]


def test_who_says_what_in_newspapers() -> None:
    """Precision and recall are of quotations of four words and more."""
    found = measure(read_articles(sorted(ARTICLES.glob("*.txt"))), load_registers().annotations)
    assert found.precision >= FLOORS["precision"]
    assert found.recall >= FLOORS["recall"]
    assert found.speakers >= FLOORS["speakers"]
    assert found.gold_long > FLOORS["quotations"]
