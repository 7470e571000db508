"""The command ``search``: finds articles by their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from knipsel.warehouse.search.result import SearchResult

SHOWN = 10
"""Articles that people see where they do not say how many; JSON and CSV have all."""
SHOWN_LINES = 40
_NAMES = "May be given several times: any of them. In quotation marks it is the whole name."


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help='A query: words, "a phrase", AND, OR, NOT, brackets, begin*, headline:word, '
            "NEAR(a b, 5).",
            metavar="WORDS",
        ),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    first: Annotated[
        str | None, typer.Option("--from", help="Published from then on: 2022, 2022-03, a day.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="Published up to then.")] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(help=f"The outlet, or words of its name. {_NAMES}")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="The language, such as nl.")] = None,
    speaker: Annotated[
        list[str] | None, typer.Option(help="Who is quoted, or words of the name.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="A topic of the codebook.")] = None,
    zones: Annotated[
        str,
        typer.Option("--in", help="Where the words are: headline, text, quotations; by commas."),
    ] = "headline,text",
    copies: Annotated[
        bool, typer.Option("--copies", help="Find each copy of an article, not one of them.")
    ] = False,
    kwic: Annotated[
        bool, typer.Option("--kwic", help="Show each hit in its line, one below the other.")
    ] = False,
    sort: Annotated[
        str, typer.Option(help="By relevance or date; with --kwic also by left or right context.")
    ] = "relevance",
    count_by: Annotated[
        str | None,
        typer.Option(
            help="Count by month or year, publisher, language, topic, speaker, author, genre, "
            "section, completeness; divided by commas."
        ),
    ] = None,
    queries: Annotated[
        Path | None,
        typer.Option(
            help="A file with a query on each line, as `label = query`: how often each hits in "
            "each article.",
            metavar="FILE",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(help="Say which conditions this article meets.", metavar="ARTICLE"),
    ] = None,
    cite: Annotated[
        bool, typer.Option("--cite", help="Print how to cite the result, and to repeat it.")
    ] = False,
    expect: Annotated[
        str | None,
        typer.Option(
            help="Say whether this result is found again: as --cite prints it, or the file of "
            "`--cite --json`. Exit code 1 where it is not.",
            metavar="RESULT",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help="How many to show.")] = None,
    release: Annotated[
        str | None, typer.Option(help="A release's number; the latest without it.")
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Find articles of the latest release by their words, each text once.

    Words are found in all their forms, within quotation marks exactly as they are.
    """
    from knipsel.flows.cli.print import found as show
    from knipsel.flows.cli.print.making_index import told
    from knipsel.warehouse.search.concordance import LINE_SORTS
    from knipsel.warehouse.search.counts import check_names

    one_form(as_json=as_json, as_csv=as_csv)
    form = show.Form(as_json=as_json, as_csv=as_csv)
    if kwic and sort not in LINE_SORTS:
        message = f"There is no order {sort!r}; there are {', '.join(LINE_SORTS)}."
        raise typer.BadParameter(message, param_hint="--sort")
    try:
        counted = names_in(count_by or "")
        check_names(counted)
        result = opened(warehouse).search(
            " ".join(words or []),
            first=first,
            last=last,
            publisher=publisher or (),
            language=language or (),
            speaker=speaker or (),
            topic=topic or (),
            zones=names_in(zones),
            copies=copies,
            sort="relevance" if kwic and sort in {"left", "right"} else sort,  # type: ignore[arg-type]
            release=release,
            told=told(),
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if queries is not None:
        show.print_queries(result, queries.read_text(encoding="utf-8"), form, limit)
    elif why is not None:
        show.print_why(result.why(why), form)
    elif expect is not None:
        _compare(result, expect, form)
    elif cite:
        show.print_citation(result.cite(), form)
    elif counted:
        show.print_counts(result, counted, form)
    elif kwic:
        show.print_lines(result, sort, SHOWN_LINES if limit is None else limit, form)
    else:
        show.print_hits(result, form, limit if limit is not None or form.is_data else SHOWN)


def _compare(result: SearchResult, expected: str, form: object) -> None:
    from knipsel.flows.cli.print.found import Form, print_comparison

    compared = result.compare(expected)
    assert isinstance(form, Form)  # noqa: S101
    print_comparison(compared, form)
    if not compared.is_same:
        raise typer.Exit(1)
