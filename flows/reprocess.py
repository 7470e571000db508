"""The flows that read documents again from the archive: ``replay`` and ``reprocess``.

After the plan they go the way of an ingest: read, audit, commit in one transaction, publish.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect import flow

from knipsel.flows.config.inputs import current_version
from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.rereading import (
    Choice,
    read_documents_again,
    release_document,
    try_reading_again,
)
from knipsel.flows.runs.summary import AgainSummary, DryRun
from knipsel.flows.runs.tasks import TaskSteps, flow_run_name, new_run, told
from knipsel.flows.runs.work import Work, at_work


def _work(
    flow_name: str,
    warehouse: str,
    started_at: datetime | None,
    run_id: str | None,
    settings: Settings | None,
) -> Work:
    """Return the work of a run that takes up documents of the archive."""
    settings = settings or Settings.of(Path(warehouse))
    place = settings.warehouse_at(Path(warehouse))
    run = new_run(started_at, run_id, current_version(place, settings))
    return Work(flow_name, run, place, settings, TaskSteps(), is_sighting=False)


@flow(name="replay", flow_run_name=flow_run_name, validate_parameters=False)
def replay(  # noqa: PLR0917 - Prefect gives the parameters of a deployment by name
    documents: Sequence[str] | None = None,
    rule: str | None = None,
    warehouse: str = "warehouse",
    publish: bool = True,  # noqa: FBT001, FBT002 - a parameter of deployments, set by name
    release_reason: str | None = None,
    started_at: datetime | None = None,
    run_id: str | None = None,
    settings: Settings | None = None,
) -> AgainSummary:
    """Read documents that are held back again, and publish those that pass.

    ``documents`` are their identifiers; without them all, or those that ``rule`` holds back.
    With ``release_reason`` the one document named is published in spite of what holds it back.
    """
    with at_work(_work("replay", warehouse, started_at, run_id, settings)) as work:
        if release_reason is not None and documents:
            summary = release_document(work, documents[0], release_reason, publish=publish)
        else:
            summary = read_documents_again(work, Choice(documents, rule), publish=publish)
    told("replay", summary)
    return summary


@flow(name="reprocess", flow_run_name=flow_run_name, validate_parameters=False)
def reprocess(  # noqa: PLR0917 - Prefect gives the parameters of a deployment by name
    documents: Sequence[str] | None = None,
    is_all: bool = False,  # noqa: FBT001, FBT002 - as above
    warehouse: str = "warehouse",
    publish: bool = True,  # noqa: FBT001, FBT002 - as above
    started_at: datetime | None = None,
    run_id: str | None = None,
    settings: Settings | None = None,
) -> AgainSummary:
    """Read documents again that older transforms have read, and replace what they made.

    ``documents`` are their identifiers; with ``is_all`` those of the current version as well.
    """
    choice = Choice(documents, is_outdated=True, is_all=is_all)
    with at_work(_work("reprocess", warehouse, started_at, run_id, settings)) as work:
        summary = read_documents_again(work, choice, publish=publish)
    told("reprocess", summary)
    return summary


@flow(name="reprocess-dry-run", flow_run_name=flow_run_name, validate_parameters=False)
def try_reprocessing(
    documents: Sequence[str] | None = None,
    is_all: bool = False,  # noqa: FBT001, FBT002 - as above
    warehouse: str = "warehouse",
    limit: int = 5,
    settings: Settings | None = None,
) -> DryRun:
    """Tell what ``reprocess`` would change, with diffs of ``limit`` documents; write nothing."""
    work = _work("reprocess", warehouse, None, None, settings)
    choice = Choice(documents, is_outdated=True, is_all=is_all)
    try:
        return try_reading_again(work, choice, limit)
    finally:
        shutil.rmtree(work.staging, ignore_errors=True)
