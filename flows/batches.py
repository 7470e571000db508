"""A batch: documents read from the archive, made into articles, checked and staged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from expectations.document_rules import check_document
from flows.curated import read_sidecar
from flows.plan_file import PlannedFile, batch_files
from flows.register_files import load_registers
from transforms.duplicates.settings import DuplicateSettings
from transforms.model import ProcessedDocument, RawDocument, Rejection
from transforms.process import process
from transforms.registers import Registers
from warehouse.archive import archived_file
from warehouse.containers.model import Container
from warehouse.inbox import FoundFile
from warehouse.staging import Run, Staged, StagedDocument, write_batch

TOO_LARGE, BAD_SIDECAR = "too_large", "bad_sidecar"
"""The reasons that a document can be read in spite of, where a person says so."""


def _unread(found: FoundFile, rejection: Rejection) -> ProcessedDocument:
    """Return a document that is held back without having become anything."""
    return ProcessedDocument(
        document_id=found.document_id,
        media_type="application/octet-stream",
        encoding=None,
        reader=None,
        source_text="",
        rejections=(rejection,),
    )


def _too_large(found: FoundFile, limit: int) -> Rejection:
    """Return the reason to leave a document unread that is larger than is safe."""
    return Rejection(
        TOO_LARGE,
        f"The file has {found.byte_size:,} bytes; more than {limit:,} are not read. "
        "Split it, or raise max_document_bytes.",
        str(found.byte_size),
    )


def _failed(error: Exception) -> Rejection:
    """Return the reason to hold a document back that the transforms stumbled over."""
    return Rejection(
        "transform_error",
        f"The document could not be read: {type(error).__name__}: {error}",
        type(error).__name__,
    )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What documents are read with: up to how many bytes, on which day, by which registers."""

    registers: Registers
    limit: int
    seen_on: date


def _processed(
    raw: RawDocument, registers: Registers, waived: Collection[str]
) -> ProcessedDocument:
    """Return what a document becomes; without its sidecar where that is bad and does not count."""
    done = process(raw, registers)
    if BAD_SIDECAR in waived and any(one.rule == BAD_SIDECAR for one in done.rejections):
        return process(replace(raw, sidecar=None), registers)
    return done


def read_document(
    found: FoundFile, file: Path, reading: Circumstances, waived: Collection[str] = ()
) -> ProcessedDocument:
    """Return what the document in a file becomes, with the sidecar beside that file.

    No document can stop a run: one that the transforms fail on is held back with the
    error as its reason, for a person to see and a later version to read again. ``waived`` are
    rules that do not count for it.
    """
    if found.byte_size > reading.limit and TOO_LARGE not in waived:
        return _unread(found, _too_large(found, reading.limit))
    raw = RawDocument(
        found.document_id, found.path, file.read_bytes(), reading.seen_on, read_sidecar(file)
    )
    try:
        return _processed(raw, reading.registers, waived)
    except Exception as error:  # noqa: BLE001 - recorded as the document's reason
        return _unread(found, _failed(error))


def container_document(document_id: str, container: Container) -> ProcessedDocument:
    """Return the document that a container is: its text is in its members, or refused."""
    return ProcessedDocument(
        document_id=document_id,
        media_type=container.media_type,
        encoding=None,
        reader=container.reader,
        source_text="",
        rejections=(container.rejection,) if container.rejection else (),
    )


def _staged(
    files: list[PlannedFile], archive: Path, reading: Circumstances
) -> Iterator[StagedDocument]:
    """Yield each document of a batch with what is wrong with it."""
    for planned in files:
        found = planned.found
        if planned.container:
            processed = container_document(found.document_id, planned.container)
        else:
            file = archived_file(archive, found.document_id)
            processed = read_document(found, file, reading, planned.waived)
        findings, checks = check_document(processed)
        version = planned.transform_version or ""
        yield StagedDocument(found, processed, version, tuple(findings), tuple(checks))


@dataclass(frozen=True, slots=True)
class Job:
    """What every batch of a run needs: the plan, and how to read.

    ``limit`` is the size in bytes above which a document is not read, ``registers`` the
    folder of registers, the project's own where it is None, ``furniture`` the warehouse's own,
    ``duplicates`` how texts are signed.
    """

    run: Run
    plan: Path
    archive: Path
    limit: int
    registers: Path | None = None
    furniture: Path | None = None
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)


def run_batch(job: Job, batch: int) -> int:
    """Read, check and stage a batch of the plan; return the number of its documents.

    Doing it again writes the same files, so a batch can be retried anywhere.
    """
    version = None if job.furniture is None else job.run.transform_version
    registers = load_registers(job.registers, job.furniture, version)
    files = batch_files(job.plan, batch)
    reading = Circumstances(registers, job.limit, job.run.started_at.date())
    documents = list(_staged(files, job.archive, reading))
    write_batch(Staged(job.plan.parent), batch, documents, job.run, job.duplicates)
    return len(documents)
