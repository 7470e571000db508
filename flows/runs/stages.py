"""Steps that flows share, without Prefect: values in, values out, effects in the warehouse."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa

from knipsel.expectations.bounds.conditions import ConditionMetError
from knipsel.expectations.bounds.file import Bounds
from knipsel.expectations.bounds.rules import Circumstances
from knipsel.expectations.releases.release_audit import UnfitReleaseError, audit_release
from knipsel.expectations.staged.annotator_outcomes import annotator_outcomes
from knipsel.expectations.staged.audit import AuditReport
from knipsel.expectations.staged.container_outcomes import container_outcomes
from knipsel.expectations.staged.validations import validation_table
from knipsel.flows.config.bounds_file import bounds_of
from knipsel.flows.config.inputs import Inputs
from knipsel.flows.config.tolerance import Tolerance
from knipsel.flows.plan.file import documents_to_read, seen_files
from knipsel.flows.runs.own_errors import OwnErrorsError, own_errors
from knipsel.transforms import ANNOTATION_VERSION, TRANSFORM_VERSION
from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.addresses.secrets import redacted
from knipsel.warehouse.intake.run_inputs import RunInput
from knipsel.warehouse.lake.commit import Submission, insert_run
from knipsel.warehouse.lake.connection import locked, open_lake
from knipsel.warehouse.lake.staging import Run, Staged, quarantine_table
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.history import record_validations
from knipsel.warehouse.release.publish import Published, PublishRequest, needs_release, publish
from knipsel.warehouse.release.versions import current_release, read_versions

CODE_VERSION = version("knipsel")
CODE_OF_TRANSFORMS = f"{TRANSFORM_VERSION}+{ANNOTATION_VERSION}"
"""The version of the transforms without registers and settings."""

log = logging.getLogger("knipsel")


def run_without_flow(
    run_id: str, now: datetime, transform_version: str = CODE_OF_TRANSFORMS
) -> Run:
    """Return what all rows of a run share that begins now.

    One that reads nothing needs no more of the version than that of the code.
    """
    return Run(run_id, now, transform_version, CODE_VERSION)


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


def said(error: Exception) -> str:
    """Return what an error says, without secrets; its name where it says nothing."""
    return redacted(str(error)) or type(error).__name__


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, what caused it, what caused that, and so on."""
    while error is not None:
        yield error
        error = error.__cause__


def remember_failure(warehouse: Warehouse, run: Run, flow: str, error: Exception) -> None:
    """Record a failed run where there is a lake to record it in.

    The run's own error is what counts: where even this fails, as on a full disk, that is
    logged and the error goes on its way.
    """
    try:
        record_failure(warehouse, run_record(run, flow, datetime.now(UTC), said(error)), error)
    except (OSError, duckdb.Error, RuntimeError) as failure:
        log.warning("The failure could not be recorded: %s", failure)


def record_failure(warehouse: Warehouse, record: dict[str, object], error: Exception) -> None:
    """Record a failed run, and what the audit found where that is why there is no release.

    Where there is no lake, nothing is recorded, but for errors of knipsel's own: they must not get
    lost. A run that was committed keeps its row.
    """
    is_own = any(isinstance(one, OwnErrorsError) for one in _causes(error))
    if not warehouse.exists and not is_own:
        return
    with locked(warehouse), open_lake(warehouse) as connection:
        known = "SELECT 1 FROM lake.runs WHERE run_id = ?"
        if connection.execute(known, [record["run_id"]]).fetchone() is None:
            insert_run(connection, {**record, **_counted(error)})
        for one in _causes(error):
            if isinstance(one, UnfitReleaseError):
                record_validations(connection, one.validations)


def _counted(error: Exception) -> dict[str, object]:
    """Return what a run had counted that a condition stopped; it published no article."""
    for one in _causes(error):
        if isinstance(one, ConditionMetError) and one.counts:
            return {
                "files_seen": one.counts.files_seen,
                "files_new": one.counts.documents_published + one.counts.documents_quarantined,
                "documents_quarantined": one.counts.documents_quarantined,
            }
    return {}


def submission_of(  # noqa: PLR0917 - the parts of a submission, each of its own type
    flow: str,
    run: Run,
    plan: Path,
    batches: int,
    report: AuditReport,
    duplicates: DuplicateSettings,
    *,
    is_sighting: bool = True,
    tolerance: Tolerance | None = None,
    inputs: Inputs | None = None,
    check: CorpusCheck | None = None,
) -> Submission:
    """Return what a run wants to commit: what its plan saw, staged, and the audit found.

    ``is_sighting`` is false where the plan is of documents in the archive, not of files;
    ``inputs`` are what decided the run, ``check`` how articles are held against each other. Raises
    `OwnErrorsError` where errors of knipsel's own hold back more than the ``tolerance`` allows.
    """
    seen = seen_files(plan)
    to_read = documents_to_read(plan)
    containers = [one.container for one in to_read if one.container]
    staged = Staged(plan.parent)
    outcomes = [
        *report.outcomes,
        *container_outcomes(containers),
        *annotator_outcomes(staged, batches),
    ]
    names = {file.document_id: file.file_name for file in seen}
    submission = Submission(
        run=run,
        flow=flow,
        seen=seen,
        staged=staged if batches else None,
        quarantine=quarantine_table(report.findings, names, run),
        validations=validation_table(outcomes, run.run_id),
        duplicates=duplicates,
        is_sighting=is_sighting,
        replaces={one.found.document_id: one.replaces for one in to_read if one.replaces},
        waived={one.found.document_id: one.waived for one in to_read if one.waived},
        inputs=inputs.rows if inputs else (),
        copies=inputs.copies if inputs else {},
        check=check or CorpusCheck(),
    )
    own_errors(submission).check(tolerance or Tolerance())
    return submission


def is_release_due(warehouse: Warehouse) -> bool:
    """Tell whether the lake holds anything that the last release does not."""
    with open_lake(warehouse, read_only=True) as connection:
        last = current_release(warehouse, read_versions(warehouse))
        return needs_release(connection, warehouse, last, CODE_VERSION)


def publish_lake(
    warehouse: Warehouse,
    run: Run,
    record: dict[str, object] | None,
    bounds: Bounds | None = None,
    inputs: Sequence[RunInput] = (),
    *,
    search_index: bool = True,
    absolute_paths: bool = False,
) -> Published:
    """Publish what the lake holds for a run, whose row is ``record`` unless it is there.

    ``inputs`` are what decides it; with ``search_index`` it can be searched at once, with
    ``absolute_paths`` it says where on the machine sources were seen. Raises
    `UnfitReleaseError` where a rule that is critical fails, or a minimum is not met.
    """
    asked = bounds or bounds_of(warehouse)

    def audit(connection: duckdb.DuckDBPyConnection, run_id: str) -> pa.Table:
        latest = warehouse.latest.resolve() if warehouse.latest.exists() else None
        circumstances = Circumstances(run.started_at.date(), latest, warehouse.bounds_file)
        return audit_release(connection, run_id, asked, circumstances)

    request = PublishRequest(
        run_id=run.run_id,
        created_at=run.started_at,
        code_version=run.code_version,
        record=record,
        audit=audit,
        inputs=inputs,
        search_index=search_index,
        absolute_paths=absolute_paths,
    )
    return publish(warehouse, request)
