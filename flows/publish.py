"""The flow ``publish``: from the lake to a release."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from prefect import flow

from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.tasks import flow_run_name, new_run
from knipsel.flows.runs.work import publish_by_itself
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
    settings = settings or Settings.of(Path(warehouse))
    place = settings.warehouse_at(Path(warehouse))
    return publish_by_itself(place, settings, new_run(started_at, run_id))
