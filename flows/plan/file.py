"""The plan of a run as a file: every file that the run saw, and the batch of each new one.

Tasks are given the path of the file and a number, never lists of files, which Prefect would
look through one by one. The file holds all that there is to know of what was found, so that
whoever is given its path can go on from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from knipsel.transforms.model import Rejection
from knipsel.warehouse.intake.containers.model import Container
from knipsel.warehouse.intake.inbox import FoundFile

PLAN_FILE = "plan.parquet"
PLAN_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("file_name", pa.string()),
        ("document_id", pa.string()),
        ("byte_size", pa.int64()),
        ("batch", pa.int64()),
        ("container", pa.string()),
        ("transform_version", pa.string()),
        ("replaces", pa.string()),
        ("waived", pa.string()),
        ("is_stored", pa.bool_()),
    ]
)
_COMMA = ","
_TOLD = b"knipsel"
"""The key of the file's metadata under which it keeps what is to be told of other files."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that a run saw.

    ``batch`` is where its document is read, None where it needs no reading; ``container``
    what became of it where it was taken apart in this run, ``transform_version`` at which it is
    read. ``replaces`` is the run that read it last, where it is read again whatever the version;
    ``waived`` are the rules that a person said do not count for it. Where it ``is_stored``, its
    articles are in the lake as they would be read, and are only annotated anew.
    """

    found: FoundFile
    batch: int | None = None
    container: Container | None = None
    transform_version: str | None = None
    replaces: str | None = None
    waived: tuple[str, ...] = ()
    is_stored: bool = False


def _packed(container: Container | None) -> str | None:
    """Return a container's outcome as JSON."""
    if container is None:
        return None
    rejection = container.rejection
    return json.dumps(
        {
            "reader": container.reader,
            "media_type": container.media_type,
            "rejection": rejection and [rejection.rule, rejection.message, rejection.value],
            "entries": container.entries,
            "passed_over": dict(container.passed_over),
        }
    )


def _unpacked(text: str | None) -> Container | None:
    """Return a container's outcome from JSON."""
    if text is None:
        return None
    facts = json.loads(text)
    rejection = facts.pop("rejection")
    return Container(**facts, rejection=Rejection(*rejection) if rejection else None)


def plan_table(files: Iterable[PlannedFile]) -> pa.Table:
    """Return a plan as a table."""
    rows = [
        {
            "path": file.found.path,
            "file_name": file.found.file_name,
            "document_id": file.found.document_id,
            "byte_size": file.found.byte_size,
            "batch": file.batch,
            "container": _packed(file.container),
            "transform_version": file.transform_version,
            "replaces": file.replaces,
            "waived": _COMMA.join(file.waived) or None,
            "is_stored": file.is_stored,
        }
        for file in files
    ]
    return pa.Table.from_pylist(rows, schema=PLAN_SCHEMA)


@dataclass(frozen=True, slots=True)
class Discovered:
    """What a run has before it: its plan's file, the batches in it, what is new in bytes.

    ``lonely_sidecars`` and ``notes`` are what a person should know of files that are not in the
    plan.
    """

    plan: Path
    seen: int
    new: int
    batches: int
    new_bytes: int
    lonely_sidecars: Sequence[Path] = ()
    notes: Sequence[str] = ()


def write_plan(
    plan: pa.Table, staging: Path, lonely_sidecars: Iterable[Path] = (), notes: Iterable[str] = ()
) -> Path:
    """Write a plan into a run's staging folder, with what is to be told; return its file."""
    staging.mkdir(parents=True, exist_ok=True)
    file = staging / PLAN_FILE
    told = json.dumps([[str(path) for path in lonely_sidecars], list(notes)])
    pq.write_table(plan.replace_schema_metadata({_TOLD: told}), file)
    return file


def read_plan(file: Path) -> Discovered:
    """Return what there is in the file of a plan."""
    plan = pq.read_table(file, columns=["byte_size", "batch"])
    lonely, notes = json.loads(plan.schema.metadata[_TOLD])
    new = plan.filter(pc.is_valid(plan["batch"]))
    return Discovered(
        plan=file,
        seen=len(plan),
        new=len(new),
        batches=max(new["batch"].to_pylist(), default=-1) + 1,
        new_bytes=sum(new["byte_size"].to_pylist()),
        lonely_sidecars=[Path(path) for path in lonely],
        notes=notes,
    )


def _files(rows: pa.Table) -> list[PlannedFile]:
    """Return rows of a plan as files."""
    columns = [rows[name].to_pylist() for name in PLAN_SCHEMA.names]
    return [
        PlannedFile(
            FoundFile(*values),
            batch,
            _unpacked(container),
            version,
            replaces,
            tuple(waived.split(_COMMA)) if waived else (),
            is_stored,
        )
        for *values, batch, container, version, replaces, waived, is_stored in zip(
            *columns, strict=True
        )
    ]


def seen_files(file: Path) -> list[FoundFile]:
    """Return every file that the run saw, members of containers included."""
    return [planned.found for planned in _files(pq.read_table(file))]


def batch_files(file: Path, batch: int) -> list[PlannedFile]:
    """Return the documents of a batch."""
    return _files(pq.read_table(file, filters=pc.field("batch") == batch))


def documents_to_read(file: Path) -> list[PlannedFile]:
    """Return the documents that the run reads, each once."""
    return _files(pq.read_table(file, filters=pc.is_valid(pc.field("batch"))))
