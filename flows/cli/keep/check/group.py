"""The group ``check``."""

from __future__ import annotations

import typer

from knipsel.flows.cli.keep.check.add import add
from knipsel.flows.cli.keep.check.draw import draw

group = typer.Typer(
    no_args_is_help=True, help="Learn how right the corpus is: draw values, look, take marks in."
)
for command in (draw, add):
    group.command()(command)
