"""Where batches run: in the process, in local processes, or on a Dask cluster."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.settings import Settings


def task_runner(settings: Settings, batches: int, new_bytes: int) -> TaskRunner[Any]:
    """Return the task runner for a run of so many batches and bytes.

    A small run stays in the process: starting others takes longer than its work.
    """
    if settings.dask_address:
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner(address=settings.dask_address)
    workers = min(settings.workers, batches)
    if workers > 1 and new_bytes > settings.large_run_bytes:
        return ProcessPoolTaskRunner(max_workers=workers)
    return ThreadPoolTaskRunner(max_workers=1)
