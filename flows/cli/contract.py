"""What the command line says of versions: the program's, the contract's, and of an upgrade."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

import knipsel
from knipsel.flows.server.reports.log import TOLD, is_json, log_as_json
from knipsel.warehouse.contract.versions import CONTRACT_VERSION


def _print_version(is_asked: bool) -> None:  # noqa: FBT001 - Typer calls it with the option's value
    if is_asked:
        typer.echo(f"knipsel {knipsel.__version__} (contract {CONTRACT_VERSION})")
        raise typer.Exit


def program(
    version: Annotated[  # noqa: FBT002 - an option of the command line
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version of the program, and of the contract that it writes.",
        ),
    ] = False,
    log_json: Annotated[  # noqa: FBT002 - as above
        bool,
        typer.Option("--log-json", help="Write what is logged, and errors, as JSON lines."),
    ] = False,
) -> None:
    """Turn raw article files into a clean, deduplicated, validated corpus."""
    del version
    if log_json or is_json():
        log_as_json()


def contract_words(found: int) -> str:
    """Return the contract of a lake for a person, with what happens to an older one."""
    if found == CONTRACT_VERSION:
        return str(found)
    return f"{found} (the next command that writes brings it up to date, to {CONTRACT_VERSION})"


class _Told(logging.Handler):
    """Prints what the warehouse logs, as a line for whoever ran the command."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the message of a record."""
        typer.echo(record.getMessage(), err=True)


def tell_of_upgrades() -> None:
    """Let the lines be seen that are logged of a lake that is brought up to date, and of leftovers.

    The one of the second kind says which files still hold a text that was retracted.
    """
    for name in TOLD:
        log = logging.getLogger(f"knipsel.{name}")
        if not log.handlers:
            log.addHandler(_Told(logging.WARNING))
