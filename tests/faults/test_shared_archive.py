"""Several warehouses with one archive: a source goes when the last of them lets go of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from knipsel.expectations.verify.verify import verify
from knipsel.flows.runs.leftovers import finish_what_was_begun, settle_archive
from knipsel.flows.runs.lock import running
from knipsel.warehouse.addresses.identity import own_identifier
from knipsel.warehouse.intake.archive import archived_file, hash_file
from knipsel.warehouse.intake.holders import HOLDERS
from knipsel.warehouse.layout import Warehouse
from tests.archives import zipped
from tests.byte_search import files_with
from tests.faults.test_archive_orphans import killed
from tests.pipeline import Pipeline
from tests.retractions import identifier, marked, published, published_more, take

pytestmark = pytest.mark.long  # whole warehouses, again and again


@pytest.fixture(scope="module")
def two_warehouses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``warehouse`` and ``other``, which hold the same in one archive."""
    folder = tmp_path_factory.mktemp("two")
    pipeline = published(folder, [1, 2], archive="archive")
    published_more(pipeline, {"3.zip": zipped({"3.txt": marked(3, "vraag3")})})
    other = Pipeline(Warehouse.at(folder / "other", archive=folder / "archive"))
    other.ingest(folder / "inbox")
    other.publish()
    return folder


@pytest.fixture
def pair(two_warehouses: Path, tmp_path: Path) -> tuple[Pipeline, Pipeline]:
    """Return both for a test of its own: the archive knows them where they are now."""
    shutil.copytree(two_warehouses, tmp_path, symlinks=True, dirs_exist_ok=True)
    found = tuple(
        Pipeline(Warehouse.at(tmp_path / name, archive=tmp_path / "archive"), runs=9)
        for name in ("warehouse", "other")
    )
    for one in found:
        one.ingest(tmp_path / "inbox")
    return found[0], found[1]


def problems(pipeline: Pipeline) -> list[str]:
    return [problem for check in verify(pipeline.warehouse) for problem in check.problems]


def notes(pipeline: Pipeline) -> str:
    return " ".join(note for check in verify(pipeline.warehouse) for note in check.notes)


def in_archive(pipeline: Pipeline, mark: str) -> list[str]:
    return files_with(pipeline.warehouse.archive, f"{mark}bode")


def claims(pipeline: Pipeline) -> set[str]:
    folder = pipeline.warehouse.archive / HOLDERS
    return {one.name for one in folder.iterdir() if one.is_dir()}


def _places(pipeline: Pipeline) -> list[Path]:
    return list((pipeline.warehouse.archive / HOLDERS).glob("*/place"))


def test_a_source_stays_for_the_other_and_goes_with_the_last(
    pair: tuple[Pipeline, Pipeline],
) -> None:
    """Loose, and in a container; the proof names who else has it, and both are sound."""
    one, other = pair
    for mark, files in (("vraag1", 1), ("vraag3", 2)):
        article = identifier(one, mark)
        _, outcome = take(one, article)
        assert {held.folder for held in outcome.proof.held_by} == {str(other.warehouse.root)}
        assert len(outcome.proof.held_by) == files
        assert str(other.warehouse.root) in outcome.certificate.read_text(encoding="utf-8")
        assert files_with(one.warehouse.root, f"{mark}bode") == []
        assert len(in_archive(one, mark)) == files
        assert problems(one) == problems(other) == []
        assert "retracted here, and stays in the archive for" in notes(one)
        one.ingest(one.warehouse.root.parent / "inbox")  # it is seen again, and known
        assert len(in_archive(one, mark)) == files
        _, outcome = take(other, article)
        assert outcome.proof.held_by == ()
        assert in_archive(one, mark) == []
        assert problems(one) == problems(other) == []


def test_a_warehouse_that_is_no_more_keeps_nothing_for_ever(
    pair: tuple[Pipeline, Pipeline],
) -> None:
    """What says that it holds something is named, and may be removed."""
    one, other = pair
    shutil.rmtree(other.warehouse.root)
    _, outcome = take(one, identifier(one, "vraag1"))
    (held,) = outcome.proof.held_by
    assert held.claim is not None
    assert settle_archive(one.warehouse) == 0
    shutil.rmtree(held.claim)
    (own,) = (claim for claim in _places(one) if str(one.warehouse.root) in claim.read_text())
    own.with_name("sources").write_text("")
    assert any("does not know" in problem for problem in problems(one))
    assert any("retract --finish" in problem for problem in problems(one))
    assert settle_archive(one.warehouse) == 1
    assert in_archive(one, "vraag1") == []
    assert problems(one) == []


def test_what_another_holds_is_no_orphan(pair: tuple[Pipeline, Pipeline], tmp_path: Path) -> None:
    """A killed run brought what the other holds, and what nobody does: only this goes."""
    one, other = pair
    file = tmp_path / "inbox" / "4.txt"
    file.write_text(marked(4, "vraag4"), encoding="utf-8")
    killed(one, file)
    killed(other, file)
    other.ingest(file)
    killed(one, file)  # in the place of the other's, which gave way to this run's own
    with running(one.warehouse, finish_what_was_begun):
        pass
    document_id = hash_file(file).document_id
    assert archived_file(one.warehouse.archive, document_id).exists()
    _, outcome = take(other, identifier(other, "vraag4"))
    assert outcome.proof.held_by == ()
    assert in_archive(one, "vraag4") == []


def test_a_copy_of_a_warehouse_holds_on_its_own(
    pair: tuple[Pipeline, Pipeline], tmp_path: Path
) -> None:
    """Once it is written to; one that was moved is the same."""
    one, _ = pair
    before = claims(one)
    shutil.copytree(one.warehouse.root, tmp_path / "copy", symlinks=True)
    copy = Pipeline(Warehouse.at(tmp_path / "copy", archive=tmp_path / "archive"), runs=20)
    copy.ingest(tmp_path / "inbox")
    assert len(claims(one)) == len(before) + 1
    one.warehouse.root.rename(tmp_path / "moved")
    moved = Pipeline(Warehouse.at(tmp_path / "moved", archive=tmp_path / "archive"), runs=30)
    moved.ingest(tmp_path / "inbox")
    assert len(claims(moved)) == len(before) + 1
    _, outcome = take(copy, identifier(copy, "vraag1"))
    assert {held.folder for held in outcome.proof.held_by} == {
        str(tmp_path / "moved"),
        str(tmp_path / "other"),
    }
    assert all(held.claim is None for held in outcome.proof.held_by)


def test_a_copy_with_its_archive_holds_nothing_for_the_first(tmp_path: Path) -> None:
    """The copy of the archive has the first one's folder in it, which speaks of another archive."""
    first = published(tmp_path, [1, 2])
    shutil.copytree(first.warehouse.root, tmp_path / "copy", symlinks=True)
    copy = replace(first, warehouse=Warehouse.at(tmp_path / "copy"))
    _, outcome = take(copy, identifier(copy, "vraag1"))
    assert outcome.proof.held_by == ()
    assert in_archive(copy, "vraag1") == []
    assert in_archive(first, "vraag1")
    assert own_identifier(copy.warehouse) != own_identifier(first.warehouse)


def test_an_archive_of_before(pair: tuple[Pipeline, Pipeline], tmp_path: Path) -> None:
    """Each warehouse makes itself known, with all that it has, when it next brings something."""
    one, other = pair
    (tmp_path / "inbox" / "4.txt").write_text(marked(4, "vraag4"), encoding="utf-8")
    other.ingest(tmp_path / "inbox")
    shutil.rmtree(tmp_path / "archive" / HOLDERS)
    assert "of no warehouse that it knows" in notes(one)
    other.ingest(tmp_path / "inbox" / "4.txt")
    assert f"of other warehouses: {other.warehouse.root}" in notes(one)
    _, outcome = take(one, identifier(one, "vraag2"))
    assert {held.folder for held in outcome.proof.held_by} == {str(other.warehouse.root)}
    assert problems(other) == []
