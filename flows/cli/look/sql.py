"""The command ``sql``: asks the release, or the lake, anything."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    one_form,
    opened,
)
from knipsel.flows.cli.print.answers import print_answer


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
    from knipsel.warehouse.queries.queries import ask_as_reader

    one_form(as_json=as_json, as_csv=as_csv)
    house = opened(warehouse)
    seconds = house.settings.max_query_seconds
    answer = ask_as_reader(house.place, query, lake=lake, unsafe=unsafe, seconds=seconds)
    print_answer(answer, as_json=as_json, as_csv=as_csv)
