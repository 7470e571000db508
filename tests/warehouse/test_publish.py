"""Releases: only when there is something new, shared where nothing changed, never by halves."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.release import publish as publishing
from knipsel.warehouse.release.files.corpus_file import CORPUS_FILE, CorpusFileError
from knipsel.warehouse.release.versions import read_versions
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article


def inodes(pipeline: Pipeline, version: str) -> dict[str, int]:
    """Return the file of each table of a release, by what the disk calls it."""
    folder = pipeline.warehouse.releases / version
    return {file.parent.name: file.stat().st_ino for file in folder.glob("*/part-0.parquet")}


@pytest.fixture(scope="module")
def one_release(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with one release of one article."""
    tmp_path = tmp_path_factory.mktemp("one-release")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    return pipeline


@pytest.fixture
def published(one_release: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(one_release, tmp_path)


def test_nothing_new_makes_no_release(published: Pipeline, one_release: Pipeline) -> None:
    """Runs that find everything known, where it was, leave the release as it is."""
    published.ingest(one_release.warehouse.root.parent / "inbox")
    outcome = published.publish()
    assert (outcome.version, outcome.is_new) == ("000001", False)
    assert [release.version for release in read_versions(published.warehouse)] == ["000001"]


def test_a_new_sighting_makes_a_release_that_shares_the_rest(
    published: Pipeline, tmp_path: Path
) -> None:
    """Only tables whose rows changed are written."""
    write_files(tmp_path / "inbox", {"moved.txt": article(1)})
    published.ingest(tmp_path / "inbox")
    outcome = published.publish()
    assert outcome.is_new
    assert set(outcome.tables_written) == {"sightings", "runs", "validations"}
    before, after = inodes(published, "000001"), inodes(published, "000002")
    changed = {name for name in after if before[name] != after[name]}
    assert changed == set(outcome.tables_written)


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    """Two warehouses of the same files hold the same Parquet files, whatever the batches."""
    files = write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(6)})
    digests = []
    for name, documents in (("one", 256), ("two", 2)):
        pipeline = Pipeline(Warehouse.at(tmp_path / name))
        pipeline.settings.batch_documents = documents
        pipeline.ingest(*files)
        pipeline.publish()
        index = json.loads((pipeline.warehouse.latest / "index.json").read_text("utf-8"))
        digests.append({table: facts["sha256"] for table, facts in index["tables"].items()})
    assert digests[0] == digests[1]


def test_runs_say_in_which_release_they_came_out(published: Pipeline) -> None:
    """The lake and the release agree on it."""
    query = "SELECT run_id, release_version FROM runs ORDER BY run_id"
    with open_lake_for_questions(published.warehouse) as connection:
        in_lake = ask(connection, query).rows
    with duckdb.connect(str(published.warehouse.latest / "knipsel.duckdb")) as connection:
        in_release = ask(connection, query).rows
    assert in_lake == in_release == [("run-1", "000001"), ("run-2", "000001")]


def test_a_failing_check_leaves_the_last_release(
    published: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release that is not what it should be is never seen, and leaves nothing behind."""
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    published.ingest(tmp_path / "inbox")
    before = sorted(published.warehouse.root.rglob("*.parquet"))

    def refuse(_: Path, __: dict[str, int]) -> None:
        raise publishing.ReleaseCheckError("refused")

    monkeypatch.setattr(publishing, "check_files", refuse)
    with pytest.raises(publishing.ReleaseCheckError):
        published.publish()
    assert published.warehouse.latest.resolve().name == "000001"
    assert sorted(published.warehouse.root.rglob("*.parquet")) == before
    monkeypatch.undo()
    assert published.publish().version == "000002"


def test_a_release_killed_before_its_list_is_taken_up(published: Pipeline) -> None:
    """What ``latest`` points to was published: the list is completed."""
    published.warehouse.versions_file.unlink()
    outcome = published.publish()
    assert (outcome.version, outcome.is_new) == ("000001", False)
    assert [release.version for release in read_versions(published.warehouse)] == ["000001"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff", b'{"latest": "000001"}'])
def test_no_release_goes_with_the_list(
    published: Pipeline, tmp_path: Path, content: bytes | None
) -> None:
    """What is lost or damaged is made anew from the releases that are there."""
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    published.ingest(tmp_path / "inbox")
    published.publish()
    before = read_versions(published.warehouse)
    file = published.warehouse.versions_file
    whole = file.read_bytes()
    file.unlink() if content is None else file.write_bytes(content)
    assert read_versions(published.warehouse) == before
    published.publish()
    assert file.read_bytes() == whole
    assert {folder.name for folder in published.warehouse.releases.iterdir()} == {
        "000001",
        "000002",
    }


def test_a_release_killed_before_it_was_whole_is_cleared_away(
    published: Pipeline, tmp_path: Path
) -> None:
    """Folders that nobody could see go, and their number is used again."""
    for name in (".unfinished-000002", "000002"):
        (published.warehouse.releases / name / "articles").mkdir(parents=True)
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    published.ingest(tmp_path / "inbox")
    assert published.publish().version == "000002"
    assert {folder.name for folder in published.warehouse.releases.iterdir()} == {
        "000001",
        "000002",
    }


def test_the_lake_learns_of_a_release_that_was_killed_before_telling_it(
    published: Pipeline,
) -> None:
    """The next publishing tells the lake what the release says."""
    from knipsel.warehouse.lake.connection import open_lake

    with open_lake(published.warehouse) as connection:
        connection.execute("UPDATE lake.runs SET release_version = NULL")
    published.publish()
    with open_lake_for_questions(published.warehouse) as connection:
        versions = ask(connection, "SELECT DISTINCT release_version FROM runs").rows
    assert versions == [("000001",)]


MINE = 'title = "Mine"\ncreators = [{ family_name = "Maker" }]\n'


def test_what_people_say_anew_of_their_corpus_makes_a_release(published: Pipeline) -> None:
    """It shares all tables with the last one, but those that tell of the run itself."""
    (published.warehouse.root / CORPUS_FILE).write_text(MINE, encoding="utf-8")
    outcome = published.publish()
    assert set(outcome.tables_written) <= {"runs", "validations"}
    assert "# Mine\n" in (published.warehouse.latest / "README.md").read_text("utf-8")
    assert not published.publish().is_new
    (published.warehouse.root / CORPUS_FILE).unlink()
    assert published.publish().is_new
    assert not (published.warehouse.latest / CORPUS_FILE).exists()


def test_what_is_wrong_in_it_stops_the_release(published: Pipeline) -> None:
    """The last one stays, and nothing of the attempt."""
    (published.warehouse.root / CORPUS_FILE).write_text("title = 1", encoding="utf-8")
    with pytest.raises(CorpusFileError):
        published.publish()
    assert [folder.name for folder in published.warehouse.releases.iterdir()] == ["000001"]
    assert published.warehouse.latest.resolve().name == "000001"
