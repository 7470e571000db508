"""What the harnesses of kills and races share: real commands, their material, and a fingerprint.

The fingerprint of a warehouse is all that it holds but for what tells of the runs themselves:
two warehouses that went through the same by different ways have the same one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from knipsel.warehouse.contract import TABLES
from knipsel.warehouse.lake.connection import NoWarehouseError
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.archives import zipped
from tests.byte_search import files_with
from tests.pipeline import write_files
from tests.texts import article

OF_RUNS = ("run_id", "first_seen_at", "last_seen_at", "resolved_at", "retracted_at")
"""Columns that differ between ways to the same end."""
LEFT_OUT = ("runs", "run_inputs", "validations")
REAL = (sys.executable, "-P", "-m", "knipsel")
"""The command as users have it."""
LIGHT = (sys.executable, "-m", "tests.faults.steps")
"""The same without Prefect: see `tests.faults.steps`."""
MARK = "kwelbode"
"""A word of the article that is retracted, and of no other."""


def material(root: Path) -> tuple[Path, Path]:
    """Write two folders of sources: articles, a copy, versions, an archive, junk."""
    first, second = root / "first", root / "second"
    marked = article(3).replace("bestand.", f"bestand, zei de {MARK} van Zoutmonde.", 1)
    write_files(first, {f"{n}.txt": article(n) for n in range(3)} | {"3.txt": marked})
    write_files(first, {"copy.txt": article(1), "leeg.txt": "", "menu.txt": "Home\nContact"})
    (first / "pack.zip").write_bytes(
        zipped({"a.txt": article(7), "b/c.txt": article(8), "leeg.txt": ""})
    )
    write_files(second, {f"{n}.txt": article(n) for n in range(4, 7)})
    shorter = "\n\n".join(article(5).split("\n\n")[:-1])
    write_files(second, {"shorter.txt": shorter, "again.txt": article(2)})
    return first, second


def start(root: Path, command: Sequence[str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start a command on the warehouse in ``root / "wh"``, in a group of processes of its own."""
    name, *rest = arguments
    environment = {**os.environ, "PREFECT_HOME": str(root / "prefect")}
    return subprocess.Popen(
        [*command, name, "--warehouse", str(root / "wh"), *rest],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=environment,
    )


def run(root: Path, command: Sequence[str], *arguments: str) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it printed."""
    process = start(root, command, *arguments)
    printed, _ = process.communicate(timeout=600)
    return process.returncode, printed.decode()


def fingerprint(warehouse: Warehouse) -> dict[str, str]:
    """Return a hash of each table of the lake and of the latest release, without `OF_RUNS`."""
    with open_lake_for_questions(warehouse) as lake:
        found = {f"lake.{name}": value for name, value in _hashes(lake)}
    with duckdb.connect(str(warehouse.latest / "knipsel.duckdb"), read_only=True) as release:
        found |= {f"release.{name}": value for name, value in _hashes(release)}
    return found


def _hashes(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    for table in TABLES:
        if table.name not in LEFT_OUT:
            names = [name for name in table.column_names if name not in OF_RUNS]
            rows = ask(connection, f"SELECT {', '.join(names)} FROM {table.name} ORDER BY ALL").rows
            yield table.name, hashlib.sha256(repr(rows).encode()).hexdigest()[:12]


def article_with_mark(warehouse: Warehouse) -> str | None:
    """Return the identifier of the article with `MARK`, None where it is gone."""
    query = f"SELECT article_id FROM articles WHERE contains(text, '{MARK}')"
    try:
        with open_lake_for_questions(warehouse) as connection:
            rows = ask(connection, query).rows
    except NoWarehouseError:
        return None
    return str(rows[0][0]) if rows else None


def leaks(warehouse: Warehouse) -> list[str]:
    """Return the files in which the retracted article still is."""
    return files_with(warehouse.root, MARK)


class Reader(threading.Thread):
    """Reads the latest release again and again, as other tools do, and notes what goes wrong."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Be ready to read the releases of a warehouse."""
        super().__init__(daemon=True)
        self.problems: list[str] = []
        self.reads = 0
        self._warehouse = warehouse
        self._end = threading.Event()

    def run(self) -> None:
        """Read until told to stop; a release that was once there is there ever after."""
        seen = False
        while not self._end.is_set():
            if seen or self._warehouse.latest.exists():
                seen = True
                self._look()
            time.sleep(0.02)

    def _look(self) -> None:
        """Read the latest release, and note what goes wrong.

        PyArrow and DuckDB open a Parquet file by its name more than once, and a retraction puts
        another in its place: who is between the two reads again, as the documentation says.
        """
        folder = self._warehouse.latest.resolve(strict=True)
        before = folder.stat().st_ino
        try:
            self._read(folder)
        except Exception as error:  # noqa: BLE001 - whatever a reader meets is a finding
            if folder.stat().st_ino == before:
                self.problems.append(f"{type(error).__name__}: {error}")

    def _read(self, folder: Path) -> None:
        with duckdb.connect(str(folder / "knipsel.duckdb"), read_only=True) as connection:
            (orphans,) = connection.execute(
                "SELECT count(*) FROM paragraphs ANTI JOIN articles USING (article_id)"
            ).fetchone() or (None,)
        if orphans:
            self.problems.append(f"{folder.name}: {orphans} paragraphs without their article")
        for name in ("articles", "documents", "paragraphs"):
            pq.read_table(folder / name / "part-0.parquet")
        self.reads += 1

    def stop(self) -> None:
        """Stop and wait for the end of the reading under way."""
        self._end.set()
        self.join()


@contextmanager
def readers(warehouse: Warehouse) -> Iterator[Reader]:
    """Have a reader at work while the block runs."""
    reader = Reader(warehouse)
    reader.start()
    try:
        yield reader
    finally:
        reader.stop()


def orphans(pids: Sequence[int]) -> list[int]:
    """Return which groups of processes still have one alive."""
    alive = []
    for pid in pids:
        try:
            os.killpg(pid, 0)
        except ProcessLookupError:
            continue
        alive.append(pid)
    return alive
