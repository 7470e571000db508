"""The command ``sql``: asks the release, or the lake, anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    import duckdb

_HELP = "Seconds after which the query is stopped; without it max_query_seconds of the settings."


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
    timeout: Annotated[float | None, typer.Option(min=0.1, help=_HELP)] = None,
) -> None:
    """Query the latest release, read-only: its tables, and no other file, network or setting."""
    from knipsel.warehouse.queries.queries import answer_as_reader, stream

    one_form(as_json=as_json, as_csv=as_csv)
    house = opened(warehouse)
    seconds: float | None = timeout
    if timeout is None and not unsafe:
        seconds = house.settings.max_query_seconds

    def show(connection: duckdb.DuckDBPyConnection, asked: str) -> None:
        print_answer(stream(connection, asked), as_json=as_json, as_csv=as_csv)

    answer_as_reader(house.place, query, show, lake=lake, unsafe=unsafe, seconds=seconds)
