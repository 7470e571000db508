"""What became of the corrections: which articles carry them, and why others have no effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knipsel.transforms.registers.articles.corrections import Correction, Corrections
from knipsel.transforms.registers.articles.facts import CORRECTION, OF_ONE_ARTICLE
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions
from knipsel.warehouse.sql import quoted, quoted_list

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
