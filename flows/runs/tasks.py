"""The steps of a run as tasks of Prefect: with their names, retries and logs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from prefect import get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.runtime import flow_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import Discovered
from knipsel.flows.read.protocol import Job
from knipsel.flows.read.supervisor import ending_idle, read_batch_apart
from knipsel.flows.runs import steps
from knipsel.flows.runs.progress import ReadingShown
from knipsel.flows.runs.stages import CODE_OF_TRANSFORMS, run_without_flow
from knipsel.flows.runs.summary import IngestSummary
from knipsel.warehouse.lake.staging import Run

P = ParamSpec("P")
T = TypeVar("T")


def task_runner(settings: Settings, batches: int, new_bytes: int) -> TaskRunner[Any]:
    """Return what reads the batches of a run: one or several at a time, here or on a cluster."""
    if settings.dask_address:
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner(address=settings.dask_address)
    workers = steps.readers_at_once(settings, batches, new_bytes)
    return ThreadPoolTaskRunner(max_workers=workers)


def flow_run_name() -> str:
    """Return the name of the current flow run: which flow, and since when."""
    started = flow_run.scheduled_start_time or datetime.now(UTC)
    return f"{flow_run.flow_name}-{started:%Y%m%dT%H%M%SZ}"


def new_run(
    started_at: datetime | None, run_id: str | None, transform_version: str = CODE_OF_TRANSFORMS
) -> Run:
    """Return what all rows of the current run share.

    Its clock and its name are those of the flow run, unless they are given.
    """
    context = FlowRunContext.get()
    own_id = context.flow_run.id if context and context.flow_run else None
    now = started_at or datetime.now(UTC)
    return run_without_flow(run_id or str(own_id), now, transform_version)


def _passes_by_itself(_: Task[..., Any], __: Any, state: State[Any]) -> bool:
    """Tell whether a failed task may succeed when it is tried again."""
    try:
        state.result()
    except Exception as error:  # noqa: BLE001 - asked about, not handled: the flow raises it
        return steps.passes_by_itself(error)
    return False


@task(
    name="read",
    task_run_name="read-batch-{batch}",
    cache_policy=NO_CACHE,
    retries=steps.RETRIES,
    retry_delay_seconds=steps.RETRY_SECONDS,
    retry_condition_fn=_passes_by_itself,
)
def read_batch(job: Job, batch: int) -> int:
    """Read, clean, describe and check a batch of documents; return how many."""
    return read_batch_apart(job, batch)


class TaskSteps:
    """Carries out each step as a task of the current flow run."""

    def carry_out(self, name: str, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a step returns; the task takes no arguments, so none is looked through."""

        @task(
            name=name,
            task_run_name=name,
            cache_policy=NO_CACHE,
            retries=steps.RETRIES,
            retry_delay_seconds=steps.RETRY_SECONDS,
            retry_condition_fn=_passes_by_itself,
        )
        def as_task() -> T:
            return step(*args, **kwargs)

        return as_task()

    def read(self, job: Job, found: Discovered, settings: Settings) -> None:
        """Read all batches, where the runner says, and raise what any of them raised."""
        runner: TaskRunner[Any] = task_runner(settings, found.batches, found.new_bytes)
        with ending_idle(), ReadingShown(job.run.run_id) as shown, runner:
            futures = [
                runner.submit(read_batch, parameters={"job": job, "batch": batch})
                for batch in range(found.batches)
            ]
            for future in futures:
                shown.batch_done(future.result())

    def note(self, text: str) -> None:
        """Keep a sentence in the log of the flow run."""
        get_run_logger().info(text)


def told(flow_name: str, summary: IngestSummary) -> None:
    """Show the summary of a run in Prefect, as an artifact."""
    create_table_artifact(
        key=f"{flow_name}-summary", table=summary.rows(), description=flow_name.capitalize()
    )
