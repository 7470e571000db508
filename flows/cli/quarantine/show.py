"""The command ``quarantine show``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.article import print_preview
from knipsel.flows.cli.print.tables import console_for_tables, print_facts, print_json
from knipsel.flows.cli.print.terminal import printable_text
from knipsel.flows.cli.quarantine.documents import DocumentArgument

if TYPE_CHECKING:
    from knipsel.flows.config.settings import Settings
    from knipsel.transforms.registers.files.encodings import Encodings
    from knipsel.warehouse.layout import Warehouse

HEAD_BYTES = 1 << 16
"""How much of a file is looked at to show how it begins."""

PREVIEWED = 5
"""Documents of an archive whose preview is shown."""

SHOWN_SIGHTINGS = 10
"""Paths that a person is shown of a document; JSON shows all."""

SHOWN_PARAGRAPHS = 3
"""Paragraphs that a person is shown of an article as it would be."""

LINE_CHARACTERS = 200
"""How much of a line of a source a person is shown."""

Row = dict[str, Any]


def show(
    document: DocumentArgument,
    lines: Annotated[
        int, typer.Option("--lines", min=0, help="Show so many lines of the source.")
    ] = 20,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Tell all about a document: why it is held back, what to do, what it would become now."""
    house = opened(warehouse)
    shown = show_document(house.place, house.settings, document, lines)
    print_json(shown) if as_json else print_document(shown)


def text_head(file: Path, lines: int, encodings: Encodings) -> tuple[list[str], bool] | None:
    """Return the first lines of a file and whether there are more; None where it is no text."""
    from knipsel.transforms.identify.decoding import decode
    from knipsel.transforms.identify.media_types import binary_media_type, text_media_type

    with file.open("rb") as source:
        head = source.read(HEAD_BYTES)
        is_cut = bool(source.read(1))
    if binary_media_type(head):
        return None
    text = decode(head, encodings).text
    if text_media_type(text) is None:
        return None
    listed = list(islice(text.splitlines(), lines + 1))
    return listed[:lines], is_cut or len(listed) > lines


def show_document(warehouse: Warehouse, settings: Settings, name: str, lines: int) -> Row:
    """Return all about a document that is, or was, held back.

    ``text`` is how it begins, None where it is no text; ``preview`` what it would become now,
    None where the archive has not its bytes.
    """
    from knipsel.expectations.advice import advice_on
    from knipsel.flows.config.register_files import load_registers
    from knipsel.flows.read.preview import preview_archived
    from knipsel.warehouse.intake.archive import archived_file
    from knipsel.warehouse.intake.inbox import FoundFile
    from knipsel.warehouse.lake.connection import open_lake
    from knipsel.warehouse.lake.stored_documents import find_document, waived_rules
    from knipsel.warehouse.queries.quarantine import about_document

    with open_lake(warehouse, read_only=True) as connection:
        document_id = find_document(connection, name, "quarantined")
        about = about_document(connection, document_id)
        waived = waived_rules(connection).get(document_id, ())
    for reason in about["reasons"]:
        reason["advice"] = advice_on(reason["rule"]).advice
        reason["can_be_released"] = advice_on(reason["rule"]).can_be_released
    facts = about["document"]
    found = FoundFile(facts["path"], facts["file_name"], document_id, facts["byte_size"])
    file = archived_file(warehouse.archive, document_id)
    if facts["status"] == "retracted" or not file.exists():
        return {**about, "text": None, "is_cut": False, "preview": None}
    head = text_head(file, lines, load_registers(settings.registers).encodings)
    return {
        **about,
        "text": head and head[0],
        "is_cut": bool(head and head[1]),
        "preview": preview_archived(found, settings, warehouse, waived, PREVIEWED),
    }


def _reason_facts(reason: dict[str, Any]) -> list[tuple[str, object]]:
    """Return a reason as names and values: the rule, what stood where, what is wrong."""
    from knipsel.warehouse.lake.stored_documents import RELEASED

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
