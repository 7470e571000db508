"""The command ``explain``: why an article carries its values, or what it was compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    ArticleArgument,
    JsonOption,
    WarehouseOption,
    opened,
)
from knipsel.flows.cli.print.tables import (
    CELL_CHARACTERS,
    console_for_tables,
    print_json,
    said,
)
from knipsel.flows.cli.print.terminal import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

DUPLICATES = "duplicates"
"""What is named in place of a field to be told of duplicates."""

_WIDEST = 160
"""Characters of a table of two columns."""
_SHOWN_WORDS = 8
"""Words shown at either end of a stretch that is the same in both."""
_LONGEST_CHANGE = 60
"""Words shown of a stretch that differs."""
_SHOWN_STRETCHES = 40
"""Stretches shown of a pair; JSON has all."""


def explain(
    article: ArticleArgument,
    field: Annotated[
        str | None,
        typer.Argument(
            help="A field, such as date_published, or `duplicates`; all fields without one."
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Tell why an article carries its values, or with `duplicates` what it was compared with."""
    house = opened(warehouse)
    if field == DUPLICATES:
        compared = house.explain_duplicates(article)
        print_json(compared) if as_json else print_duplicates(compared)
        return
    answer = house.explain(article, field)
    print_json(answer) if as_json else print_explanation(answer)


def print_explanation(fields: Sequence[dict[str, Any]]) -> None:
    """Print fields with their candidates: value, method, evidence in context, why."""
    console = console_for_tables()
    if not fields:
        console.print("Nothing was found about this article.")
    for field in fields:
        name = field["field"]
        value = (
            "nothing says it" if field["value"] is None else _cut(said(name, str(field["value"])))
        )
        console.print(f"\n[bold]{escape(name)}[/bold]: {escape(value)}", highlight=False)
        for candidate in field["candidates"]:
            for line in _lines(candidate, _cut(said(name, candidate["value"]))):
                console.print(line, highlight=False)


def _lines(candidate: dict[str, Any], value: str) -> Iterator[str]:
    """Yield the lines of a candidate, indented, with its value as people say it."""
    sign = "[green]+[/green]" if candidate["chosen"] else "[red]-[/red]"
    value, why = escape(value), escape(candidate["why"])
    sure = "" if candidate["confidence"] is None else f", {candidate['confidence']:g}"
    yield f"  {sign} {value} [dim]({escape(candidate['method'])}{sure})[/dim]: {why}"
    yield f"    [dim]{escape(candidate['meaning'] + _said_by(candidate))}[/dim]"
    for label in ("speaks_for", "speaks_against"):
        if candidate[label]:
            words = escape("; ".join(candidate[label]))
            yield f"    [dim]{label.replace('_', ' ')} it: {words}[/dim]"
    if candidate["context"]:
        yield f"    “{escape(_cut(candidate['context']))}”{_place(candidate)}"


def _said_by(candidate: dict[str, Any]) -> str:
    """Return who stated a value, and why."""
    who = f", by {candidate['stated_by']}" if candidate["stated_by"] else ""
    return f"{who}: {candidate['note']}" if candidate["note"] else who


def _place(candidate: dict[str, Any]) -> str:
    """Return where the evidence stands."""
    if candidate["source_start"] is None:
        return ""
    inside = f", in: {candidate['place'].replace('_', ' ')}" if candidate["place"] else ""
    return f" [dim]at {candidate['source_start']}-{candidate['source_end']}{inside}[/dim]"


def _cut(text: str) -> str:
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"


def print_duplicates(answer: dict[str, Any]) -> None:
    """Print what `explain_duplicates` found."""
    console = console_for_tables()
    members = answer["members"]
    count = f"{len(members)} articles" if len(members) > 1 else "this article alone"
    console.print(f"[bold]cluster[/bold] {answer['cluster_id']}: {count}", highlight=False)
    for member in members:
        console.print(_member(member, answer["article_id"]), highlight=False)
    console.print(
        f"[bold]{answer['canonical_article_id']}[/bold] stands for the cluster. "
        f"{escape(answer['why_canonical'])}",
        highlight=False,
    )
    if not answer["pairs"]:
        console.print("\nIt was compared with no other article: none shares enough with it.")
    for pair in answer["pairs"]:
        _print_pair(console, answer["article_id"], pair)
    if rest := answer["pair_count"] - len(answer["pairs"]):
        console.print(f"\n{rest:,} more pairs are in the table `duplicates`.", highlight=False)


def _member(member: dict[str, Any], asked_for: str) -> str:
    sign = "[green]*[/green]" if member["is_canonical"] else " "
    facts = [
        said("date_published", member["date_published"] or "no date"),
        member["publisher"],
        f"{member['char_count']:,} characters",
        member["completeness"],
    ]
    this = " [dim](this one)[/dim]" if member["article_id"] == asked_for else ""
    told = escape(", ".join(fact for fact in facts if fact))
    return f"  {sign} {member['article_id']} {escape(member['headline'] or '')} ({told}){this}"


def _print_pair(console: Console, article_id: str, pair: dict[str, Any]) -> None:
    colour = "green" if pair["is_duplicate"] else "red"
    relation = pair["relation"].replace("_", " ")
    console.print(
        f"\n[{colour}]{relation}[/{colour}] {pair['other_article_id']} "
        f"{escape(pair['headline'] or '')}\n  {escape(pair['why'])}",
        highlight=False,
    )
    if pair["relation"] == "identical":
        return
    table = Table(
        article_id, pair["other_article_id"], show_lines=True, width=_table_width(console)
    )
    stretches = pair["differences"]
    for one, other in _cells(stretches[:_SHOWN_STRETCHES]):
        table.add_row(one, other)
    console.print(table)
    if len(stretches) > _SHOWN_STRETCHES:
        console.print(f"  {len(stretches) - _SHOWN_STRETCHES} more stretches; --json has all.")


def _table_width(console: Console) -> int:
    """Return the width of two columns of text: where nothing limits it, one that can be read."""
    return min(console.width, _WIDEST)


def _cells(stretches: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield both sides of each stretch: what is the same shortened, what differs in colour."""
    for stretch in stretches:
        if stretch["is_same"]:
            same = f"[dim]{escape(_middle_cut(stretch['one']))}[/dim]"
            yield same, same
        else:
            yield _changed(stretch["one"], "red"), _changed(stretch["other"], "green")


def _changed(text: str, colour: str) -> str:
    words = text.split()
    shown = " ".join(words[:_LONGEST_CHANGE])
    more = f" … {len(words) - _LONGEST_CHANGE} more words" if len(words) > _LONGEST_CHANGE else ""
    return f"[{colour}]{escape(shown)}[/{colour}]{more}" if words else "[dim]–[/dim]"


def _middle_cut(text: str) -> str:
    """Return a text that is the same in both, without its middle where it is long."""
    words = text.split()
    left_out = len(words) - 2 * _SHOWN_WORDS
    if left_out <= _SHOWN_WORDS:
        return " ".join(words)
    ends = " ".join(words[:_SHOWN_WORDS]), " ".join(words[-_SHOWN_WORDS:])
    return f"{ends[0]} … {left_out} words the same … {ends[1]}"
