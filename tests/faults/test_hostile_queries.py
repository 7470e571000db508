"""A query that somebody else wrote reads the tables, and reaches nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from knipsel.flows.cli.main import _guarded, app
from knipsel.flows.runs.errors import explain
from knipsel.warehouse.queries.queries import (
    Answer,
    answer_as_reader,
    ask,
    ask_checked,
    open_lake_for_questions,
    open_release,
)
from tests.pipeline import Pipeline, copy_of

Asked = Callable[[str], Answer]

READING_FILES = (
    "FROM read_csv('{file}')",
    "FROM read_text('{file}')",
    "FROM read_blob('{file}')",
    "FROM read_json('{file}')",
    "FROM read_parquet('{file}')",
    "FROM sniff_csv('{file}')",
    "FROM parquet_metadata('{file}')",
    "FROM glob('{file}*')",
    "FROM '{file}'",
    "SELECT (SELECT content FROM read_text('{file}'))",
    "EXPLAIN ANALYZE FROM read_text('{file}')",
)
ACTING = (
    "COPY (SELECT 1) TO '{new}'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{new}'",
    "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{new}'",
    "EXPLAIN/**/ANALYZE COPY (SELECT 1) TO '{new}'",
    "EXPORT DATABASE '{new}'",
    "IMPORT DATABASE '{new}'",
    "ATTACH '{new}' AS other",
    "ATTACH '{root}/catalog.sqlite' AS other (TYPE sqlite)",
    "CALL sqlite_attach('{root}/catalog.sqlite')",
    "FROM sqlite_scan('{root}/catalog.sqlite', 'ducklake_table')",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{new}'",
    "FROM 'https://example.com/a.csv'",
    "FROM read_parquet('s3://bucket/a.parquet')",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET allowed_directories = ['/']",
    "SET allowed_paths = ['/etc/passwd']",
    "SET temp_directory = '{new}'",
    "SET python_enable_replacements = true",
    "PRAGMA enable_profiling = 'json'; PRAGMA profiling_output = '{new}'; SELECT 1",
    "CALL enable_logging(storage = 'file', storage_path = '{new}')",
    "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "FROM duckdb_secrets()",
    "FROM which_secret('s3://a', 's3')",
    "SELECT getenv('HOME')",
    "FROM local_table",
    "INSERT INTO articles FROM articles",
    "UPDATE articles SET text = ''",
    "DELETE FROM articles",
    "TRUNCATE articles",
    "DROP TABLE articles",
    "ALTER TABLE articles RENAME TO gone",
    "CREATE TABLE mine (a INTEGER)",
    "SELECT 1; DELETE FROM articles",
    "CALL ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "FROM ducklake_expire_snapshots('lake', older_than => now())",
    "CALL ducklake_add_data_files('lake', 'articles', '{file}')",
    "CALL lake.set_option('parquet_row_group_size', 1)",
    "FROM sqlite_query('__ducklake_metadata_lake', 'SELECT 1')",
    "FROM postgres_execute('__ducklake_metadata_lake', 'SELECT 1')",
)
TELLING = (
    "FROM duckdb_databases()",
    "FROM duckdb_databases",
    "FROM system.main.duckdb_databases",
    "WITH x AS (FROM duckdb_databases()) FROM x",
    "SELECT (SELECT path FROM duckdb_databases() LIMIT 1)",
    "FROM query('FROM duckdb_databases()')",
    "PIVOT (FROM duckdb_databases()) ON path USING count(*)",
    "PRAGMA database_list",
    "FROM pragma_database_list",
    "FROM duckdb_settings()",
    "FROM pg_catalog.pg_settings",
    "SELECT current_setting('s3_secret_access_key')",
    "FROM __ducklake_metadata_lake.ducklake_metadata",
    'FROM "__ducklake_metadata_lake".ducklake_metadata',
    "DESCRIBE __ducklake_metadata_lake.ducklake_metadata",
    "PIVOT __ducklake_metadata_lake.ducklake_metadata ON key USING first(value)",
    "FROM ducklake_list_files('lake', 'articles')",
    "FROM lake.options()",
)
READING_TABLES = (
    "SELECT count(*) FROM articles",
    "FROM articles LIMIT 1",
    "SHOW TABLES",
    "DESCRIBE articles",
    "SUMMARIZE articles",
    "EXPLAIN SELECT count(*) FROM articles",
    "EXPLAIN ANALYZE SELECT count(*) FROM articles",
    "PIVOT articles ON language IN ('nl', 'en') USING count(*) GROUP BY publisher",
    "WITH long AS (FROM articles WHERE word_count > 100) SELECT count(*) FROM long",
    "SELECT unnest(range(3))",
    "FROM generate_series(1, 3)",
    "FROM information_schema.tables",
)


def files_below(root: Path) -> list[Path]:
    return sorted(file for file in root.rglob("*") if file.is_file() and not file.is_symlink())


@pytest.fixture(scope="module")
def corpus(released: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """Return a released warehouse; at the end, no query has changed a file of it."""
    pipeline = copy_of(released, tmp_path_factory.mktemp("asked"))
    root = pipeline.warehouse.root
    before = contents(root)
    yield pipeline
    assert contents(root) == before


def contents(root: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in files_below(root)}


@pytest.fixture(scope="module", params=["release", "lake"])
def asked(corpus: Pipeline, request: pytest.FixtureRequest) -> Iterator[Asked]:
    """Return what `knipsel sql` does with a query, on a connection that all tests share."""
    lake = request.param == "lake"
    opened = open_lake_for_questions if lake else open_release
    with opened(corpus.warehouse) as connection:
        yield lambda query: ask_checked(connection, query, lake=lake)


def refused(asked: Asked, query: str) -> str:
    """Return what is said of a query that is refused."""
    with pytest.raises((duckdb.Error, ValueError)) as raised:
        asked(query)
    return explain(raised.value)[1]


@pytest.mark.parametrize("query", READING_FILES)
def test_no_file_is_read(corpus: Pipeline, asked: Asked, query: str) -> None:
    """Neither of the machine, nor of the warehouse: its sources, catalogue, lists, releases."""
    root = corpus.warehouse.root
    source = files_below(corpus.warehouse.archive)[0]
    release = corpus.warehouse.latest / "articles" / "part-0.parquet"
    beside = f"{corpus.warehouse.data}../versions.json"
    for file in ("/etc/passwd", source, root / "catalog.sqlite", release, beside):
        said = refused(asked, query.format(file=file))
        assert "root:" not in said


@pytest.mark.parametrize("query", ACTING)
def test_nothing_is_done(corpus: Pipeline, asked: Asked, tmp_path: Path, query: str) -> None:
    local_table = pa.table({"secret": [1]})
    file = files_below(corpus.warehouse.archive)[0]
    for new in (tmp_path / "new", Path(corpus.warehouse.data) / "new"):
        refused(asked, query.format(new=new, root=corpus.warehouse.root, file=file))
        assert not new.exists()
    assert len(local_table) == 1


@pytest.mark.parametrize("query", TELLING)
@pytest.mark.parametrize("asked", ["lake"], indirect=True)
def test_lake_does_not_tell_how_it_is_reached(asked: Asked, query: str) -> None:
    assert "catalog.sqlite" not in refused(asked, query)


@pytest.mark.parametrize("query", READING_TABLES)
def test_tables_are_read(asked: Asked, query: str) -> None:
    assert asked(query).rows


@pytest.mark.parametrize(
    "query",
    [
        "FROM articles AT (VERSION => 3)",
        "FROM lake.snapshots()",
        "FROM ducklake_table_changes('lake', 'main', 'articles', 0, 3)",
    ],
)
@pytest.mark.parametrize("asked", ["lake"], indirect=True)
def test_history_of_the_lake_is_read(asked: Asked, query: str) -> None:
    assert asked(query).columns


@pytest.mark.parametrize("lake", [False, True], ids=["release", "lake"])
def test_what_a_query_takes_of_the_disk_is_bounded(
    corpus: Pipeline, monkeypatch: pytest.MonkeyPatch, *, lake: bool
) -> None:
    monkeypatch.setattr("knipsel.warehouse.queries.sandbox.SPILL_LIMIT", "1MiB")
    monkeypatch.setattr("knipsel.warehouse.queries.sandbox.QUERY_MEMORY", "20MiB")
    large = "SELECT count(*) FROM (SELECT DISTINCT md5(range::VARCHAR) FROM range(3_000_000))"
    with pytest.raises(Exception, match="max_temp_directory_size"):
        answer_as_reader(corpus.warehouse, large, ask, lake=lake)


ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"


def test_an_endless_query_is_stopped(corpus: Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sql", ENDLESS, "--timeout", "0.5", "--warehouse", str(corpus.warehouse.root)]
    assert _guarded(lambda: app(words, standalone_mode=False), verbose=False) == 1
    assert "The query was stopped after" in capsys.readouterr().err


@pytest.mark.parametrize("query", ["", " ; ", "-- nothing"])
def test_an_empty_query_is_told(asked: Asked, query: str) -> None:
    assert "empty" in refused(asked, query)


def test_command_refuses_in_a_sentence(
    corpus: Pipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sql", "COPY articles TO 'x.csv'", "--warehouse", str(corpus.warehouse.root)]
    assert _guarded(lambda: app(words, standalone_mode=False), verbose=False) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "COPY is not allowed" in said


@pytest.mark.parametrize("lake", [False, True], ids=["release", "lake"])
def test_own_files_are_joined_with_unsafe(corpus: Pipeline, tmp_path: Path, *, lake: bool) -> None:
    """Files can be read and written; the tables stay as they are."""
    codes = tmp_path / "codes.csv"
    codes.write_text("language,code\nnl,1\n", encoding="utf-8")
    joined = f"SELECT DISTINCT code FROM articles JOIN '{codes}' USING (language)"
    assert answer_as_reader(corpus.warehouse, joined, ask, lake=lake, unsafe=True).rows == [(1,)]
    written = f"COPY (SELECT article_id FROM articles) TO '{tmp_path / 'ids.parquet'}'"
    answer_as_reader(corpus.warehouse, written, ask, lake=lake, unsafe=True)
    assert (tmp_path / "ids.parquet").exists()
    with pytest.raises(Exception, match="read-only"):
        answer_as_reader(corpus.warehouse, "DELETE FROM articles", ask, lake=lake, unsafe=True)


def test_connection_itself_reaches_only_the_data(corpus: Pipeline) -> None:
    """What the check of a query let through, DuckDB would still refuse."""
    with (
        open_lake_for_questions(corpus.warehouse) as connection,
        pytest.raises(Exception, match="disabled by configuration"),
    ):
        ask(connection, f"FROM read_text('{corpus.warehouse.versions_file}')")
