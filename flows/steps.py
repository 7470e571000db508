"""Steps that flows share, without Prefect: values in, values out, effects in the warehouse."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.audit import AuditReport
from expectations.container_outcomes import container_outcomes
from expectations.release_rules import check_release
from expectations.validations import validation_table
from flows.plan_file import documents_to_read, seen_files
from transforms.duplicates.settings import DuplicateSettings
from warehouse.commit import Submission
from warehouse.layout import Warehouse
from warehouse.release.publish import Published, PublishRequest, publish
from warehouse.staging import Run, Staged, quarantine_table

CODE_VERSION = version("knipsel")


def run_record(
    run: Run, flow: str, ended_at: datetime, message: str | None = None
) -> dict[str, object]:
    """Return a row of ``runs`` for a run that took in no file; failed where it has a message."""
    return {
        "run_id": run.run_id,
        "flow": flow,
        "started_at": run.started_at,
        "ended_at": ended_at,
        "result": "failure" if message else "success",
        "files_seen": 0,
        "files_new": 0,
        "articles_published": 0,
        "documents_quarantined": 0,
        "release_version": None,
        "transform_version": run.transform_version,
        "code_version": run.code_version,
        "message": message,
    }


def submission_of(  # noqa: PLR0917 - the parts of a submission, each of its own type
    flow: str,
    run: Run,
    plan: Path,
    batches: int,
    report: AuditReport,
    duplicates: DuplicateSettings,
    *,
    is_sighting: bool = True,
) -> Submission:
    """Return what a run wants to commit: what its plan saw, staged, and the audit found.

    ``is_sighting`` is false where the plan is of documents in the archive, not of files.
    """
    seen = seen_files(plan)
    to_read = documents_to_read(plan)
    containers = [one.container for one in to_read if one.container]
    outcomes = [*report.outcomes, *container_outcomes(containers)]
    names = {file.document_id: file.file_name for file in seen}
    return Submission(
        run=run,
        flow=flow,
        seen=seen,
        staged=Staged(plan.parent) if batches else None,
        quarantine=quarantine_table(report.findings, names, run),
        validations=validation_table(outcomes, run.run_id),
        duplicates=duplicates,
        is_sighting=is_sighting,
        replaces={one.found.document_id: one.replaces for one in to_read if one.replaces},
        waived={one.found.document_id: one.waived for one in to_read if one.waived},
    )


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
