"""Fixtures of the tests on older and newer warehouses."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.warehouse.layout import Warehouse
from tests.pipeline import SAMPLES, Pipeline, copy_of
from tests.upgrades.warehouses import unpacked


@pytest.fixture
def old(tmp_path: Path) -> Pipeline:
    """Return a pipeline into the warehouse as 0.1.0 left it."""
    return unpacked(tmp_path)


@pytest.fixture(scope="session")
def upgraded_once(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline into the same, with one more article since, and a third release."""
    pipeline = unpacked(tmp_path_factory.mktemp("upgraded"))
    pipeline.ingest(SAMPLES / "waterstand-2024-02-05.txt")
    pipeline.publish()
    return pipeline


@pytest.fixture
def upgraded(upgraded_once: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test that changes it."""
    return copy_of(upgraded_once, tmp_path)


@pytest.fixture(scope="session")
def new(released: Pipeline) -> Warehouse:
    """Return a warehouse that was made now."""
    return released.warehouse
