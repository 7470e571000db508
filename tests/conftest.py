"""Fixtures that several folders of tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.warehouse.layout import Warehouse
from tests.pipeline import SAMPLES, Pipeline
from tests.profiles import register_profiles

register_profiles()

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """Return a pipeline into a new warehouse."""
    return Pipeline(Warehouse.at(tmp_path / "warehouse"))


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline whose warehouse holds a release of the samples; tests only read it."""
    pipeline = Pipeline(
        Warehouse.at(tmp_path_factory.mktemp("released") / "warehouse"), audited=True
    )
    pipeline.ingest(SAMPLES)
    pipeline.publish()
    return pipeline


@pytest.fixture(scope="session")
def initial_articles() -> Path:
    """Return the folder of the five initial articles; skip where it is not at hand."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("the initial articles are not part of the project")
    return folder
