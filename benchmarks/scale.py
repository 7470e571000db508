"""How the cost of a run grows with what is there: it should not.

Builds a warehouse of 1,000 and one of 100,000 made-up articles, and measures side by side

- ``ingest --no-publish`` of 100 more articles into each, as whole commands;
- a release of the large one, beside DuckDB copying the same tables to Parquet.

Takes some 15 minutes and 3 GB of disk. Run it as ``make bench-scale``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.texts import write_articles
from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.stages import CODE_VERSION, publish_lake, run_record
from knipsel.transforms import TRANSFORM_VERSION
from knipsel.warehouse.contract import TABLES
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from tests.pipeline import FIRST_RUN_AT

MORE = 100
ROUNDS = 5
RELEASES = 5


def knipsel(*arguments: str | Path) -> float:
    """Run the command and return how many seconds it took."""
    command = [sys.executable, "-P", "-m", "knipsel"]
    started = perf_counter()
    subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True)
    return perf_counter() - started


def build(folder: Path, name: str, size: int) -> Path:
    """Return a warehouse of ``size`` articles, built where it is not there yet."""
    warehouse = folder / name
    if not warehouse.exists():
        inbox = folder / f"{name}-inbox"
        written = sum(1 for _ in write_articles(inbox, range(size)))
        seconds = knipsel("ingest", inbox, "--no-publish", "--warehouse", warehouse)
        print(f"built {name}: {written:,} articles in {seconds:.0f} s")
        shutil.rmtree(inbox)
    return warehouse


def more(folder: Path, warehouses: list[Path], start: int) -> dict[str, list[float]]:
    """Return the seconds of each round of ingesting 100 more articles, by warehouse."""
    seconds: dict[str, list[float]] = {warehouse.name: [] for warehouse in warehouses}
    for number in range(ROUNDS):
        first = start + number * MORE
        inbox = folder / f"more-{first}"
        assert sum(1 for _ in write_articles(inbox, range(first, first + MORE))) == MORE
        for warehouse in warehouses:
            took = knipsel("ingest", inbox, "--no-publish", "--warehouse", warehouse)
            seconds[warehouse.name].append(took)
        shutil.rmtree(inbox)
    return seconds


def copy_tables(warehouse: Warehouse, folder: Path) -> float:
    """Return how many seconds DuckDB takes to copy all tables of the lake to Parquet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with open_lake(warehouse, read_only=True) as connection:
        started = perf_counter()
        for table in TABLES:
            file = folder / f"{table.name}.parquet"
            connection.execute(f"COPY lake.{table.name} TO '{file}' (FORMAT parquet, CODEC zstd)")
        return perf_counter() - started


def release(warehouse: Warehouse, number: int) -> float:
    """Return how many seconds a whole release takes; an older one shares no file with it."""
    run = Run(f"bench-{number}", FIRST_RUN_AT, TRANSFORM_VERSION, f"{CODE_VERSION}-{number}")
    started = perf_counter()
    published = publish_lake(warehouse, run, run_record(run, "publish", FIRST_RUN_AT))
    seconds = perf_counter() - started
    assert published.is_new
    assert len(published.tables_written) == len(TABLES)
    return seconds


def copy_and_release(folder: Path, number: int) -> tuple[float, float]:
    """Return the seconds of DuckDB's copy of the tables and of a release, one after the other."""
    importlib.import_module("pandas")  # as the command does while its server starts
    place = Settings().warehouse_at(folder / "large")
    return copy_tables(place, folder / "copies"), release(place, number)


def in_own_process(folder: Path, number: int) -> tuple[float, float]:
    """Return the same, measured in a new process with nothing left to write to the disk."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.scale import copy_and_release; "
        "print(*copy_and_release(Path(sys.argv[1]), int(sys.argv[2])))"
    )
    os.sync()
    command = [sys.executable, "-c", code, str(folder), str(number)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    copied, released = map(float, output.split())
    return copied, released


def main() -> None:
    """Build the warehouses, measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the warehouses are built and kept")
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    warehouses = [build(folder, "small", options.small), build(folder, "large", options.large)]
    start = 10 * options.large + int(perf_counter()) * MORE
    seconds = more(folder, warehouses, start)
    small, large = (median(seconds[name]) for name in ("small", "large"))
    print(f"100 more: {small:.1f} s into {options.small:,}, {large:.1f} s into {options.large:,}")
    print(f"ratio {large / small:.2f} (rounds {seconds})")
    pairs = [in_own_process(folder, number) for number in range(RELEASES)]
    copies, releases = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    print(f"release: {median(releases):.1f} s; DuckDB's copy of the tables: {median(copies):.1f} s")
    print(f"ratio {median(releases) / median(copies):.2f} (releases {releases}, copies {copies})")


if __name__ == "__main__":
    main()
