"""The commands ``releases pin`` and ``releases unpin``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    VersionArgument,
    WarehouseOption,
    opened,
)


def pin(
    version: VersionArgument,
    reason: Annotated[
        str, typer.Option("--reason", help="Why it stays: where it is cited, who needs it.")
    ],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
) -> None:
    """Have a release stay, whatever `knipsel prune` removes."""
    from knipsel.flows.keep.prune import pin_release

    if not reason.strip():
        message = "Say in --reason why it is to stay."
        raise typer.BadParameter(message)
    place = opened(warehouse).place
    release = pin_release(place, version, reason.strip(), datetime.now(UTC))
    typer.echo(f"Release {release.label} is pinned.")


def unpin(version: VersionArgument, warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Let a release go again, when `knipsel prune` comes to it."""
    from knipsel.flows.keep.prune import unpin_release

    was_pinned = unpin_release(opened(warehouse).place, version)
    typer.echo(f"Release {version} {'is no longer' if was_pinned else 'was not'} pinned.")
