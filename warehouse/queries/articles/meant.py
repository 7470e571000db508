"""Which article is meant: by its identifier, the name of its file, or words of its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import duckdb

from knipsel.warehouse.queries.queries import Row, ask

_IDENTIFIER = re.compile(r"[0-9a-f]{1,16}(?:-[0-9]*)?")
"""An identifier of an article, or how one starts."""

SHOWN = 20
"""Articles that are listed where several fit."""


class NoSuchArticleError(LookupError):
    """No article has the identifier, or more than one does."""


class SeveralArticlesError(NoSuchArticleError):
    """Several articles fit what was asked for: ``candidates`` are lines that say which."""

    def __init__(self, wanted: str, found: Sequence[Row]) -> None:
        """Say which they are; ``found`` has one more than are shown where there are more."""
        count = f"More than {SHOWN}" if len(found) > SHOWN else str(len(found))
        super().__init__(f"{count} articles fit {wanted!r}. Name one by its identifier:")
        self.candidates = [_line(row) for row in islice(found, SHOWN)]


def _line(row: Row) -> str:
    facts = (row["date_published"] or "no date", row["publisher"] or "outlet not known")
    return f"{row['article_id']}  {row['headline'] or 'no headline'} ({', '.join(facts)})"


_BY_IDENTIFIER = "starts_with(article_id, $wanted)"

_WAYS = (
    """
    document_id IN (
        SELECT document_id FROM documents WHERE file_name = $wanted OR path = $wanted
        UNION ALL SELECT document_id FROM sightings
        WHERE path = $wanted OR ends_with(replace(path, '!/', '/'), '/' || $wanted))
    """,
    "lower(strip_accents(headline)) = lower(strip_accents($wanted))",
    """
    headline IS NOT NULL AND len(list_filter(
        string_split_regex(lower(strip_accents($wanted)), '\\s+'),
        lambda word: NOT contains(lower(strip_accents(headline)), word))) = 0
    """,
)
"""Ways to find an article that is not named by its identifier, the surest first."""


def find_article(connection: duckdb.DuckDBPyConnection, identifier: str) -> Row:
    """Return the article whose identifier starts with ``identifier``.

    Raises `NoSuchArticleError` where there is none, `SeveralArticlesError` where several do.
    """
    found = _fitting(connection, _BY_IDENTIFIER, identifier) if identifier else []
    if not found:
        message = f"No article has an identifier that starts with {identifier!r}."
        raise NoSuchArticleError(message)
    return _only(identifier, found)


def find_meant(connection: duckdb.DuckDBPyConnection, wanted: str) -> Row:
    """Return the article that a person means.

    That is one by its identifier or how it starts; else by the name or path of its file; else by
    its headline; else by words that are all in its headline, in any order. Of copies that fit, the
    one that stands for them. Raises as `find_article`.
    """
    wanted = wanted.strip()
    if _IDENTIFIER.fullmatch(wanted.lower()):
        found = _fitting(connection, _BY_IDENTIFIER, wanted.lower())
        if found:
            return _only(wanted, found)
    for way in _WAYS if wanted else ():
        found = _without_copies(_fitting(connection, way, wanted))
        if found:
            return _only(wanted, found)
    message = f"No article has {wanted!r} as its identifier, its file or in its headline."
    raise NoSuchArticleError(message)


def _fitting(connection: duckdb.DuckDBPyConnection, condition: str, wanted: str) -> list[Row]:
    return ask(
        connection,
        f"FROM articles WHERE {condition} ORDER BY article_id LIMIT {SHOWN + 1}",
        {"wanted": wanted},
    ).mappings()


def _without_copies(found: list[Row]) -> list[Row]:
    """Return articles without those of which the canonical one is among them."""
    names = {row["article_id"] for row in found}
    return [row for row in found if row["is_canonical"] or row["canonical_article_id"] not in names]


def _only(wanted: str, found: list[Row]) -> Row:
    """Return the one that there is, or that has the whole identifier."""
    whole = [row for row in found if row["article_id"] == wanted.lower()]
    if len(found) > 1 and not whole:
        raise SeveralArticlesError(wanted, found)
    return (whole or found)[0]
