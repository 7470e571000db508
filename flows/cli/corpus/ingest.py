"""The command ``ingest``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    PublishOption,
    VerboseOption,
    WarehouseOption,
    opened,
    quiet,
)
from knipsel.flows.cli.print.tables import print_summary

if TYPE_CHECKING:
    from knipsel.flows.plan.file import Discovered
    from knipsel.flows.runs.summary import IngestSummary, Stopwatch
    from knipsel.flows.runs.work import Work


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; the configured ones where none is given."),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: PublishOption = True,
    as_json: JsonOption = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            help="Fail before anything is committed where this holds: 'quarantined > 5%', 'new < 1'; "
            "of seen, known, new, published, quarantined, retracted, articles. May be given again.",
            metavar="CONDITION",
        ),
    ] = None,
    verbose: VerboseOption = False,
) -> None:
    """Ingest files: read, clean, describe, audit, commit, and publish a release."""
    quiet(verbose=verbose)
    summary = _ingested(paths, warehouse, fail_on, publish=publish)
    print_summary(summary, as_json=as_json)


def _ingested(
    paths: list[Path] | None, warehouse: Path, fail_on: list[str] | None, *, publish: bool
) -> IngestSummary:
    """Plan the run, which needs no server; read with Prefect what there is to read, if any."""
    from knipsel.flows.cli.run import (
        check_own_files,
        check_registers,
        check_writable,
        command_watch,
        in_full,
        shown,
    )
    from knipsel.flows.runs.ingesting import discover, finish_ingest
    from knipsel.flows.runs.work import at_work, work_of

    house = opened(warehouse)
    settings = house.settings
    if fail_on:
        check_conditions_given(fail_on)
        settings = settings.model_copy(update={"fail_on": fail_on})
    sources = house.sources(paths or None)
    check_writable(house.folder)
    check_own_files(house.place, settings)
    check_registers(house.place, settings)
    watch = command_watch()
    with shown(), at_work(work_of("ingest", house.place, settings, watch=watch)) as work:
        found = discover(work, sources)
        if found.batches:
            summary = _read(work, found, warehouse, publish=publish)
        else:
            summary = finish_ingest(work, found, publish=publish)
    return in_full(summary, watch)


def check_conditions_given(conditions: list[str]) -> None:
    """Raise `typer.BadParameter` where a condition is none, before anything is read."""
    from knipsel.expectations.bounds.conditions import condition_of

    for one in conditions:
        try:
            condition_of(one)
        except ValueError as error:
            message = f"{error}."
            raise typer.BadParameter(message, param_hint="--fail-on") from error


def _read(work: Work, found: Discovered, warehouse: Path, *, publish: bool) -> IngestSummary:
    """Run the flow over a plan, with a server; the readers and the audit get ready beside it."""
    from knipsel.flows.cli.run import flows_at_work, prepare_reading

    with flows_at_work(work.watch, partial(prepare_reading, work.warehouse, work.settings)):
        from knipsel.flows.ingest import ingest_planned

        summary = ingest_planned(work.run, str(found.plan), str(warehouse), work.settings, publish=publish)
        work.watch.take(summary.seconds)
    return summary
