"""Printing an article as read, and what was left out of its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from knipsel.flows.cli.print.tables import cell, console_for_tables, print_facts
from knipsel.flows.cli.print.terminal import escape, in_a_line

SHOWN_LINES = 5
"""How many lines a person sees of a stretch that was left out; JSON shows all of them."""

NO_TEXT_ROLES = {"headline", "pull_quote", "byline", "dateline", "biography", "caption"}


def _facts_of(article: dict[str, Any]) -> list[tuple[str, object]]:
    """Return what is known of an article, as a person wants to see it above the text."""
    names = (
        "article_id",
        "headline",
        "author",
        "publisher",
        "date_published",
        "language",
        "completeness",
        "word_count",
    )
    said = {**article, "date_published": _published(article)}
    return [(name.replace("_", " "), said[name]) for name in names if said[name] is not None]


def _published(article: dict[str, Any]) -> str | None:
    """Return when an article was published; of an unknown day, what bounds it."""
    from knipsel.transforms.text.edtf_words import plain_or_both, span_in_words

    if article["date_published"] is not None:
        return plain_or_both(article["date_published"])
    days = (article[f"date_published_not_{end}"] for end in ("before", "after"))
    said = span_in_words(
        *(date.fromisoformat(day) if isinstance(day, str) else day for day in days)
    )
    return f"not known; {said}" if said else None


def _cluster_facts(shown: dict[str, Any]) -> list[tuple[str, object]]:
    """Return that an article has duplicates, and which one stands for them.

    An article that is only previewed is in no cluster.
    """
    if shown.get("cluster_size", 1) == 1:
        return []
    article = shown["article"]
    stands = "this one" if article["is_canonical"] else article["canonical_article_id"]
    return [("duplicates", f"{shown['cluster_size'] - 1:,}; {stands} stands for all")]


def _warning_facts(shown: dict[str, Any]) -> list[tuple[str, object]]:
    """Return why an article may not be all there."""
    from knipsel.transforms.describe.candidates.removed_prose import REMOVALS

    see = "`--removed` shows it"
    return [(name.replace("_", " "), f"{REMOVALS[name]}; {see}") for name in shown["warnings"]]


def print_article(shown: dict[str, Any], *, removed: bool) -> None:
    """Print an article as read: facts, paragraphs with the roles outside the text marked."""
    console = console_for_tables()
    facts = _facts_of(shown["article"])
    print_facts([*facts, *_warning_facts(shown), *_cluster_facts(shown)])
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
    from knipsel.transforms.registers.pages.reasons import REASONS

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
            console.print(f"  [dim]{cell(line)}[/dim]", highlight=False)
        if len(lines) > SHOWN_LINES:
            console.print(f"  [dim]({len(lines) - SHOWN_LINES:,} more lines)[/dim]")


def _warnings(document: dict[str, Any], article: dict[str, Any]) -> list[str]:
    """Return the rules of which the text of an article is a doubtful case, by their names."""
    from knipsel.transforms.describe.candidates.removed_prose import REMOVALS

    of_article = (
        one["method"]
        for one in document["statements"]
        if (one["article_id"], one["field"]) == (article["article_id"], "completeness")
    )
    return sorted(REMOVALS.keys() & of_article)


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
        shown = {
            "article": article,
            "paragraphs": of_article,
            "warnings": _warnings(document, article),
        }
        print_article(shown, removed=False)
    if removed and document["articles"]:
        print_removed(document["removed_spans"])
