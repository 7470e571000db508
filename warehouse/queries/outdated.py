"""Documents that would come out otherwise now: how many, and what changed since they were read."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from knipsel.transforms.text.version import REDATED, code_of, reading_part
from knipsel.warehouse.lake.stored_documents import READABLE


@dataclass(frozen=True, slots=True)
class Outdated:
    """How many documents are to be read again, and how many only to be annotated anew.

    ``is_code`` tells that other code read all of them; else registers or settings changed, or,
    where all are ``is_redated``, the day that the times in them count from.
    """

    to_read: int
    to_annotate: int
    is_code: bool
    is_redated: bool = False

    @property
    def documents(self) -> int:
        """How many there are."""
        return self.to_read + self.to_annotate

    def sentences(self) -> list[str]:
        """Return what a person should know of it; nothing where no document is outdated."""
        count = self.documents
        if not count:
            return []
        what = "knipsel" if self.is_code else "Registers or settings"
        if self.is_redated:
            what = "The day of publication"
        documents = "1 document was" if count == 1 else f"{count:,} documents were"
        they = "it" if count == 1 else "them"
        sentence = (
            f"{what} changed since {documents} read, which makes {they} outdated; "
            f"`knipsel reprocess` brings {they} up to date."
        )
        return [sentence]


def count_outdated(
    connection: duckdb.DuckDBPyConnection, version: str, leaving_out: str | None = None
) -> Outdated:
    """Return how many documents of the lake were read at another version than ``version``.

    What is stated of single documents is not looked at. ``leaving_out`` is a query for the
    identifiers of documents that do not count.
    """
    but = f"AND document_id NOT IN ({leaving_out})" if leaving_out else ""
    rows = connection.sql(
        "SELECT regexp_replace(transform_version, '~[^+]*', '') AS version, count(*) "
        f"FROM lake.documents WHERE {READABLE} {but} GROUP BY version ORDER BY version"
    ).fetchall()
    others = {found: int(count) for found, count in rows if found != version}
    alike = {one for one in others if reading_part(one) == reading_part(version)}
    return Outdated(
        to_read=sum(count for one, count in others.items() if one not in alike),
        to_annotate=sum(others[one] for one in alike),
        is_redated=all(one.endswith(REDATED) for one in others),
        is_code=all(code_of(one) != code_of(version) for one in others),
    )
