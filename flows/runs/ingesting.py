"""The way of an ingest: discover, read, audit, commit, publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import Discovered, read_plan, write_plan
from knipsel.flows.plan.plan import GONE, look, plan_run
from knipsel.flows.runs.own_errors import own_errors
from knipsel.flows.runs.progress import progress
from knipsel.flows.runs.summary import IngestSummary, curated_notes
from knipsel.flows.runs.work import Work
from knipsel.warehouse.intake.arrivals import Arrivals
from knipsel.warehouse.intake.inbox import passed_over_notes
from knipsel.warehouse.intake.stored import export_stored
from knipsel.warehouse.lake.connection import ensure_lake
from knipsel.warehouse.layout import Warehouse


def _discovered(
    paths: Sequence[Path], warehouse: Warehouse, settings: Settings, version: str, staging: Path
) -> Discovered:
    """Find and hash the files, keep the new ones, plan the batches."""
    ensure_lake(warehouse)
    leave_out = [settings.registers] if settings.registers else []
    seen = look(paths, warehouse, leave_out)
    planned = plan_run(seen, warehouse, settings, version, Arrivals.of(warehouse, staging))
    export_stored(warehouse, planned.table, staging)
    gone = [*seen.passed_over[GONE], *planned.gone]
    notes = passed_over_notes({**seen.passed_over, GONE: gone})
    return read_plan(write_plan(planned.table, staging, seen.lonely_sidecars, notes))


def discover(work: Work, paths: Sequence[Path]) -> Discovered:
    """Return what a run has before it, over the files under ``paths``.

    Raises `NoSuchPathError`, or `UnreadableFileError` where a file cannot be read.
    """
    version = work.run.transform_version
    with work.watch.step("discover"), progress().step("Looking for files"):
        found = work.steps.carry_out(
            "discover", _discovered, paths, work.warehouse, work.settings, version, work.staging
        )
    work.steps.note(f"{found.seen} files seen, {found.new} to read")
    return found


def finish_ingest(work: Work, found: Discovered, *, publish: bool) -> IngestSummary:
    """Read what was found, commit it, and publish it; return what became of it."""
    submission = work.read(found)
    counts = work.commit(submission)
    published = work.publish() if publish else None
    read = work.run.run_id if found.batches else None
    curated = curated_notes(found.lonely_sidecars, work.warehouse, read)
    notes = (*work.notes, *found.notes, *own_errors(submission).notes(), *curated)
    return IngestSummary.of(work.run, counts, published, work.watch.in_full(), notes)


def ingest_files(work: Work, paths: Sequence[Path], *, publish: bool) -> IngestSummary:
    """Ingest the files under ``paths``, and publish them."""
    return finish_ingest(work, discover(work, paths), publish=publish)
