"""The command ``topics try``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    names_in,
    one_form,
    opened,
)
from knipsel.flows.cli.print.csv import print_csv
from knipsel.flows.cli.print.tables import NOT_KNOWN, print_json, print_table
from knipsel.flows.cli.print.terminal import in_a_line

if TYPE_CHECKING:
    from knipsel.flows.config.codebooks import CodebookTrial
    from knipsel.warehouse.queries.topics.summary import Cell, Grouping, TopicCount
    from knipsel.warehouse.queries.topics.trial import TriedArticle

_FIGURES = ("articles", "before", "gained", "lost", "matches")
_CONTEXT = ("left", "hit", "right")
_LINE = ("article_id", "date_published", "publisher", "topic", "change", *_CONTEXT)
_WIDTH = 40
"""Characters beside a hit: with it, a line of a terminal."""


def attempt(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="A codebook, as in `topics/mine.toml`."),
    ],
    by: Annotated[
        str, typer.Option("--by", help="Count by month, publisher or both, divided by commas.")
    ] = "",
    kwic: Annotated[
        bool, typer.Option("--kwic", help="Print each hit between the words beside it.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only hits that are new, or gone: with --kwic.")
    ] = False,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic. May repeat.")] = None,
    copies: Annotated[bool, typer.Option("--copies", help="Each copy of a text too.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Lines that are printed for people.")] = 40,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Try a codebook on the latest release: what it finds, and what changes against the one in use.

    Nothing is read anew, and nothing is written.
    """
    from knipsel.flows.config.codebooks import codebook_trial, tried_articles
    from knipsel.warehouse.queries.topics.summary import count_topics

    one_form(as_json=as_json, as_csv=as_csv)
    grouping = _grouping(by)
    house = opened(warehouse)
    trial = codebook_trial(file, house.settings.registers, house.settings.annotating())
    articles = tried_articles(house.place, trial, copies=copies)
    chosen = _chosen(trial, topic)
    if kwic:
        _print_lines(
            _lines(articles, chosen, changed=changed), limit, as_json=as_json, as_csv=as_csv
        )
        return
    counts = {
        cell: count for cell, count in count_topics(articles, grouping).items() if cell[0] in chosen
    }
    names = ("topic", *grouping)
    if as_json:
        print_json([_as_dict(names, cell, count) for cell, count in counts.items()])
    elif as_csv:
        rows = (_as_dict(names, *item).values() for item in counts.items())
        print_csv((*names, *_FIGURES), map(tuple, rows))
    else:
        _print_counts(names, counts, chosen)


def _grouping(by: str) -> list[Grouping]:
    from knipsel.warehouse.queries.topics.summary import GROUPINGS

    known = {str(name): name for name in GROUPINGS}
    unknown = [name for name in names_in(by) if name not in known]
    if unknown:
        message = f"{unknown[0]} is none of {', '.join(known)}."
        raise typer.BadParameter(message, param_hint="--by")
    return [known[name] for name in names_in(by)]


def _chosen(trial: CodebookTrial, topics: list[str] | None) -> set[str]:
    unknown = [name for name in topics or () if name not in trial.topics]
    if unknown:
        message = f"The codebook has no topic {unknown[0]}; it has {', '.join(trial.topics)}."
        raise typer.BadParameter(message, param_hint="--topic")
    return set(topics or trial.topics)


def _as_dict(names: tuple[str, ...], cell: Cell, count: TopicCount) -> dict[str, Any]:
    figures = [getattr(count, name) for name in _FIGURES]
    return dict(zip((*names, *_FIGURES), (*cell, *figures), strict=True))


def _print_counts(names: tuple[str, ...], counts: dict[Cell, TopicCount], chosen: set[str]) -> None:
    rows = [
        [*(value or NOT_KNOWN for value in cell), *(f"{getattr(count, one):,}" for one in _FIGURES)]
        for cell, count in counts.items()
    ]
    if rows:
        print_table((*names, *_FIGURES), rows)
    found = {cell[0] for cell in counts}
    for name in sorted(chosen - found):
        typer.echo(f"{name}: not found, now or before.")
    typer.echo("`--kwic` shows each hit in its context, `--kwic --changed` those that change.")


def _lines(
    articles: Iterable[TriedArticle], chosen: set[str], *, changed: bool
) -> Iterator[dict[str, Any]]:
    """Yield each hit with the words beside it."""
    for article in articles:
        for match in article.matches:
            if match.topic not in chosen or (changed and match.change == "kept"):
                continue
            text, start, end = article.text, match.start, match.end
            values = (
                *(article.article_id, article.date_published, article.publisher),
                *(match.topic, match.change),
                *(text[max(start - _WIDTH, 0) : start], text[start:end], text[end : end + _WIDTH]),
            )
            yield dict(zip(_LINE, values, strict=True))


_SIGNS = {"kept": " ", "new": "+", "gone": "-"}


def _print_lines(
    lines: Iterator[dict[str, Any]], limit: int, *, as_json: bool, as_csv: bool
) -> None:
    if as_json:
        print_json(list(lines))
        return
    if as_csv:
        print_csv(_LINE, (tuple(line.values()) for line in lines))
        return
    shown = list(islice(lines, limit))
    for line in shown:
        left, hit, right = (in_a_line(" ".join(line[name].split())) for name in _CONTEXT)
        about = f"{line['article_id']} {line['date_published'] or NOT_KNOWN}"
        start = f"{_SIGNS[line['change']]} {line['topic']:16} {left:>{_WIDTH}}"
        typer.echo(f"{start} [{hit}] {right} | {about}")
    rest = sum(1 for _ in lines)
    typer.echo(f"{len(shown) + rest:,} hits." + (f" {rest:,} are not shown." if rest else ""))
