"""Printing: tables and articles for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from knipsel.flows.cli.print.terminal import escape, harmless_json, in_a_line

if TYPE_CHECKING:
    from knipsel.flows.learn import Learned

CELL_CHARACTERS = 200
"""How much of a value a table for people shows; JSON shows all of it."""

SHOWN_ROWS = 1000
"""How many rows a table for people shows; JSON shows all of them."""

SHOWN_LINES = 5
"""How many lines a person sees of a stretch that was left out; JSON shows all of them."""

WIDE = 10_000
"""Characters in a line where nobody's terminal sets a limit."""

NO_TEXT_ROLES = {"headline", "pull_quote", "byline", "dateline", "biography", "caption"}


def _plain(value: object) -> object:
    """Return a value that JSON has no form for as text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    Console(soft_wrap=True, highlight=False).out(
        harmless_json(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))
    )


def _listed(value: object) -> str:
    """Return a value as people read it, a list as DuckDB shows one: ``[a, b]``."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_listed, value))}]"
    return str(_plain(value))


def _cell(value: object) -> str:
    """Return a value as the cell of a table."""
    text = "" if value is None else _listed(value)
    return escape(text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…")


def console_for_tables() -> Console:
    """Return a console that cuts nothing where a file or another program reads along."""
    return Console() if sys.stdout.isatty() else Console(width=WIDE)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table, and say where some are left out."""
    console = console_for_tables()
    table = Table(*map(escape, columns), header_style="bold")
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*map(_cell, row))
    console.print(table)
    if len(rows) > SHOWN_ROWS:
        console.print(f"{len(rows) - SHOWN_ROWS:,} more rows; --json prints all.")


def print_facts(facts: Sequence[tuple[str, object]]) -> None:
    """Print names and values in two columns."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in facts:
        table.add_row(escape(name), escape("" if value is None else str(_plain(value))))
    console_for_tables().print(table)


def _facts_of(article: dict[str, Any]) -> list[tuple[str, object]]:
    """Return what is known of an article, as a person wants to see it above the text."""
    names = (
        "article_id",
        "headline",
        "author",
        "publisher",
        "date_published",
        "date_published_precision",
        "language",
        "completeness",
        "word_count",
    )
    return [(name.replace("_", " "), article[name]) for name in names if article[name] is not None]


def _cluster_facts(shown: dict[str, Any]) -> list[tuple[str, object]]:
    """Return that an article has duplicates, and which one stands for them.

    An article that is only previewed is in no cluster.
    """
    if shown.get("cluster_size", 1) == 1:
        return []
    article = shown["article"]
    stands = "this one" if article["is_canonical"] else article["canonical_article_id"]
    return [("duplicates", f"{shown['cluster_size'] - 1:,}; {stands} stands for all")]


def print_article(shown: dict[str, Any], *, removed: bool) -> None:
    """Print an article as read: facts, paragraphs with the roles outside the text marked."""
    console = console_for_tables()
    print_facts([*_facts_of(shown["article"]), *_cluster_facts(shown)])
    for paragraph in shown["paragraphs"]:
        console.print()
        text = escape(paragraph["text"])
        if paragraph["role"] == "heading":
            text = f"[bold]{text}[/bold]"
        elif paragraph["role"] in NO_TEXT_ROLES:
            text = f"[dim]({paragraph['role'].replace('_', ' ')})[/dim] {text}"
        console.print(text, highlight=False)
    if removed:
        print_removed(shown["removed_spans"])


def print_removed(spans: Sequence[dict[str, Any]]) -> None:
    """Print what was left out of a source, in its order: why, where, and the first lines.

    Neighbours that were left out for the same reason stand together.
    """
    from knipsel.transforms.clean.reasons import REASONS

    console = console_for_tables()
    console.print("\n[bold]Removed[/bold]" if spans else "\n[bold]Nothing was removed.[/bold]")
    for reason, alike in groupby(spans, key=lambda span: span["reason"]):
        group = list(alike)
        place = f"{group[0]['source_start']}-{group[-1]['source_end']}"
        meaning = f": {REASONS[reason]}" if reason in REASONS else ""
        console.print(f"\n{place} [bold]{escape(reason)}[/bold]{escape(meaning)}", highlight=False)
        lines = [line.strip() for span in group for line in span["text"].splitlines()]
        lines = [line for line in lines if line]
        for line in lines[:SHOWN_LINES]:
            console.print(f"  [dim]{_cell(line)}[/dim]", highlight=False)
        if len(lines) > SHOWN_LINES:
            console.print(f"  [dim]({len(lines) - SHOWN_LINES:,} more lines)[/dim]")


def print_preview(document: dict[str, Any], *, removed: bool) -> None:
    """Print what a document would become: articles, or the reasons to hold it back."""
    console = console_for_tables()
    facts = document["document"]
    console.print(f"\n[bold]{escape(in_a_line(facts['path']))}[/bold]", highlight=False)
    kind = " ".join(filter(None, (facts["media_type"], facts["encoding"])))
    console.print(f"[dim]{escape(kind)}, {facts['byte_size']:,} bytes[/dim]", highlight=False)
    for reason in document["quarantine"]:
        rule, message = escape(reason["rule"]), escape(reason["message"])
        console.print(f"Would be quarantined: [bold]{rule}[/bold]. {message}", highlight=False)
    for sentence in document["notes"]:
        console.print(escape(sentence), highlight=False)
    for article in document["articles"]:
        console.print()
        of_article = [
            paragraph
            for paragraph in document["paragraphs"]
            if paragraph["article_id"] == article["article_id"]
        ]
        print_article({"article": article, "paragraphs": of_article}, removed=False)
    if removed and document["articles"]:
        print_removed(document["removed_spans"])


def print_learned(learned: Learned, *, is_written: bool) -> None:
    """Print the register of furniture, what is new in it, and what that does."""
    rows = learned.rows()
    if not rows:
        console_for_tables().print("No line of any article recurs on the pages of this corpus.")
        return
    columns = ["use", "new", "documents", "removed", "line"]
    print_table(columns, [[row[name] for name in columns] for row in rows])
    used = sum(bool(row["use"]) for row in rows)
    place = f"{'Written to' if is_written else 'Would be written to'} {learned.file}"
    console_for_tables().print(
        f"{place}: {len(rows):,} lines, {len(learned.new):,} of them new. Removed from every "
        f"article read from now on: {used:,}, by what `use` says there.",
        highlight=False,
    )


class TerminalProgress:
    """Shows the steps of a run on a terminal, one line that goes away when done."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[None]:
        """Show a step while the block runs."""
        with self._bar:
            self._task = self._bar.add_task(name, total=total)
            try:
                yield
            finally:
                self._bar.remove_task(self._task)

    def advance(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` parts of the step are done."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total)
