"""Floors on the quality of cleaning: a figure can rise, but never fall unseen."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.dumps import quality, score_folder

DUMPS = Path(__file__).parents[3] / "shared" / "evaldata" / "page_dumps"
with (Path(__file__).parent / "floors.toml").open("rb") as file:
    FLOORS = tomllib.load(file)


@pytest.mark.long
@pytest.mark.skipif(not DUMPS.exists(), reason="the page dumps are not at hand")
@pytest.mark.parametrize("collection", FLOORS["f1"])
def test_articles_come_out_as_well_as_before(collection: str) -> None:
    found = quality(score_folder(DUMPS / collection, FLOORS["every"]))
    assert found.f1 >= FLOORS["f1"][collection]
