"""Why an article carries the values that it does: each candidate, its evidence, its fate."""

from __future__ import annotations

from typing import Any

from knipsel.transforms.describe.methods import method_meaning, rejection_of
from knipsel.transforms.describe.probability.meanings import reasons
from knipsel.transforms.registers.articles.facts import CORRECTION, CURATED
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.meant import find_meant
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions

_CONTEXT = 60
"""Characters shown before and behind the evidence."""
_OF_PARAGRAPHS = "paragraph_language"
_DATE = "date_published"


class NoSuchFieldError(LookupError):
    """No article has a field of that name."""


def explain(warehouse: Warehouse, identifier: str, field: str | None) -> list[Row]:
    """Return the fields of an article with their candidates, the chosen one first.

    Each has ``field``, ``value`` (what the article carries, None where nothing gives one) and
    ``candidates`` with ``value``, ``method``, ``meaning``, ``confidence``, ``chosen``, ``why``,
    ``stated_by`` and ``note`` (who states it, and why), ``speaks_for`` and ``speaks_against`` (in
    words, with their points), and the evidence: ``original_text``, ``source_start``,
    ``source_end``, ``context``, ``place``.
    Raises `NoSuchArticleError`, or `NoSuchFieldError` for a field that no article has.
    """
    with open_lake_for_questions(warehouse) as connection:
        article = find_meant(connection, identifier)
        wanted = {"article_id": article["article_id"]}
        statements = ask(
            connection, "FROM statements WHERE article_id = $article_id ORDER BY ALL", wanted
        ).mappings()
        places = ask(
            connection,
            """
            SELECT source_start, source_end, text, role AS place FROM paragraphs
            WHERE article_id = $article_id
            UNION ALL SELECT source_start, source_end, text, reason FROM removed_spans
            WHERE document_id = $document_id ORDER BY source_start
            """,
            {**wanted, "document_id": article["document_id"]},
        ).mappings()
    return explained_fields(article, statements, places, field)


def explained_fields(
    article: Row, statements: list[Row], places: list[Row], field: str | None = None
) -> list[Row]:
    """Return the fields of an article explained by rows that are known of it, as `explain` does.

    ``places`` are as `evidence_of` takes them. Raises `NoSuchFieldError`.
    """
    fields = _fields(article, statements, field)
    return [_explained(name, article, statements, places) for name in fields]


def _fields(article: Row, statements: list[Row], field: str | None) -> list[str]:
    """Return the fields to explain: the one asked for, or all that something was found for."""
    stated = {row["field"] for row in statements}
    if field is None:
        order = {name: place for place, name in enumerate(BY_NAME["articles"].column_names)}
        return sorted(stated, key=lambda name: (order.get(name, len(order)), name))
    if field not in stated and field not in article:
        message = f"There is no field {field!r}; this article has {', '.join(sorted(stated))}."
        raise NoSuchFieldError(message)
    return [field]


def _explained(field: str, article: Row, statements: list[Row], places: list[Row]) -> Row:
    rows = [row for row in statements if row["field"] == field]
    rows.sort(key=lambda row: (not row["chosen"], -(row["confidence"] or 0)))
    chosen = next((row for row in rows if row["chosen"]), None)
    value = article.get(field)
    return {
        "field": field,
        "value": value if value is not None or chosen is None else chosen["value"],
        "candidates": [
            {
                "value": row["value"],
                "method": row["method"],
                "meaning": method_meaning(row["method"]),
                "confidence": row["confidence"],
                **reasons(row["confidence_basis"])._asdict(),
                "chosen": row["chosen"],
                "why": _why(row, chosen, len(rows), article),
                "stated_by": row["stated_by"],
                "note": row["note"],
                **evidence_of(row, places),
            }
            for row in rows
        ],
    }


def _why(row: Row, chosen: Row | None, count: int, article: Row) -> str:
    """Say in words why a candidate won or lost."""
    rejected = rejection_of(row["method"])
    if rejected:
        return f"rejected: {rejected}"
    if row["field"] == _OF_PARAGRAPHS:
        return "each such paragraph has its own"
    if row["chosen"]:
        if count > 1 and row["method"] in CURATED:
            return f"a person states it, which goes before the other {count - 1}"
        return "the only candidate" if count == 1 else f"the surest of {count} candidates"
    return _why_lost(row, chosen, article)


def _why_lost(row: Row, chosen: Row | None, article: Row) -> str:
    """Say in words why a candidate that could be was not chosen."""
    if chosen is None:
        return _why_none(row, article)
    same = "says the same, " if row["value"] == chosen["value"] else ""
    if row["method"] == chosen["method"] == CORRECTION:
        return f"{same}another line of the corrections goes before it"
    if chosen["method"] in CURATED:
        return f"{same}what a person states goes before it ({chosen['method']})"
    return f"{same}{_less_sure(row['confidence'], chosen['confidence'])}"


def _why_none(row: Row, article: Row) -> str:
    """Say in words why a candidate was not chosen, and none of the others either."""
    if row["confidence"] is not None:
        return f"held back: right with {row['confidence']} alone, which is too little to state it"
    is_bound = row["field"].startswith(_DATE) and article[_DATE] is not None
    return "not needed: the date itself is known" if is_bound else "not used"


def _less_sure(own: float | None, chosen: float | None) -> str:
    """Compare how sure two candidates are; of neither may it be known."""
    if own == chosen:
        return "as sure as the chosen one, which stands first or was found in a surer way"
    return f"less sure than the chosen one ({'unknown' if own is None else own} < {chosen})"


def evidence_of(row: Row, places: list[Row]) -> dict[str, Any]:
    """Return what a statement quotes, with what stands around it.

    ``places`` are the paragraphs and removed spans of its document, with ``source_start``,
    ``source_end``, ``text`` and what they are (``place``).
    """
    start, end, original = row["source_start"], row["source_end"], row["original_text"]
    evidence = {"original_text": original, "source_start": start, "source_end": end}
    around = next((one for one in places if _holds(one, start)), None)
    if around is None:
        return {**evidence, "context": original, "place": None}
    context = _context(around["text"], " ".join((original or "").split()))
    return {**evidence, "context": context, "place": around["place"]}


def _holds(place: Row, start: int | None) -> bool:
    return start is not None and bool(place["source_start"] <= start < place["source_end"])


def _context(text: str, quoted: str) -> str:
    """Return a quotation with the characters around it, from one line."""
    flat = " ".join(text.split())
    at = flat.find(quoted)
    if at < 0:
        return quoted
    begin, end = max(0, at - _CONTEXT), min(len(flat), at + len(quoted) + _CONTEXT)
    return ("…" if begin else "") + flat[begin:end] + ("…" if end < len(flat) else "")
