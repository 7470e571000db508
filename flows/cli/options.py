"""What all commands share: their options, and how they find the warehouse."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knipsel.flows.server.reports.log import log_as_json
from knipsel.warehouse.layout import DEFAULT_WAREHOUSE

if TYPE_CHECKING:
    from knipsel.flows.runs.open_warehouse import OpenWarehouse

__all__ = ["DEFAULT_WAREHOUSE"]

WarehouseOption = Annotated[
    Path, typer.Option("--warehouse", help="The folder of the warehouse.", metavar="DIR")
]
PublishOption = Annotated[
    bool, typer.Option("--publish/--no-publish", help="Publish a release at the end.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
CsvOption = Annotated[
    bool,
    typer.Option("--csv", help="Print CSV; text that a spreadsheet would run gets an apostrophe."),
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show Prefect's log, and where an error came from.")
]
ArticleArgument = Annotated[
    str,
    typer.Argument(
        help="An article's identifier or how it starts, its file, or words of its headline."
    ),
]
VersionArgument = Annotated[str, typer.Argument(help="A release's number, such as 3 or 000003.")]


def opened(root: Path) -> OpenWarehouse:
    """Return the warehouse in a folder, as configured."""
    from knipsel.flows.read.kernel_limits import check_address_space
    from knipsel.flows.runs.open_warehouse import open_warehouse

    check_address_space()
    house = open_warehouse(root)
    if house.settings.log_json:
        log_as_json()
    return house


def names_in(text: str) -> list[str]:
    """Return names that are divided by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def one_form(*, as_json: bool, as_csv: bool) -> None:
    """Raise `typer.BadParameter` where both JSON and CSV are asked for."""
    if as_json and as_csv:
        raise typer.BadParameter("Ask for JSON or for CSV, not for both.", param_hint="--csv")


def quiet(*, verbose: bool) -> None:
    """Keep Prefect's log off the terminal: what a person needs is printed at the end."""
    if not verbose:
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_FLOW_RUNS_LEVEL", "CRITICAL")
        os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_TASK_RUNS_LEVEL", "CRITICAL")
