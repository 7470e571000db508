"""The command that asks the release, or the lake, anything."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import CsvOption, JsonOption, WarehouseOption, one_form, warehouse_at
from knipsel.flows.config.settings import DEFAULT_WAREHOUSE

commands = typer.Typer()


@commands.command()
def sql(
    query: Annotated[str, typer.Argument(help="A query in DuckDB's SQL.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    lake: Annotated[
        bool, typer.Option("--lake", help="Ask the lake: what is committed, published or not.")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    unsafe: Annotated[
        bool,
        typer.Option("--unsafe", help="Let the query read and write files; only for your own."),
    ] = False,
) -> None:
    """Query the latest release, read-only: its tables, and no other file, network or setting."""
    from knipsel.flows.cli.print.answers import print_answer
    from knipsel.warehouse.queries.queries import ask_as_reader

    one_form(as_json=as_json, as_csv=as_csv)
    answer = ask_as_reader(warehouse_at(warehouse), query, lake=lake, unsafe=unsafe)
    print_answer(answer, as_json=as_json, as_csv=as_csv)
