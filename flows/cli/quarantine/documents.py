"""Documents that a person names: what the commands share that take some of them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from knipsel.warehouse.lake.stored_documents import KnownDocument
    from knipsel.warehouse.layout import Warehouse

DocumentArgument = Annotated[
    str,
    typer.Argument(metavar="ID", help="A document's identifier, how it starts, or a file's name."),
]
RuleOption = Annotated[
    str | None, typer.Option("--rule", help="Only documents that this rule holds back.")
]


def resolve(
    names: Sequence[str], warehouse: Warehouse, status: str | None = None
) -> list[KnownDocument]:
    """Return the documents that are meant by names, those that may be read again.

    Raises `NoSuchDocumentError` for the first that means none, or several.
    """
    from knipsel.warehouse.lake.connection import open_lake
    from knipsel.warehouse.lake.stored_documents import find_document, readable_documents

    with open_lake(warehouse, read_only=True) as connection:
        found = [find_document(connection, name, status) for name in names]
        return readable_documents(connection, found)


def held_back_ids(names: Sequence[str], warehouse: Warehouse) -> list[str]:
    """Return the identifiers of documents that are held back, by what a person wrote."""
    from knipsel.flows.plan.reprocessing import HELD_BACK
    from knipsel.warehouse.lake.stored_documents import NoSuchDocumentError

    found = resolve(names, warehouse, HELD_BACK)
    for one in found:
        if one.status != HELD_BACK:
            message = (
                f"{one.found.file_name} ({one.document_id[:16]}) is published; nothing holds it "
                "back. `knipsel reprocess` reads published documents again."
            )
            raise NoSuchDocumentError(message)
    if not found:
        message = f"{', '.join(names)} was retracted, and is never read again."
        raise NoSuchDocumentError(message)
    return [one.document_id for one in found]
