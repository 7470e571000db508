"""The steps of an ingest without Prefect: what most tests need, in a second or two."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from knipsel.expectations.staged.audit import AuditReport, audit
from knipsel.flows.config.corpus_check import corpus_check
from knipsel.flows.config.inputs import Inputs, inputs_of
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import write_plan
from knipsel.flows.plan.overruling import check_release_passes, released_rows, rules_to_waive
from knipsel.flows.plan.plan import look, plan_run
from knipsel.flows.plan.reprocessing import (
    plan_again,
    select_held_back,
    select_outdated,
    stated_again,
)
from knipsel.flows.read.batch import run_batch
from knipsel.flows.read.protocol import Job
from knipsel.flows.runs.stages import publish_lake, run_record, submission_of
from knipsel.warehouse.intake.arrivals import Arrivals
from knipsel.warehouse.intake.stored import export_stored
from knipsel.warehouse.lake.commit import RunCounts, Submission, commit
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.staging import Run, Staged
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.publish import Published

FIRST_RUN_AT = datetime(2024, 6, 1, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "articles"


@dataclass
class Pipeline:
    """A warehouse and a clock that moves on by an hour with each run.

    The suites, which take most of a small run's time, run only where it is ``audited``.
    """

    warehouse: Warehouse
    settings: Settings = field(default_factory=Settings)
    transform_version: str | None = None
    """At which documents are read; what registers and settings make, where it is None."""
    audited: bool = False
    runs: int = 0
    reader: Callable[[Job, int], int] = run_batch
    """Reads a batch: in this process, or `read_batch_apart`, which takes a second more."""

    def next_run(self) -> Run:
        """Return the next run."""
        self.runs += 1
        return Run(
            run_id=f"run-{self.runs}",
            started_at=FIRST_RUN_AT + timedelta(hours=self.runs - 1),
            transform_version=self.version,
            code_version="test",
        )

    @property
    def version(self) -> str:
        """Return the version at which documents are read now."""
        return self.transform_version or self.inputs().transform_version

    def inputs(self) -> Inputs:
        """Return what decides a run."""
        return inputs_of(self.warehouse, self.settings)

    def ingest(self, *paths: Path, run: Run | None = None) -> RunCounts:
        """Ingest files and commit them; return what became of them."""
        run = run or self.next_run()
        seen = look(paths, self.warehouse, leave_out=[])
        arrivals = Arrivals.of(self.warehouse, self.warehouse.staging(run.run_id))
        plan = plan_run(seen, self.warehouse, self.settings, run.transform_version, arrivals).table
        return self.commit_submission(self.read("ingest", run, plan))

    def read(
        self, flow: str, run: Run, planned: pa.Table, *, is_sighting: bool = True
    ) -> Submission:
        """Read and audit the documents of a plan; return what there is to commit."""
        plan = write_plan(planned, self.warehouse.staging(run.run_id))
        export_stored(self.warehouse, planned, plan.parent)
        batches = 0
        if planned["batch"].null_count < len(planned):
            batches = 1 + max(batch.as_py() or 0 for batch in planned["batch"])
        furniture = self.warehouse.furniture_file
        job = Job(
            run,
            plan,
            self.warehouse.archive,
            self.settings.max_document_bytes,
            self.settings.registers,
            furniture=furniture if furniture.exists() else None,
            duplicates=self.settings.duplicates,
            budget=self.settings.document_budget(),
            annotating=self.settings.annotating(),
            corrections=self.warehouse.corrections_file,
        )
        for batch in range(batches):
            self.reader(job, batch)
        report = AuditReport((), ())
        if batches and self.audited:
            report = audit(Staged(plan.parent), batches)
        return submission_of(
            flow,
            run,
            plan,
            batches,
            report,
            self.settings.duplicates,
            is_sighting=is_sighting,
            tolerance=self.settings.tolerance(),
            inputs=self.inputs(),
            check=corpus_check(self.warehouse, self.settings),
        )

    def commit(self, run: Run, plan: Path, batches: int, report: AuditReport) -> RunCounts:
        """Commit what was staged."""
        return self.commit_submission(
            submission_of("ingest", run, plan, batches, report, self.settings.duplicates)
        )

    def commit_submission(self, submission: Submission) -> RunCounts:
        """Commit what a run wants to commit."""
        ended_at = submission.run.started_at + timedelta(minutes=1)
        return commit(self.warehouse, submission, lambda: ended_at)

    def prepare_replay(self, *only: str, rule: str | None = None, reason: str = "") -> Submission:
        """Read documents that are held back again; released ones for a ``reason``."""
        run = self.next_run()
        selection = select_held_back(self.warehouse, only or None, rule)
        stated = stated_again(self.warehouse, self.settings, run.transform_version)
        waive: dict[str, tuple[str, ...]] = {}
        if reason:
            with open_lake(self.warehouse, read_only=True) as connection:
                waive = {name: rules_to_waive(connection, name) for name in only}
        plan = plan_again(selection, self.warehouse, stated, self.settings, waive=waive)
        submission = self.read("replay", run, plan, is_sighting=False)
        if not reason:
            return submission
        (document,) = selection.documents
        check_release_passes(submission, document)
        rows = released_rows(document, waive[document.document_id], reason, run)
        return replace(submission, released=rows)

    def replay(self, *only: str, rule: str | None = None) -> RunCounts:
        """Read documents that are held back again: all, some, or those of a rule."""
        return self.commit_submission(self.prepare_replay(*only, rule=rule))

    def release(self, document_id: str, reason: str) -> RunCounts:
        """Publish a document in spite of what holds it back."""
        return self.commit_submission(self.prepare_replay(document_id, reason=reason))

    def prepare_reprocessing(self, *only: str, is_all: bool = False) -> Submission:
        """Read documents of older versions again."""
        run = self.next_run()
        version = run.transform_version
        selection = select_outdated(
            self.warehouse, self.settings, version, only or None, is_all=is_all
        )
        stated = stated_again(self.warehouse, self.settings, version)
        plan = plan_again(selection, self.warehouse, stated, self.settings)
        return self.read("reprocess", run, plan, is_sighting=False)

    def reprocess(self, *only: str, is_all: bool = False) -> RunCounts:
        """Read documents of older versions again and replace what they made."""
        return self.commit_submission(self.prepare_reprocessing(*only, is_all=is_all))

    def publish(self, run: Run | None = None) -> Published:
        """Publish a release."""
        run = run or self.next_run()
        record = run_record(run, "publish", run.started_at)
        paths = self.settings.absolute_paths
        return publish_lake(self.warehouse, run, record, absolute_paths=paths)


def copy_of(prepared: Pipeline, folder: Path) -> Pipeline:
    """Return a pipeline into a copy of a prepared warehouse and what lies beside it.

    A test that changes a warehouse has one of its own so, which takes a tenth of making it.
    """
    shutil.copytree(prepared.warehouse.root.parent, folder, symlinks=True, dirs_exist_ok=True)
    warehouse = Warehouse.at(folder / prepared.warehouse.root.name)
    return replace(prepared, warehouse=warehouse, settings=prepared.settings.model_copy())


def write_files(folder: Path, texts: dict[str, str]) -> Sequence[Path]:
    """Write text files into a folder and return them."""
    files = []
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files
