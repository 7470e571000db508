"""What a small run costs beside an empty Prefect flow, both as whole commands, both cold.

Each round starts, one after the other: a script with an empty flow that starts Prefect's own
temporary server; ``knipsel ingest`` of one new file into a warehouse that is there; the same
command again. Run it as ``make bench-start``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.texts import write_articles
from knipsel.flows.server.settings import prefect_home

ROUNDS = 5
EMPTY_FLOW = """
from prefect import flow

@flow
def nothing():
    return 1

nothing()
"""
ENVIRONMENT = {
    "PREFECT_HOME": str(prefect_home()),
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def timed(*arguments: str | Path) -> float:
    """Run Python with some arguments and return how many seconds it took."""
    started = perf_counter()
    subprocess.run(
        [sys.executable, *map(str, arguments)],
        check=True,
        capture_output=True,
        env={**os.environ, **ENVIRONMENT},
    )
    return perf_counter() - started


def main() -> None:
    """Measure the rounds and print their medians and ratios."""
    seconds: dict[str, list[float]] = {"empty": [], "one": [], "again": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(ROUNDS + 1):
            inbox = folder / f"inbox-{number}"
            assert list(write_articles(inbox, range(number, number + 1)))
            ingest = ("-P", "-m", "knipsel", "ingest", inbox, "--warehouse", folder / "warehouse")
            round_ = {"empty": timed("-c", EMPTY_FLOW), "one": timed(*ingest)}
            round_["again"] = timed(*ingest)
            if number:  # the first makes the warehouse, and Prefect's database where it is new
                for step, took in round_.items():
                    seconds[step].append(took)
    empty, one, again = (median(seconds[step]) for step in ("empty", "one", "again"))
    print(f"empty Prefect flow {empty:.1f} s; one file {one:.1f} s; nothing new {again:.1f} s")
    print(f"ratios {one / empty:.2f} and {again / empty:.2f} (rounds {seconds})")


if __name__ == "__main__":
    main()
