"""Many small runs leave few files, and change nothing that a reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.warehouse.lake import upkeep
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline, write_files
from tests.texts import article


def files_of(pipeline: Pipeline, table: str) -> int:
    """Return how many files a table has in the lake."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        query = "SELECT file_count FROM ducklake_table_info('lake') WHERE table_name = $name"
        return int(ask(connection, query, {"name": table}).rows[0][0])


def test_small_files_are_merged(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table with too many files has one after the next run; no release comes of it."""
    for number in range(3):
        texts = {f"{n}.txt": article(n) for n in range(12 * number, 12 * number + 12)}
        write_files(tmp_path / "inbox", texts)
        pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    before = files_of(pipeline, "paragraphs")
    assert before > 1
    monkeypatch.setattr(upkeep, "MOST_FILES", 1)
    pipeline.ingest(tmp_path / "inbox")
    assert files_of(pipeline, "paragraphs") == 1
    assert not pipeline.publish().is_new
    with open_lake_for_questions(pipeline.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM articles").rows == [(36,)]
