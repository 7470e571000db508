"""What differs between two releases: articles added, changed and gone, each with its reason.

An article has changed where a column of it has, or what the release says of it in other tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.lake.insertion import OF_ARTICLE
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import Answer, Row, ask
from knipsel.warehouse.release.tables import columns_of, release_table
from knipsel.warehouse.release.versions import Release
from knipsel.warehouse.sql import identifier, quoted

TABLES = ("documents", "articles", "quarantine", "retractions", "runs")
BOOKKEEPING = frozenset({"run_id", "first_seen_at", "transform_version"})
"""Columns that tell of the work; an article is as it was where nothing else differs."""
CLUSTER = ("cluster_id", "canonical_article_id", "is_canonical")
"""Columns that change when other articles come and go."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The articles that differ, by identifier; each row says ``what`` and ``why``.

    ``not_compared`` are tables and columns that only one of the two releases has.
    """

    added: list[Row]
    changed: list[Row]
    gone: list[Row]
    not_compared: list[str]


def difference(warehouse: Warehouse, older: Release, newer: Release) -> Difference:
    """Return how a release differs from another.

    Tombstones are those of both releases: where one was written anew after a retraction, the
    article is in neither.
    """
    folders = [warehouse.releases / release.version for release in (older, newer)]
    shared = {name: _shared_columns(name, *folders) for name in ("articles", *OF_ARTICLE)}
    with _opened(*folders) as connection:
        return Difference(
            added=_rows(connection, _ADDED),
            changed=list(_changed(connection, shared)),
            gone=_rows(connection, _GONE),
            not_compared=[part for name in shared for part in _parts_of_one(name, *folders)],
        )


def texts(warehouse: Warehouse, release: Release, article_ids: list[str]) -> dict[str, str]:
    """Return the texts of articles as a release has them."""
    file = quoted(str(warehouse.releases / release.version / "articles" / "part-0.parquet"))
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT article_id, text FROM read_parquet({file}) "
            "WHERE article_id IN (SELECT unnest($names))",
            {"names": article_ids},
        ).fetchall()
    return dict(rows)


def _shared_columns(table: str, older: Path, newer: Path) -> list[str]:
    """Return the columns of a table that both releases have: others say nothing of a change."""
    of_both = set(columns_of(older, table)) & set(columns_of(newer, table))
    return [name for name in BY_NAME[table].column_names if name in of_both]


def _parts_of_one(table: str, older: Path, newer: Path) -> list[str]:
    """Return a table that only one release has, or its columns that only one has."""
    before, after = columns_of(older, table), columns_of(newer, table)
    if not before or not after:
        return [table] if before or after else []
    return [f"{table}.{name}" for name in (*before, *after) if (name in before) != (name in after)]


@contextmanager
def _opened(older: Path, newer: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Have the tables of both as the schemas ``older`` and ``newer``."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for schema, folder in (("older", older), ("newer", newer)):
            connection.execute(f"CREATE SCHEMA {schema}")
            for name in (*TABLES, *OF_ARTICLE):
                query = release_table(folder, BY_NAME[name])
                connection.execute(f"CREATE VIEW {schema}.{name} AS {query}")
        yield connection


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    return ask(connection, query).mappings()


def _changed(
    connection: duckdb.DuckDBPyConnection, shared: Mapping[str, list[str]]
) -> Iterator[Row]:
    """Yield the articles that are in both and differ, with the columns that do."""
    names = [
        name for name in shared["articles"] if name not in BOOKKEEPING and name != "article_id"
    ]
    parts = [_differing(name, shared[name]) for name in OF_ARTICLE if shared[name]]
    differs = ", ".join(
        f"CASE WHEN one.{identifier(name)} IS DISTINCT FROM other.{identifier(name)} "
        f"THEN {quoted(name)} END"
        for name in names
    )
    answer: Answer = ask(
        connection,
        f"""
        WITH parts AS ({" UNION ALL ".join(parts)}),
        said AS (SELECT article_id, list(name ORDER BY name) AS names FROM parts GROUP BY ALL)
        SELECT article_id, other.headline, other.publisher,
            list_filter([{differs}], lambda name: name IS NOT NULL)
                || coalesce(said.names, []) AS columns,
            one.transform_version AS before, other.transform_version AS after
        FROM older.articles AS one JOIN newer.articles AS other USING (article_id)
        LEFT JOIN said USING (article_id)
        WHERE said.names IS NOT NULL
            OR ({_columns_of("one", names)}) IS DISTINCT FROM ({_columns_of("other", names)})
        ORDER BY article_id
        """,
    )
    for row in answer.mappings():
        before, after = row.pop("before"), row.pop("after")
        yield row | {"why": _why_changed(row["columns"], before, after)}


def _differing(table: str, names: Sequence[str]) -> str:
    """Return the query for the articles of both releases whose rows in a table differ.

    Rows are summed by their hashes, so that neither their order nor sorting them matters.
    """
    columns = ", ".join(identifier(name) for name in names)
    summed = f"SELECT article_id, sum(hash({columns})) AS rows FROM {{}}.{table} GROUP BY ALL"
    return f"""
        SELECT article_id, {quoted(table)} AS name
        FROM ({summed.format("older")}) AS one
        FULL JOIN ({summed.format("newer")}) AS other USING (article_id)
        WHERE one.rows IS DISTINCT FROM other.rows
    """


def _columns_of(alias: str, names: list[str]) -> str:
    """Return columns of a table by its alias."""
    return ", ".join(f"{alias}.{identifier(name)}" for name in names)


def _why_changed(columns: list[str], before: str, after: str) -> str:
    if set(columns) <= set(CLUSTER):
        return "Its duplicates came or went, or were linked with other settings."
    if before != after:
        return f"It was read again: transforms {before} before, {after} now."
    return "It was read again by the same transforms, with other registers or settings."


_DETAILS = "article.article_id, article.headline, article.publisher"

_ADDED = f"""
SELECT {_DETAILS}, CASE
    WHEN known.document_id IS NULL THEN concat('Its source came with ', coalesce(
        concat('the ', run.flow, ' of ',
            strftime(run.started_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M'), ' UTC'),
        concat('run ', article.run_id)), '.')
    WHEN known.status = 'quarantined' THEN concat('Its source was held back before: ', (
        SELECT string_agg(DISTINCT rule, ', ' ORDER BY rule) FROM older.quarantine AS held
        WHERE held.document_id = article.document_id AND resolved_at IS NULL), '.')
    ELSE concat('Its source was read again: transforms ', known.transform_version, ' before, ',
        article.transform_version, ' now.')
    END AS why
FROM newer.articles AS article ANTI JOIN older.articles USING (article_id)
LEFT JOIN older.documents AS known ON known.document_id = article.document_id
LEFT JOIN newer.runs AS run ON run.run_id = article.run_id
ORDER BY article.article_id
"""

_GONE = f"""
SELECT {_DETAILS}, CASE
    WHEN gone.article_id IS NOT NULL THEN concat('It was retracted: ', gone.reason)
    WHEN now.document_id IS NULL THEN 'Its source is not known: the other release is of a time '
        'before it, or after a way back.'
    WHEN now.status = 'quarantined' THEN concat('Its source is held back: ', (
        SELECT string_agg(DISTINCT rule, ', ' ORDER BY rule) FROM newer.quarantine AS held
        WHERE held.document_id = article.document_id AND resolved_at IS NULL), '.')
    ELSE concat('Its source was read again: transforms ', article.transform_version,
        ' before, ', now.transform_version, ' now.')
    END AS why
FROM older.articles AS article ANTI JOIN newer.articles USING (article_id)
LEFT JOIN newer.documents AS now ON now.document_id = article.document_id
LEFT JOIN newer.retractions AS gone ON gone.article_id = article.article_id
ORDER BY article.article_id
"""
