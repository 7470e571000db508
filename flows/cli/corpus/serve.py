"""The command ``serve``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    VerboseOption,
    WarehouseOption,
    opened,
    quiet,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from knipsel.flows.runs.open_warehouse import OpenWarehouse


def serve(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    once: Annotated[
        bool, typer.Option("--once", help="Ingest and publish once, now, and end.")
    ] = False,
    verbose: VerboseOption = False,
) -> None:
    """Ingest and publish on a schedule until stopped; a line tells of each run."""
    from knipsel.flows.cli.run import check_own_files, check_registers, check_writable

    quiet(verbose=verbose)
    house = opened(warehouse)
    check_writable(house.folder)
    check_own_files(house.place, house.settings)
    check_registers(house.place, house.settings)
    if once:
        raise typer.Exit(_once(house, warehouse))
    _until_stopped(house, warehouse)


def _until_stopped(house: OpenWarehouse, warehouse: Path) -> None:
    """Serve both flows beside a Prefect server, of one's own where none is configured."""
    from contextlib import nullcontext

    from knipsel.flows.cli.stopping import needing
    from knipsel.flows.read.kernel_limits import ADDRESS_SPACE_TO_READ, check_address_space
    from knipsel.flows.server.server import prefect_server

    check_address_space(ADDRESS_SPACE_TO_READ)
    with prefect_server(port=house.settings.server_port, ephemeral=False) as server:
        from knipsel.flows.server.serving import serve_until_stopped

        if server is not None:
            server.wait()
        with needing(server.process) if server is not None else nullcontext():
            serve_until_stopped(house.settings, warehouse)


def _once(house: OpenWarehouse, warehouse: Path) -> int:
    """Run both flows, one after the other; return the worst of their exit codes."""
    from uuid import uuid4

    from knipsel.flows.cli.run import command_watch, flows_at_work
    from knipsel.flows.server.reports.end import SERVED

    os.environ[SERVED] = "1"
    with flows_at_work(command_watch()):
        from knipsel.flows.ingest import ingest
        from knipsel.flows.publish import publish_release
        from knipsel.flows.server.schedule import parameters_of_ingest

        ids = {name: str(uuid4()) for name in ("ingest", "publish")}
        ingesting = parameters_of_ingest(house.settings, warehouse)
        codes = [
            _told(house, "ingest", ids, lambda: ingest(**ingesting, run_id=ids["ingest"])),
            _told(
                house,
                "publish",
                ids,
                lambda: publish_release(ingesting["warehouse"], run_id=ids["publish"]),
            ),
        ]
    return max(codes)


def _told(
    house: OpenWarehouse, flow: str, ids: dict[str, str], run: Callable[[], object]
) -> int:
    """Carry a flow out and write the line of its run; return its exit code."""
    from knipsel.flows.runs.errors import explain
    from knipsel.flows.server.reports.end import run_words
    from knipsel.flows.server.serving import say, told_by_itself

    code, sentence = 0, ""
    try:
        run()
    except Exception as error:  # noqa: BLE001 - told in the line of the run
        code, sentence = explain(error)
    if facts := told_by_itself(house.place, flow, ids[flow]):
        say("error" if code else "info", run_words(facts), facts)
    elif code:
        say("error", f"{flow} could not be carried out: {sentence}")
    return code
