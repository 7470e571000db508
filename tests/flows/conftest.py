"""The one Prefect server of all flow tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from knipsel.flows.server.server import prefect_server


@pytest.fixture(scope="session", autouse=True)
def _prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have a Prefect server with a database of its own while the flow tests run."""
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
    with prefect_server() as server:
        assert server is not None, "a test never uses a server that somebody else started"
        server.wait()
        yield
