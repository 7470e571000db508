"""What a release promises: every tool reads it, all agree, and nothing is half there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from knipsel.warehouse.contract import TABLES, Table
from knipsel.warehouse.contract.arrow import arrow_schema
from knipsel.warehouse.release.views.views import VIEWS
from tests.pipeline import Pipeline

BY_TABLE = [pytest.param(table, id=table.name) for table in TABLES]


@pytest.fixture(scope="module")
def folder(released: Pipeline) -> Path:
    """Return the folder of the latest release."""
    return released.warehouse.latest.resolve()


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    """Return the release's data package."""
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("table", BY_TABLE)
def test_parquet_has_the_contracts_schema(folder: Path, table: Table) -> None:
    """Names, types, nullability and meanings stand in the file."""
    file = pq.ParquetFile(folder / table.name / "part-0.parquet")
    assert file.schema_arrow.equals(arrow_schema(table), check_metadata=True)


@pytest.mark.parametrize("table", BY_TABLE)
def test_readers_agree(folder: Path, table: Table) -> None:
    """DuckDB's tables, DuckDB on Parquet, pyarrow, pandas and polars give the same rows."""
    file = folder / table.name / "part-0.parquet"
    arrow = pq.read_table(file)
    with duckdb.connect(str(folder / "knipsel.duckdb"), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        in_database = connection.sql(f"FROM {table.name}").to_arrow_table()
        in_file = connection.sql(f"FROM '{file}'").to_arrow_table()
    assert arrow.to_pylist() == in_database.to_pylist() == in_file.to_pylist()
    assert pl.read_parquet(file).to_arrow().cast(arrow.schema).equals(arrow)
    frame = pd.read_parquet(file, dtype_backend="pyarrow")
    assert list(frame.columns) == arrow.schema.names
    assert len(frame) == len(arrow)


def test_pandas_reads_integers_as_integers(folder: Path) -> None:
    """Offsets that may be null do not become floating-point numbers in pandas."""
    frame = pd.read_parquet(folder / "paragraphs" / "part-0.parquet")
    assert str(frame["char_start"].dtype) == "Int64"
    assert frame["char_start"].isna().any()


def test_rows_stand_in_their_order(folder: Path) -> None:
    """Articles are sorted by the first day that they can be of, the undated last."""
    rows = pq.read_table(folder / "articles" / "part-0.parquet").to_pylist()
    keys = [(str(row["date_published_not_before"] or "9999"), row["article_id"]) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) > 1


def test_comments_say_what_columns_mean(folder: Path) -> None:
    """A person in DuckDB sees what each table, view and column means."""
    with duckdb.connect(str(folder / "knipsel.duckdb"), read_only=True) as connection:
        columns = connection.sql(
            "SELECT table_name, column_name, comment FROM duckdb_columns() "
            "WHERE database_name = 'knipsel' AND NOT internal"
        ).fetchall()
        views = dict(
            connection.sql(
                "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        )
    said = {(table, column): comment for table, column, comment in columns}
    for table in TABLES:
        for column in table.columns:
            assert said[table.name, column.name] == column.description
    assert views == {view.name: view.description for view in VIEWS}


def test_views_answer(folder: Path) -> None:
    """The views give each article with its authors, and each text once."""
    with duckdb.connect(str(folder / "knipsel.duckdb"), read_only=True) as connection:
        wide = connection.sql("SELECT count(*), sum(len(authors)) FROM articles_wide").fetchone()
        plain = connection.sql(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM article_authors)"
        ).fetchone()
        texts = connection.sql(
            "SELECT count(*), count(DISTINCT text_sha256) FROM canonical_articles"
        ).fetchone()
        held_back = connection.sql("SELECT DISTINCT file_name FROM held_back").fetchall()
    assert wide == plain
    assert texts is not None
    assert texts[0] == texts[1]
    assert {name for (name,) in held_back} == {"leeg.txt", "binair.txt", "alleen-menu.txt"}


def test_data_package_is_valid_for_frictionless(folder: Path) -> None:
    """Frictionless reads every table of the data package and finds nothing wrong."""
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["title", "message"]) == []
    assert report.valid
    assert len(report.tasks) == len(TABLES)


def test_data_package_describes_each_file(folder: Path, package: dict[str, Any]) -> None:
    """Each resource names its file, with the hash that it has and every column."""
    assert [resource["name"] for resource in package["resources"]] == [t.name for t in TABLES]
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == pq.read_schema(folder / resource["path"]).names


def test_checksums_cover_every_file(folder: Path) -> None:
    """SHA256SUMS names all files of the release but itself, with their hashes.

    The search index is derived, and checked by what it says of itself.
    """
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {path: digest for digest, path in (line.split("  ") for line in lines)}
    files = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}
    files = {name for name in files if not name.startswith("search/")}
    assert set(sums) == files - {"SHA256SUMS"}
    for path, digest in sums.items():
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest


def test_index_counts_rows(folder: Path) -> None:
    """index.json says how many rows each table has, and where it lies."""
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    for name, facts in index["tables"].items():
        assert facts["rows"] == pq.ParquetFile(folder / facts["path"]).metadata.num_rows, name


def test_card_lists_tables_and_configurations(folder: Path) -> None:
    """The card names every table, and tells dataset catalogues where its files lie."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"| `{table.name}` |" in text
        assert f"data_files: {table.name}/*.parquet" in text


def test_pointers_name_the_release(released: Pipeline, folder: Path) -> None:
    """``latest`` and versions.json name the same release."""
    versions = json.loads(released.warehouse.versions_file.read_text(encoding="utf-8"))
    assert versions["latest"] == folder.name == versions["releases"][-1]["version"]
