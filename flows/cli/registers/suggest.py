"""The command ``registers suggest``: what no register knows, for a person to look over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from knipsel.flows.runs.open_warehouse import OpenWarehouse
    from knipsel.warehouse.queries.queries import Answer

_OTHER = re.compile(r"[^a-z0-9]+")
_FEWEST_ARTICLES = 2
"""Articles that a name must have, if nothing else is said: what is found once is often no name."""
_ENTITIES = "entities"
"""The folder in which registers of names lie."""


class Kind(StrEnum):
    """What can be suggested."""

    NAMES = "names"
    OUTLETS = "outlets"


def suggest(
    kind: Annotated[
        Kind | None, typer.Argument(help="What to list; without it both.", show_default=False)
    ] = None,
    articles: Annotated[
        int | None,
        typer.Option(
            "--articles",
            min=1,
            help="Only what so many articles have; otherwise names in two, outlets in one.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="So many names and outlets at most.")
    ] = 50,
    as_toml: Annotated[
        bool,
        typer.Option("--toml", help="Print a register to edit: of names, or of the outlets."),
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            help="Write a register into a new file: of outlets; in a folder `entities` of names.",
            metavar="FILE",
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List names and outlets that occur often and are in no register, the most frequent first."""
    one_form(as_json=as_json or as_toml or to is not None, as_csv=as_csv)
    house = opened(warehouse)
    if to is not None:
        named = Kind.NAMES if to.absolute().parent.name == _ENTITIES else Kind.OUTLETS
        _write(to, _register(house, kind or named, articles, limit))
    elif as_toml:
        typer.echo(_register(house, kind or Kind.NAMES, articles, limit), nl=False)
    else:
        for answer in _answers(house, kind, articles, limit, together=as_json or as_csv):
            print_answer(answer, as_json=as_json, as_csv=as_csv)


def _answers(
    house: OpenWarehouse, kind: Kind | None, articles: int | None, limit: int, *, together: bool
) -> list[Answer]:
    """Return what is suggested, names and outlets apart, or ``together`` with all columns."""
    from knipsel.flows.config.register_files import load_registers
    from knipsel.warehouse.queries.queries import Answer, open_lake_for_questions
    from knipsel.warehouse.queries.suggestions.unregistered import (
        outlet_rows,
        unregistered_names,
        unregistered_outlets,
    )

    answers: list[Answer] = []
    with open_lake_for_questions(house.place) as connection:
        if kind != Kind.NAMES:
            outlets = load_registers(house.settings.registers).lines.outlets
            found = unregistered_outlets(connection, outlets, articles or 1, limit)
            answers.append(outlet_rows(found))
        if kind != Kind.OUTLETS:
            least = articles or _FEWEST_ARTICLES
            answers.append(unregistered_names(connection, least, limit))
    if not together or len(answers) == 1:
        return answers
    columns = list(dict.fromkeys(column for one in answers for column in one.columns))
    rows = [tuple(map(row.get, columns)) for one in answers for row in one.mappings()]
    return [Answer(columns, rows)]


def _register(house: OpenWarehouse, kind: Kind, articles: int | None, limit: int) -> str:
    """Return what is suggested as a register in TOML."""
    from knipsel.flows.cli.registers.outlet_entries import as_outlets
    from knipsel.flows.config.register_files import load_registers
    from knipsel.warehouse.queries.queries import open_lake_for_questions
    from knipsel.warehouse.queries.suggestions.unregistered import (
        unregistered_names,
        unregistered_outlets,
    )

    with open_lake_for_questions(house.place) as connection:
        if kind == Kind.NAMES:
            names = unregistered_names(connection, articles or _FEWEST_ARTICLES, limit)
            return as_register(names.mappings())
        registers = load_registers(house.settings.registers)
        outlets = registers.lines.outlets
        found = unregistered_outlets(connection, outlets, articles or 1, limit)
    return as_outlets(found, outlets, registers.regions)


def _write(file: Path, text: str) -> None:
    """Write a register into a new file, outside those of the project; say what to do next."""
    from knipsel.flows.config.register_files import PROJECT_REGISTERS

    if file.resolve().is_relative_to(PROJECT_REGISTERS.resolve()):
        message = f"{file} is among the project's registers; name a file among your own."
        raise typer.BadParameter(message, param_hint="--to")
    try:
        with file.open("x", encoding="utf-8", newline="\n") as opened_file:
            opened_file.write(text)
    except FileExistsError as error:
        message = f"{file} exists; name a new file, or take that one away."
        raise typer.BadParameter(message, param_hint="--to") from error
    typer.echo(
        f"Written to {file}. Look it over; what stands in your registers counts from the next run "
        "on, and `knipsel reprocess` reads what is there already anew."
    )


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
