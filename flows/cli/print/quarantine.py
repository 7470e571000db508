"""Printing the quarantine for people: what is held back, why, and what to do."""

from __future__ import annotations

import unicodedata
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from knipsel.flows.cli.print.tables import (
    console_for_tables,
    print_facts,
    print_preview,
    print_table,
)
from knipsel.warehouse.lake.stored_documents import RELEASED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.flows.cli.held_back import Listing

SHOWN_SIGHTINGS = 10
"""Paths that a person is shown of a document; JSON shows all."""

SHOWN_PARAGRAPHS = 3
"""Paragraphs that a person is shown of an article as it would be."""

LINE_CHARACTERS = 200
"""How much of a line of a source a person is shown."""

_UNPRINTABLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def printable_text(text: str) -> str:
    """Return a text on one line that no terminal takes for commands: such signs are escaped."""
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if character != "\t" and unicodedata.category(character) in _UNPRINTABLE
        else character
        for character in text
    )


CSV_COLUMNS = ("document_id", "file_name", "path", "rule", "message", "since", "is_newer")


def csv_listing(listing: Listing) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    """Return the columns and rows of the listing as CSV has them: a row for each reason."""
    rows = [
        (*(row[name] for name in CSV_COLUMNS[:3]), rule, message, row["since"], row["is_newer"])
        for row in listing.rows
        for rule, message in zip(row["rules"], row["messages"], strict=True)
    ]
    return CSV_COLUMNS, rows


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def print_listing(listing: Listing, limit: int) -> None:
    """Print the documents that are held back, so many at most, and what to do in words."""
    console = console_for_tables()
    if not listing.rows:
        console.print("Nothing is held back.")
        return
    columns = ("id", "file", "rules", "message", "since", "read by", "newer")
    rows = [
        (
            row["id"],
            printable_text(row["file_name"]),
            ", ".join(row["rules"]),
            printable_text(row["messages"][0]),
            f"{row['since']:%Y-%m-%d %H:%M}",
            row["transform_version"],
            "yes" if row["is_newer"] else "",
        )
        for row in listing.rows[:limit]
    ]
    print_table(columns, rows)
    if len(listing.rows) > limit:
        console.print(f"{len(listing.rows) - limit:,} more are held back; --limit shows more.")
    for sentence in _sentences(listing):
        console.print(escape(sentence), highlight=False)


def _sentences(listing: Listing) -> Iterable[str]:
    """Yield what is held back by rule, and what can be done about all of it."""
    yield f"Held back: {_count(len(listing.rows), 'document')}."
    for rule in listing.rules:
        yield f"- {_count(rule['documents'], 'document')} by {rule['rule']}: {rule['meaning']}."
    if listing.newer:
        yield (
            f"The transforms are newer than those that read {listing.newer:,} of them: "
            "`knipsel quarantine replay` reads them again."
        )
    yield "`knipsel quarantine show ID` tells what to do about one."


def _reason_facts(reason: dict[str, Any]) -> list[tuple[str, object]]:
    """Return a reason as names and values: the rule, what stood where, what is wrong."""
    if reason["rule"] == RELEASED:
        return [
            ("released from", reason["value"]),
            ("because", printable_text(reason["message"])),
            ("on", reason["resolved_at"]),
        ]
    facts: list[tuple[str, object]] = [("rule", reason["rule"])]
    if reason["table_name"] != "documents":
        place = filter(None, (reason["table_name"], reason["column_name"]))
        facts.append(("column", ".".join(place)))
        facts.append(("row", printable_text(reason["row_key"])))
    if reason["value"] is not None:
        facts.append(("value", printable_text(reason["value"])))
    facts += [("message", printable_text(reason["message"])), ("since", reason["first_seen_at"])]
    return [*facts, ("resolved", reason["resolved_at"])] if reason["resolved_at"] else facts


def _print_reasons(reasons: Sequence[dict[str, Any]]) -> None:
    """Print the reasons that are open with what to do, then those that are resolved."""
    console = console_for_tables()
    still = [reason for reason in reasons if not reason["resolved_at"]]
    resolved = [reason for reason in reasons if reason["resolved_at"]]
    console.print("" if still else "\nNothing holds it back now.")
    for rule, alike in groupby(still, key=lambda one: one["rule"]):
        group = list(alike)
        console.print(f"[bold]Held back by {escape(rule)}[/bold]", highlight=False)
        for reason in group:
            print_facts(_reason_facts(reason)[1:])
        console.print(f"What to do: {escape(group[0]['advice'])}\n", highlight=False)
    for reason in resolved:
        console.print("[dim]Resolved[/dim]")
        print_facts(_reason_facts(reason))


def print_document(shown: dict[str, Any]) -> None:
    """Print all about a document that is or was held back."""
    console = console_for_tables()
    facts = shown["document"]
    names = (
        *("document_id", "file_name", "path", "media_type", "encoding", "byte_size", "status"),
        *("reader", "first_seen_at", "transform_version"),
    )
    print_facts(
        [
            (name.replace("_", " "), printable_text(str(facts[name])))
            for name in names
            if facts[name] is not None
        ]
    )
    sightings = shown["sightings"]
    for sighting in sightings[:SHOWN_SIGHTINGS]:
        seen = f"{sighting['last_seen_at']:%Y-%m-%d %H:%M}"
        place = printable_text(sighting["path"])
        console.print(f"seen at {escape(place)}, last on {seen}", highlight=False)
    if len(sightings) > SHOWN_SIGHTINGS:
        console.print(f"and at {len(sightings) - SHOWN_SIGHTINGS:,} other places")
    _print_reasons(shown["reasons"])
    _print_source(shown)


def _shortened(document: dict[str, Any]) -> dict[str, Any]:
    """Return a preview with the first paragraphs of each article alone."""
    by_article = groupby(document["paragraphs"], key=lambda one: one["article_id"])
    first = [one for _, group in by_article for one in islice(group, SHOWN_PARAGRAPHS)]
    left = len(document["paragraphs"]) - len(first)
    notes = [f"Paragraphs that are not shown: {left:,}."] if left else []
    return {**document, "paragraphs": first, "notes": [*document["notes"], *notes]}


def _print_source(shown: dict[str, Any]) -> None:
    """Print how a source begins, and what it would become now."""
    console = console_for_tables()
    if shown["preview"] is None:
        console.print(
            "\nIts bytes are not in the archive, so it cannot be read again; ingest its file."
        )
        return
    if shown["text"] is None:
        console.print("\nThe file is no text.")
    else:
        console.print("\n[bold]It begins[/bold]")
        for line in shown["text"]:
            console.print(f"  {escape(printable_text(line)[:LINE_CHARACTERS])}", highlight=False)
        if shown["is_cut"]:
            console.print("  [dim](there is more; --lines shows more)[/dim]")
    console.print("\n[bold]Read now it would be[/bold]")
    for document in shown["preview"]:
        print_preview(_shortened(document), removed=False)
    if any(
        one["rule"].startswith("expect_") and not one["resolved_at"] for one in shown["reasons"]
    ):
        console.print("The rules of columns (expect_…) are not checked here; a replay does.")
