"""Texts of many megabytes: rows go into the lake by bytes, and one that does not fit stays out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.read.budget import SLOW_SECONDS, Budget
from knipsel.flows.runs import work
from knipsel.flows.runs.open_warehouse import open_warehouse
from knipsel.warehouse.lake import insertion
from knipsel.warehouse.lake.commit import Submission, commit
from knipsel.warehouse.lake.connection import allow_for, bound_memory
from knipsel.warehouse.lake.extensions import connect_with
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.sql import quoted
from tests.pipeline import Pipeline, write_files
from tests.texts import article

MEGABYTE = 1_000_000


def read_as_large(pipeline: Pipeline, inbox: Path, sizes: list[int]) -> Submission:
    """Read as many articles as there are sizes; give them texts of so many bytes where staged."""
    write_files(inbox, {f"{n}.txt": article(n) for n in range(len(sizes))})
    held: list[Submission] = []
    pipeline.commit_submission = held.append  # type: ignore[assignment,method-assign]
    pipeline.ingest(inbox)
    del pipeline.commit_submission
    (submission,) = held
    assert submission.staged is not None
    for number, size in enumerate(sizes):
        make_large(submission.staged.file("articles", number), size)
    return submission


def make_large(file: Path, size: int) -> None:
    """Give the one staged article of a file a text of so many bytes."""
    draft = file.with_suffix(".new")
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            COPY (
                SELECT * REPLACE (rpad(text, {size}, md5(text)) AS text, {size} AS char_count)
                FROM read_parquet({quoted(str(file))})
            ) TO {quoted(str(draft))} (FORMAT parquet)
            """
        )
    draft.replace(file)


def lengths(warehouse: Warehouse) -> list[int]:
    with open_lake_for_questions(warehouse) as connection:
        return [
            row[0] for row in ask(connection, "SELECT strlen(text) FROM articles ORDER BY 1").rows
        ]


@pytest.mark.long  # 230 MB of text, sorted and compressed
def test_many_large_texts_go_in(tmp_path: Path) -> None:
    """Within the memory that a commit may use, which all at once would not fit into."""
    pipeline = Pipeline(Warehouse.at(tmp_path / "wh"), Settings(batch_documents=1))
    sizes = [26 * MEGABYTE] * 9
    submission = read_as_large(pipeline, tmp_path / "inbox", sizes)
    counts = pipeline.commit_submission(submission)
    assert counts.documents_published == len(sizes)
    assert lengths(pipeline.warehouse) == sizes


def test_parts_follow_bytes_and_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is left out, none is in two parts, and a long text goes by itself or with few."""
    monkeypatch.setattr(insertion, "BYTES_AT_ONCE", 100)
    monkeypatch.setattr(insertion, "ARTICLES_AT_ONCE", 5)
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TEMP TABLE incoming AS SELECT repeat('x', size) AS text "
            "FROM (SELECT unnest([10, 10, 10, 10, 10, 10, 500, 10, 10, 90, 90, 10]) AS size)"
        )
        parts = insertion._parts(connection, "incoming")
    assert [row for first, last in parts for row in range(first, last + 1)] == list(range(12))
    assert (5, 5) in parts  # five rows are one part
    assert all(last - first < 5 for first, last in parts)


def test_the_bound_on_memory_follows_the_longest_text(tmp_path: Path) -> None:
    warehouse = Warehouse.at(tmp_path)

    def limit(longest: int) -> str:
        with connect_with("ducklake") as connection:
            bound_memory(connection, warehouse)
            allow_for(connection, f"SELECT {longest}")
            row = connection.execute("SELECT current_setting('memory_limit')").fetchone()
        assert row
        return str(row[0])

    assert limit(MEGABYTE) == limit(0)
    assert limit(100 * MEGABYTE) == "1.4 GiB"


def test_what_does_not_fit_is_held_back_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longest first, with a reason; short texts are never blamed."""
    write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": article(2)})
    long = article(3) + "\n\n".join(article(n) for n in range(4, 900))
    write_files(tmp_path / "inbox", {"long.txt": long})
    tries: list[Submission] = []

    def too_little(warehouse: Warehouse, submission: Submission, *more: object) -> object:
        tries.append(submission)
        if len(tries) == 1:
            raise duckdb.OutOfMemoryException("failed to allocate data of size 381 MiB")
        return commit(warehouse, submission, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "commit", too_little)
    monkeypatch.setattr("knipsel.expectations.staged.too_large.LEAST_BYTES", 100_000)
    warehouse = open_warehouse(tmp_path / "wh")
    counts = warehouse.ingest(tmp_path / "inbox", publish=False).counts
    assert (counts.documents_published, counts.documents_quarantined) == (2, 1)
    reason = warehouse.sql("SELECT rule, message FROM quarantine", lake=True).fetchall()
    assert [rule for rule, _ in reason] == ["too_large"]
    assert "split the file" in reason[0][1]
    assert len(tries) == 2


def test_slow_files_share_what_a_run_may_take() -> None:
    """Once it is spent, a file may still take what no real one takes."""
    budget = Budget(seconds=300, run_seconds=900)
    assert [budget.after(spent).seconds for spent in (0, 500, 700, 899, 5000)] == [
        *(300, 300, 200, SLOW_SECONDS, SLOW_SECONDS)
    ]
    assert Budget(seconds=5).after(5000).seconds == 5
