"""A run at work: what it has at hand, and the steps that all flows share once there is a plan."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from knipsel.expectations.bounds.conditions import check_conditions
from knipsel.expectations.bounds.file import Bounds
from knipsel.expectations.staged.audit import AuditReport, audit
from knipsel.expectations.staged.contract_audit import prepare
from knipsel.expectations.staged.too_large import without_largest
from knipsel.flows.config.bounds_file import bounds_of
from knipsel.flows.config.corpus_check import corpus_check
from knipsel.flows.config.inputs import bounds_inputs, current_version, inputs_of
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import Discovered
from knipsel.flows.read.protocol import Job
from knipsel.flows.runs.errors import UnpublishedError, cause
from knipsel.flows.runs.leftovers import finish_what_was_begun
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.progress import progress
from knipsel.flows.runs.stages import (
    publish_lake,
    remember_failure,
    run_record,
    run_without_flow,
    submission_of,
)
from knipsel.flows.runs.steps import PlainSteps, Steps
from knipsel.flows.runs.summary import Stopwatch
from knipsel.flows.server.reports.end import told_at_end
from knipsel.warehouse.intake.arrivals import clear_staging
from knipsel.warehouse.lake.commit import RunCounts, Submission, commit
from knipsel.warehouse.lake.connection import NoWarehouseError
from knipsel.warehouse.lake.staging import Run, Staged
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.outdated import count_outdated
from knipsel.warehouse.release.files.corpus_file import read_corpus
from knipsel.warehouse.release.publish import Published

LookAtCounts = Callable[[duckdb.DuckDBPyConnection, RunCounts], None]
"""Is shown that and what becomes of the files."""

Look = Callable[[duckdb.DuckDBPyConnection], None]
"""Is shown what a commit is about to change."""


def _prepare_audit() -> None:
    """Import what the audit needs, which takes seconds, while others read.

    Whatever goes wrong here comes up again in the audit.
    """
    with suppress(Exception):
        prepare()


@dataclass(frozen=True, slots=True)
class Work:
    """A run at work: who it is, where, how its steps are carried out, and how long they took.

    ``is_sighting`` is false where it takes up documents of the archive, and sees no files.
    """

    flow_name: str
    run: Run
    warehouse: Warehouse
    settings: Settings
    steps: Steps
    watch: Stopwatch = field(default_factory=Stopwatch)
    is_sighting: bool = True
    notes: list[str] = field(default_factory=list)
    """What a person should know at the end: that documents are outdated by now."""

    @property
    def staging(self) -> Path:
        """The folder of the run's plan and its staged rows."""
        return self.warehouse.staging(self.run.run_id)

    def bounds(self) -> Bounds:
        """Return the bounds on the corpus; raise `BoundsError` where one is mistyped."""
        return bounds_of(self.warehouse, self.settings.bounds)

    def _job(self, found: Discovered, archive: Path | None) -> Job:
        return Job(
            self.run,
            found.plan,
            archive or self.warehouse.archive,
            self.settings.max_document_bytes,
            self.settings.registers,
            self.warehouse.furniture_file,
            self.settings.duplicates,
            self.settings.document_budget(),
            self.settings.annotating(),
            self.run.transform_version,
            self.warehouse.corrections_file,
        )

    def read(self, found: Discovered, archive: Path | None = None) -> Submission:
        """Read and audit the documents of a plan; return what there is to commit.

        ``archive`` is where they are read from, if not from the warehouse's own. Raises
        `OwnErrorsError` where errors of knipsel's own hold too many of them back.
        """
        report = AuditReport((), ())
        if found.batches:
            job = self._job(found, archive)
            threading.Thread(target=_prepare_audit, daemon=True).start()
            with self.watch.step("read"), progress().step("Reading", total=found.new):
                self.steps.read(job, found, self.settings)
            with self.watch.step("audit"), progress().step("Auditing"):
                staged = Staged(found.plan.parent)
                report = self.steps.carry_out("audit", audit, staged, found.batches)
            failed = sum(not outcome.success for outcome in report.outcomes)
            self.steps.note(f"{len(report.outcomes)} rules checked, {failed} with failures")
        return submission_of(
            self.flow_name,
            self.run,
            found.plan,
            found.batches,
            report,
            self.settings.duplicates,
            is_sighting=self.is_sighting,
            tolerance=self.settings.tolerance(),
            inputs=inputs_of(self.warehouse, self.settings),
            check=corpus_check(self.warehouse, self.settings),
        )

    def commit(self, submission: Submission, look: Look | None = None) -> RunCounts:
        """Commit what was read, in one transaction; ``look`` is as in `commit`.

        Where that takes more memory than it may, the document with the longest text is held back.
        Raises `ConditionMetError` where a condition of the user's holds.
        """
        conditions = self.settings.conditions() if self.is_sighting else []

        def look_around(connection: duckdb.DuckDBPyConnection, counts: RunCounts) -> None:
            check_conditions(conditions, counts)
            found = count_outdated(connection, self.run.transform_version, "FROM fresh")
            self.notes[:] = found.sentences()
            if look is not None:
                look(connection)

        with self.watch.step("commit"), progress().step("Committing"):
            while True:
                try:
                    return self._commit(submission, look_around)
                except duckdb.OutOfMemoryException:
                    smaller = without_largest(submission)
                    if smaller is None:
                        raise
                    submission = smaller

    def _commit(self, submission: Submission, look: LookAtCounts) -> RunCounts:
        return self.steps.carry_out(
            "commit", commit, self.warehouse, submission, lambda: datetime.now(UTC), look
        )

    def publish(self) -> Published:
        """Publish what was committed; where that fails, say that the commit stands."""
        with self.watch.step("release"), progress().step("Publishing"):
            try:
                return self.steps.carry_out(
                    "release",
                    publish_lake,
                    self.warehouse,
                    self.run,
                    None,
                    self.bounds(),
                    search_index=self.settings.search_index,
                    absolute_paths=self.settings.absolute_paths,
                )
            except Exception as error:
                raise UnpublishedError(cause(error)) from error


def work_of(
    flow_name: str,
    warehouse: Warehouse,
    settings: Settings,
    *,
    watch: Stopwatch | None = None,
    is_sighting: bool = True,
) -> Work:
    """Return a run that begins now, whose steps need no Prefect.

    Raises `RegisterError` where a register of one's own is malformed.
    """
    version = current_version(warehouse, settings)
    run = run_without_flow(str(uuid4()), datetime.now(UTC), version)
    return Work(
        flow_name, run, warehouse, settings, PlainSteps(), watch or Stopwatch(), is_sighting
    )


@contextmanager
def at_work(work: Work) -> Iterator[Work]:
    """Be known as at work while the block runs; a failure is remembered, staged rows are cleared.

    Raises `BoundsError` at once where a bound is mistyped, `CorpusFileError` likewise.
    """
    with ExitStack() as stack:
        stack.enter_context(told_at_end(work.warehouse, work.settings, work.run, work.flow_name))
        is_done = False
        with work.watch.step("wait"):
            stack.enter_context(running(work.warehouse, finish_what_was_begun))
        try:
            work.bounds()
            read_corpus(work.warehouse.root)
            yield work
            is_done = True
        except Exception as error:
            remember_failure(work.warehouse, work.run, work.flow_name, error)
            raise
        finally:
            clear_staging(work.staging, is_done=is_done)


def publish_by_itself(warehouse: Warehouse, settings: Settings, run: Run) -> Published:
    """Publish what the lake holds, in a run that does nothing else.

    Raises `NoWarehouseError` where there is nothing to publish from.
    """
    if not warehouse.exists:
        raise NoWarehouseError(warehouse)
    try:
        with (
            told_at_end(warehouse, settings, run, "publish"),
            running(warehouse, finish_what_was_begun),
            progress().step("Publishing"),
        ):
            bounds = bounds_of(warehouse, settings.bounds)
            read_corpus(warehouse.root)
            record = run_record(run, "publish", datetime.now(UTC))
            inputs = bounds_inputs(warehouse, settings)
            return publish_lake(
                warehouse,
                run,
                record,
                bounds,
                inputs,
                search_index=settings.search_index,
                absolute_paths=settings.absolute_paths,
            )
    except Exception as error:
        remember_failure(warehouse, run, "publish", error)
        raise
