"""The way of reading documents again: choose them, plan, then as an ingest goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from knipsel.flows.plan.file import Discovered, read_plan, write_plan
from knipsel.flows.plan.overruling import check_release_passes, released_rows, rules_to_waive
from knipsel.flows.plan.reprocessing import (
    Selection,
    link_archive,
    plan_again,
    select_held_back,
    select_outdated,
    stated_again,
)
from knipsel.flows.runs.own_errors import own_errors
from knipsel.flows.runs.progress import progress
from knipsel.flows.runs.summary import AgainSummary, DryRun
from knipsel.flows.runs.work import Work
from knipsel.warehouse.intake.arrivals import Arrivals
from knipsel.warehouse.intake.stored import export_stored
from knipsel.warehouse.lake.commit import Submission
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.stored_documents import readable_documents
from knipsel.warehouse.queries.changes.diffs import compare_with_diffs
from knipsel.warehouse.queries.changes.listed import Changes, changes_of


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


def _planned(choice: Choice, work: Work, released: Release | None, aside: Path | None) -> Planned:
    """Choose documents and plan to read them again; those that the archive has not are left out."""
    selection = choice.selection(work)
    stated = stated_again(work.warehouse, work.settings, work.run.transform_version)
    waive = {released.document_id: released.rules} if released else None
    plan = plan_again(
        selection,
        work.warehouse,
        stated,
        work.settings,
        waive=waive,
        aside=aside,
        noted=None if aside else Arrivals.of(work.warehouse, work.staging),
    )
    if aside is not None and aside.exists():
        link_archive(plan, work.warehouse.archive, aside)
    export_stored(work.warehouse, plan, work.staging)
    return Planned(read_plan(write_plan(plan, work.staging)), tuple(selection.notes()))


def _read_again(
    work: Work, choice: Choice, released: Release | None = None, aside: Path | None = None
) -> tuple[Submission, tuple[str, ...]]:
    """Plan, read and audit documents again; return what there is to commit, and to tell."""
    with work.watch.step("plan"), progress().step("Looking into the archive"):
        found, notes = work.steps.carry_out("plan", _planned, choice, work, released, aside)
    work.steps.note(f"{found.seen} documents taken up, {found.new} to read")
    archive = aside if aside is not None and aside.exists() else None
    submission = work.read(found, archive)
    return submission, (*notes, *own_errors(submission).notes())


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


def _carried_out(
    work: Work, submission: Submission, notes: Sequence[str], *, publish: bool
) -> AgainSummary:
    """Commit what was read again, publish it, and tell of it."""
    seen: list[Changes] = []
    counts = work.commit(submission, lambda connection: seen.append(changes_of(connection)))
    published = work.publish() if publish else None
    seconds = work.watch.in_full()
    notes = (*work.notes, *notes)
    return AgainSummary.of(work.run, counts, published, seconds, notes, changes=seen[-1])


def read_documents_again(work: Work, choice: Choice, *, publish: bool) -> AgainSummary:
    """Read documents again, and replace what they became."""
    submission, notes = _read_again(work, choice)
    return _carried_out(work, submission, notes, publish=publish)


def release_document(work: Work, document_id: str, reason: str, *, publish: bool) -> AgainSummary:
    """Publish a document in spite of what holds it back.

    Raises `NotReleasedError` where that cannot be overruled.
    """
    released = _released(work, document_id, reason)
    submission, notes = _read_again(work, Choice([document_id]), released)
    return _carried_out(work, _with_release(work, submission, released), notes, publish=publish)


def try_reading_again(work: Work, choice: Choice, limit: int) -> DryRun:
    """Tell what reading documents again would change, with diffs of some; write nothing."""
    submission, notes = _read_again(work, choice, aside=work.staging / "archive")
    changes, diffs = compare_with_diffs(work.warehouse, submission, limit)
    return DryRun(changes, diffs, notes)
