"""The quarantine as people see it: what is held back, and all about one document of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from knipsel.expectations.advice import advice_on
from knipsel.flows.config.furniture_file import current_version
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.reprocessing import stated_again
from knipsel.flows.read.preview import preview_archived
from knipsel.transforms.identify.decoding import decode
from knipsel.transforms.identify.media_types import binary_media_type, text_media_type
from knipsel.warehouse.intake.archive import archived_file
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.stored_documents import (
    KnownDocument,
    find_document,
    readable_documents,
    waived_rules,
)
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.quarantine import about_document, held_back, id_digits

HEAD_BYTES = 1 << 16
"""How much of a file is looked at to show how it begins."""

PREVIEWED = 5
"""Documents of an archive whose preview is shown."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """Documents that are held back as rows, and of each rule how many it holds back."""

    rows: list[Row]
    rules: list[Row]
    newer: int

    def as_dict(self) -> Row:
        """Return the listing for programs."""
        return {"documents": self.rows, "rules": self.rules}


def resolve(
    names: list[str], warehouse: Warehouse, status: str | None = None
) -> list[KnownDocument]:
    """Return the documents that are meant by names, those that may be read again.

    Raises `NoSuchDocumentError` for the first that means none, or several.
    """
    with open_lake(warehouse, read_only=True) as connection:
        found = [find_document(connection, name, status) for name in names]
        return readable_documents(connection, found)


def list_held_back(warehouse: Warehouse, settings: Settings, rule: str | None) -> Listing:
    """Return the documents that are held back, in the order of their paths."""
    with open_lake(warehouse, read_only=True) as connection:
        found = held_back(connection, rule)
        digits = id_digits(connection)
    stated = stated_again(warehouse, settings, current_version(warehouse.furniture_file))
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


def text_head(file: Path, lines: int) -> tuple[list[str], bool] | None:
    """Return the first lines of a file and whether there are more; None where it is no text."""
    with file.open("rb") as source:
        head = source.read(HEAD_BYTES)
        is_cut = bool(source.read(1))
    if binary_media_type(head):
        return None
    text = decode(head).text
    if text_media_type(text) is None:
        return None
    listed = list(islice(text.splitlines(), lines + 1))
    return listed[:lines], is_cut or len(listed) > lines


def show_document(warehouse: Warehouse, settings: Settings, name: str, lines: int) -> Row:
    """Return all about a document that is, or was, held back.

    ``text`` is how it begins, None where it is no text; ``preview`` what it would become now,
    None where the archive has not its bytes.
    """
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
    head = text_head(file, lines)
    return {
        **about,
        "text": head and head[0],
        "is_cut": bool(head and head[1]),
        "preview": preview_archived(found, settings, warehouse, waived, PREVIEWED),
    }
