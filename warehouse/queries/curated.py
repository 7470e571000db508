"""What people stated of the documents in a warehouse: what matches nothing, or is contradicted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from knipsel.transforms.describe.contradictions import contradicting
from knipsel.transforms.model import Statement
from knipsel.transforms.registers.articles.facts import CORRECTION, CURATED, FILE_NAMES, Facts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions
from knipsel.warehouse.sql import quoted, quoted_list

_COLUMNS = tuple(field.name for field in fields(Statement))


def contradictions(warehouse: Warehouse, run_id: str | None = None) -> list[Row]:
    """Return the facts that a person stated and the document contradicts, with what it says.

    Each row has ``article_id``, ``field``, ``stated``, ``found`` and the ``method`` by which
    it was found. With ``run_id`` only articles that this run wrote are looked at. Corrections are
    not among them: they are made because the document is wrong.
    """
    methods = ", ".join(map(quoted, (one for one in CURATED if one != CORRECTION)))
    of_run = "" if run_id is None else f"WHERE run_id = {quoted(run_id)}"
    with open_lake_for_questions(warehouse) as connection:
        rows = ask(
            connection,
            f"""
            SELECT {", ".join(_COLUMNS)} FROM statements SEMI JOIN (
                SELECT article_id, field FROM statements
                WHERE chosen AND method IN ({methods})
                AND article_id IN (SELECT article_id FROM articles {of_run})
            ) USING (article_id, field) ORDER BY ALL
            """,
        ).mappings()
    statements = [Statement(**row) for row in rows]
    found: dict[tuple[str, str], list[Statement]] = {}
    for one in statements:
        if one.method not in CURATED:
            found.setdefault((one.article_id, one.field), []).append(one)
    return [
        {
            "article_id": stated.article_id,
            "field": stated.field,
            "stated": stated.value,
            "found": one.value,
            "method": one.method,
        }
        for stated in statements
        if stated.chosen
        for one in contradicting(stated, found.get((stated.article_id, stated.field), ()))
    ]


def misnamed(warehouse: Warehouse, run_id: str) -> list[str]:
    """Return the names of files, read by a run, that have not the form that they should have."""
    with open_lake_for_questions(warehouse) as connection:
        rows = ask(
            connection,
            f"""
            SELECT DISTINCT value FROM statements
            WHERE field = {quoted(FILE_NAMES)} AND article_id IN (
                SELECT article_id FROM articles WHERE run_id = {quoted(run_id)}
            ) ORDER BY value
            """,
        ).rows
    return [row[0] for row in rows]


def unmatched(warehouse: Warehouse, catalog: Iterable[Facts]) -> list[str]:
    """Return the entries of a catalogue, as they name their documents, that match none here."""
    entries = list(catalog)
    if not entries:
        return []
    with open_lake_for_questions(warehouse) as connection:
        by_hash = {one.sha256 for one in entries if one.sha256}
        known = ask(
            connection,
            f"""
            SELECT prefix FROM unnest({quoted_list(by_hash)}) AS wanted(prefix) WHERE EXISTS (
                SELECT 1 FROM documents WHERE starts_with(document_id, prefix))
            """,
        ).rows
        names = {one.file_name for one in entries if one.file_name}
        seen = ask(
            connection,
            f"""
            SELECT name FROM unnest({quoted_list(names)}) AS wanted(name) WHERE EXISTS (
                SELECT 1 FROM sightings
                WHERE ends_with('/' || replace(path, '!/', '/'), '/' || name))
            """,
        ).rows
    matched = {row[0] for row in (*known, *seen)}
    return [one.name for one in entries if one.name and one.name not in matched]
