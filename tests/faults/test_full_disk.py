"""A disk that is full or cannot be written: a sentence, and the last release untouched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from knipsel.flows.runs.errors import FAILED, explain
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_release
from knipsel.warehouse.release.versions import read_versions
from tests.pipeline import Pipeline, write_files
from tests.texts import article


def mount(*arguments: str) -> bool:
    """Run ``mount`` and tell whether it worked."""
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of eight megabytes; skip where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not mount("-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)):
        pytest.skip("mounting a small disk takes root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def published(small_disk: Path, tmp_path: Path) -> Pipeline:
    """Return a pipeline with a release on the small disk."""
    pipeline = Pipeline(Warehouse.at(small_disk / "warehouse"))
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    return pipeline


def assert_untouched(pipeline: Pipeline) -> None:
    """Assert that the first release is there, whole and the last."""
    assert [release.version for release in read_versions(pipeline.warehouse)] == ["000001"]
    with open_release(pipeline.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM articles").rows == [(1,)]


def test_a_full_disk(published: Pipeline, tmp_path: Path) -> None:
    """The run fails with a sentence; once there is space, the same run succeeds."""
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(2, 150)})
    filler = published.warehouse.root.parent / "filler"
    space = os.statvfs(filler.parent)
    filler.write_bytes(bytes(space.f_bavail * space.f_bsize - 100_000))
    with pytest.raises(Exception, match=r"(?i)space|full") as failure:
        published.ingest(tmp_path / "inbox")
    code, sentence = explain(failure.value)
    assert code == FAILED
    assert sentence == ("The disk is full; nothing was changed. Free some space and run it again.")
    assert_untouched(published)
    filler.unlink()
    assert published.ingest(tmp_path / "inbox").documents_published == 148


@pytest.mark.parametrize(
    "left", [100_000, *(pytest.param(left, marks=pytest.mark.long) for left in (50_000, 300_000))]
)
def test_a_disk_that_fills_up_while_publishing(
    published: Pipeline, tmp_path: Path, left: int
) -> None:
    """The release that did not fit leaves nothing behind, though what failed is still held."""
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    published.ingest(tmp_path / "inbox")
    filler = published.warehouse.root.parent / "filler"
    space = os.statvfs(filler.parent)
    filler.write_bytes(bytes(space.f_bavail * space.f_bsize - left))
    with pytest.raises(Exception, match=r"(?i)space|full") as failure:
        published.publish()
    assert_untouched(published)
    assert [folder.name for folder in published.warehouse.releases.iterdir()] == ["000001"]
    filler.unlink()
    assert published.publish().version == "000002"
    assert failure.tb is not None


def test_a_disk_that_cannot_be_written(published: Pipeline) -> None:
    """The command says so before it does anything; the release can still be read."""
    from knipsel.flows.cli.run import check_writable

    disk = published.warehouse.root.parent
    assert mount("-o", "remount,ro", str(disk))
    with pytest.raises(OSError, match="Read-only") as failure:
        check_writable(published.warehouse.root)
    assert explain(failure.value)[1].startswith("The disk cannot be written; nothing was changed.")
    assert_untouched(published)
