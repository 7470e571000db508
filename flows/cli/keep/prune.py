"""The command ``prune``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_facts, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knipsel.warehouse.release.versions import Release

MEGABYTE = 1_000_000


def prune(
    keep: Annotated[
        int, typer.Option("--keep", min=1, help="How many of the newest releases stay.")
    ],
    keep_monthly: Annotated[
        bool, typer.Option("--keep-monthly", help="The last release of each month stays too.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go, and remove nothing.")
    ] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Remove old releases: never the one that readers take, never one that is pinned."""
    from knipsel.flows.keep.prune import prune_releases
    from knipsel.warehouse.release.keeping.prune import Keep, would_go

    place, asked = opened(warehouse).place, Keep(keep, keep_monthly)
    if dry_run:
        going = would_go(place, asked)
        found = {"would_go": [asdict(release) for release in going]}
        facts = [("would be removed", _names(going))]
    else:
        done = prune_releases(place, asked)
        found = asdict(done)
        facts = [
            ("removed", _names(done.releases)),
            ("disk", f"{done.freed_bytes / MEGABYTE:,.1f} MB given back"),
            ("lake", f"{done.snapshots:,} snapshots forgotten"),
        ]
    if as_json:
        print_json(found)
    else:
        print_facts(facts)


def _names(releases: Sequence[Release]) -> str:
    """Return the releases in a line, by their labels."""
    return ", ".join(release.label for release in releases) or "no release"
