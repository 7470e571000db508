"""What a comparison finds in a lake of any older contract: tables, columns, types, nulls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow.parquet as pq
import pytest

from knipsel.expectations.verify.verify import verify
from knipsel.flows.keep.rollback import roll_back
from knipsel.warehouse.contract import BY_NAME, TABLES, Table, ddl
from knipsel.warehouse.contract.arrow import arrow_schema
from knipsel.warehouse.contract.versions import CONTRACT_VERSION, FIRST_VERSION, STEPS, Step
from knipsel.warehouse.lake import migrations
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.migrations import LakeShape, lake_shape
from knipsel.warehouse.queries.articles.shown import show
from knipsel.warehouse.queries.queries import status
from knipsel.warehouse.release.difference import difference
from knipsel.warehouse.release.files.datapackage import table_schema
from knipsel.warehouse.release.tables import own_tables
from knipsel.warehouse.release.versions import read_versions
from tests.pipeline import SAMPLES, Pipeline, write_files
from tests.retractions import take
from tests.texts import article
from tests.upgrades.warehouses import change_lake, content_of, rows, told

pytestmark = pytest.mark.long  # whole warehouses, again and again

NEW_FILE = SAMPLES / "waterstand-2024-02-05.txt"


def shape_of(pipeline: Pipeline) -> LakeShape:
    """Return what a lake is like, as a reader who sees through the views."""
    with open_lake(pipeline.warehouse, read_only=True) as connection:
        return lake_shape(connection)


@pytest.fixture
def older(old: Pipeline) -> Pipeline:
    """Return a pipeline into a lake of a contract that lacked much, and had a column more."""
    change_lake(
        old,
        "DROP TABLE lake.topics",
        "DROP TABLE lake.retractions",
        "DROP TABLE lake.text_pairs",
        "ALTER TABLE lake.articles DROP COLUMN genre",
        "ALTER TABLE lake.quarantine DROP COLUMN value",
        "ALTER TABLE lake.documents DROP COLUMN byte_size",
        "ALTER TABLE lake.documents ADD COLUMN byte_size INTEGER",
        "UPDATE lake.documents SET byte_size = 17",
        "BEGIN",
        "ALTER TABLE lake.documents ADD COLUMN pages BIGINT",
        "UPDATE lake.documents SET pages = 1",
        "ALTER TABLE lake.documents ALTER COLUMN pages SET NOT NULL",
        "UPDATE lake.articles SET language = 'nl'",
        "ALTER TABLE lake.articles ALTER COLUMN language SET NOT NULL",
        "COMMIT",
    )
    return old


def test_what_it_lacks_is_null_for_readers(older: Pipeline) -> None:
    """A column is null, a table empty, a number as it was; no file changes."""
    before = content_of(older.warehouse)
    assert status(older.warehouse)["articles"] == 4
    ((name, genre),) = rows(older, "SELECT article_id, genre FROM articles LIMIT 1")
    assert genre is None
    assert show(older.warehouse, str(name))["article"]["genre"] is None
    assert rows(older, "FROM topics") == rows(older, "FROM retractions") == []
    assert rows(older, "SELECT DISTINCT typeof(byte_size), byte_size FROM documents") == [
        ("BIGINT", 17)
    ]
    checks = {check.name: check.problems for check in verify(older.warehouse)}
    assert checks["texts of the lake"] == checks["archive"] == ()
    assert content_of(older.warehouse) == before


def test_it_is_given_what_it_lacks(older: Pipeline, caplog: pytest.LogCaptureFixture) -> None:
    """In one line stands what that is, and what must be read again to be filled."""
    older.ingest(NEW_FILE)
    (line,) = told(caplog)
    done, to_do = line.split("`knipsel reprocess` fills ")
    added, widened = done.split("; ")
    for name in ("topics", "retractions", "articles.genre", "quarantine.value"):
        assert name in added
    assert widened == "widened documents.byte_size. "
    filled = set(to_do.removesuffix(" for documents that were read before.").split(", "))
    assert {"topics", "articles.genre"} <= filled
    assert not {"quarantine.value", "retractions"} & filled
    assert shape_of(older).is_current
    assert rows(older, "SELECT byte_size, pages FROM documents ORDER BY ALL")[0] == (17, 1)
    assert rows(older, "SELECT count(*) FROM documents WHERE pages IS NULL") == [(1,)]


def test_reading_again_fills_it(older: Pipeline) -> None:
    """Nothing is read unasked; once it is asked for, nothing is missing."""
    older.ingest(NEW_FILE)
    assert rows(older, "SELECT count(genre), count(DISTINCT run_id) FROM articles") == [(0, 3)]
    older.reprocess(is_all=True)
    assert rows(older, "SELECT count(DISTINCT run_id) FROM articles") == [(1,)]
    older.publish()
    assert [problem for check in verify(older.warehouse) for problem in check.problems] == []


def test_the_order_of_columns_does_not_matter(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column that was added stands last in the lake, wherever the contract has it."""
    create = ddl.create_statement

    def reversed_columns(table: Table) -> str:
        columns = tuple(reversed(table.columns))
        return create(Table(table.name, "", "", columns, table.primary_key, table.sort_by))

    monkeypatch.setattr(migrations, "create_statement", reversed_columns)
    root = pipeline.warehouse.root.parent
    texts = {"a.txt": article(1), "b.txt": article(1) + "\n", "c.txt": article(2), "d.txt": "Menu"}
    write_files(root / "inbox", texts)
    pipeline.audited = True
    pipeline.ingest(root / "inbox")
    pipeline.publish()
    write_files(root / "inbox", {"e.txt": article(3), "f.txt": article(2) + "\n\nEinde."})
    pipeline.ingest(root / "inbox")
    pipeline.ingest(root / "inbox")
    pipeline.replay()
    pipeline.reprocess(is_all=True)
    pipeline.publish()
    names = rows(pipeline, "SELECT article_id FROM articles WHERE is_canonical ORDER BY 1")
    take(pipeline, str(names[0][0]))
    roll_back(pipeline.warehouse, "1")
    pipeline.ingest(root / "inbox")
    pipeline.publish()
    assert [problem for check in verify(pipeline.warehouse) for problem in check.problems] == []


@contextmanager
def contract_without(name: str, column: str) -> Iterator[None]:
    """Let a table of the contract not have a column, as one before the contract now would."""
    table = BY_NAME[name]
    columns = table.columns
    object.__setattr__(table, "columns", tuple(one for one in columns if one.name != column))
    try:
        yield
    finally:
        object.__setattr__(table, "columns", columns)


@pytest.fixture
def grown(pipeline: Pipeline) -> Pipeline:
    """Return a pipeline with two releases, the first of a contract without licences."""
    inbox = pipeline.warehouse.root.parent / "inbox"
    write_files(inbox, {"a.txt": article(1), "b.txt": article(2)})
    with contract_without("articles", "license"):
        pipeline.ingest(inbox)
        pipeline.publish()
    written = pipeline.publish().tables_written
    assert "articles" in written
    assert not {"documents", "paragraphs", "statements"} & set(written)
    return pipeline


def columns(pipeline: Pipeline, version: str) -> list[str]:
    """Return the columns that articles have in a release."""
    file = pipeline.warehouse.releases / version / "articles" / "part-0.parquet"
    return list(pq.read_schema(file).names)


def test_a_table_is_shared_only_where_its_columns_are_the_same(grown: Pipeline) -> None:
    """Though no row changed, a table with a new column is written anew, and no other is."""
    assert "license" not in columns(grown, "000001")
    assert "license" in columns(grown, "000002")


def test_columns_that_one_release_lacks_are_not_compared(grown: Pipeline) -> None:
    """They are named, and no article counts as changed for them."""
    one, two = read_versions(grown.warehouse)
    found = difference(grown.warehouse, one, two)
    assert (found.added, found.changed, found.gone) == ([], [], [])
    assert found.not_compared == ["articles.license"]


def test_releases_keep_their_columns_in_a_retraction(grown: Pipeline) -> None:
    """Each is written again with those that it had, and is sound."""
    before = {version: columns(grown, version) for version in ("000001", "000002")}
    ((name,), *_) = rows(grown, "SELECT article_id FROM articles ORDER BY 1")
    take(grown, str(name))
    assert {version: columns(grown, version) for version in before} == before
    assert [problem for check in verify(grown.warehouse) for problem in check.problems] == []


def test_going_back_to_fewer_columns(grown: Pipeline) -> None:
    """What the release does not have is null in the lake."""
    roll_back(grown.warehouse, "1")
    assert rows(grown, "SELECT count(*), count(license) FROM articles") == [(2, 0)]


def test_a_release_tells_its_contract(released: Pipeline) -> None:
    """The tables can be read back from a release: columns, meanings, keys, rules, order."""
    found = own_tables(released.warehouse.latest.resolve())
    keys = {table.name: table.primary_key for table in TABLES}
    for own, table in zip(found, TABLES, strict=True):
        assert arrow_schema(own).equals(arrow_schema(table), check_metadata=True)
        assert table_schema(own, keys) == table_schema(table, keys)
        assert own.sort_by in {table.sort_by, table.primary_key}


def test_rows_of_older_contracts_get_a_value_in_every_column(old: Pipeline) -> None:
    """What 0.1.0 had no column for may be null, or a step says what it is."""
    stated = {(step.table, step.column) for step in STEPS}
    with open_lake(old.warehouse, read_only=True) as connection:
        had = {
            (table, column)
            for table, column in connection.sql(
                "SELECT table_name, column_name FROM duckdb_columns() "
                "WHERE database_name = 'older_lake'"
            ).fetchall()
        }
    tables = {table for table, _ in had}
    new = [
        (table.name, column.name)
        for table in TABLES
        for column in table.columns
        if table.name in tables and (table.name, column.name) not in had and not column.nullable
    ]
    assert set(new) <= stated


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.table}.{step.column}")
def test_steps_are_of_the_contract(step: Step) -> None:
    """Each is about a column that is there, at a version that has been."""
    assert FIRST_VERSION < step.version <= CONTRACT_VERSION
    assert step.column in BY_NAME[step.table].column_names
