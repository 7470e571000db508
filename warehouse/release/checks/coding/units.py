"""What is coded: articles, paragraphs or quotations of a release, as a person reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import duckdb

from knipsel.transforms.checks.coding.sheet import Unit

LONGEST = 32_000
"""Characters of a text that a sheet shows: a cell of a workbook holds 32,767."""
CUT = " … (cut: `knipsel show` has it in full)"

_QUERIES: Mapping[Unit, str] = {
    "article": "SELECT article_id AS unit_id, text, text_sha256 FROM articles",
    "paragraph": "SELECT paragraph_id AS unit_id, text, sha256(text) AS text_sha256 "
    "FROM paragraphs",
    "quotation": "SELECT quotation_id AS unit_id, text, sha256(text) AS text_sha256 "
    "FROM quotations",
}


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """A unit with its text, and what is known of its article."""

    unit_id: str
    headline: str | None
    publisher: str | None
    date_published: str | None
    text: str
    text_sha256: str

    def cells(self) -> tuple[str, ...]:
        """Return what a sheet shows of it."""
        text = self.text if len(self.text) <= LONGEST else self.text[:LONGEST] + CUT
        return (self.headline or "", self.publisher or "", self.date_published or "", text)


def units_in(
    connection: duckdb.DuckDBPyConnection, unit: Unit, keys: Collection[str]
) -> dict[str, CodedUnit]:
    """Return units by their identifiers; those that are not there are left out."""
    rows = connection.execute(
        f"""
        SELECT unit_id, headline, publisher, date_published, one.text, one.text_sha256
        FROM ({_QUERIES[unit]}) AS one SEMI JOIN (SELECT unnest($keys) AS unit_id) USING (unit_id)
        JOIN articles ON articles.article_id = split_part(unit_id, '.', 1)
        """,
        {"keys": list(keys)},
    ).fetchall()
    return {row[0]: CodedUnit(*row) for row in rows}


def digests(
    connection: duckdb.DuckDBPyConnection, units: Iterable[tuple[Unit, str]]
) -> dict[str, str]:
    """Return the SHA-256 of the texts of units; those that are not there are left out."""
    wanted: dict[Unit, list[str]] = {}
    for unit, unit_id in units:
        wanted.setdefault(unit, []).append(unit_id)
    return {
        unit_id: one.text_sha256
        for unit, keys in wanted.items()
        for unit_id, one in units_in(connection, unit, keys).items()
    }
