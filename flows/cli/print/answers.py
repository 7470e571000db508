"""Printing the answer to a question in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knipsel.flows.cli.options import one_form
from knipsel.flows.cli.print.csv import print_csv
from knipsel.flows.cli.print.tables import print_json_list, print_table

if TYPE_CHECKING:
    from knipsel.warehouse.queries.queries import Answer, Stream


def print_answer(answer: Answer | Stream, *, as_json: bool, as_csv: bool) -> None:
    """Print an answer: as JSON, as CSV, or as a table for people.

    Raises `typer.BadParameter` where both JSON and CSV are asked for; a command that works long
    asks `one_form` before it begins.
    """
    one_form(as_json=as_json, as_csv=as_csv)
    if as_json:
        rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
        print_json_list(rows)
    elif as_csv:
        print_csv(answer.columns, answer.rows)
    else:
        print_table(answer.columns, answer.rows)
