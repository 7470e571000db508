"""The commands of the registers."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import (
    CsvOption,
    JsonOption,
    WarehouseOption,
    one_form,
    warehouse_at,
)
from knipsel.flows.config.settings import DEFAULT_WAREHOUSE, Settings

commands = typer.Typer()
registers = typer.Typer(no_args_is_help=True, help="See what the registers know, and what not yet.")
commands.add_typer(registers, name="registers")


@registers.command()
def suggest(
    articles: Annotated[
        int, typer.Option("--articles", min=1, help="Only names that so many articles have.")
    ] = 2,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many names at most.")] = 50,
    as_toml: Annotated[
        bool, typer.Option("--toml", help="Print a register of entities to edit.")
    ] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List who and what occurs often and is in no register, the most frequent first."""
    from knipsel.flows.cli.print.answers import print_answer
    from knipsel.flows.cli.print.suggestions import as_register
    from knipsel.warehouse.queries.queries import open_lake_for_questions
    from knipsel.warehouse.queries.unregistered import unregistered_names

    one_form(as_json=as_json or as_toml, as_csv=as_csv)
    with open_lake_for_questions(warehouse_at(warehouse)) as connection:
        answer = unregistered_names(connection, articles, limit)
    if as_toml:
        typer.echo(as_register(answer.mappings()), nl=False)
    else:
        print_answer(answer, as_json=as_json, as_csv=as_csv)


@registers.command()
def topics(as_json: JsonOption = False, as_csv: CsvOption = False) -> None:
    """List the topics of all codebooks: what each means, its IPTC Media Topic, its languages."""
    from knipsel.flows.cli.print.answers import print_answer
    from knipsel.flows.config.codebooks import listed_topics

    print_answer(listed_topics(Settings().registers), as_json=as_json, as_csv=as_csv)
