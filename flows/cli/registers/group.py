"""The group ``registers``."""

from __future__ import annotations

import typer

from knipsel.flows.cli.registers.list import list_registers
from knipsel.flows.cli.registers.suggest import suggest
from knipsel.flows.cli.registers.topics import topics

group = typer.Typer(no_args_is_help=True, help="See what the registers know, and what not yet.")
for command in (suggest, topics):
    group.command()(command)
group.command("list")(list_registers)
