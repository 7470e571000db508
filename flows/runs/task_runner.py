"""How many batches are read at a time: one, several on this machine, or on a Dask cluster."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.steps import readers_at_once


def task_runner(settings: Settings, batches: int, new_bytes: int) -> TaskRunner[Any]:
    """Return the task runner for a run of so many batches and bytes."""
    if settings.dask_address:
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner(address=settings.dask_address)
    return ThreadPoolTaskRunner(max_workers=readers_at_once(settings, batches, new_bytes))
