"""The group ``topics``."""

from __future__ import annotations

import typer

from knipsel.flows.cli.registers.try_codebook import attempt

group = typer.Typer(no_args_is_help=True, help="Try a codebook before it is used.")
group.command("try")(attempt)
