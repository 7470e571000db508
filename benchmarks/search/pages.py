"""What the pages of ``explore`` take on a warehouse: ``python -m benchmarks.search.pages DIR``.

Each address is asked several times; the least processor time and the least time on the clock are
told, in milliseconds. The words are some of those that `benchmarks.texts` makes articles of.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from starlette.testclient import TestClient

from knipsel.flows.config.settings import Settings
from knipsel.flows.page.app import make_app
from knipsel.flows.page.site import Site, open_site
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import read_versions

ROUNDS = 5
TOKEN = "t" * 32
ASKED = ("minister", '"gas bestand"', "onderhandel*", "een NEAR/5 minister", "een NOT gas")


def addresses(site: Site) -> Iterator[str]:
    """Yield what is asked for: each kind of page."""
    (article,) = site.ask("SELECT article_id FROM articles ORDER BY md5(article_id) LIMIT 1")
    name = article["article_id"]
    yield from ("/", "/search", f"/article/{name}", f"/article/{name}?q=een&at=1")
    yield from (f"/search?q={words.replace(' ', '+')}" for words in ASKED)
    yield from ("/search.csv?q=een", "/speakers", "/times")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    place = Warehouse.at(parser.parse_args().warehouse)
    with open_site(place, Settings(), read_versions(place)[-1]) as site:
        client = TestClient(make_app(lambda: site, TOKEN, {"testserver"}))
        client.get(f"/?token={TOKEN}")
        for address in addresses(site):
            took = []
            for _ in range(ROUNDS):
                cpu, clock = process_time(), perf_counter()
                client.get(address).raise_for_status()
                took.append((process_time() - cpu, perf_counter() - clock))
            cpu, clock = (min(column) * 1000 for column in zip(*took, strict=True))
            print(f"{cpu:6.0f} {clock:6.0f}  {address}")


if __name__ == "__main__":
    main()
