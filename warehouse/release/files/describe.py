"""The files of a release that say what it holds: for people, for programs, and checksums."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from knipsel.warehouse.contract import TABLES
from knipsel.warehouse.release.export import DATABASE
from knipsel.warehouse.release.files.card import card
from knipsel.warehouse.release.files.datapackage import data_package
from knipsel.warehouse.release.validation.page import PAGE, validation_page
from knipsel.warehouse.release.versions import Release, as_json
from knipsel.warehouse.sql import quoted

INDEX = "index.json"
SUMS = "SHA256SUMS"


def digest(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def row_counts(connection: duckdb.DuckDBPyConnection, schema: str = "") -> dict[str, int]:
    """Return the number of rows of each table of the release, attached as ``schema``."""
    counts = " UNION ALL ".join(
        f"SELECT {quoted(table.name)}, count(*) FROM {schema}{table.name}" for table in TABLES
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


def _facts(file: Path) -> dict[str, Any]:
    """Return the size of a file in bytes, and its SHA-256."""
    return {"bytes": file.stat().st_size, "sha256": digest(file)}


def _write(folder: Path, name: str, text: str) -> dict[str, Any]:
    """Write a text file of a release and return its facts."""
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return _facts(folder / name)


def describe(folder: Path, release: Release) -> None:
    """Write the files that say what a release holds, the checksums of all others last.

    All that they say comes from the tables in ``folder`` and from ``release``, so that a
    folder whose tables changed is described anew by calling this again.
    """
    created = datetime.fromisoformat(release.created_at)
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        rows, languages = row_counts(connection), _languages(connection)
        page = validation_page(connection, release)
    paths = {table.name: f"{table.name}/part-0.parquet" for table in TABLES}
    tables = {
        name: {"rows": rows[name], "path": path, **_facts(folder / path)}
        for name, path in paths.items()
    }
    digests = {name: (table["path"], table["sha256"]) for name, table in tables.items()}
    texts = {
        "datapackage.json": as_json(data_package(release.version, created, digests)),
        "README.md": card(release.version, created, rows, languages),
        PAGE: page,
    }
    files = {DATABASE: _facts(folder / DATABASE)}
    files |= {name: _write(folder, name, text) for name, text in texts.items()}
    index = {"release": asdict(release), "tables": tables, "files": files}
    sums = {table["path"]: table["sha256"] for table in tables.values()}
    sums |= {name: facts["sha256"] for name, facts in files.items()}
    sums[INDEX] = _write(folder, INDEX, as_json(index))["sha256"]
    _write(folder, SUMS, "".join(f"{value}  {name}\n" for name, value in sorted(sums.items())))
