"""The command ``registers suggest``: names that no register knows, for a person to look over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

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

_OTHER = re.compile(r"[^a-z0-9]+")


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
    from knipsel.warehouse.queries.queries import open_lake_for_questions
    from knipsel.warehouse.queries.unregistered import unregistered_names

    one_form(as_json=as_json or as_toml, as_csv=as_csv)
    with open_lake_for_questions(opened(warehouse).place) as connection:
        answer = unregistered_names(connection, articles, limit)
    if as_toml:
        typer.echo(as_register(answer.mappings()), nl=False)
    else:
        print_answer(answer, as_json=as_json, as_csv=as_csv)


def identifier_of(name: str, taken: set[str]) -> str:
    """Return an identifier for a name, in ASCII, and none of those that are ``taken``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    base = _OTHER.sub("-", plain.casefold()).strip("-") or "name"
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (base, *numbered) if one not in taken)


def as_register(names: Iterable[Mapping[str, Any]]) -> str:
    """Return names as a register of entities in TOML, by kind, each with its spellings."""
    import tomlkit

    document = tomlkit.document()
    taken: set[str] = set()
    for row in names:
        identifier = identifier_of(row["name"], taken)
        taken.add(identifier)
        entity = tomlkit.inline_table()
        entity["name"] = row["name"]
        if others := [one for one in row["spellings"] if one != row["name"]]:
            entity["names"] = others
        section = document.setdefault(row["kind"], tomlkit.table())
        section[identifier] = entity
    return tomlkit.dumps(document)
