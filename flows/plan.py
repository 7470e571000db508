"""The plan of a run: which files it saw, and which documents it reads in which batch.

The plan is a Parquet file in the run's staging folder. Tasks are given its path and a
number, never lists of files, which Prefect would look through one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.settings import Settings
from warehouse.archive import Stored, hash_file, store
from warehouse.inbox import FoundFile, list_files, printable
from warehouse.known import settled
from warehouse.lake import NoWarehouseError, open_lake
from warehouse.layout import Warehouse

READERS_AT_ONCE = 4
"""Files hashed at a time: disks and hashing both work outside Python's lock."""

PLAN_FILE = "plan.parquet"
PLAN_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("file_name", pa.string()),
        ("document_id", pa.string()),
        ("byte_size", pa.int64()),
        ("batch", pa.int64()),
    ]
)


def _found(path: Path, content: Stored) -> FoundFile:
    """Return a file with its content."""
    name = printable(Path(path.name))
    return FoundFile(printable(path), name, content.document_id, content.byte_size)


def look(
    paths: Sequence[Path], warehouse: Warehouse, leave_out: Iterable[Path]
) -> dict[Path, FoundFile]:
    """Return every file under ``paths`` with its hash, in the order of paths.

    Raises `NoSuchPathError`, or `UnreadableFileError` for the first file that cannot be
    read: nothing was done then.
    """
    files = list_files(paths, [warehouse.archive, warehouse.root, *leave_out])
    with ThreadPoolExecutor(READERS_AT_ONCE) as pool:
        contents = list(pool.map(hash_file, files))
    return {file: _found(file, content) for file, content in zip(files, contents, strict=True)}


def keep(files: Sequence[Path], warehouse: Warehouse) -> dict[Path, FoundFile]:
    """Copy files into the archive and return them as the copies are.

    A file may have changed since it was hashed; what counts is the copy that is kept. One
    after the other: with four threads, copying 8,000 small files took twice as long.
    """
    return {file: _found(file, store(file, warehouse.archive)) for file in files}


def known_documents(
    found: Iterable[FoundFile], warehouse: Warehouse, transform_version: str
) -> set[str]:
    """Return which of the documents need no reading; none where the lake is new."""
    try:
        with open_lake(warehouse, read_only=True) as connection:
            return settled(connection, (file.document_id for file in found), transform_version)
    except NoWarehouseError:
        return set()


def assign_batches(new: Sequence[FoundFile], settings: Settings) -> dict[str, int]:
    """Return the batch of each document: files in order, so many bytes and files to a batch."""
    batches: dict[str, int] = {}
    number, held, size = 0, 0, 0
    for file in new:
        if file.document_id in batches:
            continue
        if held and (
            size + file.byte_size > settings.batch_bytes or held >= settings.batch_documents
        ):
            number, held, size = number + 1, 0, 0
        batches[file.document_id] = number
        held, size = held + 1, size + file.byte_size
    return batches


def make_plan(
    paths: Sequence[Path],
    warehouse: Warehouse,
    settings: Settings,
    transform_version: str,
    leave_out: Iterable[Path],
) -> pa.Table:
    """Return the plan of a run over ``paths``; new files are in the archive afterwards.

    The first file of a new document has the document's batch; other files have none.
    """
    found = look(paths, warehouse, leave_out)
    known = known_documents(found.values(), warehouse, transform_version)
    first = {file.document_id: path for path, file in reversed(found.items())}
    kept = keep(sorted(first[name] for name in set(first) - known), warehouse)
    batches = assign_batches(list(kept.values()), settings)
    return pa.Table.from_pylist(
        [
            {
                "path": file.path,
                "file_name": file.file_name,
                "document_id": file.document_id,
                "byte_size": file.byte_size,
                "batch": batches.pop(file.document_id, None) if path in kept else None,
            }
            for path, file in (found | kept).items()
        ],
        schema=PLAN_SCHEMA,
    )


def write_plan(plan: pa.Table, staging: Path) -> Path:
    """Write a plan into a run's staging folder and return its file."""
    staging.mkdir(parents=True, exist_ok=True)
    file = staging / PLAN_FILE
    pq.write_table(plan, file)
    return file


def _files(rows: pa.Table) -> list[FoundFile]:
    """Return rows of a plan as files."""
    columns = [rows[name].to_pylist() for name in PLAN_SCHEMA.names[:-1]]
    return [FoundFile(*values) for values in zip(*columns, strict=True)]


def seen_files(file: Path) -> list[FoundFile]:
    """Return every file that the run saw."""
    return _files(pq.read_table(file))


def batch_files(file: Path, batch: int) -> list[FoundFile]:
    """Return the documents of a batch."""
    return _files(pq.read_table(file, filters=pc.field("batch") == batch))
