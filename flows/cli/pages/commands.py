"""The page of the docs about the command line, written from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from knipsel.flows.cli.main import app
from knipsel.flows.config.settings import Settings

PAGE = Path(__file__).resolve().parents[3] / "docs" / "command-line.md"

INTRODUCTION = """# The command line

This page is written from the commands (`make docs`); a test fails where the two differ.

Every command takes `--warehouse DIR` (default `warehouse`); a warehouse named so is
self-contained: its archive lies in it. An error is one sentence that says what to do. Exit
codes: 0 done, whatever was quarantined; 1 failed, nothing changed; 2 wrong usage.
"""

CONFIGURATION = """
## Configuration

Environment variables, or the same names in small letters and without the prefix in a
`knipsel.toml`: in the warehouse, or where the command is run. The environment goes before the
warehouse's, and that before the other; paths in the warehouse's start from its folder.

| variable | default | what it is |
|---|---|---|"""


def _parameter(parameter: Any) -> str:
    """Return a parameter of a command as a row of a table."""
    is_argument = parameter.param_type_name == "argument"
    name = parameter.name.upper() if is_argument else ", ".join(parameter.opts)
    if parameter.secondary_opts:
        name += " / " + ", ".join(parameter.secondary_opts)
    return f"| `{name}` | {parameter.help} |"


def _command(name: str, command: Any) -> Iterator[str]:
    """Yield the lines about a command, or about each command of a group."""
    if hasattr(command, "commands"):
        yield f"\n## {name}\n"
        yield command.help
        for part, inner in command.commands.items():
            yield from _command(f"{name} {part}", inner)
        return
    context = command.make_context(f"knipsel {name}", [], resilient_parsing=True)
    usage = " ".join([f"knipsel {name}", *command.collect_usage_pieces(context)])
    yield f"\n## {name}\n"
    yield f"`{usage}`\n"
    yield f"{command.help}\n"
    yield "| parameter | meaning |"
    yield "|---|---|"
    yield from (_parameter(parameter) for parameter in command.params if parameter.name != "help")


def _settings() -> Iterator[str]:
    """Yield a row for each setting."""
    for name, field in Settings.model_fields.items():
        if name == "duplicates":
            yield f"| `KNIPSEL_{name.upper()}__…` | | {field.description} See duplicates.md. |"
            continue
        if name == "alerts":
            yield f"| `KNIPSEL_{name.upper()}__…` | | {field.description} |"
            continue
        default = field.get_default()
        shown = ", ".join(map(str, default)) if isinstance(default, list | tuple) else default
        words = "" if shown is None else f"`{shown}`"
        if name == "workers":
            words = "the number of processors"
        yield f"| `KNIPSEL_{name.upper()}` | {words} | {field.description} |"


def command_page() -> str:
    """Return the page as Markdown."""
    group: Any = typer.main.get_command(app)
    lines = [INTRODUCTION]
    for name, command in group.commands.items():
        lines += _command(name, command)
    return "\n".join([*lines, CONFIGURATION, *_settings()]) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(command_page(), encoding="utf-8")
