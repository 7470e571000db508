"""Backups: what was backed up comes back whole, whatever happens meanwhile and afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from knipsel.expectations.verify.verify import verify
from knipsel.flows.keep.backup import back_up, restore
from knipsel.flows.keep.retract import retract
from knipsel.warehouse.backup import take
from knipsel.warehouse.backup.contents import Contents, contents_of
from knipsel.warehouse.backup.manifest import DamagedBackupError, NoBackupError, list_file
from knipsel.warehouse.backup.places import backup_places
from knipsel.warehouse.backup.restore import TakenPlaceError
from knipsel.warehouse.backup.take import BackupPlaceError
from knipsel.warehouse.backup.upkeep import backup_problems
from knipsel.warehouse.intake.holders import HOLDERS
from knipsel.warehouse.lake.connection import NoWarehouseError, ensure_lake, locked
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.retraction.targets import Request
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again

ALL = "SELECT article_id, text FROM articles ORDER BY article_id"


def articles(warehouse: Warehouse) -> list[tuple[object, ...]]:
    with open_lake_for_questions(warehouse) as connection:
        return list(ask(connection, ALL).rows)


def problems(warehouse: Warehouse) -> list[str]:
    return [problem for check in verify(warehouse) for problem in check.problems]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a warehouse that are there to stay, but for the catalogue.

    What the archive knows of its warehouses is theirs to tell it again.
    """
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name not in {".lock", ".running", "catalog.sqlite"}
        if HOLDERS not in file.parts
    }


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with two releases, a sidecar and a file of the user's own."""
    tmp_path = tmp_path_factory.mktemp("two-releases")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(4)})
    write_files(tmp_path / "inbox", {"1.txt.meta.toml": 'publisher = "De Streekbode"\n'})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    write_files(tmp_path / "later", {"5.txt": article(5)})
    pipeline.ingest(tmp_path / "later")
    pipeline.publish()
    write_files(pipeline.warehouse.root, {"bounds.toml": "# none of mine\n"})
    return pipeline


@pytest.fixture
def pipeline(two_releases: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(two_releases, tmp_path)


def test_all_of_a_warehouse_comes_back(pipeline: Pipeline, tmp_path: Path) -> None:
    """Every file to the byte, sound, and it goes on as the other would have."""
    back_up(pipeline.warehouse, tmp_path / "backups")
    restore(tmp_path / "backups", tmp_path / "again")
    again = Warehouse.at(tmp_path / "again")
    assert files_of(again.root) == files_of(pipeline.warehouse.root)
    assert again.latest.readlink() == pipeline.warehouse.latest.readlink()
    assert problems(again) == []
    goes_on = replace(pipeline, warehouse=again)
    goes_on.ingest(*write_files(tmp_path / "new", {"9.txt": article(9)}))
    goes_on.publish()
    assert len(articles(again)) == len(articles(pipeline.warehouse)) + 1
    assert problems(again) == []


def test_a_second_backup_copies_what_is_new(pipeline: Pipeline, tmp_path: Path) -> None:
    """The catalogue is copied each time; nothing else that was there before is read again."""
    first = back_up(pipeline.warehouse, tmp_path / "backups")
    second = back_up(pipeline.warehouse, tmp_path / "backups")
    assert first.new_files >= len({*first_sums(tmp_path, first.backup.number)})
    assert second.new_files <= 2
    assert second.backup.files == first.backup.files
    assert second.backup.number == "000002"


def first_sums(folder: Path, number: str) -> Iterator[str]:
    """Yield the hashes of the files of a backup."""
    for line in list_file(folder / "backups", number).read_text("utf-8").splitlines()[1:]:
        if found := json.loads(line)["sha256"]:
            yield found


def test_an_older_backup_can_be_taken(pipeline: Pipeline, tmp_path: Path) -> None:
    """As it was then, though files came and the folder went on."""
    before = articles(pipeline.warehouse)
    back_up(pipeline.warehouse, tmp_path / "backups")
    pipeline.ingest(*write_files(tmp_path / "new", {"9.txt": article(9)}))
    back_up(pipeline.warehouse, tmp_path / "backups")
    restore(tmp_path / "backups", tmp_path / "old", "1")
    restore(tmp_path / "backups", tmp_path / "new-one")
    assert articles(Warehouse.at(tmp_path / "old")) == before
    assert len(articles(Warehouse.at(tmp_path / "new-one"))) == len(before) + 1


def test_a_commit_meanwhile_is_no_harm(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are cleared away while others are copied are listed anew."""
    removed: list[str] = []

    def clearing(warehouse: Warehouse, copy: Path) -> Contents:
        found = contents_of(warehouse, copy)
        if not removed:
            source = next(one for one in found.sources if one.place.endswith("bounds.toml"))
            Path(source.address).unlink()
            removed.append(source.place)
        return found

    monkeypatch.setattr(take, "contents_of", clearing)
    taken = back_up(pipeline.warehouse, tmp_path / "backups")
    assert taken.backup.missing == ()
    restore(tmp_path / "backups", tmp_path / "again")
    assert problems(Warehouse.at(tmp_path / "again")) == []
    assert not (tmp_path / "again" / "bounds.toml").exists()


def test_runs_may_commit_while_files_are_copied(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is held for the list alone, not for the copying."""
    free: list[bool] = []
    copied = take._copied

    def looking(*given: object) -> object:
        lock = FileLock(pipeline.warehouse.lock_file, timeout=0)
        with lock:
            free.append(True)
        return copied(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(take, "_copied", looking)
    back_up(pipeline.warehouse, tmp_path / "backups")
    assert free == [True]
    with locked(pipeline.warehouse):
        pass


@pytest.mark.parametrize("catalog", ["sqlite:{folder}/team.sqlite"])
def test_what_lies_elsewhere_comes_home(tmp_path: Path, catalog: str) -> None:
    """Catalogue and data of a team lie in the folder of what is restored, and it uses them."""
    place = Warehouse.at(
        tmp_path / "one",
        catalog=catalog.format(folder=tmp_path),
        data=f"file://{tmp_path}/store/",
    )
    team = Pipeline(place)
    ensure_lake(place)
    team.ingest(*write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(3)}))
    team.publish()
    assert problems(place) == []
    back_up(place, tmp_path / "backups")
    second = back_up(place, tmp_path / "backups")
    assert second.new_files <= 2
    restore(tmp_path / "backups", tmp_path / "again")
    again = Warehouse.at(tmp_path / "again")
    assert articles(again) == articles(place)
    shutil.rmtree(tmp_path / "store")
    (tmp_path / "team.sqlite").unlink()
    assert problems(again) == []
    assert "team.sqlite" not in (tmp_path / "again" / "knipsel.toml").read_text("utf-8")


def test_files_in_an_object_store_are_verified(tmp_path: Path) -> None:
    """One that is missing, or cut short, is named."""
    place = Warehouse.at(tmp_path / "one", data=f"file://{tmp_path}/store/")
    texts = {f"{n}.txt": article(n) for n in range(12)}  # fewer rows stay in the catalogue
    Pipeline(place).ingest(*write_files(tmp_path / "inbox", texts))
    file = next((tmp_path / "store").rglob("articles/*.parquet"))
    whole = file.read_bytes()
    for spoiled in (whole[:-20], whole + b"more"):
        file.write_bytes(spoiled)
        assert file.name in " ".join(problems(place))
    file.unlink()
    assert file.name in " ".join(problems(place))


@pytest.mark.parametrize("at", [0.1, 0.9])
def test_damage_of_a_backup_is_found_and_nothing_of_it_restored(
    pipeline: Pipeline, tmp_path: Path, at: float
) -> None:
    """By `--check` and by restoring, which leaves nothing behind."""
    back_up(pipeline.warehouse, tmp_path / "backups")
    objects = sorted(file for file in (tmp_path / "backups").glob("objects/??/*"))
    file = objects[int(at * len(objects))]
    file.chmod(0o644)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    (problem, *_) = backup_problems(tmp_path / "backups")
    assert file.name in problem
    with pytest.raises(DamagedBackupError, match=file.name):
        restore(tmp_path / "backups", tmp_path / "again")
    assert not list(tmp_path.glob("again*"))
    file.unlink()
    objects[0].write_bytes(b"cut off")  # by its size it is seen without being read
    back_up(pipeline.warehouse, tmp_path / "backups")
    assert list(backup_problems(tmp_path / "backups")) == []


def test_a_list_that_was_changed_is_not_believed(pipeline: Pipeline, tmp_path: Path) -> None:
    """Neither where a place leads out of the warehouse, nor where anything else was written."""
    back_up(pipeline.warehouse, tmp_path / "backups")
    file = list_file(tmp_path / "backups", "000001")
    text = file.read_text("utf-8")
    file.write_text(text.replace("warehouse/bounds.toml", "warehouse/../../x.toml"), "utf-8")
    with pytest.raises(DamagedBackupError):
        restore(tmp_path / "backups", tmp_path / "again")
    file.write_text("{}\n" + text, "utf-8")
    with pytest.raises(DamagedBackupError):
        restore(tmp_path / "backups", tmp_path / "again")
    assert not list(tmp_path.glob("again*"))


def test_a_source_that_is_missing_is_said_and_the_rest_is_there(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    """A damaged warehouse can be backed up, and its backup says what it lacks."""
    lost = next(pipeline.warehouse.archive.glob("??/*"))
    lost.unlink()
    taken = back_up(pipeline.warehouse, tmp_path / "backups")
    assert taken.backup.missing == (str(lost),)


def test_only_what_later_backups_need_is_kept(pipeline: Pipeline, tmp_path: Path) -> None:
    """What was retracted is in no backup any more once the older ones are gone."""
    back_up(pipeline.warehouse, tmp_path / "backups")
    pipeline.ingest(*write_files(tmp_path / "new", {"9.txt": article(9)}))
    back_up(pipeline.warehouse, tmp_path / "backups", keep=1)
    assert [file.stem for file in (tmp_path / "backups" / "backups").iterdir()] == ["000002"]
    assert list(backup_problems(tmp_path / "backups")) == []
    there = {file.name for file in (tmp_path / "backups").glob("objects/??/*")}
    assert there == {*first_sums(tmp_path, "000002")}


def test_what_was_retracted_since_is_said(pipeline: Pipeline, tmp_path: Path) -> None:
    """A backup of before has it still, and whoever restores it hears of that."""
    assert backup_places(pipeline.warehouse) == []
    back_up(pipeline.warehouse, tmp_path / "backups")
    assert backup_places(pipeline.warehouse) == [str(tmp_path / "backups")]
    (gone, *_) = articles(pipeline.warehouse)
    request, run = Request(names=(str(gone[0]),)), pipeline.next_run()
    retract(pipeline.warehouse, request, "asked for", run, pipeline.settings.duplicates)
    back_up(pipeline.warehouse, tmp_path / "backups")
    restored = restore(tmp_path / "backups", tmp_path / "old", "1")
    assert [name[:16] for name in restored.retracted_since] == [str(gone[0])[:16]]
    assert restore(tmp_path / "backups", tmp_path / "now").retracted_since == ()


def test_places_that_will_not_do_are_refused(pipeline: Pipeline, tmp_path: Path) -> None:
    """In a sentence, before anything is written."""
    root = pipeline.warehouse.root
    with pytest.raises(BackupPlaceError, match="name another"):
        back_up(pipeline.warehouse, root / "backups")
    with pytest.raises(BackupPlaceError, match="other files"):
        back_up(pipeline.warehouse, tmp_path)
    with pytest.raises(NoWarehouseError):
        back_up(Warehouse.at(tmp_path / "none"), tmp_path / "backups")
    with pytest.raises(NoBackupError):
        restore(tmp_path / "backups", tmp_path / "again")
    back_up(pipeline.warehouse, tmp_path / "backups")
    with pytest.raises(NoBackupError, match="000001"):
        restore(tmp_path / "backups", tmp_path / "again", "7")
    with pytest.raises(TakenPlaceError):
        restore(tmp_path / "backups", root)


def test_links_are_kept_within_and_followed_without(pipeline: Pipeline, tmp_path: Path) -> None:
    """A folder that lies on another disk belongs to the warehouse; a circle ends."""
    root = pipeline.warehouse.root
    shutil.move(root / "releases", tmp_path / "disk")
    (root / "releases").symlink_to(tmp_path / "disk")
    (tmp_path / "disk" / "round").symlink_to(tmp_path / "disk")
    back_up(pipeline.warehouse, tmp_path / "backups")
    restore(tmp_path / "backups", tmp_path / "again")
    (tmp_path / "disk" / "round").unlink()
    assert problems(Warehouse.at(tmp_path / "again")) == []
    assert (tmp_path / "again" / "latest").readlink() == Path("releases/000002")
