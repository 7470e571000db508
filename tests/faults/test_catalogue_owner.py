"""A catalogue has one owner: two warehouses that had one would break each other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from knipsel.expectations.verify.verify import verify
from knipsel.flows.config.settings import Settings
from knipsel.flows.keep.backup import back_up, restore
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.runs.errors import explain
from knipsel.warehouse.addresses.data_owner import ForeignDataError
from knipsel.warehouse.addresses.identity import (
    ForeignCatalogError,
    OtherCatalogError,
    Owner,
    owner_of,
)
from knipsel.warehouse.addresses.remembered import remember_addresses
from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.lake.connection import ensure_lake, open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import status
from tests.pipeline import Pipeline, write_files
from tests.retractions import take
from tests.texts import article


def warehouse_in(folder: Path, name: str) -> Warehouse:
    """Return a warehouse whose catalogue does not lie in its folder, as a team's does not."""
    return Warehouse.at(folder / name, catalog=f"sqlite:{folder / 'team.sqlite'}")


def owner(warehouse: Warehouse) -> Owner | None:
    with open_lake(warehouse, read_only=True) as connection:
        return owner_of(connection)


def identifier(warehouse: Warehouse) -> str:
    return (warehouse.root / "warehouse.id").read_text(encoding="utf-8").strip()


@pytest.fixture
def team(tmp_path: Path) -> Pipeline:
    """Return a warehouse with a catalogue elsewhere, and a release."""
    pipeline = Pipeline(warehouse_in(tmp_path, "one"))
    write_files(tmp_path / "inbox", {"1.txt": article(1)})
    ensure_lake(pipeline.warehouse)
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    return pipeline


@contextmanager
def refused(owner_folder: Path) -> Iterator[None]:
    """See that what is done is refused in a sentence that says whose the catalogue is."""
    with pytest.raises(ForeignCatalogError) as caught:
        yield
    code, sentence = explain(caught.value)
    assert code == 1
    assert str(owner_folder) in sentence
    assert "KNIPSEL_CATALOG" in sentence


def test_a_second_warehouse_is_refused(team: Pipeline, tmp_path: Path) -> None:
    """By what writes and by what reads; the first is none the worse for it."""
    second = Pipeline(warehouse_in(tmp_path, "two"))
    with refused(team.warehouse.root):
        ensure_lake(second.warehouse)
    with refused(team.warehouse.root):
        second.ingest(tmp_path / "inbox")
    with refused(team.warehouse.root):
        status(second.warehouse)
    assert not (second.warehouse.root / "warehouse.id").exists()
    assert status(team.warehouse)["articles"] == 1
    assert not team.publish().is_new


def test_a_warehouse_that_has_another_catalogue_is_refused(team: Pipeline, tmp_path: Path) -> None:
    """It has an identifier, which is not the one that the catalogue knows."""
    own = Pipeline(Warehouse.at(tmp_path / "own"))
    own.ingest(tmp_path / "inbox")
    with refused(team.warehouse.root):
        status(warehouse_in(tmp_path, "own"))


def test_a_moved_warehouse_is_found(team: Pipeline, tmp_path: Path) -> None:
    """The next run notes where it is; a place left behind is free for another one."""
    before = owner(team.warehouse)
    team.warehouse.root.rename(tmp_path / "moved")
    moved = Pipeline(warehouse_in(tmp_path, "moved"), runs=team.runs)
    assert status(moved.warehouse)["articles"] == 1
    assert not moved.publish().is_new
    write_files(tmp_path / "inbox", {"2.txt": article(2)})
    assert moved.ingest(tmp_path / "inbox").documents_published == 1
    after = owner(moved.warehouse)
    assert before is not None
    assert after == Owner(before.warehouse_id, str(tmp_path / "moved"))
    with refused(tmp_path / "moved"):
        status(team.warehouse)


def test_a_warehouse_may_have_several_names(team: Pipeline, tmp_path: Path) -> None:
    """A link to its folder is no other warehouse."""
    (tmp_path / "link").symlink_to(team.warehouse.root)
    linked = Pipeline(warehouse_in(tmp_path, "link"), runs=team.runs)
    assert linked.ingest(tmp_path / "inbox").files_known == 1
    assert status(team.warehouse)["articles"] == 1


def test_a_copy_with_the_same_catalogue_is_refused(team: Pipeline, tmp_path: Path) -> None:
    """It has the same identifier, but the warehouse is still where it was."""
    shutil.copytree(team.warehouse.root, tmp_path / "copy", symlinks=True)
    with refused(team.warehouse.root):
        status(warehouse_in(tmp_path, "copy"))
    with refused(team.warehouse.root):
        Pipeline(warehouse_in(tmp_path, "copy")).ingest(tmp_path / "inbox")
    assert status(team.warehouse)["articles"] == 1


def test_a_copy_with_its_own_catalogue_is_a_warehouse_of_its_own(tmp_path: Path) -> None:
    """Once it is written to; a folder that lost its identifier has it back from its catalogue."""
    first = Pipeline(Warehouse.at(tmp_path / "first"))
    write_files(tmp_path / "inbox", {"1.txt": article(1)})
    first.ingest(tmp_path / "inbox")
    shutil.copytree(first.warehouse.root, tmp_path / "copy", symlinks=True)
    copy = Pipeline(Warehouse.at(tmp_path / "copy"), runs=first.runs)
    assert status(copy.warehouse)["articles"] == 1
    assert identifier(copy.warehouse) == identifier(first.warehouse)
    copy.ingest(tmp_path / "inbox")
    assert identifier(copy.warehouse) != identifier(first.warehouse)
    mine = identifier(first.warehouse)
    (first.warehouse.root / "warehouse.id").unlink()
    first.ingest(tmp_path / "inbox")
    assert identifier(first.warehouse) == mine


def test_a_warehouse_of_before_is_taken_as_it_is(team: Pipeline, tmp_path: Path) -> None:
    """Its catalogue knows nobody: the first that writes owns it."""
    with open_lake(team.warehouse) as connection:
        connection.execute("DROP TABLE lake.owner")
    (team.warehouse.root / "warehouse.id").unlink()
    assert status(team.warehouse)["articles"] == 1
    team.publish()
    assert owner(team.warehouse) == Owner(identifier(team.warehouse), str(team.warehouse.root))
    with refused(team.warehouse.root):
        status(warehouse_in(tmp_path, "two"))


def test_a_catalogue_that_was_lost_is_made_again(tmp_path: Path) -> None:
    """Of the same warehouse as before."""
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "inbox", {"1.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    mine = identifier(pipeline.warehouse)
    (pipeline.warehouse.root / "catalog.sqlite").unlink()
    roll_back(pipeline.warehouse, "1")
    assert owner(pipeline.warehouse) == Owner(mine, str(pipeline.warehouse.root))
    assert identifier(pipeline.warehouse) == mine


def test_a_catalogue_is_remembered_without_its_password(team: Pipeline, tmp_path: Path) -> None:
    """So that a command that is told nothing finds it."""
    remembered = Settings.of(team.warehouse.root).warehouse_at(team.warehouse.root)
    assert remembered == team.warehouse
    place = Warehouse.at(tmp_path / "three", catalog="postgres:dbname=k password=s3cret host=db")
    place.root.mkdir()
    (place.root / "knipsel.toml").write_text("# mine\nworkers = 1\n", "utf-8")
    remember_addresses(place)
    text = (place.root / "knipsel.toml").read_text("utf-8")
    assert text == '# mine\nworkers = 1\ncatalog = "postgres:dbname=k host=db"\n'


def test_a_schema_of_its_own_is_offered_and_remembered(team: Pipeline, tmp_path: Path) -> None:
    """In PostgreSQL; elsewhere there is none."""
    address = "postgres:dbname=k host=db"
    second = Warehouse.at(tmp_path / "Zeeuws 2", catalog=address)
    owned = owner(team.warehouse)
    assert owned is not None
    assert "KNIPSEL_CATALOG_SCHEMA=knipsel_zeeuws_2," in str(ForeignCatalogError(second, owned))
    assert "SCHEMA" not in str(ForeignCatalogError(team.warehouse, owned))
    named = Warehouse.at(tmp_path / "named", catalog=address, catalog_schema="knipsel_two")
    named.root.mkdir()
    remember_addresses(named)
    assert Settings.of(named.root).warehouse_at(named.root) == named
    with pytest.raises(ValueError, match="only one in PostgreSQL has"):
        Warehouse.at(tmp_path / "three", catalog_schema="knipsel_two")


def test_two_warehouses_in_one_database(tmp_path: Path) -> None:
    """Each in a schema of its own: a retraction and a backup touch the other nowhere."""
    address = os.environ.get("KNIPSEL_TEST_POSTGRES")
    if not address:
        pytest.skip("KNIPSEL_TEST_POSTGRES names no database, such as postgres:dbname=test host=db")
    schemas = [f"{tmp_path.parent.name}_{name}".replace("-", "_") for name in ("one", "two")]
    one, two = (
        Pipeline(Warehouse.at(tmp_path / schema, catalog=address, catalog_schema=schema))
        for schema in schemas
    )
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(3)})
    for pipeline in (one, two):
        ensure_lake(pipeline.warehouse)
        pipeline.ingest(tmp_path / "inbox")
        pipeline.publish()
    with refused(one.warehouse.root):
        status(replace(two.warehouse, catalog_schema=schemas[0]))
    take(one, hash_file(tmp_path / "inbox" / "1.txt").document_id)
    back_up(one.warehouse, tmp_path / "backups")
    restore(tmp_path / "backups", tmp_path / "again")
    again = Warehouse.at(tmp_path / "again")
    for place, articles in ((one.warehouse, 2), (two.warehouse, 3), (again, 2)):
        assert status(place)["articles"] == articles
        assert [check for check in verify(place) if not check.success] == []


def test_data_elsewhere_have_one_owner(tmp_path: Path) -> None:
    """Clearing up in one warehouse would take the files of another away."""
    write_files(tmp_path / "inbox", {"1.txt": article(1)})
    shared = f"{tmp_path / 'data'}/"
    first = Pipeline(Warehouse.at(tmp_path / "first", data=shared))
    first.ingest(tmp_path / "inbox")
    with pytest.raises(ForeignDataError, match="KNIPSEL_DATA"):
        Pipeline(Warehouse.at(tmp_path / "second", data=shared)).ingest(tmp_path / "inbox")
    shutil.copytree(first.warehouse.root, tmp_path / "copy", symlinks=True)
    copy = Pipeline(Warehouse.at(tmp_path / "copy", data=shared), runs=first.runs)
    for _ in range(2):
        with pytest.raises(ForeignDataError):
            copy.ingest(tmp_path / "inbox")
    first.warehouse.root.rename(tmp_path / "moved")
    moved = Pipeline(Warehouse.at(tmp_path / "moved", data=shared), runs=first.runs)
    moved.ingest(tmp_path / "inbox")
    take(moved, hash_file(tmp_path / "inbox" / "1.txt").document_id)
    assert [check for check in verify(moved.warehouse) if not check.success] == []


def test_an_empty_catalogue_is_not_taken_for_that_of_a_warehouse(
    team: Pipeline, tmp_path: Path
) -> None:
    """A variable that names another database does not make the warehouse an empty one."""
    other = Warehouse.at(team.warehouse.root, catalog=f"sqlite:{tmp_path / 'other.sqlite'}")
    with pytest.raises(OtherCatalogError, match="may name"), open_lake(other):
        pass
    assert status(team.warehouse)["articles"] == 1
