"""Printing what a search found: for people, as JSON, as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import typer
from rich.cells import cell_len
from rich.text import Text

from knipsel.flows.cli.print.csv import print_csv
from knipsel.flows.cli.print.tables import (
    NOT_KNOWN,
    console_for_tables,
    print_facts,
    print_json,
    print_table,
    said,
)
from knipsel.flows.cli.print.terminal import in_a_line

if TYPE_CHECKING:
    from rich.console import Console

    from knipsel.warehouse.search.ask import Found
    from knipsel.warehouse.search.cite import Citation, Comparison
    from knipsel.warehouse.search.concordance import Line
    from knipsel.warehouse.search.hits import Fragment, Hit, Mark
    from knipsel.warehouse.search.result import SearchResult
    from knipsel.warehouse.search.terms import TermCount
    from knipsel.warehouse.search.why import Explanation

_COLUMNS = (
    "article_id",
    "headline",
    "publisher",
    "date_published",
    "is_sure",
    "language",
    "completeness",
    "copies",
    "hits",
    "fragment",
)
_SHOWN_ROWS = 20


@dataclass(frozen=True, slots=True)
class Form:
    """The form that is asked for: JSON, CSV, or neither, for people."""

    as_json: bool
    as_csv: bool

    @property
    def is_data(self) -> bool:
        """Whether it is for programs."""
        return self.as_json or self.as_csv


def print_hits(result: SearchResult, form: Form, limit: int | None) -> None:
    """Print articles with fragments, at most ``limit``; all where that is None."""
    from knipsel.warehouse.search.hits import each_hit

    with result.found() as found:
        most = found.possibly if limit is None else limit
        articles = each_hit(found, most)
        if form.as_csv:
            print_csv(_COLUMNS, map(_row, articles))
        elif form.as_json:
            print_json(_summary(found, result) | {"articles": [asdict(one) for one in articles]})
        else:
            _tell(found, result)
            _print_articles(articles)
            _tell_rest(found, most)


def _row(hit: Hit) -> tuple[object, ...]:
    facts = asdict(hit)
    fragment = " … ".join(one.text for one in hit.fragments)
    return (*(facts[name] for name in _COLUMNS[:-1]), " ".join(fragment.split()))


def _summary(found: Found, result: SearchResult) -> dict[str, Any]:
    """Return what is said of a result as a whole."""
    from knipsel.warehouse.search.terms import term_counts

    return {
        "release": result.release,
        "query": result.words,
        "understood": result.understood,
        "notes": [*found.question.query.notes, *found.translator.cut],
        "surely": found.surely,
        "possibly": found.possibly,
        "undated": found.undated,
        "terms": [asdict(one) for one in term_counts(found)],
    }


def _tell(found: Found, result: SearchResult) -> None:
    """Say what was understood, what each word finds, and how much all of it finds."""
    from knipsel.warehouse.search.terms import advice, term_counts

    nothing = "nothing" if found.question.query.is_empty else "all articles"
    conditions = [result.understood or nothing, *map(str, found.question.names)]
    typer.echo(in_a_line(f"Release {result.release}, understood as: {' · '.join(conditions)}"))
    for note in (*found.question.query.notes, *found.translator.cut):
        typer.echo(in_a_line(f"  ! {note}"))
    counts = term_counts(found)
    if len(counts) > 1 or any(one.is_refused for one in counts):
        for count in counts[:_SHOWN_ROWS]:
            typer.echo(in_a_line(f"  {_term(count)}"))
        if len(counts) > _SHOWN_ROWS:
            typer.echo(f"  and {len(counts) - _SHOWN_ROWS:,} more; --json has all.")
    typer.echo(total(found, counts))
    if not found.possibly:
        for sentence in advice(found):
            typer.echo(in_a_line(sentence))


def _term(count: TermCount) -> str:
    if count.is_refused:
        return f"without {count.term}, which {_number(count.articles, 'article')} would have"
    hits = "" if count.hits is None else f", {_number(count.hits, 'hit')}"
    return f"{count.term}: {_number(count.articles, 'article')}{hits}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def total(found: Found, counts: Sequence[TermCount] = ()) -> str:
    """Return in a sentence how many articles were found."""
    if not found.possibly:
        undated = f" {found.undated:,} without a date are left out." if found.undated else ""
        return f"Nothing is found{' within the dates' if undated else ''}.{undated}"
    sentence = _number(found.possibly, "article")
    if found.question.is_dated:
        sentence += ", all surely within the dates"
        if found.surely < found.possibly:
            sentence = f"surely {_number(found.surely, 'article')}, at most {found.possibly:,}"
        if found.undated:
            sentence += f"; {found.undated:,} more without a date are left out"
    elif len(counts) == 1 and counts[0].hits is not None and not found.question.names:
        sentence += f", {_number(counts[0].hits, 'hit')}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _tell_rest(found: Found, shown: int) -> None:
    if 0 < shown < found.possibly:
        typer.echo(f"{found.possibly - shown:,} more: --limit N shows N of them, --csv all.")


def _print_articles(articles: Iterable[Hit]) -> None:
    console = console_for_tables()
    for place, hit in enumerate(articles, 1):
        console.print()
        headline = hit.headline or "No headline"
        title = Text.assemble((f"{place}. ", "bold"), _marked(headline, hit.headline_marks, "bold"))
        console.print(title, soft_wrap=True)
        console.print(Text(in_a_line(f"   {_facts(hit)}"), style="dim"), soft_wrap=True)
        for fragment in hit.fragments:
            _print_fragment(console, fragment)


def _facts(hit: Hit) -> str:
    """Return in a line where and when an article was published, and what is to be known of it."""
    date = said("date_published", hit.date_published) if hit.date_published else "no date"
    parts = [hit.publisher or "outlet not known", date, hit.article_id]
    if not hit.is_sure:
        parts.append("possibly in these dates")
    if hit.completeness in {"teaser", "truncated"}:
        parts.append(hit.completeness)
    if hit.copies:
        parts.append(f"and {hit.copies:,} {'copy' if hit.copies == 1 else 'copies'}")
    return " · ".join(parts)


def _print_fragment(console: Console, fragment: Fragment) -> None:
    before = "…" if fragment.is_begun else ""
    behind = "…" if fragment.is_unfinished else ""
    zone = "" if fragment.zone == "text" else f"{fragment.zone}: "
    text = Text.assemble(f"   {zone}{before}", _marked(fragment.text, fragment.marks), behind)
    console.print(text, soft_wrap=True)


def _marked(text: str, marks: Sequence[Mark], style: str = "") -> Text:
    """Return a text on one line for a terminal, with hits that stand out."""
    shown, at = Text(style=style), 0
    for start, end in marks:
        shown.append(_shown(text[at:start]))
        shown.append(_shown(text[start:end]), style="bold yellow underline")
        at = end
    shown.append(_shown(text[at:]))
    return shown


def _shown(text: str) -> str:
    """Return a part of a text on one line, harmless; line ends are blanks."""
    return in_a_line(" ".join(text.replace("\n", " ").split(" "))).replace("  ", " ")


def print_lines(result: SearchResult, sort: str, limit: int, form: Form) -> None:
    """Print hits in their lines."""
    from knipsel.warehouse.search.concordance import concordance

    console = console_for_tables()
    width = _CONTEXT if form.is_data or not console.is_terminal else _room(console.width)
    with result.found() as found:
        shown = concordance(found, sort, limit, width)  # type: ignore[arg-type]
        if form.as_csv:
            rows = [tuple(asdict(line).values()) for line in shown.lines]
            print_csv(_LINE_COLUMNS, rows)
            return
        if form.as_json:
            print_json(_summary(found, result) | asdict(shown))
            return
        _tell(found, result)
        if not shown.lines:
            return
        for line in shown.lines:
            console.print(_in_line(line, width), no_wrap=True, overflow="crop", crop=True)
        whole = "" if shown.is_whole else f" in the first {shown.articles:,} articles"
        typer.echo(f"{len(shown.lines):,} of {_number(shown.hits, 'hit')}{whole}.")


_CONTEXT, _LEAST_CONTEXT = 60, 15
"""Characters on each side of a hit where no terminal sets a limit, and at least."""
_DATE, _NAME, _HIT = 10, 8, 16
"""Characters of a date, of what is shown of an identifier, and of a hit, about."""


def _room(width: int) -> int:
    """Return how many characters there are on each side of a hit in a line of a terminal."""
    return max(_LEAST_CONTEXT, (width - _DATE - _NAME - _HIT - 2) // 2)


def _in_line(line: Line, width: int) -> Text:
    """Return a hit with what stands beside it, so that hits stand one below the other."""
    left = _shown(line.left)
    beginning = f"{line.date_published or '':{_DATE}.{_DATE}} {line.article_id[:_NAME]}  "
    return Text.assemble(
        (beginning, "dim"),
        f"{' ' * (width - cell_len(left))}{left}",
        (_shown(line.hit), "bold yellow"),
        _shown(line.right),
    )


_LINE_COLUMNS = (
    "article_id",
    "date_published",
    "publisher",
    "zone",
    "part",
    "start",
    "left",
    "hit",
    "right",
)


def print_counts(result: SearchResult, names: Sequence[str], form: Form) -> None:
    """Print in how many articles each value is."""
    from knipsel.warehouse.search.counts import count_by

    with result.found() as found:
        cells = count_by(found, names)
        columns = (*names, "surely", "possibly")
        rows = [(*one.cell, one.surely, one.possibly) for one in cells]
        if form.as_csv:
            print_csv(columns, rows)
        elif form.as_json:
            print_json([dict(zip(columns, row, strict=True)) for row in rows])
        else:
            _tell(found, result)
            print_table(
                columns, (tuple(NOT_KNOWN if one is None else one for one in row) for row in rows)
            )


def print_queries(result: SearchResult, text: str, form: Form, limit: int | None) -> None:
    """Print what each of several queries finds, and how often each hits in each article."""
    table = result.many(text)
    columns = ("article_id", *(one.label for one in table.labels))
    rows = ((name, *counts) for name, counts in islice(table.rows, limit))
    if form.as_csv:
        print_csv(columns, rows)
        return
    if form.as_json:
        articles = [dict(zip(columns, row, strict=True)) for row in rows]
        print_json({"queries": [asdict(one) for one in table.labels], "articles": articles})
        return
    figures = [(one.label, one.query, one.surely, one.possibly, one.hits) for one in table.labels]
    print_table(("label", "understood as", "surely", "possibly", "hits"), figures)
    for one in table.labels:
        for note in one.notes:
            typer.echo(in_a_line(f"{one.label}: {note}"))
    shown = limit if limit is not None else _SHOWN_ROWS
    print_table(columns, ((name, *counts) for name, counts in table.rows[:shown]))
    if len(table.rows) > shown:
        typer.echo(f"{len(table.rows) - shown:,} more articles; --csv prints all.")


def print_citation(citation: Citation, form: Form) -> None:
    """Print how to cite a result; the identifiers only as data."""
    facts = asdict(citation)
    if form.as_json:
        print_json(facts)
        return
    if form.as_csv:
        print_csv(("article_id",), ((one,) for one in citation.identifiers))
        return
    del facts["identifiers"]
    made = ", ".join(f"{name} {value}" for name, value in citation.made_with.items())
    print_facts(
        [(name.replace("_", " "), value) for name, value in (facts | {"made_with": made}).items()]
    )


def print_comparison(comparison: Comparison, form: Form) -> None:
    """Print whether a result is found again."""
    if form.as_json:
        print_json(asdict(comparison))
    else:
        typer.echo(in_a_line(comparison.sentence))


def print_why(explanation: Explanation, form: Form) -> None:
    """Print which conditions an article meets."""
    if form.as_json:
        print_json(asdict(explanation))
        return
    columns = ("condition", "holds", "detail")
    rows = [
        ("  " * one.depth + one.condition, "yes" if one.holds else "no", one.detail)
        for one in explanation.conditions
    ]
    if form.as_csv:
        print_csv(columns, rows)
        return
    verdict = "is in the result" if explanation.is_found else "is not in the result"
    typer.echo(in_a_line(f"{explanation.headline or explanation.article_id} {verdict}."))
    print_table(columns, rows)
