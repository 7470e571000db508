"""The command ``quarantine list``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    CsvOption,
    JsonOption,
    WarehouseOption,
    one_form,
    opened,
)
from knipsel.flows.cli.print.csv import print_csv
from knipsel.flows.cli.print.tables import console_for_tables, print_json, print_table
from knipsel.flows.cli.print.terminal import printable_text
from knipsel.flows.cli.quarantine.documents import RuleOption

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knipsel.flows.config.settings import Settings
    from knipsel.warehouse.layout import Warehouse

Row = dict[str, Any]

CSV_COLUMNS = ("document_id", "file_name", "path", "rule", "message", "since", "is_newer")


def list_command(
    rule: RuleOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Show so many documents; JSON and CSV show all.")
    ] = 50,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the documents that are held back, in the order of their paths."""
    one_form(as_json=as_json, as_csv=as_csv)
    house = opened(warehouse)
    listing = list_held_back(house.place, house.settings, rule)
    if as_json:
        print_json(listing.as_dict())
    elif as_csv:
        print_csv(*csv_listing(listing))
    else:
        print_listing(listing, limit)


@dataclass(frozen=True, slots=True)
class Listing:
    """Documents that are held back as rows, and of each rule how many it holds back."""

    rows: list[Row]
    rules: list[Row]
    newer: int

    def as_dict(self) -> Row:
        """Return the listing for programs."""
        return {"documents": self.rows, "rules": self.rules}


def list_held_back(warehouse: Warehouse, settings: Settings, rule: str | None) -> Listing:
    """Return the documents that are held back, in the order of their paths."""
    from knipsel.expectations.advice import advice_on
    from knipsel.flows.config.inputs import current_version
    from knipsel.flows.plan.reprocessing import stated_again
    from knipsel.warehouse.lake.connection import open_lake
    from knipsel.warehouse.queries.quarantine import held_back, id_digits

    with open_lake(warehouse, read_only=True) as connection:
        found = held_back(connection, rule)
        digits = id_digits(connection)
    stated = stated_again(warehouse, settings, current_version(warehouse, settings))
    versions = stated.versions(one.document.found for one in found)
    rows = [
        {
            "id": one.document.document_id[:digits],
            "document_id": one.document.document_id,
            "file_name": one.document.found.file_name,
            "path": one.document.found.path,
            "rules": list(one.rules),
            "messages": list(one.messages),
            "since": one.since,
            "transform_version": one.document.transform_version,
            "is_newer": versions[one.document.document_id] != one.document.transform_version,
        }
        for one in found
    ]
    counted = Counter(name for one in found for name in one.rules)
    rules = [
        {
            "rule": name,
            "documents": count,
            "meaning": advice_on(name).meaning,
            "advice": advice_on(name).advice,
            "can_be_released": advice_on(name).can_be_released,
        }
        for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Listing(rows, rules, sum(bool(row["is_newer"]) for row in rows))


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
