"""The flow ``publish``: from the lake to a release."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from knipsel.flows.config.bounds_file import bounds_of
from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.lock import running
from knipsel.flows.runs.progress import progress
from knipsel.flows.runs.record import flow_run_name, new_run, remember_failure
from knipsel.flows.runs.stages import publish_lake, run_record
from knipsel.warehouse.lake.connection import NoWarehouseError
from knipsel.warehouse.release.publish import Published


@flow(name="publish", flow_run_name=flow_run_name, validate_parameters=False)
def publish_release(
    warehouse: str = "warehouse",
    started_at: datetime | None = None,
    run_id: str | None = None,
    settings: Settings | None = None,
) -> Published:
    """Publish what the lake holds, where the last release does not hold it already.

    Raises `NoWarehouseError` where there is nothing to publish from.
    """
    settings = settings or Settings()
    place = settings.warehouse_at(Path(warehouse))
    if not place.exists:
        raise NoWarehouseError(place)
    run = new_run(place, started_at, run_id)
    try:
        with running(place), progress().step("Publishing"):
            bounds = bounds_of(place, settings.bounds)
            record = run_record(run, "publish", datetime.now(UTC))
            return publish_lake(place, run, record, bounds)
    except Exception as error:
        remember_failure(place, run, "publish", error)
        raise
