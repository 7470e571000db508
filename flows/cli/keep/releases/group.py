"""The group ``releases``: alone it lists them."""

from __future__ import annotations

import typer

from knipsel.flows.cli.keep.releases.list import list_releases
from knipsel.flows.cli.keep.releases.pin import pin, unpin
from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption

group = typer.Typer(
    help="List the releases, oldest first; pin those that are to stay.",
    invoke_without_command=True,
)


@group.callback()
def releases(
    context: typer.Context,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """List the releases, oldest first; readers take the one that is marked as latest."""
    if context.invoked_subcommand is None:
        list_releases(warehouse, as_json=as_json)


group.command()(pin)
group.command()(unpin)
