"""What the lake holds after runs: nothing twice, nothing lost, whatever the order."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.expectations.verify.verify import verify
from knipsel.warehouse.intake.inbox import NoSuchPathError
from knipsel.warehouse.lake.commit import ReconciliationError, RunCounts
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline, write_files
from tests.profiles import examples
from tests.texts import article

MENU = "  • Home\n  • Nieuws\n  • Contact\n\n"


def rows(pipeline: Pipeline, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the lake."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query).rows


def contents(pipeline: Pipeline) -> dict[str, list[tuple[Any, ...]]]:
    """Return what follows from the files alone: neither runs nor clocks."""
    queries = {
        "documents": "SELECT document_id, status, media_type FROM documents ORDER BY ALL",
        "articles": "SELECT * EXCLUDE (first_seen_at, run_id) FROM articles ORDER BY ALL",
        "paragraphs": "FROM paragraphs ORDER BY ALL",
        "duplicates": "FROM duplicates ORDER BY ALL",
    }
    return {name: rows(pipeline, query) for name, query in queries.items()}


def test_the_same_files_again_add_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    """A second run finds everything known; only the time of the sighting moves on."""
    write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": article(2)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 0, 2, 0, 0, 2)
    before = contents(pipeline)
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 2, 0, 0, 0, 0)
    assert contents(pipeline) == before
    seen = rows(pipeline, "SELECT first_seen_at < last_seen_at FROM sightings")
    assert seen == [(True,), (True,)]


def test_moved_renamed_and_doubled_files_are_sightings(pipeline: Pipeline, tmp_path: Path) -> None:
    """Content makes a document; where it lies makes a sighting."""
    (file,) = write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    shutil.copy(file, tmp_path / "inbox" / "copy.txt")
    file.rename(tmp_path / "inbox" / "renamed.txt")
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 2, 0, 0, 0, 0)
    assert rows(pipeline, "SELECT count(*) FROM documents") == [(1,)]
    seen = rows(pipeline, "SELECT parse_filename(path) FROM sightings ORDER BY path")
    assert seen == [("a.txt",), ("copy.txt",), ("renamed.txt",)]


def test_two_equal_files_in_one_run_are_one_document(pipeline: Pipeline, tmp_path: Path) -> None:
    """The first path names the document; the other is known."""
    write_files(tmp_path / "inbox", {"b.txt": article(1), "a.txt": article(1)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 1, 1, 0, 0, 1)
    assert rows(pipeline, "SELECT file_name FROM documents") == [("a.txt",)]


def test_a_changed_file_is_a_new_document(pipeline: Pipeline, tmp_path: Path) -> None:
    """What the file held before stays."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    write_files(tmp_path / "inbox", {"a.txt": article(2)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1, 0, 1, 0, 0, 1)
    assert rows(pipeline, "SELECT count(*) FROM articles") == [(2,)]


def test_a_run_can_be_repeated_from_the_archive(pipeline: Pipeline, tmp_path: Path) -> None:
    """The archive alone makes the same articles once the inbox is gone."""
    write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": MENU + article(2)})
    pipeline.ingest(tmp_path / "inbox")
    shutil.rmtree(tmp_path / "inbox")
    again = Pipeline(Warehouse.at(tmp_path / "again"))
    again.ingest(pipeline.warehouse.archive)
    assert contents(again) == contents(pipeline)


def test_other_transforms_read_a_document_again(pipeline: Pipeline, tmp_path: Path) -> None:
    """A new version replaces what the old one made, and keeps when it was first seen."""
    write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": MENU + article(1)})
    pipeline.ingest(tmp_path / "inbox")
    before = contents(pipeline)
    pipeline.transform_version = "2-test"
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 0, 2, 0, 0, 2)
    for name in ("documents", "paragraphs", "duplicates"):
        assert contents(pipeline)[name] == before[name]
    made = rows(pipeline, "SELECT transform_version, first_seen_at, run_id FROM articles")
    assert {version for version, _, _ in made} == {"2-test"}
    assert {(str(first)[:19], run) for _, first, run in made} == {("2024-06-01 12:00:00", "run-2")}


def test_a_document_that_was_retracted_stays_away(pipeline: Pipeline, tmp_path: Path) -> None:
    """Its file is counted, and nothing is read."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    with open_lake(pipeline.warehouse) as connection:
        connection.execute("UPDATE lake.documents SET status = 'retracted'")
        connection.execute(
            "INSERT INTO lake.retractions SELECT document_id, NULL, NULL, 'asked', "
            "first_seen_at, run_id FROM lake.documents"
        )
    pipeline.transform_version = "2-test"
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1, 0, 0, 0, 1, 0)


def test_a_warehouse_that_was_moved(pipeline: Pipeline, tmp_path: Path) -> None:
    """It is read and written where it is now, and sound; nothing is left where it was."""
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(12)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    old = pipeline.warehouse.root
    old.rename(tmp_path / "elsewhere")
    pipeline.warehouse = Warehouse.at(tmp_path / "elsewhere")
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(12, 24)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(24, 12, 12, 0, 0, 12)
    pipeline.publish()
    assert [said for one in verify(pipeline.warehouse) for said in one.problems] == []
    assert not old.exists()


def test_equal_texts_are_one_cluster(pipeline: Pipeline, tmp_path: Path) -> None:
    """The canonical article is the best described, whichever came first."""
    poor, rich = MENU + article(1), "Datum: 2024-03-08\n\n" + article(1)
    write_files(tmp_path / "one", {"poor.txt": poor})
    write_files(tmp_path / "two", {"rich.txt": rich, "other.txt": article(2)})
    pipeline.ingest(tmp_path / "one")
    pipeline.ingest(tmp_path / "two")
    found = rows(
        pipeline,
        "SELECT file_name, is_canonical, cluster_id FROM articles JOIN documents "
        "USING (document_id) ORDER BY file_name",
    )
    assert [(name, canonical) for name, canonical, _ in found] == [
        ("other.txt", True),
        ("poor.txt", False),
        ("rich.txt", True),
    ]
    assert found[1][2] == found[2][2] != found[0][2]


@examples(quick=1, long=5)
@given(order=st.permutations(range(6)), cuts=st.sets(st.integers(1, 5), max_size=3))
def test_order_and_batches_do_not_matter(
    order: list[int], cuts: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any order of arrival, in any number of runs, ends in the same lake as one run."""
    texts = [article(1), MENU + article(1), "Datum: 2024-03\n\n" + article(1)]
    texts += [article(2), MENU + article(2), ""]
    folder = tmp_path_factory.mktemp("order")
    files = write_files(folder / "inbox", {f"{n}.txt": text for n, text in enumerate(texts)})
    at_once, by_parts = (Pipeline(Warehouse.at(folder / name)) for name in ("one", "parts"))
    at_once.ingest(*files)
    edges = [0, *sorted(cuts), len(files)]
    for start, end in pairwise(edges):
        by_parts.ingest(*(files[number] for number in order[start:end]))
    assert contents(by_parts) == contents(at_once)


def test_two_runs_over_the_same_files_end_as_one(pipeline: Pipeline, tmp_path: Path) -> None:
    """A run that staged what another has committed meanwhile commits nothing twice."""
    from knipsel.expectations.staged.audit import audit
    from knipsel.flows.plan.file import write_plan
    from knipsel.flows.plan.plan import look, plan_run
    from knipsel.flows.read.batch import run_batch
    from knipsel.flows.read.protocol import Job
    from knipsel.warehouse.lake.staging import Staged

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    slow = pipeline.next_run()
    staging = pipeline.warehouse.staging(slow.run_id)
    seen = look([tmp_path / "inbox"], pipeline.warehouse, [])
    planned = plan_run(seen, pipeline.warehouse, pipeline.settings, slow.transform_version).table
    plan = write_plan(planned, staging)
    run_batch(Job(slow, plan, pipeline.warehouse.archive, 1 << 20), 0)
    assert pipeline.ingest(tmp_path / "inbox").documents_published == 1
    assert pipeline.commit(slow, plan, 1, audit(Staged(staging), 1)) == RunCounts(1, 1, 0, 0, 0, 0)
    assert rows(pipeline, "SELECT count(*) FROM articles") == [(1,)]


def test_counts_that_do_not_add_up_are_refused() -> None:
    """A lost file stops the run."""
    with pytest.raises(ReconciliationError, match="3 files seen, but 2"):
        RunCounts(3, 1, 1, 0, 0, 1).reconcile()


def test_a_path_that_is_not_there_is_named(pipeline: Pipeline, tmp_path: Path) -> None:
    """Nothing is made of it, not even a warehouse."""
    with pytest.raises(NoSuchPathError, match="nowhere"):
        pipeline.ingest(tmp_path / "nowhere")
    assert not pipeline.warehouse.exists


def test_a_lake_of_an_older_version_is_read(pipeline: Pipeline, tmp_path: Path) -> None:
    """A table that came with a later version is empty there, for readers too."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    with open_lake(pipeline.warehouse) as connection:
        connection.execute("DROP TABLE lake.retractions")
    assert rows(pipeline, "FROM retractions") == []
    assert rows(pipeline, "SELECT count(*) FROM articles") == [(1,)]
