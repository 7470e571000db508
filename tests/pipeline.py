"""The steps of an ingest without Prefect: what most tests need, in a second or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from expectations.audit import AuditReport, audit
from flows.batches import run_batch
from flows.jobs import Job
from flows.plan import look, make_plan
from flows.plan_file import write_plan
from flows.settings import Settings
from flows.steps import publish_lake, run_record, submission_of
from transforms import TRANSFORM_VERSION
from warehouse.commit import RunCounts, commit
from warehouse.layout import Warehouse
from warehouse.release.publish import Published
from warehouse.staging import Run, Staged

FIRST_RUN_AT = datetime(2024, 6, 1, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "corpus" / "samples" / "articles"


@dataclass
class Pipeline:
    """A warehouse and a clock that moves on by an hour with each run.

    The suites, which take most of a small run's time, run only where it is ``audited``.
    """

    warehouse: Warehouse
    settings: Settings = field(default_factory=Settings)
    transform_version: str = TRANSFORM_VERSION
    audited: bool = False
    runs: int = 0
    read: Callable[[Job, int], int] = run_batch
    """Reads a batch: in this process, or `read_batch_apart`, which takes a second more."""

    def next_run(self) -> Run:
        """Return the next run."""
        self.runs += 1
        return Run(
            run_id=f"run-{self.runs}",
            started_at=FIRST_RUN_AT + timedelta(hours=self.runs - 1),
            transform_version=self.transform_version,
            code_version="test",
        )

    def ingest(self, *paths: Path, run: Run | None = None) -> RunCounts:
        """Ingest files and commit them; return what became of them."""
        run = run or self.next_run()
        staging = self.warehouse.staging(run.run_id)
        seen = look(paths, self.warehouse, leave_out=[])
        plan_table = make_plan(seen, self.warehouse, self.settings, run.transform_version)
        plan = write_plan(plan_table, staging)
        batches = 1 + max((batch.as_py() or 0 for batch in plan_table["batch"]), default=-1)
        if plan_table["batch"].null_count == len(plan_table):
            batches = 0
        job = Job(
            run,
            plan,
            self.warehouse.archive,
            self.settings.max_document_bytes,
            self.settings.registers,
            furniture=self.warehouse.furniture_file
            if self.warehouse.furniture_file.exists()
            else None,
            duplicates=self.settings.duplicates,
            budget=self.settings.document_budget(),
        )
        for batch in range(batches):
            self.read(job, batch)
        report = AuditReport((), ())
        if batches and self.audited:
            report = audit(Staged(staging), batches)
        return self.commit(run, plan, batches, report)

    def commit(self, run: Run, plan: Path, batches: int, report: AuditReport) -> RunCounts:
        """Commit what was staged."""
        submission = submission_of("ingest", run, plan, batches, report, self.settings.duplicates)
        return commit(self.warehouse, submission, lambda: run.started_at + timedelta(minutes=1))

    def publish(self, run: Run | None = None) -> Published:
        """Publish a release."""
        run = run or self.next_run()
        return publish_lake(self.warehouse, run, run_record(run, "publish", run.started_at))


def write_files(folder: Path, texts: dict[str, str]) -> Sequence[Path]:
    """Write text files into a folder and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in texts.items():
        file = folder / name
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files
