"""The lake's data files and their checksums, which the lake itself does not keep.

They stand in ``lake.sha256`` in the warehouse, in the form of ``sha256sum``; each commit adds
those of the files that it wrote. What is read of a damaged file may look like data, so that
only a checksum tells.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.lake.connection import metadata
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import write_aside

_FILES = """
SELECT table_name, schema.path || tables.path || file.path, file.path_is_relative,
    file.record_count, file.file_size_bytes
FROM {metadata}.ducklake_data_file AS file
JOIN {metadata}.ducklake_table AS tables USING (table_id)
JOIN {metadata}.ducklake_schema AS schema USING (schema_id)
UNION ALL
SELECT table_name, schema.path || tables.path || file.path, file.path_is_relative,
    file.delete_count, file.file_size_bytes
FROM {metadata}.ducklake_delete_file AS file
JOIN {metadata}.ducklake_table AS tables USING (table_id)
JOIN {metadata}.ducklake_schema AS schema USING (schema_id)
ORDER BY ALL
"""
"""Each data file, and each file that says which rows of one are deleted."""


_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class LakeFile:
    """A file of the lake: its table, and what the catalogue says of it.

    ``address`` is a path, or where the data are in an object store, an address there; ``place`` is
    the same as it is below the address of the data.
    """

    table: str
    place: str
    address: str
    rows: int
    byte_size: int

    @property
    def path(self) -> Path:
        """The file on disk."""
        return Path(self.address)


def all_lake_files(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[LakeFile]:
    """Return the files that the lake's snapshots consist of, wherever they are."""
    rows = connection.execute(_FILES.format(metadata=metadata(warehouse))).fetchall()
    root = warehouse.data.rstrip("/")
    return [
        LakeFile(table, path, f"{root}/{path}" if is_relative else path, int(count), int(size))
        for table, path, is_relative, count, size in dict.fromkeys(rows)
    ]


def lake_files(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[LakeFile]:
    """Return the files that the lake's snapshots consist of; none where they are not on disk."""
    return [] if warehouse.has_remote_data else all_lake_files(connection, warehouse)


def sums_file(warehouse: Warehouse) -> Path:
    """Return where the checksums stand."""
    return warehouse.root / "lake.sha256"


def parse_sums(text: str) -> tuple[dict[str, str], int]:
    """Return the checksums by file that ``sha256sum`` wrote, and how many lines are none."""
    lines = text.split("\n")
    found = [match for line in lines if (match := _SUM.fullmatch(line))]
    sums = {match[2]: match[1] for match in found}
    return sums, sum(bool(line) for line in lines) - len(found)


def read_sums(warehouse: Warehouse) -> dict[Path, str]:
    """Return the SHA-256 in hex of each file whose checksum is known."""
    sums, _ = parse_sums(_sums_text(warehouse))
    return {warehouse.root / name: value for name, value in sums.items()}


def sums_problem(warehouse: Warehouse, files: Collection[Path]) -> str | None:
    """Return what is wrong with the checksums of files of the lake, in a sentence."""
    sums, damaged = parse_sums(_sums_text(warehouse))
    without = [file for file in files if _name(file, warehouse) not in sums]
    if not damaged and not without:
        return None
    file = sums_file(warehouse)
    what = f"has {damaged:,} lines that are no checksums" if damaged else "is not whole"
    return (
        f"{file} {what if file.exists() else 'is missing'}: {len(without):,} files of the lake "
        "were checked by their size and their rows alone. Take it from a backup; else the next "
        "commit notes the files as they are then."
    )


def _sums_text(warehouse: Warehouse) -> str:
    try:
        return sums_file(warehouse).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def note_sums(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Note the checksums of the files that are new, and forget those of files that are gone."""
    known = read_sums(warehouse)
    files = [file.path for file in lake_files(connection, warehouse)]
    sums = {path: known.get(path) or hash_file(path).document_id for path in files if path.exists()}
    if sums != known:
        lines = (f"{value}  {_name(path, warehouse)}\n" for path, value in sorted(sums.items()))
        write_aside(sums_file(warehouse), "".join(lines))


def _name(path: Path, warehouse: Warehouse) -> str:
    return str(path.relative_to(warehouse.root) if path.is_relative_to(warehouse.root) else path)
