"""A warehouse to look at, made once: articles of two outlets, a copy, one that is held back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from knipsel.flows.config.settings import Settings
from knipsel.flows.page.app import make_app
from knipsel.flows.page.site import Site, open_site
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import read_versions
from tests.pipeline import SAMPLES, Pipeline, write_files
from tests.texts import article

TOKEN = "t" * 32
HOST = "testserver"
HOSTILE = r"<script>alert(1)</script> \u202eesrever\u202c \u001b[31mrood\u001b[0m"
"""What a headline may hold, as TOML: a script, what turns the line around, a terminal's colour."""


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a warehouse with a release of the samples, and one headline that means harm."""
    folder = tmp_path_factory.mktemp("page")
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"))
    hostile = f'headline = "{HOSTILE}"\n'
    write_files(folder / "inbox", {"1.txt": article(1), "1.txt.meta.toml": hostile})
    pipeline.ingest(SAMPLES, folder / "inbox")
    pipeline.publish()
    return pipeline.warehouse


@pytest.fixture(scope="session")
def site(looked_at: Warehouse) -> Iterator[Site]:
    """Return what the pages of it share, for somebody who only reads."""
    with open_site(looked_at, Settings(), read_versions(looked_at)[-1]) as made:
        yield made


@pytest.fixture(scope="session")
def browser(site: Site) -> TestClient:
    """Return a client that has opened the address with the token."""
    client = TestClient(make_app(lambda: site, TOKEN, {HOST}), follow_redirects=True)
    assert client.get(f"/?token={TOKEN}").status_code == 200
    return client
