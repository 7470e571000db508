"""The flows that read documents again from the archive: ``replay`` and ``reprocess``.

After the plan they go the way of an ingest: read, audit, commit in one transaction, publish.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from knipsel.flows.config.settings import Settings
from knipsel.flows.ingest import (
    RETRIES,
    RETRY_SECONDS,
    Discovered,
    Work,
    discovered,
    passes_by_itself,
    work_of,
)
from knipsel.flows.plan.overruling import check_release_passes, released_rows, rules_to_waive
from knipsel.flows.plan.reprocessing import (
    Selection,
    link_archive,
    plan_again,
    select_held_back,
    select_outdated,
    stated_again,
)
from knipsel.flows.runs.progress import progress
from knipsel.flows.runs.record import flow_run_name, new_run
from knipsel.flows.runs.summary import AgainSummary, DryRun
from knipsel.warehouse.lake.commit import Submission
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.stored_documents import readable_documents
from knipsel.warehouse.queries.change_diffs import compare_with_diffs
from knipsel.warehouse.queries.changes import Changes, changes_of


@dataclass(frozen=True, slots=True)
class Release:
    """A person's word that a document is to be published in spite of ``rules``, and why."""

    document_id: str
    rules: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents a run takes up: by identifier, by rule, or by version.

    ``is_all`` takes those of the current version as well.
    """

    documents: Sequence[str] | None
    rule: str | None = None
    is_outdated: bool = False
    is_all: bool = False

    def selection(self, work: Work) -> Selection:
        """Return the documents, those that the archive has and those that it has not."""
        if not self.is_outdated:
            return select_held_back(work.warehouse, self.documents, self.rule)
        version = work.run.transform_version
        return select_outdated(
            work.warehouse, work.settings, version, self.documents, is_all=self.is_all
        )


class Planned(NamedTuple):
    """What a run has before it, and a sentence for each document that it leaves alone."""

    found: Discovered
    notes: tuple[str, ...]


@task(
    name="plan",
    task_run_name="plan",
    cache_policy=NO_CACHE,
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    retry_condition_fn=passes_by_itself,
)
def plan_documents(
    choice: Choice, work: Work, staging: Path, released: Release | None, aside: Path | None
) -> Planned:
    """Choose documents and plan to read them again; those that the archive has not are left out."""
    selection = choice.selection(work)
    stated = stated_again(work.warehouse, work.settings, work.run.transform_version)
    waive = {released.document_id: released.rules} if released else None
    plan = plan_again(selection, work.warehouse, stated, work.settings, waive=waive, aside=aside)
    if aside is not None and aside.exists():
        link_archive(plan, work.warehouse.archive, aside)
    return Planned(discovered(plan, staging), tuple(selection.notes()))


def _read_again(
    work: Work,
    choice: Choice,
    staging: Path,
    released: Release | None = None,
    aside: Path | None = None,
) -> tuple[Submission, tuple[str, ...]]:
    """Plan, read and audit documents again; return what there is to commit, and to tell."""
    with work.watch.step("plan"), progress().step("Looking into the archive"):
        planned = plan_documents(choice, work, staging, released, aside)
    archive = aside if aside is not None and aside.exists() else None
    return work.read(planned.found, archive), planned.notes


def _carry_out(
    work: Work, submission: Submission, notes: Sequence[str], *, publish: bool
) -> AgainSummary:
    """Commit what was read again, publish it, and tell of it."""
    seen: list[Changes] = []
    counts = work.commit(submission, lambda connection: seen.append(changes_of(connection)))
    published = work.publish() if publish else None
    summary = AgainSummary(
        run_id=work.run.run_id,
        counts=counts,
        release_version=published.version if published else None,
        release_folder=str(published.folder) if published and published.folder else None,
        is_new_release=bool(published and published.is_new),
        seconds=work.watch.seconds,
        notes=tuple(notes),
        changes=seen[-1],
    )
    create_table_artifact(
        key=f"{work.flow_name}-summary", table=summary.rows(), description=work.flow_name
    )
    return summary


def _released(work: Work, document_id: str, reason: str) -> Release:
    """Return the release of a document; raise `NotReleasedError` where it cannot be."""
    with open_lake(work.warehouse, read_only=True) as connection:
        return Release(document_id, rules_to_waive(connection, document_id), reason)


def _with_release(work: Work, submission: Submission, released: Release) -> Submission:
    """Return a submission that says why the document is published; raise where it fails still."""
    with open_lake(work.warehouse, read_only=True) as connection:
        (document,) = readable_documents(connection, [released.document_id])
    check_release_passes(submission, document)
    rows = released_rows(document, released.rules, released.reason, work.run)
    return replace(submission, released=rows)


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
    settings = settings or Settings()
    place = settings.warehouse_at(Path(warehouse))
    run = new_run(place, started_at, run_id)
    with work_of("replay", place, run) as staging:
        work = Work.begun("replay", run, place, settings, is_sighting=False)
        released = None
        if release_reason is not None and documents:
            released = _released(work, documents[0], release_reason)
        submission, notes = _read_again(work, Choice(documents, rule), staging, released)
        if released is not None:
            submission = _with_release(work, submission, released)
        return _carry_out(work, submission, notes, publish=publish)


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
    settings = settings or Settings()
    place = settings.warehouse_at(Path(warehouse))
    run = new_run(place, started_at, run_id)
    with work_of("reprocess", place, run) as staging:
        work = Work.begun("reprocess", run, place, settings, is_sighting=False)
        choice = Choice(documents, is_outdated=True, is_all=is_all)
        submission, notes = _read_again(work, choice, staging)
        return _carry_out(work, submission, notes, publish=publish)


@flow(name="reprocess-dry-run", flow_run_name=flow_run_name, validate_parameters=False)
def try_reprocessing(
    documents: Sequence[str] | None = None,
    is_all: bool = False,  # noqa: FBT001, FBT002 - as above
    warehouse: str = "warehouse",
    limit: int = 5,
    settings: Settings | None = None,
) -> DryRun:
    """Tell what ``reprocess`` would change, with diffs of ``limit`` documents; write nothing."""
    settings = settings or Settings()
    place = settings.warehouse_at(Path(warehouse))
    run = new_run(place, None, None)
    staging = place.staging(run.run_id)
    try:
        work = Work.begun("reprocess", run, place, settings, is_sighting=False)
        choice = Choice(documents, is_outdated=True, is_all=is_all)
        submission, notes = _read_again(work, choice, staging, aside=staging / "archive")
        changes, diffs = compare_with_diffs(place, submission, limit)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return DryRun(changes, diffs, notes)
