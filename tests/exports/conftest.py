"""Where exports go in tests, and a short way to make one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knipsel.flows.runs.open_warehouse import OpenWarehouse
from knipsel.warehouse.exports.model import Exported
from tests.pipeline import Pipeline

Export = Callable[..., Exported]


@pytest.fixture
def house(released: Pipeline) -> OpenWarehouse:
    """Return the warehouse of the samples, as programs have it."""
    return OpenWarehouse(released.warehouse, released.settings)


@pytest.fixture
def export(house: OpenWarehouse, tmp_path: Path) -> Export:
    """Return what exports the samples to a file or a folder of a name."""

    def exported(name: str, **options: Any) -> Exported:
        return house.export(tmp_path / "out" / name, **options)

    return exported
