"""How far a run is, as people are told: on a terminal, or in a line now and then."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.cli.print.progress import LineProgress, so_far
from knipsel.flows.read.protocol import Job
from knipsel.flows.read.supervisor import read_batch_apart
from knipsel.flows.read.supervisor import so_far as read_so_far
from knipsel.flows.runs.progress import ReadingShown
from knipsel.warehouse.layout import Warehouse
from tests.pipeline import Pipeline, write_files
from tests.texts import article


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 900, 3.0, "0 of 900 files"),
        (4, 900, 1.0, "4 of 900 files"),
        (300, 900, 10.0, "300 of 900 files, 30 a second, less than a minute left"),
        (100, 90_000, 200.0, "100 of 90,000 files, 30 a minute, about 49.9 h left"),
        (1_000, 13_000, 50.0, "1,000 of 13,000 files, 20 a second, about 10 min left"),
        (901, 900, 10.0, "900 of 900 files, 90 a second, less than a minute left"),
    ],
)
def test_it_is_said_in_words(done: int, total: int, seconds: float, said: str) -> None:
    assert so_far(done, total, seconds) == said


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.floats(0, 10**6))
def test_it_can_always_be_said(done: int, total: int, seconds: float) -> None:
    assert "of" in so_far(done, total, seconds)


def test_a_line_comes_now_and_then() -> None:
    """One step in a second for two minutes writes four lines at most, and steers no terminal."""
    now, lines = [0.0], list[str]()
    shown = LineProgress(lines.append, lambda: now[0])
    with shown.step("Committing"):
        now[0] += 100
        shown.advance(1)
    with shown.step("Reading", total=120):
        for second in range(120):
            now[0] += 1
            shown.advance(second, "/in/na\x1b[31mme.txt")
    assert 2 <= len(lines) <= 4
    assert lines[0].startswith("Reading: 29 of 120 files, ")
    assert "\x1b" not in "".join(lines)


def test_readers_tell_how_far_they_are(tmp_path: Path) -> None:
    """Each file as it is begun; what was read is forgotten with the run."""
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "inbox", {f"{at}.txt": article(at) for at in range(3)})
    ids = list[str]()

    def read(job: Job, batch: int) -> int:
        ids.append(job.run.run_id)
        count = read_batch_apart(job, batch)
        assert read_so_far(job.run.run_id) == (3, "")
        with ReadingShown(job.run.run_id) as shown:
            shown.batch_done(count)
        assert read_so_far(job.run.run_id) == (0, "")
        return count

    pipeline.reader = read
    assert pipeline.ingest(tmp_path / "inbox").documents_published == 3
    assert len(ids) == 1
