"""A release says where sources were seen from the warehouse, and becomes the lake again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.keep.rollback import roll_back
from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.files.source_paths import found, shown
from tests.archives import zipped
from tests.pipeline import Pipeline, write_files
from tests.retractions import take
from tests.texts import article

NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)
PARTS = st.lists(NAMES.filter(lambda name: name not in {".", ".."}), min_size=1, max_size=5)


@given(PARTS, PARTS)
def test_the_way_there_and_back_loses_nothing(root: Sequence[str], path: Sequence[str]) -> None:
    """For any folder and any path, which is relative in between."""
    here, there = Path("/", *root), "/" + "/".join(path)
    query = f"SELECT shown, {found(here, 'shown')} FROM (SELECT {shown(here, '$path')} AS shown)"
    rows = duckdb.execute(query, {"path": there}).fetchall()
    assert rows[0][0].startswith(("./", "../"))
    assert rows[0][1] == there


def test_what_is_no_path_stays() -> None:
    """Such as the name that stands for one that was retracted."""
    root = Path("/home/ann/warehouse")
    for query in (shown(root, "$path"), found(root, "$path")):
        assert duckdb.execute(f"SELECT {query}", {"path": "(retracted)"}).fetchall() == [
            ("(retracted)",)
        ]


def paths(pipeline: Pipeline, table: str) -> set[str]:
    """Return the paths that the latest release has in a table."""
    file = pipeline.warehouse.latest / table / "part-0.parquet"
    return {row[0] for row in duckdb.sql(f"SELECT path FROM '{file}'").fetchall()}


def in_lake(pipeline: Pipeline) -> set[str]:
    """Return the paths that the lake has."""
    with open_lake(pipeline.warehouse, read_only=True) as lake:
        rows = lake.sql("SELECT path FROM lake.sightings UNION SELECT path FROM lake.documents")
        return {row[0] for row in rows.fetchall()}


@pytest.fixture
def corpus(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline with a release of a text and an archive, and one of a text more."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    (tmp_path / "inbox" / "b.zip").write_bytes(zipped({"c.txt": article(2).encode()}))
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    write_files(tmp_path / "inbox", {"d.txt": article(3)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    return pipeline


def test_a_release_does_not_tell_of_the_machine(corpus: Pipeline) -> None:
    """Where a source was seen is said from the warehouse's folder, and nothing else."""
    expected = {"../inbox/a.txt", "../inbox/b.zip", "../inbox/b.zip!/c.txt", "../inbox/d.txt"}
    assert paths(corpus, "sightings") == paths(corpus, "documents") == expected
    place = str(corpus.warehouse.root.parent).encode()
    told = [
        file.name
        for file in corpus.warehouse.latest.resolve().rglob("*")
        if file.is_file() and place in file.read_bytes()
    ]
    assert told == []


def test_absolute_paths_are_there_where_they_are_asked_for(corpus: Pipeline) -> None:
    """Also of what is shared with a release that had others; and back."""
    corpus.settings = corpus.settings.model_copy(update={"absolute_paths": True})
    write_files(corpus.warehouse.root.parent / "more", {"e.txt": article(4)})
    corpus.ingest(corpus.warehouse.root.parent / "more")
    corpus.publish()
    assert paths(corpus, "documents") == paths(corpus, "sightings") == in_lake(corpus)
    assert all(path.startswith("/") for path in in_lake(corpus))


def test_a_way_back_gives_the_lake_its_paths(corpus: Pipeline) -> None:
    """So that the same files are known where they were; what is in an archive with them."""
    roll_back(corpus.warehouse, "1")
    inbox = corpus.warehouse.root.parent / "inbox"
    assert in_lake(corpus) == {
        str(inbox / "a.txt"),
        str(inbox / "b.zip"),
        f"{inbox / 'b.zip'}!/c.txt",
    }


def test_a_retraction_finds_the_archive_that_a_text_was_in(corpus: Pipeline) -> None:
    """After a way back too, when only a release knows of the archive."""
    inbox = corpus.warehouse.root.parent / "more"
    inbox.mkdir()
    (inbox / "f.zip").write_bytes(zipped({"g.txt": article(5).encode()}))
    corpus.ingest(inbox)
    corpus.publish()
    roll_back(corpus.warehouse, "1")
    file = corpus.warehouse.releases / "000003" / "articles" / "part-0.parquet"
    known = f"SELECT article_id FROM '{corpus.warehouse.releases}/000002/articles/part-0.parquet'"
    ((name,),) = duckdb.sql(
        f"SELECT article_id FROM '{file}' WHERE article_id NOT IN ({known})"
    ).fetchall()
    targets, _ = take(corpus, str(name))
    assert str(inbox / "f.zip") in " ".join(targets.paths)


def test_a_warehouse_that_was_moved_names_no_file_that_never_was(
    corpus: Pipeline, tmp_path: Path
) -> None:
    """What its releases say is from where it was; the lake knows where a file lies."""
    (tmp_path / "far" / "away").mkdir(parents=True)
    moved = Warehouse.at(corpus.warehouse.root.rename(tmp_path / "far" / "away" / "warehouse"))
    file = tmp_path / "inbox" / "a.txt"
    targets, _ = take(Pipeline(moved, runs=corpus.runs), hash_file(file).document_id)
    assert targets.paths == (str(file),)
