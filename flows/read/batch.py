"""A batch: documents read from the archive, made into articles, checked and staged.

All of it happens in the process that calls; `knipsel.flows.read.supervisor` has it done in another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from knipsel.expectations.documents.annotation_rules import without_unsound
from knipsel.expectations.documents.document_rules import ANNOTATION_RULES, RULES, check_document
from knipsel.flows.config.corrections_file import read_corrections
from knipsel.flows.config.register_files import load_registers, own_texts
from knipsel.flows.config.versions import transform_version
from knipsel.flows.plan.curated import read_sidecar
from knipsel.flows.plan.file import PlannedFile, batch_files
from knipsel.flows.read.budget import too_much_memory
from knipsel.flows.read.documents import ReadDocument, document_as_read
from knipsel.flows.read.not_read import container_document, unread
from knipsel.flows.read.protocol import Job, Precautions, Previewing
from knipsel.flows.read.stored import annotated_anew
from knipsel.transforms.annotate.failures import all_failed
from knipsel.transforms.model import (
    AnnotationRows,
    OwnError,
    ProcessedDocument,
    RawDocument,
    Rejection,
)
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.corrections import Corrections
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.model import Registers
from knipsel.warehouse.contract.advice import TRANSFORM_ERROR
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.intake.stored import StoredDocument, stored_documents
from knipsel.warehouse.lake.staging import (
    Staged,
    StagedDocument,
    batch_tables,
    texts_of,
    write_batch,
)
from knipsel.warehouse.linking.signing import key_table

T = TypeVar("T")

TOO_LARGE, BAD_SIDECAR = "too_large", "bad_sidecar"
"""The reasons that a document can be read in spite of, where a person says so."""


def _too_large(found: FoundFile, limit: int) -> Rejection:
    """Return the reason to leave a document unread that is larger than is safe."""
    return Rejection(
        TOO_LARGE,
        f"The file has {found.byte_size:,} bytes; more than {limit:,} are not read. "
        "Split it, or raise max_document_bytes.",
        str(found.byte_size),
    )


def _failed(error: Exception) -> Rejection:
    """Return the reason to hold a document back that our own code stumbled over."""
    if isinstance(error, MemoryError):
        return too_much_memory()
    own = str(OwnError.of(error))
    return Rejection(
        TRANSFORM_ERROR, f"An error of knipsel's own, which is no fault of the file: {own}.", own
    )


def _without_annotations(document: ProcessedDocument, error: Exception) -> ProcessedDocument:
    """Return a document whose annotators all failed."""
    failed = (all_failed(article.article_id, error) for article in document.articles)
    return replace(document, annotations=AnnotationRows.joined(failed))


def _passing(
    found: FoundFile,
    document: ProcessedDocument,
    attempt: Callable[[ProcessedDocument], T],
) -> T:
    """Return what an attempt makes of a document, whatever errors of ours come up.

    Where it fails, it is made without annotations, and where it fails even so, the document is
    held back.
    """
    try:
        return attempt(document)
    except Exception as error:  # noqa: BLE001 - recorded with the document
        if not isinstance(error, MemoryError):
            with suppress(Exception):  # the first error is the one to tell
                return attempt(_without_annotations(document, error))
        return attempt(unread(found, _failed(error)))


class Watch(Protocol):
    """Is told what a reader does, and keeps it in bounds meanwhile."""

    def reading(self, document_id: str, path: str) -> AbstractContextManager[None]:
        """Keep the block in bounds, which reads a document."""
        ...

    def staging(self) -> AbstractContextManager[None]:
        """Keep the block in bounds, which stages all documents of a batch."""
        ...


class Unwatched:
    """Watches over nothing."""

    def reading(self, document_id: str, path: str) -> AbstractContextManager[None]:
        """Do nothing."""
        del document_id, path
        return nullcontext()

    def staging(self) -> AbstractContextManager[None]:
        """Do nothing."""
        return nullcontext()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What documents are read with: up to how many bytes, on which day, by which registers.

    ``corrections`` are what people corrected, ``language`` is what a person states of all articles.
    """

    registers: Registers
    limit: int
    seen_on: date
    corrections: Corrections = field(default_factory=Corrections)
    language: str | None = None


def _processed(
    raw: RawDocument, reading: Circumstances, waived: Collection[str]
) -> ProcessedDocument:
    """Return what a document becomes; without its sidecar where that is bad and does not count."""
    corrections = reading.corrections.of(raw.document_id, raw.path)
    done = process(raw, reading.registers, waived, corrections)
    if BAD_SIDECAR in waived and any(one.rule == BAD_SIDECAR for one in done.rejections):
        return process(replace(raw, sidecar=None), reading.registers, waived, corrections)
    return done


def read_document(
    found: FoundFile,
    file: Path,
    reading: Circumstances,
    sidecar: str | None,
    waived: Collection[str] = (),
) -> ProcessedDocument:
    """Return what the document in a file becomes, with what lies beside it.

    An error of ours in a reader or cleaner is a reason to hold the document back, for a person
    to see and a later version to read again; whether there are too many of them in a run is
    decided at its end. ``waived`` are rules that do not count for it.
    """
    if found.byte_size > reading.limit and TOO_LARGE not in waived:
        return unread(found, _too_large(found, reading.limit))
    raw = RawDocument(
        found.document_id,
        found.path,
        file.read_bytes(),
        reading.seen_on,
        sidecar,
        reading.language,
    )
    try:
        return _processed(raw, reading, waived)
    except Exception as error:  # noqa: BLE001 - recorded as the document's reason
        return unread(found, _failed(error))


def read_one(asked: Previewing, watch: Watch | None = None) -> ReadDocument:
    """Return what the document in a file would become."""
    registers = load_registers(asked.registers, asked.furniture, asked.annotating)
    corrections = read_corrections(asked.corrections)
    reading = Circumstances(registers, asked.limit, asked.seen_on, corrections, asked.language)
    with (watch or Unwatched()).reading(asked.found.document_id, asked.found.path):
        held = asked.precautions.held.get(asked.found.document_id)
        document = (
            unread(asked.found, held)
            if held
            else read_document(asked.found, asked.file, reading, asked.sidecar, asked.waived)
        )
        return _passing(
            asked.found, document, lambda processed: document_as_read(asked.found, processed)
        )


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch that is being read, under a watch and with precautions."""

    job: Job
    reading: Circumstances
    watch: Watch
    precautions: Precautions
    stored: Mapping[str, StoredDocument]

    def staged(self, planned: PlannedFile) -> StagedDocument:
        """Return a document with what is wrong with it."""
        with self.watch.reading(planned.found.document_id, planned.found.path):
            version = planned.transform_version or ""
            document = _passing(
                planned.found,
                self._processed(planned),
                lambda processed: _checked(
                    planned.found, version, processed, is_stored=planned.is_stored
                ),
            )
            return self.stageable(document) if self.precautions.one_by_one else document

    def _processed(self, planned: PlannedFile) -> ProcessedDocument:
        found = planned.found
        if held := self.precautions.held.get(found.document_id):
            return unread(found, held)
        if planned.container:
            return container_document(found.document_id, planned.container)
        if planned.is_stored:
            return self._annotated(found)
        file = archived_file(self.job.archive, found.document_id)
        return read_document(found, file, self.reading, read_sidecar(file), planned.waived)

    def _annotated(self, found: FoundFile) -> ProcessedDocument:
        """Return a document as the lake has it, annotated anew."""
        known = self.reading.registers.annotations
        try:
            return annotated_anew(found.document_id, self.stored[found.document_id], known)
        except Exception as error:  # noqa: BLE001 - recorded as the document's reason
            return unread(found, _failed(error))

    def stageable(self, document: StagedDocument) -> StagedDocument:
        """Return a document if its rows can be made, else what of it can be."""

        def attempt(processed: ProcessedDocument) -> StagedDocument:
            tried = _checked(
                document.found,
                document.transform_version,
                processed,
                is_stored=document.is_stored,
            )
            batch_tables([tried], self.job.run)
            key_table(texts_of([tried]), self.job.duplicates)
            return tried

        return _passing(document.found, document.processed, attempt)


def _checked(
    found: FoundFile, version: str, processed: ProcessedDocument, *, is_stored: bool = False
) -> StagedDocument:
    """Return a document with what the rules on single documents find.

    Of one that is stored only the annotations are new.
    """
    sound = without_unsound(processed)
    findings, checks = check_document(sound, ANNOTATION_RULES if is_stored else RULES)
    return StagedDocument(
        *(found, sound, version, tuple(findings), tuple(checks)),
        is_stored=is_stored and not sound.rejections,
    )


def _in_doubt_first(files: Iterable[PlannedFile], first: tuple[str, ...]) -> list[PlannedFile]:
    """Return files with those before the others that may have brought a reader down."""
    rank = {document_id: number for number, document_id in enumerate(first)}
    return sorted(files, key=lambda file: rank.get(file.found.document_id, len(rank)))


def registers_of(job: Job) -> Registers:
    """Return the registers of a job; `RegisterError` where they were changed since it began."""
    own = own_texts(job.registers)
    registers = load_registers(job.registers, job.furniture, job.annotating)
    if job.version is not None:
        now = transform_version(own, registers.pages.furniture, job.annotating)
        if now != job.version:
            where = str(job.registers or job.furniture)
            raise RegisterError(where, "file", "was changed during the run; run it again")
    return registers


def run_batch(
    job: Job, batch: int, watch: Watch | None = None, precautions: Precautions | None = None
) -> int:
    """Read, check and stage a batch of the plan; return the number of its documents.

    Doing it again writes the same files, so a batch can be retried anywhere.
    """
    watch, precautions = watch or Unwatched(), precautions or Precautions()
    registers = registers_of(job)
    files = batch_files(job.plan, batch)
    corrections = read_corrections(job.corrections)
    reading = Circumstances(registers, job.limit, job.run.started_at.date(), corrections)
    stored = stored_documents(job.plan.parent, batch)
    work = _Batch(job, reading, watch, precautions, stored)
    staged = {
        planned.found.document_id: work.staged(planned)
        for planned in _in_doubt_first(files, precautions.first)
    }
    documents = [staged[planned.found.document_id] for planned in files]
    with watch.staging():
        _write(work, batch, documents)
    return len(documents)


def _write(work: _Batch, batch: int, documents: list[StagedDocument]) -> None:
    """Write the rows of documents; those whose rows cannot be made are held back."""
    job = work.job
    place = Staged(job.plan.parent)
    try:
        write_batch(place, batch, documents, job.run, job.duplicates)
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - what was wrong is found for each document
        stageable = [work.stageable(document) for document in documents]
        write_batch(place, batch, stageable, job.run, job.duplicates)
