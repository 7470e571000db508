"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from knipsel.warehouse.layout import Warehouse
from tests.pipeline import SAMPLES, Pipeline
from tests.profiles import is_long, register_profiles

SHARED = Path(__file__).parents[2] / "shared"
SERVED = Path(__file__).parent / "flows"

CORPUS = """
title = "Samples, written for knipsel"
description = "Press articles that nobody printed."
creators = [
  { family_name = "Maker", given_name = "Ann", affiliation = "A University" },
  { name = "The Makers" },
]
subjects = ["press", "a | b"]
metadata_licence = "cc-by-4.0"
rights = "Nobody's: they may be passed on."
contact = "https://example.org/contact"
doi = "10.5072/samples"

[data_card]
collection = "Written by hand."
biases = "Whatever comes to mind."
"""
"""What is said of the corpus of samples, as a person would write it."""

register_profiles()
# The samples are about negotiations; without it no test would see a topic.
os.environ.setdefault("KNIPSEL_CODEBOOKS", '["negotiations"]')


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, where its fixtures are made once.

    The tests of flows are one group: they share a Prefect server.
    """
    for item in items:
        group = SERVED if SERVED in item.path.parents else item.path
        item.add_marker(pytest.mark.xdist_group(str(group)))


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Let DuckDB have one thread every day: with few rows, two take half as much time again."""
    if is_long():
        yield
        return
    connect = duckdb.connect

    def connect_with_one(*arguments: Any, **options: Any) -> duckdb.DuckDBPyConnection:
        connection = connect(*arguments, **options)
        connection.execute("SET threads = 1")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", connect_with_one)
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobodys_runs() -> Iterator[None]:
    """Let retractions leave alone what whoever runs the tests has of Prefect's and of others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("knipsel.flows.server.forgetting.prefect_home", lambda: None)
        patch.setattr("knipsel.flows.runs.leftovers.temporary_folders", list)
        yield


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that is made once for all processes of a test run."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = folder / "done"
    with FileLock(f"{folder}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """Return a pipeline into a new warehouse."""
    return Pipeline(Warehouse.at(tmp_path / "warehouse"))


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline whose warehouse holds a release of the samples; tests only read it."""

    def release(folder: Path) -> None:
        pipeline = Pipeline(Warehouse.at(folder / "warehouse"), audited=True)
        pipeline.ingest(SAMPLES)
        (pipeline.warehouse.root / "corpus.toml").write_text(CORPUS, encoding="utf-8")
        pipeline.publish()

    folder = made_once(tmp_path_factory, "released", release)
    return Pipeline(Warehouse.at(folder / "warehouse"), audited=True, runs=2)


@pytest.fixture(scope="session")
def initial_articles() -> Path:
    """Return the folder of the five initial articles; skip where it is not at hand."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("the initial articles are not part of the project")
    return folder
