"""How many batches are read at a time: one, several on this machine, or on a Dask cluster."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from knipsel.flows.config.settings import Settings


def task_runner(settings: Settings, batches: int, new_bytes: int) -> TaskRunner[Any]:
    """Return the task runner for a run of so many batches and bytes.

    Each batch that is read at the same time has a reading process of its own
    (`knipsel.flows.read.supervisor`), so threads are enough here; a small run makes do with one,
    since starting others takes longer than its work.
    """
    if settings.dask_address:
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner(address=settings.dask_address)
    workers = min(settings.workers, batches) if new_bytes > settings.large_run_bytes else 1
    return ThreadPoolTaskRunner(max_workers=max(workers, 1))
