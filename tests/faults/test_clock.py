"""A clock that jumps, back or far ahead, changes what the rows say of time, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from knipsel.expectations.verify.verify import verify
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.release.versions import current_release, read_versions
from tests.pipeline import Pipeline, write_files
from tests.texts import article
from tests.warehouse.test_retraction import marked, take

CLOCKS = {
    "back": datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
    "ahead": datetime(2100, 1, 1, tzinfo=UTC),
}


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_run_at_another_time(pipeline: Pipeline, tmp_path: Path, clock: str) -> None:
    """It adds what is new, knows what is known, and its release is the latest."""
    write_files(tmp_path / "inbox", {"1.txt": article(1), "2.txt": marked(2, "vraag2")})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    write_files(tmp_path / "inbox", {"3.txt": article(3)})
    jumped = Run("jumped", CLOCKS[clock], pipeline.version, "test")
    assert pipeline.ingest(tmp_path / "inbox", run=jumped) == RunCounts(3, 2, 1, 0, 0, 1)
    pipeline.publish(Run("jumped-too", CLOCKS[clock], pipeline.version, "test"))
    releases = read_versions(pipeline.warehouse)
    assert current_release(pipeline.warehouse, releases) == releases[-1]
    assert releases[-1].articles == 3
    take(pipeline, query="SELECT article_id FROM articles WHERE contains(text, 'vraag2')")
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    assert [said for one in verify(pipeline.warehouse) for said in one.problems] == []
