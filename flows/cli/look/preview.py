"""The command ``preview``."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption
from knipsel.flows.cli.print.article import print_preview
from knipsel.flows.cli.print.tables import print_json


def preview(
    file: Annotated[str, typer.Argument(help="A file or an archive; `-` for standard input.")],
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what would be left out, and why.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Show so many documents of an archive at most.")
    ] = 20,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Print what a file would become, without storing anything."""
    from knipsel.flows.config.settings import Settings
    from knipsel.flows.read.preview import first_documents

    documents, is_cut = first_documents(file, Settings.of(warehouse), warehouse, limit)
    if as_json:
        print_json(documents)
        return
    for document in documents:
        print_preview(document, removed=removed)
    if is_cut:
        typer.echo(f"\nThere is more in the archive; these were the first {limit:,} (--limit).")
