"""The flow ``ingest``: from files to a validated release."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow.compute as pc
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.task_runners import TaskRunner
from prefect.tasks import Task

from expectations.audit import AuditReport, audit
from flows.curated_report import curated_notes
from flows.errors import UnpublishedError, cause
from flows.jobs import Job
from flows.plan import GONE, look, plan_run
from flows.plan_file import write_plan
from flows.progress import progress
from flows.reading_apart import ending_idle, read_batch_apart
from flows.runners import task_runner
from flows.runs import flow_run_name, new_run, remember_failure
from flows.settings import Settings
from flows.steps import publish_lake, submission_of
from flows.summary import IngestSummary, Stopwatch
from warehouse.commit import RunCounts, Submission, commit
from warehouse.inbox import passed_over_notes
from warehouse.layout import Warehouse
from warehouse.release.publish import Published
from warehouse.staging import Run, Staged

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
    lonely_sidecars: Sequence[Path]
    notes: Sequence[str]
    """What a person should know of files that are not in the plan."""


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
    leave_out = [settings.registers] if settings.registers else []
    seen = look([Path(path) for path in paths], warehouse, leave_out)
    planned = plan_run(seen, warehouse, settings, run.transform_version)
    plan = planned.table
    new = plan.filter(pc.is_valid(plan["batch"]))
    batches = (max(new["batch"].to_pylist()) + 1) if len(new) else 0
    get_run_logger().info("%d files seen, %d new", len(plan), len(new))
    new_bytes = sum(new["byte_size"].to_pylist())
    gone = [*seen.passed_over[GONE], *planned.gone]
    notes = passed_over_notes({**seen.passed_over, GONE: gone})
    file = write_plan(plan, plan_folder)
    return Discovered(file, batches, new_bytes, seen.lonely_sidecars, notes)


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
def commit_run(warehouse: Warehouse, submission: Submission) -> RunCounts:
    """Link duplicates and commit all tables of the run in one transaction."""
    return commit(warehouse, submission, lambda: datetime.now(UTC))


@task(name="release", task_run_name="release", cache_policy=NO_CACHE)
def release(warehouse: Warehouse, run: Run) -> Published:
    """Publish what the lake holds, where the last release does not hold it already."""
    return publish_lake(warehouse, run, record=None)


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


def _publish(warehouse: Warehouse, run: Run) -> Published:
    """Publish after a commit; where that fails, say that the commit stands."""
    try:
        return release(warehouse, run)
    except Exception as error:
        raise UnpublishedError(cause(error)) from error


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
    staging = place.staging(run.run_id)
    try:
        summary = _ingest(paths, place, settings, run, staging, publish=publish)
    except Exception as error:
        remember_failure(place, run, "ingest", error)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    create_table_artifact(key="ingest-summary", table=summary.rows(), description="Ingest")
    return summary


def _ingest(
    paths: Sequence[str],
    warehouse: Warehouse,
    settings: Settings,
    run: Run,
    staging: Path,
    *,
    publish: bool,
) -> IngestSummary:
    """Run the steps of ``ingest``, each as a task, and time them."""
    watch = Stopwatch()
    report = AuditReport((), ())
    with watch.step("discover"), progress().step("Looking for files"):
        plan, batches, new_bytes, lonely, notes = discover(paths, warehouse, settings, run, staging)
    if batches:
        with watch.step("read"), progress().step("Reading", total=batches):
            job = Job(
                run,
                plan,
                warehouse.archive,
                settings.max_document_bytes,
                settings.registers,
                warehouse.furniture_file,
                settings.duplicates,
                settings.document_budget(),
            )
            _read_batches(task_runner(settings, batches, new_bytes), job, batches)
        with watch.step("audit"), progress().step("Auditing"):
            report = audit_staged(Staged(staging), batches)
    with watch.step("commit"), progress().step("Committing"):
        submission = submission_of("ingest", run, plan, batches, report, settings.duplicates)
        counts = commit_run(warehouse, submission)
    published: Published | None = None
    if publish:
        with watch.step("release"), progress().step("Publishing"):
            published = _publish(warehouse, run)
    return IngestSummary(
        run_id=run.run_id,
        counts=counts,
        release_version=published.version if published else None,
        release_folder=str(published.folder) if published and published.folder else None,
        is_new_release=bool(published and published.is_new),
        seconds=watch.seconds,
        notes=(*notes, *curated_notes(lonely, warehouse, run.run_id if batches else None)),
    )
