"""The flow ``ingest``: from files to a validated release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect import flow

from knipsel.flows.config.inputs import current_version
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import read_plan
from knipsel.flows.runs.ingesting import finish_ingest, ingest_files
from knipsel.flows.runs.summary import IngestSummary
from knipsel.flows.runs.tasks import TaskSteps, flow_run_name, new_run, told
from knipsel.flows.runs.work import Work, at_work
from knipsel.warehouse.lake.staging import Run


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
    settings = settings or Settings.of(Path(warehouse))
    place = settings.warehouse_at(Path(warehouse))
    run = new_run(started_at, run_id, current_version(place, settings))
    with at_work(Work("ingest", run, place, settings, TaskSteps())) as work:
        summary = ingest_files(work, [Path(path) for path in paths], publish=publish)
    told("ingest", summary)
    return summary


@flow(name="ingest", flow_run_name=flow_run_name, validate_parameters=False)
def ingest_planned(
    run: Run, plan: str, warehouse: str, settings: Settings, *, publish: bool
) -> IngestSummary:
    """Ingest what the file of a plan names, for whoever made it.

    They are at work on the warehouse meanwhile, and remember a failure.
    """
    place = settings.warehouse_at(Path(warehouse))
    work = Work("ingest", run, place, settings, TaskSteps())
    summary = finish_ingest(work, read_plan(Path(plan)), publish=publish)
    told("ingest", summary)
    return summary
