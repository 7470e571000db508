"""The command ``serve``."""

from __future__ import annotations

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    VerboseOption,
    WarehouseOption,
    opened,
    quiet,
)


def serve(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    verbose: VerboseOption = False,
) -> None:
    """Ingest and publish on a schedule until stopped."""
    from knipsel.flows.cli.run import check_writable
    from knipsel.flows.cli.stopping import needing
    from knipsel.flows.server.server import prefect_server

    quiet(verbose=verbose)
    house = opened(warehouse)
    check_writable(house.folder)
    with prefect_server(port=house.settings.server_port, ephemeral=False) as server:
        from knipsel.flows.server.schedule import serve_forever

        if server is None:
            serve_forever(house.settings, warehouse)
            return
        server.wait()
        with needing(server.process):
            serve_forever(house.settings, warehouse)
