"""Serving: a scheduler at work beside a Prefect server, and a line for each run that ended.

What serves ends with this process, at once and however it ends, and this process with what serves.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from httpx import HTTPError

from knipsel.flows.config.settings import Settings
from knipsel.flows.read.own_modules import command_of, environment
from knipsel.flows.server.reports.alerts import Alert, send
from knipsel.flows.server.reports.end import SERVED, run_words
from knipsel.flows.server.reports.health import read_health
from knipsel.flows.server.reports.log import is_json, json_line
from knipsel.flows.server.schedule import CUT_OFF, EndedRun, ended_runs
from knipsel.warehouse.layout import Warehouse

POLL_SECONDS = 2
"""How often Prefect is asked which runs have ended."""

SILENT_SECONDS = 60
"""How long a Prefect server may fail to answer: one that starts again takes half of that."""

STOP_SECONDS = 2


class NotServingError(RuntimeError):
    """Nothing is served any more."""


@contextmanager
def scheduler(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Have a process that serves both flows of a warehouse while the block runs."""
    process = subprocess.Popen(
        [*command_of("knipsel.flows.server.scheduler"), str(root.absolute())],
        env={**environment(), SERVED: "1"},
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def say(level: str, message: str, facts: dict[str, Any] | None = None) -> None:
    """Write a line on standard error, at once; ``facts`` are for programs."""
    sys.stderr.write(f"{json_line(level, message, facts) if is_json() else message}\n")
    sys.stderr.flush()


def told_by_itself(warehouse: Warehouse, flow: str, run_id: str) -> dict[str, Any] | None:
    """Return what a run told of its end, None where it did not come so far."""
    facts = read_health(warehouse).get("flows", {}).get(flow)
    return facts if facts and facts["run_id"] == run_id else None


def tell_of(run: EndedRun, warehouse: Warehouse, settings: Settings) -> None:
    """Write a line for a run that ended; of one that told nothing by itself, alert as well."""
    if facts := told_by_itself(warehouse, run.flow, run.run_id):
        say("info" if facts["result"] == "success" else "error", run_words(facts), facts)
        return
    when = f"{run.expected_at:%Y-%m-%d %H:%M:%S} UTC"
    if run.said == CUT_OFF:
        stopped = f"{when}  {run.flow} was cut off when serving ended; the next one does it"
        say("info", stopped, {"flow": run.flow, "run_id": run.run_id, "result": "cut off"})
        return
    what = "was not started" if run.state == "CANCELLED" else "could not be carried out"
    sentence = f"{when}  {run.flow} {what}: {' '.join(run.said.split())}"
    facts = {"flow": run.flow, "run_id": run.run_id, "result": run.state.lower()}
    say("error", sentence, facts)
    if run.state != "CANCELLED":
        send(Alert("failure", str(warehouse.root), sentence, facts), settings.alerts)


def serve_until_stopped(settings: Settings, root: Path) -> None:
    """Serve both flows of a warehouse for as long as nobody stops this process.

    Raises `NotServingError` where the scheduler ends, or the Prefect server does not answer.
    """
    warehouse = settings.warehouse_at(root)
    since, told, answered = datetime.now(UTC), set[str](), time.monotonic()
    with scheduler(root) as process:
        say(
            "info",
            f"Serving {root}: ingest at {settings.ingest_cron!r}, publish at "
            f"{settings.publish_cron!r} (UTC).",
        )
        while process.poll() is None:
            time.sleep(POLL_SECONDS)
            try:
                ended = ended_runs(root, since)
            except (HTTPError, OSError) as error:
                if time.monotonic() - answered > SILENT_SECONDS:
                    message = f"The Prefect server does not answer: {error}"
                    raise NotServingError(message) from error
                continue
            answered = time.monotonic()
            for run in ended:
                if run.run_id not in told:
                    told.add(run.run_id)
                    tell_of(run, warehouse, settings)
    message = f"What serves the flows has ended with code {process.returncode}; start it again."
    raise NotServingError(message)
