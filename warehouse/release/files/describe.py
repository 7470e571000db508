"""The files of a release that say what it holds: for people, for programs, and checksums."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from knipsel.transforms.checks.accuracy import accuracies
from knipsel.warehouse.contract import TABLES, Table
from knipsel.warehouse.contract.ddl import as_contract
from knipsel.warehouse.release.checks.rows import checks_in
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.files.card import card
from knipsel.warehouse.release.files.datapackage import PACKAGE, data_package
from knipsel.warehouse.release.files.registers import FOLDER as REGISTERS
from knipsel.warehouse.release.validation.page import PAGE, validation_page
from knipsel.warehouse.release.versions import Release, as_json
from knipsel.warehouse.release.views.views import VIEWS
from knipsel.warehouse.sql import identifier, quoted

INDEX = "index.json"
SUMS = "SHA256SUMS"


def superseded_sums(folder: Path) -> list[Path]:
    """Return the checksums that a release had before retractions wrote it anew, oldest first."""
    return sorted(folder.glob(f"{SUMS}.*"), key=lambda file: int(file.suffix[1:]))


def keep_superseded(old: Path, new: Path, revision: int) -> None:
    """Give a release that is written anew the checksums of before; ``revision`` is its own."""
    for file in superseded_sums(old):
        shutil.copyfile(file, new / file.name)
    shutil.copyfile(old / SUMS, new / f"{SUMS}.{revision - 1}")


def digest(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def row_counts(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], schema: str = ""
) -> dict[str, int]:
    """Return the number of rows of each table of the release, attached as ``schema``."""
    counts = " UNION ALL ".join(
        f"SELECT {quoted(table.name)}, count(*) FROM {schema}{table.name}" for table in tables
    )
    return {name: int(count) for name, count in connection.sql(counts).fetchall()}


def _languages(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the languages of the articles, the most frequent first."""
    rows = connection.sql(
        """
        SELECT language FROM articles WHERE language IS NOT NULL
        GROUP BY language ORDER BY count(*) DESC, language
        """
    ).fetchall()
    return [language for (language,) in rows]


def _views(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what each view of the release is, those of now in their order."""
    rows = connection.sql(
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY view_oid"
    ).fetchall()
    found = dict(rows)
    return {view.name: found.pop(view.name) for view in VIEWS if view.name in found} | found


def _show_as_contract(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], version: int
) -> None:
    """Let queries find the tables of a release of an older contract as they are now."""
    own = {table.name: table.column_names for table in tables}
    database = Path(DATABASE).stem
    for table in TABLES:
        source = f"{database}.main.{identifier(table.name)}"
        query = as_contract(table, source, own.get(table.name, ()), version)
        connection.execute(f"CREATE TEMP VIEW {identifier(table.name)} AS {query}")


def _facts(file: Path) -> dict[str, Any]:
    """Return the size of a file in bytes, and its SHA-256."""
    return {"bytes": file.stat().st_size, "sha256": digest(file)}


def _write(folder: Path, name: str, text: str) -> dict[str, Any]:
    """Write a text file of a release and return its facts."""
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return _facts(folder / name)


def describe(folder: Path, release: Release, contract: Sequence[Table] = TABLES) -> None:
    """Write the files that say what a release holds, the checksums of all others last.

    All that they say comes from the tables in ``folder``, of which ``contract`` is the meaning,
    and from ``release``, so that a folder whose tables changed is described anew by calling this
    again.
    """
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        rows, languages = row_counts(connection, contract), _languages(connection)
        views = _views(connection)
        if contract is not TABLES:
            _show_as_contract(connection, contract, release.contract_version)
        page = validation_page(connection, release)
        accuracy = accuracies(checks_in(connection, "checks"))
    paths = {table.name: f"{table.name}/part-0.parquet" for table in contract}
    tables = {
        name: {"rows": rows[name], "path": path, **_facts(folder / path)}
        for name, path in paths.items()
    }
    digests = {name: (table["path"], table["sha256"]) for name, table in tables.items()}
    registers = sorted((folder / REGISTERS).rglob("*.toml"))
    texts = {
        PACKAGE: as_json(data_package(release, digests, contract)),
        "README.md": card(
            *(release, contract, views, rows, languages),
            accuracy=accuracy,
            has_registers=bool(registers),
        ),
        PAGE: page,
    }
    files = {DATABASE: _facts(folder / DATABASE)}
    files |= {file.relative_to(folder).as_posix(): _facts(file) for file in registers}
    files |= {file.name: _facts(file) for file in superseded_sums(folder)}
    files |= {name: _write(folder, name, text) for name, text in texts.items()}
    index: dict[str, Any] = {"release": asdict(release), "tables": tables, "files": files}
    if release.revision:
        superseded = [file.name for file in superseded_sums(folder)]
        index |= {"label": release.label, "revision": release.revision, "superseded": superseded}
    if accuracy:
        index["accuracy"] = [one.figures() for one in accuracy]
    sums = {table["path"]: table["sha256"] for table in tables.values()}
    sums |= {name: facts["sha256"] for name, facts in files.items()}
    sums[INDEX] = _write(folder, INDEX, as_json(index))["sha256"]
    _write(folder, SUMS, "".join(f"{value}  {name}\n" for name, value in sorted(sums.items())))
