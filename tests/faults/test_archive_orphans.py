"""What a killed run left in the archive: cleared by the next one, and until then searched."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.plan.plan import look, plan_run
from knipsel.flows.runs.leftovers import finish_what_was_begun
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.open_warehouse import open_warehouse
from knipsel.flows.runs.work import Work
from knipsel.warehouse.intake.archive import archived_file, hash_file
from knipsel.warehouse.intake.arrivals import ARRIVALS, Arrivals
from knipsel.warehouse.intake.containers import unpack
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from tests.archives import tarred, zipped
from tests.byte_search import files_with
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import identifier, marked, published, published_more, take

pytestmark = pytest.mark.long  # whole warehouses, again and again


@pytest.fixture(scope="module")
def one_article(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with one article, whose archive lies beside its warehouse."""
    return published(tmp_path_factory.mktemp("one-article"), [1], archive="archive")


@pytest.fixture
def pipeline(one_article: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    mine = copy_of(one_article, tmp_path)
    mine.warehouse = Warehouse.at(tmp_path / "warehouse", archive=tmp_path / "archive")
    return mine


def killed(pipeline: Pipeline, *paths: Path) -> Run:
    """Do what a run does before it reads anything, and no more."""
    run = pipeline.next_run()
    seen = look(paths, pipeline.warehouse, leave_out=[])
    arrivals = Arrivals.of(pipeline.warehouse, pipeline.warehouse.staging(run.run_id))
    plan_run(seen, pipeline.warehouse, pipeline.settings, run.transform_version, arrivals)
    return run


def next_run(pipeline: Pipeline) -> None:
    with running(pipeline.warehouse, finish_what_was_begun):
        pass


def packed(tmp_path: Path) -> Path:
    """Return an archive in an archive with an article, and what is stated of it."""
    inner = zipped({"2.txt": marked(2, "vraag2"), "2.txt.meta.toml": 'headline = "vraag2kop"'})
    file = tmp_path / "a.tar.gz"
    file.write_bytes(gzip.compress(tarred([("in.zip", inner)]), mtime=0))
    return file


def test_the_next_run_clears_what_was_left(pipeline: Pipeline, tmp_path: Path) -> None:
    """The archive with all that is in it; what documents have stays."""
    killed(pipeline, packed(tmp_path), tmp_path / "inbox")
    assert files_with(pipeline.warehouse.archive, "vraag2bode")
    assert files_with(pipeline.warehouse.archive, "vraag2kop")
    next_run(pipeline)
    assert files_with(tmp_path / "archive", "vraag2") == []
    assert len([file for file in (tmp_path / "archive").glob("??/*") if file.is_file()]) == 1
    assert list((pipeline.warehouse.root / "staging").iterdir()) == []
    assert pipeline.ingest(packed(tmp_path)).documents_published == 3
    next_run(pipeline)
    assert files_with(pipeline.warehouse.archive, "vraag2bode")


def test_drafts_go_with_their_run(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A half-copied file, and a folder of a container that was being taken apart."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(unpack, "adopt", stop)
        broken.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            killed(pipeline, packed(tmp_path))
    (tmp_path / "archive" / f".incoming-run-{pipeline.runs}-half").write_text("vraag2bode")
    others = tmp_path / "archive" / ".incoming-other-half"
    others.write_text("of another warehouse's run")
    next_run(pipeline)
    assert list((tmp_path / "archive").glob(".incoming-*")) == [others]
    assert files_with(tmp_path / "archive", "vraag2bode") == []


def test_what_was_there_before_stays(pipeline: Pipeline, tmp_path: Path) -> None:
    """Of a release beyond the one gone back to; of another warehouse that has the same archive."""
    published_more(pipeline, {"5.txt": marked(5, "vraag5")})
    roll_back(pipeline.warehouse, "1")
    neighbour = Pipeline(Warehouse.at(tmp_path / "other", archive=tmp_path / "archive"))
    write_files(tmp_path / "theirs", {"6.txt": marked(6, "vraag6"), "7.txt": marked(7, "vraag7")})
    neighbour.ingest(tmp_path / "theirs" / "6.txt")
    killed(pipeline, tmp_path / "inbox", tmp_path / "theirs")
    neighbour.ingest(tmp_path / "theirs" / "7.txt")
    killed(pipeline, tmp_path / "theirs")
    next_run(pipeline)
    for name in ("inbox/5.txt", "theirs/6.txt", "theirs/7.txt"):
        document_id = hash_file(tmp_path / name).document_id
        assert archived_file(tmp_path / "archive", document_id).exists(), name


def test_two_killed_runs_of_one_file(pipeline: Pipeline, tmp_path: Path) -> None:
    """The second found there what the first had left; nobody was alone in between."""
    write_files(tmp_path / "inbox", {"5.txt": marked(5, "vraag5")})
    killed(pipeline, tmp_path / "inbox")
    killed(pipeline, tmp_path / "inbox")
    next_run(pipeline)
    assert files_with(tmp_path / "archive", "vraag5bode") == []


def test_a_run_that_fails_clears_up_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing has to wait for the next one."""

    def stop(*_: object, **__: object) -> None:
        raise RuntimeError("stopped")

    house = open_warehouse(tmp_path / "whole", Settings(annotations=()))
    write_files(tmp_path / "inbox", {"5.txt": marked(5, "vraag5")})
    with monkeypatch.context() as broken:
        broken.setattr(Work, "read", stop)
        with pytest.raises(RuntimeError, match="stopped"):
            house.ingest(tmp_path / "inbox")
    assert files_with(house.folder / "archive", "vraag5bode") == []
    assert list((house.folder / "staging").iterdir()) == []


def test_a_catalogue_that_cannot_be_read_loses_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    """What was left stays, and is listed, until it can be told from what documents have."""
    write_files(tmp_path / "inbox", {"5.txt": marked(5, "vraag5")})
    run = killed(pipeline, tmp_path / "inbox")
    catalog = pipeline.warehouse.root / "catalog.sqlite"
    content = catalog.read_bytes()
    catalog.write_bytes(b"no database" * 1000)
    with running(pipeline.warehouse, None):
        pass
    assert files_with(tmp_path / "archive", "vraag5bode")
    assert [file.name for file in pipeline.warehouse.staging(run.run_id).iterdir()] == [ARRIVALS]
    catalog.write_bytes(content)
    next_run(pipeline)
    assert files_with(tmp_path / "archive", "vraag5bode") == []


def test_a_retraction_searches_what_is_nobodys(pipeline: Pipeline, tmp_path: Path) -> None:
    """An archive that an earlier version left, or that is another warehouse's: it is named."""
    killed(pipeline, packed(tmp_path))
    for file in (pipeline.warehouse.root / "staging").glob(f"*/{ARRIVALS}"):
        file.unlink()
    write_files(tmp_path / "inbox", {"2.txt": f"{marked(2, 'vraag2')}\n"})
    pipeline.ingest(tmp_path / "inbox")
    _, outcome = take(pipeline, identifier(pipeline, "vraag2"))
    named = {Path(file).name for file in outcome.proof.strangers}
    assert hash_file(packed(tmp_path)).document_id in named
    assert len(named) == 3  # the outer archive, the inner one, and the article
    assert not outcome.proof.left


def test_a_loose_copy_of_what_a_killed_run_left(pipeline: Pipeline, tmp_path: Path) -> None:
    """The text comes loose, and is retracted: it is nowhere."""
    killed(pipeline, packed(tmp_path))
    write_files(tmp_path / "inbox", {"2.txt": f"{marked(2, 'vraag2')}\n"})
    next_run(pipeline)
    pipeline.ingest(tmp_path / "inbox")
    _, outcome = take(pipeline, identifier(pipeline, "vraag2"))
    assert outcome.proof.strangers == ()
    assert files_with(pipeline.warehouse.root, "vraag2bode") == []
    assert files_with(tmp_path / "archive", "vraag2bode") == []
