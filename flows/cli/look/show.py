"""The command ``show``."""

from __future__ import annotations

from typing import Annotated

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    ArticleArgument,
    JsonOption,
    WarehouseOption,
    opened,
)
from knipsel.flows.cli.print.article import print_article
from knipsel.flows.cli.print.tables import print_json


def show(
    article: ArticleArgument,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    removed: Annotated[
        bool, typer.Option("--removed", help="Show what was left out, and why.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Print an article as read."""
    answer = opened(warehouse).article(article)
    print_json(answer) if as_json else print_article(answer, removed=removed)
