"""The command ``publish``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    VerboseOption,
    WarehouseOption,
    opened,
    quiet,
)
from knipsel.flows.cli.print.tables import print_facts, print_json

if TYPE_CHECKING:
    from knipsel.warehouse.release.publish import Published


def publish(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Publish a release of what the lake holds, where the last one does not hold it."""
    quiet(verbose=verbose)
    published = _published(warehouse)
    facts = {
        "release": published.version,
        "folder": str(published.folder),
        "new": published.is_new,
        "tables written": len(published.tables_written),
    }
    print_json(facts) if as_json else print_facts(list(facts.items()))


def _published(warehouse: Path) -> Published:
    """Publish with Prefect what there is to publish; see without a server that there is nothing."""
    from knipsel.flows.cli.run import (
        check_own_files,
        check_writable,
        command_watch,
        flows_at_work,
        shown,
    )
    from knipsel.flows.runs.stages import is_release_due

    house = opened(warehouse)
    if house.place.exists:
        check_writable(house.folder)
    check_own_files(house.place, house.settings)
    if not is_release_due(house.place):
        return house.publish()
    with shown(), flows_at_work(command_watch()):
        from knipsel.flows.publish import publish_release

        return publish_release(str(warehouse))
