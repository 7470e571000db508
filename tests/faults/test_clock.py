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
from tests.retractions import marked, take
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again

CLOCKS = {
    "back": datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
    "ahead": datetime(2100, 1, 1, tzinfo=UTC),
}


def test_runs_at_other_times(pipeline: Pipeline, tmp_path: Path) -> None:
    """They add what is new, know what is known, and the release of each is the latest."""
    write_files(tmp_path / "inbox", {"1.txt": article(1), "2.txt": marked(2, "vraag2")})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    for known, (name, clock) in enumerate(CLOCKS.items(), 2):
        write_files(tmp_path / "inbox", {f"{known + 1}.txt": article(known + 1)})
        jumped = Run(name, clock, pipeline.version, "test")
        counts = RunCounts(known + 1, known, 1, 0, 0, 1)
        assert pipeline.ingest(tmp_path / "inbox", run=jumped) == counts
        pipeline.publish(Run(f"{name} too", clock, pipeline.version, "test"))
        releases = read_versions(pipeline.warehouse)
        assert current_release(pipeline.warehouse, releases) == releases[-1]
        assert releases[-1].articles == known + 1
    take(pipeline, query="SELECT article_id FROM articles WHERE contains(text, 'vraag2')")
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    assert [said for one in verify(pipeline.warehouse) for said in one.problems] == []
