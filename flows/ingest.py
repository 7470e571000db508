"""The flow ``ingest``: from files to a validated release."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.task_runners import TaskRunner
from prefect.tasks import Task

from knipsel.expectations.bounds.file import Bounds
from knipsel.expectations.staged.audit import AuditReport, audit
from knipsel.flows.cli.print.curated_report import curated_notes
from knipsel.flows.config.bounds_file import bounds_of
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import write_plan
from knipsel.flows.plan.plan import GONE, look, plan_run
from knipsel.flows.read.protocol import Job
from knipsel.flows.read.supervisor import ending_idle, read_batch_apart
from knipsel.flows.runs.errors import UnpublishedError, cause
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.progress import progress
from knipsel.flows.runs.record import flow_run_name, new_run, remember_failure
from knipsel.flows.runs.stages import publish_lake, submission_of
from knipsel.flows.runs.summary import IngestSummary, Stopwatch
from knipsel.flows.runs.task_runner import task_runner
from knipsel.warehouse.intake.inbox import passed_over_notes
from knipsel.warehouse.lake.commit import RunCounts, Submission, commit
from knipsel.warehouse.lake.connection import ensure_lake
from knipsel.warehouse.lake.staging import Run, Staged
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.publish import Published

RETRIES = 3
RETRY_SECONDS = 2
"""Retries help where another process holds the catalogue for a moment, or a worker went
away; a wrong input stays wrong."""


def passes_by_itself(_: Task[..., Any], __: Any, state: State[Any]) -> bool:
    """Tell whether a failed task may succeed when it is tried again."""
    try:
        state.result()
    except (duckdb.IOException, duckdb.TransactionException) as error:
        return "lock" in str(error) or "conflict" in str(error).lower()
    except (ConnectionError, TimeoutError):
        return True
    except Exception:  # noqa: BLE001 - asked about, not handled: the flow raises it
        return False
    return False


class Discovered(NamedTuple):
    """What a run has before it: its plan's file, the batches in it, what is new in bytes."""

    plan: Path
    batches: int
    new_bytes: int
    lonely_sidecars: Sequence[Path] = ()
    notes: Sequence[str] = ()
    """What a person should know of files that are not in the plan."""


def discovered(
    plan: pa.Table, folder: Path, lonely: Sequence[Path] = (), notes: Sequence[str] = ()
) -> Discovered:
    """Write a plan into a run's staging folder and return what it holds."""
    new = plan.filter(pc.is_valid(plan["batch"]))
    batches = (max(new["batch"].to_pylist()) + 1) if len(new) else 0
    get_run_logger().info("%d files seen, %d to read", len(plan), len(new))
    new_bytes = sum(new["byte_size"].to_pylist())
    return Discovered(write_plan(plan, folder), batches, new_bytes, lonely, notes)


@task(
    name="discover",
    task_run_name="discover",
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=passes_by_itself,
)
def discover(
    paths: Sequence[str], warehouse: Warehouse, settings: Settings, run: Run, plan_folder: Path
) -> Discovered:
    """Find and hash the files, keep the new ones, plan the batches."""
    ensure_lake(warehouse)
    leave_out = [settings.registers] if settings.registers else []
    seen = look([Path(path) for path in paths], warehouse, leave_out)
    planned = plan_run(seen, warehouse, settings, run.transform_version)
    gone = [*seen.passed_over[GONE], *planned.gone]
    notes = passed_over_notes({**seen.passed_over, GONE: gone})
    return discovered(planned.table, plan_folder, seen.lonely_sidecars, notes)


@task(
    name="read",
    task_run_name="read-batch-{batch}",
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=passes_by_itself,
)
def read_batch(job: Job, batch: int) -> int:
    """Read, clean, describe and check a batch of documents; return how many."""
    return read_batch_apart(job, batch)


@task(name="audit", task_run_name="audit", cache_policy=NO_CACHE)
def audit_staged(staged: Staged, batches: int) -> AuditReport:
    """Audit the staged rows against the contract."""
    report = audit(staged, batches)
    failed = [outcome for outcome in report.outcomes if not outcome.success]
    get_run_logger().info("%d rules checked, %d with failures", len(report.outcomes), len(failed))
    return report


@task(
    name="commit",
    task_run_name="commit",
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=passes_by_itself,
)
def commit_run(
    warehouse: Warehouse,
    submission: Submission,
    look: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
) -> RunCounts:
    """Link duplicates and commit all tables of the run in one transaction."""
    return commit(warehouse, submission, lambda: datetime.now(UTC), look)


@task(name="release", task_run_name="release", cache_policy=NO_CACHE)
def release(warehouse: Warehouse, run: Run, bounds: Bounds) -> Published:
    """Publish what the lake holds, where the last release does not hold it already."""
    return publish_lake(warehouse, run, None, bounds)


def _read_batches(runner: TaskRunner[Any], job: Job, batches: int) -> None:
    """Read all batches, where the runner says, and raise what any of them raised."""
    with ending_idle(), runner:
        futures = [
            runner.submit(read_batch, parameters={"job": job, "batch": batch})
            for batch in range(batches)
        ]
        for number, future in enumerate(futures, start=1):
            future.result()
            progress().advance(number, batches)


def _publish(warehouse: Warehouse, run: Run, bounds: Bounds) -> Published:
    """Publish after a commit; where that fails, say that the commit stands."""
    try:
        return release(warehouse, run, bounds)
    except Exception as error:
        raise UnpublishedError(cause(error)) from error


@contextmanager
def work_of(flow_name: str, warehouse: Warehouse, run: Run) -> Iterator[Path]:
    """Give a run its staging folder, and remember its failure."""
    staging = warehouse.staging(run.run_id)
    with running(warehouse):
        try:
            yield staging
        except Exception as error:
            remember_failure(warehouse, run, flow_name, error)
            raise
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Work:
    """A run at work: the steps that all flows share once there is a plan, each as a task."""

    flow_name: str
    run: Run
    warehouse: Warehouse
    settings: Settings
    watch: Stopwatch
    bounds: Bounds
    is_sighting: bool = True

    @classmethod
    def begun(
        cls,
        flow_name: str,
        run: Run,
        warehouse: Warehouse,
        settings: Settings,
        *,
        is_sighting: bool = True,
    ) -> Work:
        """Return a run at its start; raise `BoundsError` at once where a bound is mistyped."""
        bounds = bounds_of(warehouse, settings.bounds)
        return cls(flow_name, run, warehouse, settings, Stopwatch(), bounds, is_sighting)

    def read(self, found: Discovered, archive: Path | None = None) -> Submission:
        """Read and audit the documents of a plan; return what there is to commit.

        ``archive`` is where they are read from, if not from the warehouse's own.
        """
        report = AuditReport((), ())
        if found.batches:
            job = Job(
                self.run,
                found.plan,
                archive or self.warehouse.archive,
                self.settings.max_document_bytes,
                self.settings.registers,
                self.warehouse.furniture_file,
                self.settings.duplicates,
                self.settings.document_budget(),
            )
            runner = task_runner(self.settings, found.batches, found.new_bytes)
            with self.watch.step("read"), progress().step("Reading", total=found.batches):
                _read_batches(runner, job, found.batches)
            with self.watch.step("audit"), progress().step("Auditing"):
                report = audit_staged(Staged(found.plan.parent), found.batches)
        return submission_of(
            self.flow_name,
            self.run,
            found.plan,
            found.batches,
            report,
            self.settings.duplicates,
            is_sighting=self.is_sighting,
        )

    def commit(
        self,
        submission: Submission,
        look: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
    ) -> RunCounts:
        """Commit what was read, in one transaction; ``look`` is as in `commit`."""
        with self.watch.step("commit"), progress().step("Committing"):
            return commit_run(self.warehouse, submission, look)

    def publish(self) -> Published:
        """Publish what was committed; where that fails, say that the commit stands."""
        with self.watch.step("release"), progress().step("Publishing"):
            return _publish(self.warehouse, self.run, self.bounds)


@flow(name="ingest", flow_run_name=flow_run_name, validate_parameters=False)
def ingest(  # noqa: PLR0917 - Prefect gives the parameters of a deployment by name
    paths: Sequence[str],
    warehouse: str = "warehouse",
    publish: bool = True,  # noqa: FBT001, FBT002 - a parameter of deployments, set by name
    started_at: datetime | None = None,
    run_id: str | None = None,
    settings: Settings | None = None,
) -> IngestSummary:
    """Ingest the files under ``paths`` into the warehouse in a folder, and publish them.

    ``started_at`` and ``run_id`` are the clock and the name of the run, which its rows
    carry; without them they are those of the flow run.
    """
    settings = settings or Settings()
    place = settings.warehouse_at(Path(warehouse))
    run = new_run(place, started_at, run_id)
    with work_of("ingest", place, run) as staging:
        work = Work.begun("ingest", run, place, settings)
        summary = _ingest(paths, work, staging, publish=publish)
    create_table_artifact(key="ingest-summary", table=summary.rows(), description="Ingest")
    return summary


def _ingest(paths: Sequence[str], work: Work, staging: Path, *, publish: bool) -> IngestSummary:
    """Run the steps of ``ingest`` and time them."""
    warehouse, run = work.warehouse, work.run
    with work.watch.step("discover"), progress().step("Looking for files"):
        found = discover(paths, warehouse, work.settings, run, staging)
    counts = work.commit(work.read(found))
    published = work.publish() if publish else None
    noted_run = run.run_id if found.batches else None
    return IngestSummary(
        run_id=run.run_id,
        counts=counts,
        release_version=published.version if published else None,
        release_folder=str(published.folder) if published and published.folder else None,
        is_new_release=bool(published and published.is_new),
        seconds=work.watch.seconds,
        notes=(*found.notes, *curated_notes(found.lonely_sidecars, warehouse, noted_run)),
    )
