"""What the commands share that run flows: a server that lives as long, and a watch."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from knipsel.flows.cli.clock import seconds_running
from knipsel.flows.cli.print.progress import LineProgress, TerminalProgress
from knipsel.flows.cli.stopping import needing
from knipsel.flows.config.settings import Settings
from knipsel.flows.read.kernel_limits import ADDRESS_SPACE_TO_READ, check_address_space
from knipsel.flows.runs.progress import Silent, progress, watched_by
from knipsel.flows.runs.summary import AgainSummary, IngestSummary, Stopwatch
from knipsel.flows.server.reports.log import is_json
from knipsel.flows.server.server import prefect_server
from knipsel.warehouse.layout import Warehouse

Summary = TypeVar("Summary", bound=IngestSummary)


def command_watch() -> Stopwatch:
    """Return a watch that has run since the command was started."""
    return Stopwatch.running_since(seconds_running())


def in_full(summary: Summary, watch: Stopwatch) -> Summary:
    """Return the summary of a command that ends now, with all the time that it took."""
    return replace(summary, seconds=watch.in_full())


def check_writable(root: Path) -> None:
    """Raise `OSError` where the warehouse's folder cannot be written: soon, not after minutes."""
    root.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=root) as probe:
        probe.write(b"\0")
        probe.flush()


def check_own_files(place: Warehouse, settings: Settings) -> None:
    """Raise `BoundsError` or `CorpusFileError` where one of the warehouse's files is malformed.

    That is before a server is started for it.
    """
    from knipsel.flows.config.bounds_file import bounds_of
    from knipsel.warehouse.release.files.corpus_file import read_corpus

    bounds_of(place, settings.bounds)
    read_corpus(place.root)


def check_registers(place: Warehouse, settings: Settings) -> None:
    """Raise `RegisterError` where a register of one's own is malformed: soon, as above."""
    from knipsel.flows.config.register_files import load_registers

    if settings.registers is not None:
        load_registers(settings.registers, place.furniture_file, settings.annotating())


def prepare_reading(place: Warehouse, settings: Settings) -> None:
    """Have a reader ready and import what the audit needs; both take seconds.

    Whatever goes wrong here comes up again in the flow, which says so to the user.
    """
    from knipsel.flows.read.supervisor import warm_up

    with suppress(Exception):
        warm_up(settings.registers, place.furniture_file, settings.annotating())
        prepare_audit()


def prepare_audit() -> None:
    """Import what the audit needs, which takes seconds, while the server starts."""
    from knipsel.expectations.staged.contract_audit import prepare

    prepare()


@contextmanager
def shown() -> Iterator[None]:
    """Show how far the runs of the block are: on a terminal, or in a line now and then.

    Where lines are JSON, for programs, nothing is shown.
    """
    watcher = TerminalProgress() if sys.stderr.isatty() else LineProgress()
    with watched_by(Silent() if is_json() else watcher):
        yield


@contextmanager
def flows_at_work(watch: Stopwatch, beside: Callable[[], None] | None = None) -> Iterator[None]:
    """Have a Prefect server that answers while the block runs; waiting for it is starting.

    ``beside`` is done in a thread while the server starts.
    """
    check_address_space(ADDRESS_SPACE_TO_READ)
    with prefect_server() as server:
        with watch.step("start"), progress().step("Starting"):
            if beside is not None:
                threading.Thread(target=beside).start()
            import prefect.flows  # noqa: F401 - imported while the server starts

            if server is not None:
                server.wait()
        with needing(server.process) if server is not None else nullcontext():
            yield


def reading_again(root: Path, run: Callable[[], AgainSummary]) -> AgainSummary:
    """Run a flow that reads documents again; return its summary, with all the time it took."""
    check_writable(root)
    watch = command_watch()
    with shown(), flows_at_work(watch, prepare_audit):
        summary = run()
        watch.take(summary.seconds)
    return in_full(summary, watch)
