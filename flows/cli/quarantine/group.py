"""The group ``quarantine``."""

from __future__ import annotations

import typer

from knipsel.flows.cli.quarantine.list import list_command
from knipsel.flows.cli.quarantine.release import release
from knipsel.flows.cli.quarantine.replay import replay
from knipsel.flows.cli.quarantine.show import show

group = typer.Typer(no_args_is_help=True, help="See what is held back and why, and bring it back.")
group.command("list")(list_command)
for command in (show, replay, release):
    group.command()(command)
