"""Releases over time: going back to one, and how two differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.expectations.releases.release_rules import check_release
from knipsel.flows.keep.rollback import roll_back, text_changes
from knipsel.flows.runs.leftovers import finish_what_was_begun
from knipsel.flows.runs.lock import running
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions, open_release, status
from knipsel.warehouse.release import rollback
from knipsel.warehouse.release.difference import difference
from knipsel.warehouse.release.rollback import NoSuchReleaseError, find_release, pending_file
from knipsel.warehouse.release.versions import current_release, read_versions
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import marked, take
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again


def lake(pipeline: Pipeline, query: str) -> list[tuple[object, ...]]:
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query).rows


def latest(pipeline: Pipeline) -> str:
    release = current_release(pipeline.warehouse, read_versions(pipeline.warehouse))
    assert release is not None
    return release.version


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with two releases: of two articles, and of four."""
    tmp_path = tmp_path_factory.mktemp("two-releases")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    for day in (0, 1):
        texts = {f"{n}.txt": marked(n, f"vraag{n}") for n in (2 * day, 2 * day + 1)}
        write_files(tmp_path / "inbox", texts)
        pipeline.ingest(tmp_path / "inbox")
        pipeline.publish()
    return pipeline


@pytest.fixture
def grown(two_releases: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(two_releases, tmp_path)


def test_going_back(grown: Pipeline, tmp_path: Path) -> None:
    """Readers and the lake have the older articles; what came later can come again."""
    before = grown.warehouse.root / "releases" / "000002" / "articles" / "part-0.parquet"
    content = before.read_bytes()
    roll_back(grown.warehouse, "1")
    assert latest(grown) == "000001"
    with open_release(grown.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM articles").rows == [(2,)]
    assert lake(grown, "SELECT count(*) FROM articles") == [(2,)]
    told = status(grown.warehouse)
    assert (told["latest_release"], told["unpublished_tables"]) == ("000001", [])
    assert lake(grown, "SELECT flow FROM runs ORDER BY started_at DESC LIMIT 1") == [("rollback",)]
    assert not grown.publish().is_new
    assert grown.ingest(tmp_path / "inbox").documents_published == 2
    assert grown.publish().version == "000003"
    assert latest(grown) == "000003"
    assert before.read_bytes() == content
    assert sorted(lake(grown, "SELECT text FROM articles")) == sorted(
        (marked(n, f"vraag{n}"),) for n in range(4)
    )
    with open_release(grown.warehouse) as connection:
        assert all(outcome.success for outcome in check_release(connection))


def test_forward_again(grown: Pipeline) -> None:
    """A later release is as good a place to go to as an earlier one."""
    roll_back(grown.warehouse, "000001")
    roll_back(grown.warehouse, "000002")
    assert latest(grown) == "000002"
    assert lake(grown, "SELECT count(*) FROM articles") == [(4,)]


def test_what_was_retracted_does_not_come_back(grown: Pipeline, tmp_path: Path) -> None:
    """Neither the text nor the file, though the older release had it and was made before."""
    take(grown, query="SELECT article_id FROM articles WHERE contains(text, 'vraag1')")
    take(grown, query="SELECT article_id FROM articles WHERE contains(text, 'vraag3')")
    roll_back(grown.warehouse, "1")
    assert lake(grown, "SELECT count(*) FROM articles") == [(1,)]
    counts = grown.ingest(tmp_path / "inbox")
    assert (counts.documents_published, counts.files_retracted) == (1, 2)
    grown.publish()


def test_the_state_after_going_back_is_that_of_the_release(grown: Pipeline) -> None:
    """Warnings of what came later count no more; of the tables, those that kept rows differ."""
    with open_lake(grown.warehouse) as connection:
        connection.execute(
            "INSERT INTO lake.validations BY NAME SELECT run_id, 'release.articles' AS suite, "
            "'later' AS rule, 'warning' AS severity, false AS success, 1 AS element_count, "
            "1 AS unexpected_count FROM lake.runs "
            "WHERE release_version = '000002' AND flow = 'publish'"
        )
    assert [one["rule"] for one in status(grown.warehouse)["release_audit"]["failing"]] == ["later"]
    roll_back(grown.warehouse, "1")
    found = status(grown.warehouse)
    assert found["release_audit"]["failing"] == found["unpublished_tables"] == []
    roll_back(grown.warehouse, "2")
    take(grown, str(lake(grown, "SELECT max(article_id) FROM articles")[0][0]))
    roll_back(grown.warehouse, "1")
    assert set(status(grown.warehouse)["unpublished_tables"]) <= {"documents", "retractions"}


def test_clusters_after_going_back(pipeline: Pipeline, tmp_path: Path) -> None:
    """They are those of the release, and those of one run over all after the next one."""
    longer = marked(3, "vraag3")
    shorter = "\n\n".join(longer.split("\n\n")[:-1])
    write_files(tmp_path / "inbox", {"short.txt": shorter, "other.txt": article(8)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    write_files(tmp_path / "inbox", {"long.txt": longer})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    query = "SELECT article_id, cluster_id, is_canonical FROM articles ORDER BY 1"
    both, pairs = lake(pipeline, query), lake(pipeline, "FROM duplicates")
    roll_back(pipeline.warehouse, "1")
    assert lake(pipeline, "FROM duplicates WHERE is_duplicate") == []
    pipeline.ingest(tmp_path / "inbox")
    assert lake(pipeline, query) == both
    assert lake(pipeline, "FROM duplicates") == pairs


def test_a_way_back_that_is_interrupted_is_finished(
    grown: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers have the older release at once; whoever comes next brings the lake there."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(rollback, "complete", stop)
        with pytest.raises(KeyboardInterrupt):
            roll_back(grown.warehouse, "1")
    assert latest(grown) == "000001"
    assert lake(grown, "SELECT count(*) FROM articles") == [(4,)]
    with running(grown.warehouse, finish_what_was_begun):
        pass
    assert lake(grown, "SELECT count(*) FROM articles") == [(2,)]
    assert not pending_file(grown.warehouse).exists()


def test_no_such_release(grown: Pipeline) -> None:
    with pytest.raises(NoSuchReleaseError, match="000001 to 000002"):
        roll_back(grown.warehouse, "17")


def test_what_differs(grown: Pipeline, tmp_path: Path) -> None:
    """Each article that differs is named with the reason."""
    one, two = (find_release(grown.warehouse, name) for name in ("1", "2"))
    found = difference(grown.warehouse, one, two)
    assert (len(found.added), found.changed, found.gone) == (2, [], [])
    assert {row["why"] for row in found.added} == {
        "Its source came with the ingest of 2024-06-01 14:00 UTC."
    }
    back = difference(grown.warehouse, two, one)
    assert len(back.gone) == 2
    front = "De bode kwam in de nacht over de dam\n\nDoor Anna de Boer\n\n8 maart 2024\n\n"
    longer = f"{front}{marked(1, 'vraag1')}\n\nEn daarna sprak de raad nog lang over de haven."
    write_files(tmp_path / "inbox", {"9.txt": longer})
    grown.ingest(tmp_path / "inbox")
    grown.publish()
    now = difference(grown.warehouse, two, find_release(grown.warehouse, "3"))
    assert len(now.added) == 1
    changed = {"cluster_id", "canonical_article_id", "is_canonical"}
    assert [set(row["columns"]) | {"cluster_id"} for row in now.changed] == [changed]
    assert "duplicates" in now.changed[0]["why"]


def test_what_is_said_of_an_article_differs(grown: Pipeline) -> None:
    """An article has changed where only the rows of another table have, whatever their order."""
    (chosen,), *_ = lake(grown, "SELECT article_id FROM articles ORDER BY ALL")
    with open_lake(grown.warehouse) as connection:
        connection.execute(
            "UPDATE lake.paragraphs SET role = 'heading' WHERE article_id = $article "
            "AND position = 1",
            {"article": chosen},
        )
        connection.execute(
            "INSERT INTO lake.topics SELECT article_id, 'ceasefire', 1, 0 FROM lake.articles "
            "WHERE article_id = $article",
            {"article": chosen},
        )
    grown.publish()
    two, three = (find_release(grown.warehouse, name) for name in ("2", "3"))
    found = difference(grown.warehouse, two, three)
    assert (found.added, found.gone) == ([], [])
    assert [(row["article_id"], row["columns"]) for row in found.changed] == [
        (chosen, ["paragraphs", "topics"])
    ]


def test_texts_that_differ_are_shown(grown: Pipeline) -> None:
    """The lines that changed, of those whose text did."""
    with open_lake(grown.warehouse) as connection:
        connection.execute(
            "UPDATE lake.articles SET text = replace(text, 'raadszaal', 'kerk'), "
            "transform_version = 'next' WHERE contains(text, 'vraag0')"
        )
    grown.publish()
    two, three = (find_release(grown.warehouse, name) for name in ("2", "3"))
    found = difference(grown.warehouse, two, three)
    assert [row["columns"] for row in found.changed] == [["text"]]
    assert f"transforms {grown.version} before, next now" in found.changed[0]["why"]
    ((_, lines),) = text_changes(grown.warehouse, two, three, found, 5)
    assert "-Dat zei vraag0slot in de raadszaal." in lines
    assert "+Dat zei vraag0slot in de kerk." in lines
