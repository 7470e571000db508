"""The command ``quarantine replay``."""

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
from knipsel.flows.cli.print.tables import print_json, print_summary
from knipsel.flows.cli.quarantine.documents import RuleOption, held_back_ids

if TYPE_CHECKING:
    from knipsel.flows.runs.summary import AgainSummary
    from knipsel.warehouse.layout import Warehouse


def replay(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Documents; all where none is given."),
    ] = None,
    rule: RuleOption = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    publish: PublishOption = True,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read documents that are held back again, from the archive; publish those that pass."""
    if documents and rule:
        raise typer.BadParameter("Name documents or a rule, not both.")
    quiet(verbose=verbose)
    summary = _replayed(documents or None, rule, warehouse, publish=publish)
    if summary is not None:
        print_summary(summary, as_json=as_json)
    elif as_json:
        print_json(None)
    else:
        typer.echo(f"Nothing is held back{f' by {rule}' if rule else ''}.")


def _is_any_held_back(place: Warehouse, rule: str | None) -> bool:
    from knipsel.flows.plan.reprocessing import HELD_BACK
    from knipsel.warehouse.lake.connection import open_lake
    from knipsel.warehouse.lake.stored_documents import open_rules, readable_documents

    with open_lake(place, read_only=True) as connection:
        held = readable_documents(connection, status=HELD_BACK)
        by_rule = open_rules(connection, rule)
        return any(one.document_id in by_rule for one in held)


def _replayed(
    documents: list[str] | None, rule: str | None, warehouse: Path, *, publish: bool
) -> AgainSummary | None:
    """Run the flow ``replay`` and return its summary; None where nothing is held back."""
    from knipsel.flows.cli.run import reading_again

    place = opened(warehouse).place
    only = held_back_ids(documents, place) if documents else None
    if only is None and not _is_any_held_back(place, rule):
        return None

    def run() -> AgainSummary:
        from knipsel.flows.reprocess import replay as flow

        return flow(only, rule, str(warehouse), publish=publish)

    return reading_again(place.root, run)
