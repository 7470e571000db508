"""The way back out of the quarantine: documents read again from the archive alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.overruling import NotReleasedError
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions, open_release
from tests.archives import zipped
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again

LONG = article(2) * 2


def rows(pipeline: Pipeline, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the lake."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query).rows


def document(pipeline: Pipeline, name: str) -> str:
    """Return the identifier of the document of a file."""
    return str(
        rows(pipeline, f"SELECT document_id FROM documents WHERE file_name = '{name}'")[0][0]
    )


REASONS = """
    SELECT file_name, rule, run_id, resolved_at IS NULL FROM quarantine ORDER BY ALL
"""


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline that holds back a file for its size and one for its words; no inbox."""
    tmp_path = tmp_path_factory.mktemp("holding")
    settings = Settings(max_document_bytes=2000)
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"), settings, audited=True)
    write_files(tmp_path / "inbox", {"a.txt": article(1), "long.txt": LONG, "words.txt": "Home"})
    pipeline.ingest(tmp_path / "inbox")
    shutil.rmtree(tmp_path / "inbox")
    return pipeline


@pytest.fixture
def held(holding: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(holding, tmp_path)


def test_what_passes_is_published_and_what_fails_again_stays(held: Pipeline) -> None:
    """One transaction: published, its reason resolved; the other's reason stays as it was."""
    held.settings.max_document_bytes = 1 << 20
    before = rows(held, "FROM sightings ORDER BY ALL")
    assert held.replay() == RunCounts(2, 0, 1, 1, 0, 1)
    assert rows(held, REASONS) == [
        ("long.txt", "too_large", "run-1", False),
        ("words.txt", "no_article", "run-1", True),
    ]
    assert rows(held, "SELECT file_name, status, run_id FROM documents ORDER BY 1") == [
        ("a.txt", "published", "run-1"),
        ("long.txt", "published", "run-2"),
        ("words.txt", "quarantined", "run-1"),
    ]
    assert rows(held, "FROM sightings ORDER BY ALL") == before
    assert rows(held, "SELECT flow, files_seen, files_new FROM runs ORDER BY run_id") == [
        ("ingest", 3, 3),
        ("replay", 2, 2),
    ]
    held.publish()
    with open_release(held.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM articles").rows == [(2,)]


def test_a_replay_that_finds_the_same_makes_no_release(held: Pipeline) -> None:
    held.publish()
    assert held.replay() == RunCounts(2, 0, 0, 2, 0, 0)
    assert not held.publish().is_new


def test_another_reason_replaces_the_one_before(held: Pipeline) -> None:
    """What was wrong stays on record as resolved; what is wrong now is open."""
    held.settings.max_document_bytes = 2100
    assert held.replay(rule="too_large") == RunCounts(1, 0, 0, 1, 0, 0)
    assert rows(held, "SELECT run_id, value, resolved_at IS NULL FROM quarantine "
                "WHERE rule = 'too_large' ORDER BY 1") == [
        ("run-1", str(len(LONG)), False),
        ("run-2", str(len(LONG)), True),
    ]  # fmt: skip


def test_some_documents_alone_are_replayed(held: Pipeline) -> None:
    held.settings.max_document_bytes = 1 << 20
    assert held.replay(document(held, "words.txt")).documents_published == 0
    assert held.replay(rule="no_article").documents_published == 0
    assert held.replay(document(held, "long.txt")).documents_published == 1


def test_bytes_that_are_missing_or_damaged_leave_the_document_as_it_is(held: Pipeline) -> None:
    """It is named, and never made of other bytes."""
    from knipsel.flows.plan.reprocessing import select_held_back

    held.settings.max_document_bytes = 1 << 20
    long, words = document(held, "long.txt"), document(held, "words.txt")
    archived_file(held.warehouse.archive, long).write_text(article(9), encoding="utf-8")
    archived_file(held.warehouse.archive, words).unlink()
    missing = select_held_back(held.warehouse)
    assert missing.documents == []
    assert [note.split(":")[0] for note in missing.notes()] == [
        f"long.txt ({long[:16]})",
        f"words.txt ({words[:16]})",
    ]
    assert held.replay() == RunCounts(0, 0, 0, 0, 0, 0)
    assert rows(held, "SELECT count(*) FROM quarantine WHERE resolved_at IS NULL") == [(2,)]


def test_a_release_lasts(held: Pipeline, tmp_path: Path) -> None:
    """It is published and stays so: seen again, read by newer transforms, read again by will."""
    long = document(held, "long.txt")
    assert held.release(long, "it is an essay") == RunCounts(1, 0, 1, 0, 0, 1)
    assert rows(held, "SELECT rule, value, message, resolved_at IS NULL FROM quarantine "
                f"WHERE document_id = '{long}' ORDER BY 1") == [
        ("released", "too_large", "it is an essay", False),
        ("too_large", str(len(LONG)), rows(held, "SELECT message FROM quarantine WHERE "
                                           "rule = 'too_large'")[0][0], False),
    ]  # fmt: skip
    write_files(tmp_path / "again", {"long.txt": LONG})
    assert held.ingest(tmp_path / "again").files_known == 1
    held.transform_version = "newer"
    assert held.ingest(tmp_path / "again").documents_published == 1
    held.transform_version = "newest"
    assert held.reprocess() == RunCounts(3, 0, 2, 1, 0, 2)
    assert rows(held, "SELECT count(*) FROM quarantine WHERE rule = 'released'") == [(1,)]
    held.publish()


def test_a_bad_sidecar_can_be_overruled_until_it_is_mended(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    """The document is read as if it had none; what a mended one says counts."""
    folder = tmp_path / "inbox"
    write_files(folder, {"a.txt": article(1), "a.txt.meta.toml": 'date_published = "maart"'})
    pipeline.ingest(folder)
    pipeline.release(document(pipeline, "a.txt"), "never mind the sidecar")
    assert rows(pipeline, "SELECT date_published FROM articles") == [(None,)]
    write_files(folder, {"a.txt.meta.toml": 'date_published = "2023-03"'})
    assert pipeline.ingest(folder).documents_published == 1
    assert rows(pipeline, "SELECT date_published FROM articles") == [("2023-03",)]


def test_what_cannot_be_overruled_is_refused_and_nothing_changes(held: Pipeline) -> None:
    """A sentence says why: there is nothing to publish, or it fails by another rule besides."""
    with pytest.raises(NotReleasedError, match=r"from no_article: no article was found in it"):
        held.release(document(held, "words.txt"), "please")
    with pytest.raises(NotReleasedError, match="Nothing holds"):
        held.release(document(held, "a.txt"), "please")
    assert rows(held, "SELECT count(*) FROM runs") == [(1,)]


def test_a_release_that_would_fail_otherwise_is_refused(pipeline: Pipeline, tmp_path: Path) -> None:
    pipeline.settings.max_document_bytes = 10
    write_files(tmp_path / "inbox", {"long words.txt": "Home Contact Nieuws"})
    pipeline.ingest(tmp_path / "inbox")
    with pytest.raises(NotReleasedError, match=r"fails no_article\. .*Nothing was changed"):
        pipeline.release(document(pipeline, "long words.txt"), "please")
    assert rows(pipeline, "SELECT rule FROM quarantine WHERE resolved_at IS NULL") == [
        ("too_large",)
    ]


def test_an_archive_that_was_refused_comes_back_with_what_is_in_it(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    """As if it had been taken apart when it was seen: a later ingest knows all of it."""
    pipeline.settings.max_archive_members = 1
    inbox = tmp_path / "inbox"
    write_files(inbox, {"loose.txt": article(1)})
    for name in ("a.zip", "b.zip"):
        content = zipped({"one.txt": article(1), "two.txt": article(2), "no.txt": "Home"})
        (inbox / name).write_bytes(content)
    assert pipeline.ingest(inbox) == RunCounts(3, 1, 1, 1, 0, 1)
    pipeline.settings.max_archive_members = 10
    assert pipeline.replay() == RunCounts(8, 5, 2, 1, 0, 1)
    seen = rows(pipeline, "SELECT path, first_seen_at, last_seen_at FROM sightings ORDER BY 1")
    assert len(seen) == 9
    assert len({times for _, *times in map(tuple, seen) for times in times}) == 1
    assert pipeline.ingest(inbox) == RunCounts(9, 9, 0, 0, 0, 0)
    pipeline.publish()


def test_a_retracted_document_is_never_read_again(held: Pipeline) -> None:
    with open_lake(held.warehouse) as connection:
        connection.execute("UPDATE lake.documents SET status = 'retracted'")
        connection.execute(
            "INSERT INTO lake.retractions SELECT document_id, NULL, NULL, 'asked', "
            "first_seen_at, run_id FROM lake.documents"
        )
    held.settings.max_document_bytes = 1 << 20
    held.transform_version = "newer"
    assert held.replay() == held.reprocess() == RunCounts(0, 0, 0, 0, 0, 0)
