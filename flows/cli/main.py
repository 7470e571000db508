"""The command ``knipsel``: all commands, in the order in which its help lists them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import IntEnum
from typing import Any, NoReturn

import typer

from knipsel.flows.cli.clock import begin_with_process
from knipsel.flows.cli.contract import program, tell_of_upgrades
from knipsel.flows.cli.corpus.ingest import ingest
from knipsel.flows.cli.corpus.learn import learn
from knipsel.flows.cli.corpus.publish import publish
from knipsel.flows.cli.corpus.reprocess import reprocess
from knipsel.flows.cli.corpus.serve import serve
from knipsel.flows.cli.keep.backup import backup, restore
from knipsel.flows.cli.keep.check.group import group as check
from knipsel.flows.cli.keep.coding.codes import group as codes
from knipsel.flows.cli.keep.coding.sample import sample
from knipsel.flows.cli.keep.correct import correct
from knipsel.flows.cli.keep.export import export
from knipsel.flows.cli.keep.prune import prune
from knipsel.flows.cli.keep.releases.group import group as releases
from knipsel.flows.cli.keep.retract import retract
from knipsel.flows.cli.keep.rollback import rollback
from knipsel.flows.cli.keep.verify import verify
from knipsel.flows.cli.look.annotate import annotate
from knipsel.flows.cli.look.count import count
from knipsel.flows.cli.look.diff import diff
from knipsel.flows.cli.look.doubt import doubt
from knipsel.flows.cli.look.explain import explain
from knipsel.flows.cli.look.explore import explore
from knipsel.flows.cli.look.preview import preview
from knipsel.flows.cli.look.search import search
from knipsel.flows.cli.look.show import show
from knipsel.flows.cli.look.sql import sql
from knipsel.flows.cli.look.status import status
from knipsel.flows.cli.print.terminal import in_a_line, write_whatever_comes
from knipsel.flows.cli.quarantine.group import group as quarantine
from knipsel.flows.cli.registers.group import group as registers
from knipsel.flows.cli.registers.topics_group import group as topics
from knipsel.flows.server.reports.log import error_line

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.callback()(program)


TASKS: dict[str, tuple[Callable[..., None] | typer.Typer, ...]] = {
    "Make a corpus": (ingest, preview, publish, reprocess, learn, serve),
    "Look at it": (status, search, explore, show, explain, sql, count, annotate),
    "Make it better": (quarantine, doubt, correct, check, registers, topics),
    "Code it": (sample, codes),
    "Take it along": (export,),
    "Keep it": (releases, diff, rollback, prune, retract, verify, backup, restore),
}
"""The commands by what people want to do, as the help has them."""
GROUPS = {
    id(quarantine): "quarantine",
    id(check): "check",
    id(registers): "registers",
    id(releases): "releases",
    id(topics): "topics",
    id(codes): "codes",
}


def _add(task: str, command: Callable[..., None] | typer.Typer) -> None:
    """Add a command, or a group of them, behind those that are there."""
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=GROUPS[id(command)], rich_help_panel=task)
        return
    alone = typer.Typer()  # of its own, since Typer would list all groups last
    alone.command(rich_help_panel=task)(command)
    app.add_typer(alone)


for _task, _commands in TASKS.items():
    for _command in _commands:
        _add(_task, _command)


class ExitCode(IntEnum):
    """What the command tells the shell."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2


def _guarded(command: Callable[[], Any], *, verbose: bool) -> ExitCode:
    """Run the command; turn an error into one sentence and an exit code."""
    from knipsel.flows.runs.errors import explain
    from knipsel.warehouse.addresses.secrets import redacted_traceback
    from knipsel.warehouse.queries.articles.meant import SeveralArticlesError

    try:
        command()
    except Exception as error:  # noqa: BLE001 - it is told, in a sentence or in full
        code, sentence = explain(error)
        if verbose:
            typer.echo(redacted_traceback(type(error), error, error.__traceback__), err=True)
        typer.echo(error_line(in_a_line(sentence)), err=True)
        for line in error.candidates if isinstance(error, SeveralArticlesError) else ():
            typer.echo(f"  {in_a_line(line)}", err=True)
        return ExitCode(code)
    return ExitCode.DONE


def main() -> NoReturn:
    """Run the command line."""
    begin_with_process()
    write_whatever_comes()
    tell_of_upgrades()
    verbose = "--verbose" in sys.argv or "-v" in sys.argv
    sys.exit(_guarded(app, verbose=verbose))
