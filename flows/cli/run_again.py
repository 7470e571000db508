"""The commands that read documents again: what is asked for is looked up before a flow starts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knipsel.flows.cli.held_back import resolve
from knipsel.flows.cli.run import check_writable, flows_at_work
from knipsel.flows.config.furniture_file import current_version
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.overruling import rules_to_waive
from knipsel.flows.plan.reprocessing import HELD_BACK, outdated_documents
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.stored_documents import (
    NoSuchDocumentError,
    open_rules,
    readable_documents,
)
from knipsel.warehouse.layout import Warehouse

if TYPE_CHECKING:
    from knipsel.flows.runs.summary import AgainSummary, DryRun


def _prepare() -> None:
    """Import what the audit needs, which takes seconds, while the server starts."""
    from knipsel.expectations.staged.contract_audit import prepare

    prepare()


def _named(documents: Sequence[str], place: Warehouse) -> list[str]:
    """Return the identifiers of documents that are held back, by what a person wrote."""
    found = resolve(list(documents), place, HELD_BACK)
    for one in found:
        if one.status != HELD_BACK:
            message = (
                f"{one.found.file_name} ({one.document_id[:16]}) is published; nothing holds it "
                "back. `knipsel reprocess` reads published documents again."
            )
            raise NoSuchDocumentError(message)
    if not found:
        message = f"{', '.join(documents)} was retracted, and is never read again."
        raise NoSuchDocumentError(message)
    return [one.document_id for one in found]


def _is_any_held_back(place: Warehouse, rule: str | None) -> bool:
    with open_lake(place, read_only=True) as connection:
        held = readable_documents(connection, status=HELD_BACK)
        by_rule = open_rules(connection, rule)
        return any(one.document_id in by_rule for one in held)


def run_replay(
    documents: Sequence[str] | None, rule: str | None, warehouse: Path, *, publish: bool
) -> AgainSummary | None:
    """Run the flow ``replay`` and return its summary; None where nothing is held back."""
    place = Settings().warehouse_at(warehouse)
    only = _named(documents, place) if documents else None
    if only is None and not _is_any_held_back(place, rule):
        return None
    check_writable(place.root)
    with flows_at_work(beside=_prepare):
        from knipsel.flows.reprocess import replay

        return replay(only, rule, str(warehouse), publish=publish)


def run_release(document: str, reason: str, warehouse: Path, *, publish: bool) -> AgainSummary:
    """Run the flow ``replay`` to publish a document in spite of what holds it back."""
    place = Settings().warehouse_at(warehouse)
    (only,) = _named([document], place)
    with open_lake(place, read_only=True) as connection:
        rules_to_waive(connection, only)
    check_writable(place.root)
    with flows_at_work(beside=_prepare):
        from knipsel.flows.reprocess import replay

        return replay([only], None, str(warehouse), publish=publish, release_reason=reason)


def _outdated(
    documents: Sequence[str] | None, place: Warehouse, *, is_all: bool
) -> tuple[list[str] | None, bool]:
    """Return the identifiers of named documents, and whether there is anything to read."""
    only = [one.document_id for one in resolve(list(documents), place)] if documents else None
    version = current_version(place.furniture_file)
    return only, bool(outdated_documents(place, Settings(), version, only, is_all=is_all))


def run_reprocess(
    documents: Sequence[str] | None, warehouse: Path, *, is_all: bool, publish: bool
) -> AgainSummary | None:
    """Run the flow ``reprocess`` and return its summary; None where nothing is outdated."""
    place = Settings().warehouse_at(warehouse)
    only, is_any = _outdated(documents, place, is_all=is_all)
    if not is_any:
        return None
    check_writable(place.root)
    with flows_at_work(beside=_prepare):
        from knipsel.flows.reprocess import reprocess

        return reprocess(only, is_all, str(warehouse), publish=publish)


def run_dry_run(
    documents: Sequence[str] | None, warehouse: Path, limit: int, *, is_all: bool
) -> DryRun | None:
    """Return what reprocessing would change; None where nothing is outdated."""
    place = Settings().warehouse_at(warehouse)
    only, is_any = _outdated(documents, place, is_all=is_all)
    if not is_any:
        return None
    check_writable(place.root)
    with flows_at_work(beside=_prepare):
        from knipsel.flows.reprocess import try_reprocessing

        return try_reprocessing(only, is_all, str(warehouse), limit)
