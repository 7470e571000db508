"""A warehouse that 0.1.0 made: read as it is, brought up to date, gone back in, proven."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from knipsel.expectations.verify.verify import verify
from knipsel.flows.cli.main import app
from knipsel.flows.keep.rollback import roll_back
from knipsel.warehouse.contract.versions import CONTRACT_VERSION, FIRST_VERSION
from knipsel.warehouse.lake import migrations
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.migrations import lake_shape
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import status
from knipsel.warehouse.release.difference import difference
from knipsel.warehouse.release.versions import Release, read_index, read_versions
from tests.byte_search import files_with
from tests.pipeline import SAMPLES, Pipeline
from tests.retractions import take
from tests.upgrades.warehouses import change_lake, content_of, rows, told, unpacked

pytestmark = pytest.mark.long  # whole warehouses, again and again

NEW_FILE = SAMPLES / "waterstand-2024-02-05.txt"
ESSAY = "d03e68c6976cdd6c-1"
"""An article of the first release, with a teaser of it."""

READING = [
    ("status",),
    ("sql", "--lake", "SELECT run_id, contract_version FROM runs"),
    ("sql", "SELECT headline FROM canonical_articles"),
    ("show", ESSAY, "--removed"),
    ("explain", ESSAY),
    ("explain", ESSAY, "duplicates"),
    ("quarantine", "list"),
    ("quarantine", "show", "leeg.txt"),
    ("releases",),
    ("diff", "1", "2"),
    ("registers", "suggest"),
    ("learn", "--dry-run"),
    ("reprocess", "--dry-run", "--all"),
    ("retract", ESSAY, "--dry-run"),
    ("verify",),
]
"""Commands that read, of which none may change a warehouse."""


def problems(warehouse: Warehouse) -> list[str]:
    """Return all that is wrong with a warehouse."""
    return [problem for check in verify(warehouse) for problem in check.problems]


def columns(warehouse: Warehouse, version: str, table: str) -> list[str]:
    """Return the columns of a table of a release."""
    return list(pq.read_schema(warehouse.releases / version / table / "part-0.parquet").names)


def views(warehouse: Warehouse, version: str) -> list[tuple[str, str, str]]:
    """Return the views of a release with their queries and comments."""
    file = warehouse.releases / version / "knipsel.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.sql(
            "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
        ).fetchall()


def releases(pipeline: Pipeline) -> list[Release]:
    """Return the releases, oldest first."""
    return read_versions(pipeline.warehouse)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline into the warehouse as 0.1.0 left it, for tests that only read it."""
    return unpacked(tmp_path_factory.mktemp("untouched"))


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_it_is_read_as_it_is(untouched: Pipeline, arguments: tuple[str, ...]) -> None:
    """No command that reads fails for what it lacks, and none changes a byte."""
    before = content_of(untouched.warehouse)
    place = str(untouched.warehouse.root)
    result = CliRunner().invoke(app, [*arguments, "--warehouse", place])
    assert result.exit_code == 0, result.exception
    assert content_of(untouched.warehouse) == before


def test_its_contract_is_shown(untouched: Pipeline) -> None:
    """As it is, with what becomes of it; programs get the number."""
    place = str(untouched.warehouse.root)
    shown = CliRunner().invoke(app, ["status", "--warehouse", place])
    said = f"1 (the next command that writes brings it up to date, to {CONTRACT_VERSION})"
    assert said in shown.stdout
    as_json = CliRunner().invoke(app, ["status", "--json", "--warehouse", place])
    assert json.loads(as_json.stdout)["contract_version"] == FIRST_VERSION


def test_the_first_run_brings_it_up_to_date(
    old: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    """What is added is said once, in a line; older runs tell what contract they wrote."""
    old.ingest(NEW_FILE)
    (line,) = told(caplog)
    assert line.startswith(f"The warehouse was brought up to date, to contract {CONTRACT_VERSION}:")
    assert "runs.contract_version" in line
    assert status(old.warehouse)["contract_version"] == CONTRACT_VERSION
    assert rows(old, "SELECT contract_version, count(*) FROM runs GROUP BY 1 ORDER BY 1") == [
        (FIRST_VERSION, 4),
        (CONTRACT_VERSION, 1),
    ]
    assert rows(old, "SELECT count(*) FROM articles") == [(5,)]
    old.ingest(NEW_FILE)
    assert told(caplog) == [line]
    with open_lake(old.warehouse, read_only=True) as connection:
        assert lake_shape(connection).is_current
    assert problems(old.warehouse) == []


def test_any_command_that_writes_does(old: Pipeline) -> None:
    """Publishing alone does, and it makes a release of the new contract of the old content."""
    assert old.publish().version == "000003"
    assert [one.contract_version for one in releases(old)] == [1, 1, CONTRACT_VERSION]
    assert rows(old, "SELECT count(*) FROM articles") == [(4,)]
    assert not old.publish().is_new


def test_a_new_lake_is_the_same(upgraded_once: Pipeline, released: Pipeline) -> None:
    """An older lake has the tables, columns, types and meanings of one that was made now."""
    query = """
        SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()
        WHERE database_name = 'lake' ORDER BY ALL
    """
    assert rows(upgraded_once, query) == rows(released, query)


@pytest.mark.parametrize("stopped_at", ["_take_steps", "comment_statements"])
def test_an_upgrade_that_is_killed_changes_nothing(
    old: Pipeline, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    """Until it is committed the lake is of the old contract; the next run brings it to the new."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(migrations, stopped_at, stop)
        with pytest.raises(KeyboardInterrupt):
            old.ingest(NEW_FILE)
    found = status(old.warehouse)
    assert (found["contract_version"], found["articles"]) == (FIRST_VERSION, 4)
    assert old.ingest(NEW_FILE).documents_published == 1
    assert status(old.warehouse)["contract_version"] == CONTRACT_VERSION


def test_a_release_says_its_contract(upgraded_once: Pipeline) -> None:
    """In its index and its data package; those of 0.1.0 are as they were."""
    latest = upgraded_once.warehouse.latest
    assert read_index(latest).contract_version == CONTRACT_VERSION
    package = json.loads((latest / "datapackage.json").read_text("utf-8"))
    assert package["contract_version"] == CONTRACT_VERSION
    assert f"contract {CONTRACT_VERSION}" in (latest / "README.md").read_text("utf-8")
    assert columns(upgraded_once.warehouse, "000003", "runs").count("contract_version") == 1
    assert "contract_version" not in columns(upgraded_once.warehouse, "000002", "runs")
    assert problems(upgraded_once.warehouse) == []


def test_an_old_release_and_a_new_one_differ_in_what_both_have(upgraded_once: Pipeline) -> None:
    """What came with the new contract is not taken for a change of each article."""
    two, three = releases(upgraded_once)[1:]
    found = difference(upgraded_once.warehouse, two, three)
    assert [row["headline"] for row in found.added] == ["Waterstand in de haven van Zoutmonde"]
    assert (found.changed, found.gone) == ([], [])


def test_going_back_to_an_old_release(upgraded: Pipeline) -> None:
    """The lake is of the new contract, with the old content; the next release is, too."""
    roll_back(upgraded.warehouse, "1")
    now = status(upgraded.warehouse)
    assert (now["contract_version"], now["articles"]) == (CONTRACT_VERSION, 2)
    assert rows(upgraded, "SELECT min(contract_version), max(contract_version) FROM runs") == [
        (FIRST_VERSION, CONTRACT_VERSION)
    ]
    assert upgraded.publish().version == "000004"
    one, *_, four = releases(upgraded)
    assert (four.contract_version, four.articles) == (CONTRACT_VERSION, 2)
    found = difference(upgraded.warehouse, one, four)
    assert (found.added, found.changed, found.gone) == ([], [], [])
    assert problems(upgraded.warehouse) == []


def test_going_back_before_anything_else(old: Pipeline) -> None:
    """Going back is a command that writes: it brings the lake up to date as well."""
    roll_back(old.warehouse, "1")
    found = status(old.warehouse)
    assert (found["contract_version"], found["articles"]) == (CONTRACT_VERSION, 2)
    assert problems(old.warehouse) == []


def test_a_retraction_keeps_the_contract_of_old_releases(upgraded: Pipeline) -> None:
    """Their tables, columns and views stay; tables without the text stay to the byte."""
    warehouse = upgraded.warehouse
    before = content_of(warehouse)
    kept = {one.version: views(warehouse, one.version) for one in releases(upgraded)}
    assert files_with(warehouse.root, "gezamenlijke dijkwacht")
    _, outcome = take(upgraded, ESSAY)
    assert outcome.releases == ("000001.1", "000002.1", "000003.1")
    assert not outcome.proof.left
    assert files_with(warehouse.root, "gezamenlijke dijkwacht") == []
    after = content_of(warehouse)
    for version in ("000001", "000002"):
        for table in ("runs", "validations", "time_expressions", "quarantine"):
            name = f"releases/{version}/{table}/part-0.parquet"
            same = table in {"runs", "validations", "quarantine"}
            assert (after[name] == before[name]) is same
        assert views(warehouse, version) == kept[version]
        package = json.loads(after[f"releases/{version}/datapackage.json"])
        package_before = json.loads(before[f"releases/{version}/datapackage.json"])
        assert package["contract_version"] == FIRST_VERSION
        assert [one["schema"] for one in package["resources"]] == [
            one["schema"] for one in package_before["resources"]
        ]
    assert [one.contract_version for one in releases(upgraded)] == [1, 1, CONTRACT_VERSION]
    assert problems(warehouse) == []


def test_documents_are_read_again(old: Pipeline) -> None:
    """What the upgrade leaves to `reprocess` works in a warehouse that was never written to."""
    counts = old.reprocess(is_all=True)
    assert (counts.documents_published, counts.documents_quarantined) == (4, 1)
    assert old.publish().is_new
    assert problems(old.warehouse) == []


def test_a_lake_without_a_version_that_has_all(old: Pipeline) -> None:
    """A lake may lack nothing but the version: it is given that, and its rows their steps."""
    change_lake(old, "ALTER TABLE lake.runs ADD COLUMN contract_version BIGINT")
    assert status(old.warehouse)["contract_version"] == FIRST_VERSION
    old.ingest(NEW_FILE)
    assert rows(old, "SELECT count(*) FROM runs WHERE contract_version IS NULL") == [(0,)]


def test_another_place(old: Pipeline, tmp_path: Path) -> None:
    """A warehouse of 0.1.0 that was moved meanwhile is brought up to date where it is."""
    old.warehouse.root.rename(tmp_path / "moved")
    moved = Pipeline(Warehouse.at(tmp_path / "moved"), runs=old.runs)
    moved.ingest(NEW_FILE)
    assert status(moved.warehouse)["contract_version"] == CONTRACT_VERSION
