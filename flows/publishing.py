"""The flow ``publish``: from the lake to a release."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
from prefect import flow

from expectations.release_rules import check_release
from expectations.validations import validation_table
from flows.progress import progress
from flows.runs import flow_run_name, new_run, remember_failure, run_record
from flows.settings import Settings
from warehouse.lake import NoWarehouseError
from warehouse.layout import Warehouse
from warehouse.release.publish import Published, PublishRequest, publish
from warehouse.staging import Run


def audit_release(connection: duckdb.DuckDBPyConnection, run_id: str) -> pa.Table:
    """Check the rules across tables and return their outcomes as rows of ``validations``."""
    return validation_table(check_release(connection), run_id)


def publish_lake(warehouse: Warehouse, run: Run, record: dict[str, object] | None) -> Published:
    """Publish what the lake holds for a run, whose row is ``record`` unless it is there."""
    request = PublishRequest(
        run_id=run.run_id,
        created_at=run.started_at,
        code_version=run.code_version,
        record=record,
        audit=audit_release,
    )
    return publish(warehouse, request)


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
    place = (settings or Settings()).warehouse_at(Path(warehouse))
    if not place.exists:
        message = f"There is no warehouse at {place.root}; run `knipsel ingest` first."
        raise NoWarehouseError(message)
    run = new_run(started_at, run_id)
    try:
        with progress().step("Publishing"):
            return publish_lake(place, run, run_record(run, "publish", datetime.now(UTC)))
    except Exception as error:
        remember_failure(place, run, "publish", error)
        raise
