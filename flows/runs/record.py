"""What all flows do at their start, and where they fail."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
from prefect import get_run_logger
from prefect.context import FlowRunContext
from prefect.runtime import flow_run

from knipsel.flows.config.furniture_file import current_version
from knipsel.flows.runs.stages import CODE_VERSION, record_failure, run_record, said
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse


def flow_run_name() -> str:
    """Return the name of the current flow run: which flow, and since when."""
    started = flow_run.scheduled_start_time or datetime.now(UTC)
    return f"{flow_run.flow_name}-{started:%Y%m%dT%H%M%SZ}"


def new_run(warehouse: Warehouse, started_at: datetime | None, run_id: str | None) -> Run:
    """Return what all rows of the current run share.

    Its clock and its name are those of the flow run, unless they are given.
    """
    context = FlowRunContext.get()
    own_id = context.flow_run.id if context and context.flow_run else None
    return Run(
        run_id=run_id or str(own_id),
        started_at=started_at or datetime.now(UTC),
        transform_version=current_version(warehouse.furniture_file),
        code_version=CODE_VERSION,
    )


def remember_failure(warehouse: Warehouse, run: Run, flow: str, error: Exception) -> None:
    """Record a failed run where there is a lake to record it in.

    The run's own error is what counts: where even this fails, as on a full disk, that is
    logged and the error goes on its way.
    """
    try:
        record_failure(warehouse, run_record(run, flow, datetime.now(UTC), said(error)), error)
    except (OSError, duckdb.Error, RuntimeError) as failure:
        get_run_logger().warning("The failure could not be recorded: %s", failure)
