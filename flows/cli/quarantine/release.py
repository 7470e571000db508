"""The command ``quarantine release``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    PublishOption,
    VerboseOption,
    WarehouseOption,
    opened,
    quiet,
)
from knipsel.flows.cli.print.tables import print_summary
from knipsel.flows.cli.quarantine.documents import DocumentArgument, held_back_ids

if TYPE_CHECKING:
    from knipsel.flows.runs.summary import AgainSummary


def release(
    document: DocumentArgument,
    reason: Annotated[
        str, typer.Option("--reason", help="Why it is published nonetheless; it stays on record.")
    ],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: PublishOption = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Publish a document in spite of what holds it back, where that can be overruled."""
    if not reason.strip():
        raise typer.BadParameter("Say why the document is published.", param_hint="--reason")
    quiet(verbose=verbose)
    summary = _released(document, reason.strip(), warehouse, publish=publish)
    print_summary(summary, as_json=as_json)


def _released(document: str, reason: str, warehouse: Path, *, publish: bool) -> AgainSummary:
    """Run the flow ``replay`` to publish a document; see before whether it can be."""
    from knipsel.flows.cli.run import reading_again
    from knipsel.flows.plan.overruling import rules_to_waive
    from knipsel.warehouse.lake.connection import open_lake

    place = opened(warehouse).place
    only = held_back_ids([document], place)
    with open_lake(place, read_only=True) as connection:
        rules_to_waive(connection, only[0])

    def run() -> AgainSummary:
        from knipsel.flows.reprocess import replay as flow

        return flow(only, None, str(warehouse), publish=publish, release_reason=reason)

    return reading_again(place.root, run)
