"""What people stated of the documents in a warehouse, and what became of it.

What matches nothing, what is contradicted, and which corrections articles carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from knipsel.transforms.describe.contradictions import contradicting
from knipsel.transforms.model import Statement
from knipsel.transforms.registers.articles.corrections import Correction, Corrections
from knipsel.transforms.registers.articles.facts import (
    CORRECTION,
    CURATED,
    FILE_NAMES,
    OF_ONE_ARTICLE,
    Facts,
)
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


_CARRIED = f"""
SELECT article_id, document_id, path, field, value, stated_by, note FROM statements
JOIN (SELECT article_id, document_id FROM articles) USING (article_id)
JOIN (SELECT document_id, path FROM documents) USING (document_id)
WHERE split_part(method, ':', 1) = {quoted(CORRECTION)}
"""
_Said = tuple[str, str, str | None, str | None]


def fates(warehouse: Warehouse, corrections: Corrections) -> list[Row]:
    """Return each correction with what became of it.

    Each has ``line``, ``target``, ``field``, ``value``, ``who``, ``why``, ``articles`` (how many
    have it among their statements) and ``fate``: a sentence where it has no effect, else None.
    """
    if not corrections.rows:
        return []
    with open_lake_for_questions(warehouse) as connection:
        carried: dict[_Said, list[Row]] = {}
        for row in ask(connection, _CARRIED).mappings():
            said = (row["field"], row["value"], row["stated_by"], row["note"])
            carried.setdefault(said, []).append(row)
        counts = {one.line: _carrying(one, carried) for one in corrections.rows}
        idle = [one for one in corrections.rows if not counts[one.line]]
        documents = ask(connection, _documents(idle)).mappings() if idle else []
    later = {one.line: two.line for one, two in corrections.repeated()}
    return [
        {
            "line": one.line,
            "target": one.target,
            "field": one.field,
            "value": one.value,
            "who": one.facts.stated_by,
            "why": one.facts.note,
            "articles": counts[one.line],
            "fate": _fate(one, counts[one.line], later.get(one.line), documents),
        }
        for one in corrections.rows
    ]


def _documents(corrections: Iterable[Correction]) -> str:
    """Return the query for documents that corrections may mean, with their articles."""
    facts = [one.facts for one in corrections]
    hashes = {one.sha256 for one in facts if one.sha256}
    names = {one.file_name.rpartition("/")[2] for one in facts if one.file_name}
    return f"""
        SELECT document_id, path, status, count(article_id) AS articles
        FROM documents LEFT JOIN (SELECT document_id, article_id FROM articles) USING (document_id)
        WHERE list_contains({quoted_list(hashes)}, document_id[:16])
            OR list_contains({quoted_list(names)}, file_name)
        GROUP BY ALL ORDER BY ALL
    """


def _carrying(one: Correction, carried: dict[_Said, list[Row]]) -> int:
    """Return how many articles have a correction among their statements."""
    facts = one.facts
    rows = carried.get((one.field, one.value, facts.stated_by, facts.note), ())
    return sum(
        facts.matches(row["document_id"], row["path"])
        and (facts.article is None or row["article_id"].endswith(f"-{facts.article}"))
        for row in rows
    )


def _fate(
    one: Correction, carrying: int, later: int | None, documents: Sequence[Row]
) -> str | None:
    """Say why a correction has no effect; None where it has one."""
    if later is not None:
        return f"line {later} says something of the same, and counts"
    if carrying:
        return None
    meant = [row for row in documents if one.facts.matches(row["document_id"], row["path"])]
    if not meant:
        return "no file here is the one that it names"
    if all(row["status"] != "published" for row in meant):
        return "its file is not published"
    misfits = filter(None, (misfit(one, row["articles"]) for row in meant))
    return next(misfits, "it waits for `knipsel reprocess`")


def misfit(one: Correction, articles: int) -> str | None:
    """Say why a correction does not fit a file that holds so many articles."""
    facts = one.facts
    if facts.articles is not None and facts.articles != articles:
        return (
            f"its file was divided otherwise: {facts.articles} articles then, {articles} now; "
            "correct the article anew"
        )
    if facts.article is not None and facts.article > articles:
        return f"its file has no article {facts.article}, but {articles}"
    if facts.article is None and articles > 1 and one.field in OF_ONE_ARTICLE:
        return f"its file holds {articles} articles; name one by article_id"
    return None
