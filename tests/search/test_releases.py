"""The index of a release: made with it, kept up to date, without a word of what was retracted."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from filelock import FileLock

import knipsel
from knipsel.expectations.verify.verify import verify
from knipsel.flows.keep.retract import retract
from knipsel.flows.runs.stages import publish_lake, run_record, run_without_flow
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.retraction.targets import Request
from knipsel.warehouse.search.index import opened
from knipsel.warehouse.search.index.build import has_dead, write_index
from knipsel.warehouse.search.index.opened import OpenIndex
from knipsel.warehouse.search.index.state import FOLDER, read_state
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article

GONE, STAYS = "zwanendrifterij", "ooievaarsnest"
"""Words of one article each."""


def _texts(folder: Path) -> list[Path]:
    texts = {
        f"{word}.txt": f"{article(number)}\n\nIn deze stukken staat {word} genoemd, verder niets."
        for number, word in enumerate((GONE, STAYS))
    }
    return list(write_files(folder, texts))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    folder = tmp_path_factory.mktemp("search")
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"))
    first, second = _texts(folder / "inbox")
    pipeline.ingest(first)
    pipeline.publish()
    pipeline.ingest(second)
    pipeline.publish()
    return pipeline


@pytest.fixture
def pipeline(prepared: Pipeline, tmp_path: Path) -> Pipeline:
    return copy_of(prepared, tmp_path / "copy")


def _found(pipeline: Pipeline, word: str, release: str | None = None) -> int:
    return knipsel.open(pipeline.warehouse.root).search(word, release=release).possibly


def _indexes_with(pipeline: Pipeline, word: str) -> list[str]:
    """Return the releases in whose index a word is, also of articles that were taken out."""
    found = []
    for search in sorted(pipeline.warehouse.releases.glob(f"*/{FOLDER}")):
        state = read_state(search)
        assert state is not None
        index = OpenIndex(search.parent, search, state)
        if index.searcher.terms_with_prefix("text_exact", word):
            found.append(search.parent.name)
    return found


def _retract(pipeline: Pipeline, name: str) -> None:
    run = run_without_flow("retraction", datetime(2024, 7, 1, tzinfo=UTC))
    known = hash_file(pipeline.warehouse.root.parent / "inbox" / name).document_id
    asked = Request((known,))
    retract(pipeline.warehouse, asked, "asked", run, DuplicateSettings())


def test_each_release_is_searched_as_it_was(prepared: Pipeline) -> None:
    assert [_found(prepared, GONE, one) for one in ("1", "2")] == [1, 1]
    assert [_found(prepared, STAYS, one) for one in ("1", "2")] == [0, 1]


def test_what_is_indexed_is_shared_with_the_next_release(prepared: Pipeline) -> None:
    first, second = (
        {
            file.stat().st_ino
            for file in (prepared.warehouse.releases / one).glob("search/terms/*.idx")
        }
        for one in ("000001", "000002")
    )
    assert first < second


def test_nothing_of_a_retracted_text_is_left_in_any_index(pipeline: Pipeline) -> None:
    assert _indexes_with(pipeline, GONE) == ["000001", "000002"]
    _retract(pipeline, f"{GONE}.txt")
    assert _indexes_with(pipeline, GONE) == []
    assert [_found(pipeline, word, "2") for word in (GONE, STAYS)] == [0, 1]
    assert all(check.success for check in verify(pipeline.warehouse))


def test_words_of_what_left_the_corpus_before_go_with_a_retraction(
    pipeline: Pipeline,
) -> None:
    releases = pipeline.warehouse.releases
    write_index(releases / "000001", releases / "000002")  # as if an article had gone since
    assert has_dead(releases / "000001")
    assert [_found(pipeline, word, "1") for word in (GONE, STAYS)] == [1, 0]
    _retract(pipeline, f"{STAYS}.txt")
    assert not has_dead(releases / "000001")
    assert _indexes_with(pipeline, STAYS) == []


def test_a_citation_says_what_was_retracted(pipeline: Pipeline, tmp_path: Path) -> None:
    warehouse = knipsel.open(pipeline.warehouse.root)
    result = warehouse.search("stukken", release="2")
    cited = result.cite()
    assert result.compare(cited.result).is_same
    file = tmp_path / "cited.json"
    file.write_text(json.dumps({"identifiers": cited.identifiers}), encoding="utf-8")
    _retract(pipeline, f"{GONE}.txt")
    for expected in (cited.result, str(file)):
        compared = warehouse.search("stukken", release="2").compare(expected)
        assert not compared.is_same
        assert "1 of 2 was retracted; the other 1 are the same" in compared.sentence
    assert warehouse.search("stukken", release="2").cite().checksum != cited.checksum


@pytest.mark.parametrize("harm", ["missing", "version", "cut", "emptied"])
def test_an_index_that_is_no_good_is_made_anew(pipeline: Pipeline, harm: str) -> None:
    search = pipeline.warehouse.latest.resolve() / FOLDER
    terms = next(search.glob("terms/*.term"))
    if harm == "missing":
        shutil.rmtree(search)
    elif harm == "version":
        told = json.loads((search / "index.json").read_text(encoding="utf-8"))
        told["made_with"]["format"] = "0"
        (search / "index.json").write_text(json.dumps(told), encoding="utf-8")
    elif harm == "cut":
        terms.unlink()
        terms.write_bytes(b"")
    else:
        size = terms.stat().st_size
        terms.unlink()
        terms.write_bytes(bytes(size))
    assert _found(pipeline, STAYS) == 1
    state = read_state(search)
    assert state is not None
    assert state.articles == 2
    assert all(check.success for check in verify(pipeline.warehouse))


def test_what_a_killed_search_left_goes_with_the_next_publish(pipeline: Pipeline) -> None:
    """But not what somebody makes right now."""
    left, making = (pipeline.warehouse.root / f".search-{name}" for name in ("left", "making"))
    for folder in (left, making):
        (folder / FOLDER).mkdir(parents=True)
    with FileLock(making / "at-work.lock"):
        pipeline.publish()
        assert (left.exists(), making.exists()) == (False, True)
    pipeline.publish()
    assert not making.exists()


def test_a_release_can_be_without_an_index(tmp_path: Path) -> None:
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    pipeline.ingest(*_texts(tmp_path / "inbox"))
    run = pipeline.next_run()
    record = run_record(run, "publish", run.started_at)
    publish_lake(pipeline.warehouse, run, record, search_index=False)
    folder = pipeline.warehouse.latest.resolve()
    assert not (folder / FOLDER).exists()
    assert all(check.success for check in verify(pipeline.warehouse))
    _retract(pipeline, f"{GONE}.txt")
    assert not (folder / FOLDER).exists()
    assert _found(pipeline, STAYS) == 1


def test_a_release_that_cannot_be_written_is_searched(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(pipeline.warehouse.latest.resolve() / FOLDER)
    made = TemporaryDirectory

    def refused(dir: Path | None = None, **others: Any) -> object:  # noqa: A002
        if dir is not None:
            raise PermissionError
        return made(**others)

    monkeypatch.setattr(opened, "_temporary", refused)
    result = knipsel.open(pipeline.warehouse.root).search(STAYS)
    with result.found() as found:
        assert found.possibly == 1
    assert not (pipeline.warehouse.latest.resolve() / FOLDER).exists()


def test_searching_leaves_a_release_as_it_is(prepared: Pipeline) -> None:
    folder = prepared.warehouse.latest.resolve()
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    _found(prepared, STAYS)
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before
