"""The commands that run flows: the server starts first, all else is imported beside it."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from knipsel.flows.config.settings import Settings
from knipsel.flows.server.server import prefect_server
from knipsel.warehouse.intake.inbox import NoSuchPathError
from knipsel.warehouse.layout import Warehouse

if TYPE_CHECKING:
    from knipsel.flows.runs.summary import IngestSummary
    from knipsel.warehouse.release.publish import Published


PEEK_FILES = 100
"""Up to so many files are looked at beforehand, to see whether there is anything to audit."""


def _something_new(sources: Sequence[Path], place: Warehouse, settings: Settings) -> bool:
    """Tell whether any of the sources may be new, without spending long on it."""
    from knipsel.flows.config.furniture_file import current_version
    from knipsel.flows.plan.plan import known_documents, look, stated_of
    from knipsel.warehouse.intake.inbox import list_files

    if not place.exists or len(list_files(sources)) > PEEK_FILES:
        return True
    seen = look(sources, place, leave_out=[])
    version = current_version(place.furniture_file)
    versions = stated_of(seen, place, settings, version).versions(seen.files.values())
    return bool(set(versions) - known_documents(versions, place))


def _prepare_reading(place: Warehouse, settings: Settings) -> None:
    """Start a process that reads documents, as the run will want it."""
    from knipsel.flows.config.furniture_file import current_version
    from knipsel.flows.read.supervisor import warm_up

    furniture = place.furniture_file
    warm_up(settings.registers, furniture, current_version(furniture))


def _prepare_audit(sources: Sequence[Path], place: Warehouse, settings: Settings) -> None:
    """Have a reader ready and import what the audit needs, where there will be one.

    Both take seconds. Whatever goes wrong here comes up again in the flow, which says so to the
    user.
    """
    with suppress(Exception):
        if _something_new(sources, place, settings):
            _prepare_reading(place, settings)
            from knipsel.expectations.staged.contract_audit import prepare

            prepare()


def _prepare_queries() -> None:
    """Import pandas, which DuckDB does at the first parameter of a query: for a second or two."""
    importlib.import_module("pandas")


def check_paths(paths: Sequence[Path]) -> None:
    """Raise `NoSuchPathError` for the first path that does not exist."""
    for path in paths:
        if not path.exists():
            message = f"There is no file or folder at {path}."
            raise NoSuchPathError(message)


def check_writable(root: Path) -> None:
    """Raise `OSError` where the warehouse's folder cannot be written: soon, not after minutes."""
    root.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=root) as probe:
        probe.write(b"\0")
        probe.flush()


def _check_bounds(place: Warehouse, settings: Settings) -> None:
    """Raise `BoundsError` where the bounds are malformed: before a server is started for it."""
    from knipsel.flows.config.bounds_file import bounds_of

    bounds_of(place, settings.bounds)


@contextmanager
def flows_at_work(beside: Callable[[], None] | None = None) -> Iterator[None]:
    """Have a Prefect server that answers while the block runs, and a watcher on a terminal.

    ``beside`` is done in a thread while the server starts.
    """
    from knipsel.flows.cli.print.tables import TerminalProgress
    from knipsel.flows.runs.progress import Silent, watched_by

    watcher = TerminalProgress() if sys.stderr.isatty() else Silent()
    with prefect_server() as server, watched_by(watcher):
        if beside is not None:
            threading.Thread(target=beside).start()
        with watcher.step("Starting"):
            import prefect.flows  # noqa: F401 - imported while the server starts

            if server is not None:
                server.wait()
        yield


def run_ingest(paths: Sequence[Path] | None, warehouse: Path, *, publish: bool) -> IngestSummary:
    """Run the flow ``ingest`` and return its summary."""
    settings = Settings()
    sources = list(paths) if paths else [path for path in settings.sources if path.exists()]
    if not sources:
        message = f"There is no folder {' or '.join(map(str, settings.sources))} here."
        raise NoSuchPathError(message)
    check_paths(sources)
    place = settings.warehouse_at(warehouse)
    check_writable(place.root)
    _check_bounds(place, settings)
    with flows_at_work(beside=partial(_prepare_audit, sources, place, settings)):
        from knipsel.flows.ingest import ingest

        return ingest([str(path) for path in sources], str(warehouse), publish=publish)


def run_publish(warehouse: Path) -> Published:
    """Run the flow ``publish`` and return what it published."""
    settings = Settings()
    place = settings.warehouse_at(warehouse)
    if place.exists:
        check_writable(place.root)
    _check_bounds(place, settings)
    with flows_at_work(beside=_prepare_queries):
        from knipsel.flows.publish import publish_release

        return publish_release(str(warehouse))


def run_serve(warehouse: Path) -> None:
    """Run both flows on their schedules until interrupted."""
    settings = Settings()
    check_writable(settings.warehouse_at(warehouse).root)
    with prefect_server(port=settings.server_port, ephemeral=False) as server:
        from knipsel.flows.serve import serve_forever

        if server is not None:
            server.wait()
        serve_forever(settings, warehouse)
