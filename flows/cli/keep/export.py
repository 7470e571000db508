"""The command ``export``: a release, or a part of it, in the form that another tool reads."""

from __future__ import annotations

import locale
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    WarehouseOption,
    names_in,
    opened,
)
from knipsel.flows.cli.print.tables import print_facts, print_json
from knipsel.flows.cli.print.terminal import in_a_line

if TYPE_CHECKING:
    from knipsel.warehouse.exports.model import Exported, Tier

_FORMATS = "xlsx, csv, excel-csv, jsonl, parquet, sqlite, spss, stata, tei, quanteda, amcat, bagit"


def export(
    to: Annotated[
        Path,
        typer.Option(
            "--to",
            help="The file or folder to write; its ending says in which form.",
            metavar="FILE|FOLDER",
        ),
    ],
    form: Annotated[
        str | None, typer.Option("--format", help=f"The form: {_FORMATS}.", metavar="NAME")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(
            help="A table to export, such as quotations or mentions, or `all`; several divided by "
            "commas. Without it the articles."
        ),
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="Export the answer to this query in SQL.", metavar="SQL")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option(
            "--search", help="Export what `knipsel search` finds by these words.", metavar="WORDS"
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    copies: Annotated[
        bool, typer.Option("--copies", help="Export each copy of an article, not one of them.")
    ] = False,
    tier: Annotated[
        str,
        typer.Option(
            help="How much of the texts: full, snippet (their first words), metadata (nothing)."
        ),
    ] = "full",
    snippet_words: Annotated[
        int | None, typer.Option(min=1, help="The words of a snippet; 25 without it.")
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            help="A file that says what may be passed on; without it sharing.toml in the warehouse,"
            " where there is one.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    no_policy: Annotated[
        bool, typer.Option("--no-policy", help="For yourself: whatever sharing.toml says.")
    ] = False,
    release: Annotated[
        str | None, typer.Option(help="A release's number; the latest without it.")
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(
            help="What divides the cells of CSV. Without it a comma; with excel-csv a semicolon "
            "where the locale writes numbers with a comma."
        ),
    ] = None,
    compression: Annotated[
        str, typer.Option(help="Of Parquet: snappy, gzip, zstd, none.")
    ] = "snappy",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Put it in the place of an export that is there.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Export articles of the latest release, each text once, for another tool.

    Every export says of which release it is, what was asked, and how to cite it.
    """
    from knipsel.warehouse.exports.leaks import LeakError
    from knipsel.warehouse.exports.model import ExportError

    try:
        exported = opened(warehouse).export(
            to,
            format=form,
            tables=[name for one in table or () for name in names_in(one)],
            query=query,
            search=words,
            copies=copies,
            tier=cast("Tier", tier),
            snippet_words=snippet_words,
            policy=policy,
            no_policy=no_policy,
            release=release,
            delimiter=delimiter or (_of_locale() if form == "excel-csv" else None),
            compression=compression,
            overwrite=overwrite,
        )
    except LeakError:
        raise
    except ExportError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(_as_dict(exported))
        return
    _print(exported)


def _of_locale() -> str:
    """Return what divides cells where numbers are written as the locale has them."""
    before = locale.setlocale(locale.LC_NUMERIC)
    try:
        locale.setlocale(locale.LC_NUMERIC, "")
        return ";" if locale.localeconv()["decimal_point"] == "," else ","
    except locale.Error:
        return ","
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)


def _print(exported: Exported) -> None:
    facts: list[tuple[str, Any]] = [("written", exported.files[0])]
    facts += [("beside it", file) for file in exported.files[1:]]
    facts += [("release", exported.release)]
    facts += [(f"rows of {name}", f"{count:,}") for name, count in exported.rows.items()]
    facts += [(f"texts: {tier}", f"{count:,}") for tier, count in exported.tiers.items()]
    facts += [("cite as", exported.citation)]
    print_facts(facts)
    for note in exported.notes:
        typer.echo(in_a_line(note), err=True)


def _as_dict(exported: Exported) -> dict[str, Any]:
    return {
        "files": [str(file) for file in exported.files],
        "format": exported.format,
        "release": exported.release,
        "rows": dict(exported.rows),
        "texts": dict(exported.tiers),
        "notes": list(exported.notes),
        "citation": exported.citation,
    }
