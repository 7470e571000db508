"""What a release holds, as the files say that describe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from knipsel.warehouse.contract import Table
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.sql import quoted


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A release with its tables: their rows, their files by path and SHA-256.

    ``languages`` are those of the articles, the most frequent first; ``coverage`` the interval of
    ISO 8601 that the dated ones lie in, as wide as they may lie; None where none has a date, as so
    many have not: ``undated``.
    """

    release: Release
    tables: Sequence[Table]
    rows: Mapping[str, int]
    files: Mapping[str, tuple[str, str]]
    languages: Sequence[str]
    coverage: str | None
    undated: int


def row_counts(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], schema: str = ""
) -> dict[str, int]:
    """Return the number of rows of each table of the release, attached as ``schema``."""
    counts = " UNION ALL ".join(
        f"SELECT {quoted(table.name)}, count(*) FROM {schema}{table.name}" for table in tables
    )
    return {name: int(count) for name, count in connection.sql(counts).fetchall()}


def languages_of(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the languages of the articles, the most frequent first."""
    rows = connection.sql(
        """
        SELECT language FROM articles WHERE language IS NOT NULL
        GROUP BY language ORDER BY count(*) DESC, language
        """
    ).fetchall()
    return [language for (language,) in rows]


def coverage_of(connection: duckdb.DuckDBPyConnection) -> tuple[str | None, int]:
    """Return the interval in which the articles' dates lie (ISO 8601), and how many have none."""
    first, last, undated = connection.execute(
        """
        SELECT min(date_published_not_before), max(date_published_not_after),
            count(*) FILTER (date_published IS NULL)
        FROM articles
        """
    ).fetchall()[0]
    return (f"{first.isoformat()}/{last.isoformat()}" if first and last else None), int(undated)
