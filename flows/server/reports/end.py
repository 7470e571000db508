"""The end of a run, told: to the file of health, the figures, the log, and by alerts."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import duckdb

from knipsel.expectations.releases.release_audit import UnfitReleaseError
from knipsel.flows.config.alerts import Event, span_of
from knipsel.flows.config.settings import Settings
from knipsel.flows.server.reports.alerts import Alert, send
from knipsel.flows.server.reports.health import note_health, write_whole
from knipsel.flows.server.reports.log import is_json, json_line
from knipsel.flows.server.reports.metrics import metrics_text
from knipsel.flows.server.reports.report import COUNTS, Report, quiet_for, report_of
from knipsel.warehouse.addresses.secrets import redacted
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse

log = logging.getLogger(__name__)

SERVED = "KNIPSEL__SERVED"
"""Is set where `serve` writes the line of each run, so that the run itself does not."""


def run_words(facts: Mapping[str, Any]) -> str:
    """Return how a run ended, as a line for people; ``facts`` are as `Report.facts` has them."""
    when = f"{datetime.fromisoformat(facts['started_at']):%Y-%m-%d %H:%M:%S} UTC"
    took = f"{facts['seconds']:,.1f} s"
    if facts["result"] != "success":
        said = " ".join(str(facts["message"]).split())
        return f"{when}  {facts['flow']} failed after {took}: {said}"
    if facts["flow"] == "publish":
        return f"{when}  publish succeeded in {took}"
    return (
        f"{when}  {facts['flow']} succeeded in {took}: {facts['files_seen']:,} files seen, "
        f"{facts['files_new']:,} new, {facts['articles_published']:,} articles, "
        f"{facts['documents_quarantined']:,} held back"
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _alerts(warehouse: Warehouse, settings: Settings, report: Report, *, unfit: bool) -> None:
    """Send what is to be told of a run."""
    place = str(warehouse.root)
    event: Event | None = None
    sentence = run_words(report.facts())
    if unfit or (report.broken_bounds and report.is_success):
        event, broken = "bound", "; ".join(report.broken_bounds)
        sentence = f"{sentence}. Bounds that are broken: {broken}" if broken else sentence
    elif not report.is_success:
        event = "failure"
    if event:
        send(Alert(event, place, sentence, report.facts()), settings.alerts)
    span = settings.alerts.no_new_files_in
    if span and report.flow == "ingest":
        quiet = quiet_for(warehouse, span_of(span), report.ended_at)
        if quiet is not None:
            days, hours = quiet.days, quiet.seconds // 3600
            said = f"No new file has come for {days} days and {hours} hours; {span} is expected."
            send(Alert("no_new_files", place, said), settings.alerts)


def tell(warehouse: Warehouse, settings: Settings, report: Report, *, unfit: bool = False) -> None:
    """Tell how a run ended."""
    if is_json() and SERVED not in os.environ:
        level = "info" if report.is_success else "error"
        sys.stderr.write(f"{json_line(level, run_words(report.facts()), report.facts())}\n")
    try:
        health = note_health(warehouse, report)
        if file := settings.metrics_file:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, metrics_text(str(warehouse.root), health, report.totals))
    except (OSError, KeyError, TypeError) as error:
        log.warning("The end of the run could not be noted: %s", error)
    _alerts(warehouse, settings, report, unfit=unfit)


@contextmanager
def told_at_end(warehouse: Warehouse, settings: Settings, run: Run, flow: str) -> Iterator[None]:
    """Tell how the run of the block ended; what cannot be told changes nothing of how it did."""
    try:
        yield
    except Exception as error:
        _told(warehouse, settings, run, flow, error)
        raise
    else:
        _told(warehouse, settings, run, flow, None)


def _told(
    warehouse: Warehouse, settings: Settings, run: Run, flow: str, failure: Exception | None
) -> None:
    problem = (redacted(str(failure)) or type(failure).__name__) if failure else None
    try:
        report = report_of(warehouse, run, flow, problem)
    except (OSError, duckdb.Error, RuntimeError):  # the lake is what failed: of it nothing is told
        now = datetime.now(run.started_at.tzinfo)
        nothing = dict.fromkeys(COUNTS, 0)
        report = Report(flow, run.run_id, run.started_at, now, failure is None, problem, nothing)
    try:
        unfit = any(isinstance(one, UnfitReleaseError) for one in _causes(failure))
        tell(warehouse, settings, report, unfit=unfit)
    except (OSError, duckdb.Error, RuntimeError, ValueError) as error:
        log.warning("The end of the run could not be told: %s", error)
