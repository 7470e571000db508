"""What the process that reads documents is asked for, and what it is told to beware of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from knipsel.flows.read.budget import Budget
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.model import Annotating, Rejection
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.staging import Run


@dataclass(frozen=True, slots=True)
class Job:
    """What every batch of a run needs: the plan, and how to read.

    ``limit`` is the size in bytes above which a document is not read, ``registers`` the
    folder of registers of one's own, ``furniture`` the warehouse's, ``duplicates`` how texts are
    signed, ``budget`` what reading a document may take, ``annotating`` what is at work.
    ``version`` is that which all these make, where it is to be checked. ``corrections`` is the file
    of what people corrected.
    """

    run: Run
    plan: Path
    archive: Path
    limit: int
    registers: Path | None = None
    furniture: Path | None = None
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)
    budget: Budget = field(default_factory=Budget)
    annotating: Annotating = field(default_factory=Annotating)
    version: str | None = None
    corrections: Path | None = None


@dataclass(frozen=True, slots=True)
class Precautions:
    """What was learnt from readers that went down while they read the same documents.

    ``held`` are documents that are not read again, each with its reason. Those in ``first`` are
    read before the others, so that what brought a reader down is known to be them.
    """

    held: Mapping[str, Rejection] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    one_by_one: bool = False
    """Whether each document is staged by itself before all are."""

    def holding(self, document_id: str, rejection: Rejection) -> Precautions:
        """Return these and one document more that is not to be read."""
        return replace(self, held={**self.held, document_id: rejection})

    def beginning_with(self, document_id: str) -> Precautions:
        """Return these and one document more that is to be read before others."""
        return replace(self, first=(document_id, *self.first))


@dataclass(frozen=True, slots=True)
class Warming:
    """Asks to load what any reading needs: registers as in `load_registers`."""

    registers: Path | None
    furniture: Path | None
    annotating: Annotating


@dataclass(frozen=True, slots=True)
class BatchReading:
    """Asks to read and stage a batch of a job."""

    job: Job
    batch: int
    precautions: Precautions

    @property
    def budget(self) -> Budget:
        """Return what reading a document may take."""
        return self.job.budget


@dataclass(frozen=True, slots=True)
class Previewing:
    """Asks what a document in a file would become; the other fields are as in `Job`."""

    found: FoundFile
    file: Path
    limit: int
    seen_on: date
    registers: Path | None
    furniture: Path | None
    budget: Budget
    precautions: Precautions = field(default_factory=Precautions)
    waived: tuple[str, ...] = ()
    """The rules that a person said do not count for the document."""
    language: str | None = None
    """What a person states of all its articles."""
    annotating: Annotating = field(default_factory=Annotating)
    sidecar: str | None = None
    """What lies beside it."""
    corrections: Path | None = None


Reading = BatchReading | Previewing
Request = Warming | Reading

LENGTH_BYTES = 8
"""How the length of a request is written: so many bytes, the highest first."""
