"""The files of a release that say what it holds: for people, for programs, and checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.contract import TABLES
from warehouse.release.card import card
from warehouse.release.datapackage import data_package
from warehouse.release.export import DATABASE
from warehouse.release.versions import Release, as_json
from warehouse.sql import quoted

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a release holds: the number of rows of each table, languages by their frequency."""

    rows: Mapping[str, int]
    languages: tuple[str, ...]


def digest(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def contents_of(connection: duckdb.DuckDBPyConnection) -> Contents:
    """Return what the database that is attached as ``release`` holds."""
    counts = " UNION ALL ".join(
        f"SELECT {quoted(table.name)}, count(*) FROM release.{table.name}" for table in TABLES
    )
    languages = connection.sql(
        """
        SELECT language FROM release.articles WHERE language IS NOT NULL
        GROUP BY language ORDER BY count(*) DESC, language
        """
    ).fetchall()
    rows = {name: int(count) for name, count in connection.sql(counts).fetchall()}
    return Contents(rows, tuple(language for (language,) in languages))


def describe(folder: Path, release: Release, contents: Contents) -> None:
    """Write the files that say what a release holds, the checksums of all others last."""
    created = datetime.fromisoformat(release.created_at)
    parquet = {table.name: f"{table.name}/part-0.parquet" for table in TABLES}
    digests = {path: digest(folder / path) for path in (*parquet.values(), DATABASE)}
    package = data_package(
        release.version, created, {name: (path, digests[path]) for name, path in parquet.items()}
    )
    tables: dict[str, Any] = {
        name: {
            "rows": contents.rows[name],
            "path": path,
            "bytes": (folder / path).stat().st_size,
            "sha256": digests[path],
        }
        for name, path in parquet.items()
    }
    written = {
        "datapackage.json": as_json(package),
        "README.md": card(release.version, created, contents.rows, list(contents.languages)),
        "index.json": as_json({"release": asdict(release), "tables": tables}),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
        digests[name] = digest(folder / name)
    sums = "".join(f"{value}  {path}\n" for path, value in sorted(digests.items()))
    (folder / SUMS).write_text(sums, encoding="utf-8")
