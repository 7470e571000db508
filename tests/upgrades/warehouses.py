"""Warehouses of other contracts, to be read and brought up to date."""

from __future__ import annotations

import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from knipsel.warehouse.lake.connection import _connected
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline

PACKED = Path(__file__).parent / "warehouse-0.1.0.tar.xz"
"""A warehouse as 0.1.0 made it; see the README beside it."""

RUNS = 4
"""The runs of it; the clock of tests goes on from there."""


def unpacked(folder: Path) -> Pipeline:
    """Unpack the warehouse of 0.1.0 into a folder and return a pipeline that goes on with it."""
    with tarfile.open(PACKED) as packed:
        packed.extractall(folder, filter="data")
    return Pipeline(Warehouse.at(folder / "warehouse"), audited=True, runs=RUNS)


def change_lake(pipeline: Pipeline, *statements: str) -> None:
    """Change the lake as another program would have left it: nothing brings it up to date."""
    connection = _connected(pipeline.warehouse, read_only=False)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def rows(pipeline: Pipeline, query: str) -> Sequence[tuple[object, ...]]:
    """Return the rows of a query of the lake, which a reader asks."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query).rows


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the lines in which the warehouse said that it was brought up to date."""
    log = "knipsel.warehouse.lake.migrations"
    return [record.getMessage() for record in caplog.records if record.name == log]


def content_of(warehouse: Warehouse) -> dict[str, bytes]:
    """Return each file of a warehouse with what is in it."""
    files = (file for file in warehouse.root.rglob("*") if file.is_file())
    return {str(file.relative_to(warehouse.root)): file.read_bytes() for file in files}
