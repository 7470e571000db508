"""Counting the articles of the latest release: surely, possibly, and as far as was checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import duckdb

from knipsel.transforms.checks.counting import (
    DATE,
    FIELDS,
    LISTS,
    UNITS,
    Carried,
    Count,
    Question,
    estimated,
    sample_of,
)
from knipsel.transforms.text.edtf import date_bounds
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_release
from knipsel.warehouse.release.checks.keep import kept_checks
from knipsel.warehouse.sql import column_list, quoted, quoted_list

_FIRST, _LAST = "date_published_not_before", "date_published_not_after"
_YEARS = 100
"""A date that allows more years than these is as good as none."""
_LISTED = {"topic": ("topics", "topic"), "author": ("article_authors", "name")}
"""The table and the column of what an article has several of."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a question; which columns people checked for it, and on how many articles."""

    question: Question
    rows: tuple[Count, ...]
    checked_columns: tuple[str, ...]
    sampled: int


def count_articles(warehouse: Warehouse, question: Question) -> Counts:
    """Return how many articles of the latest release are in each cell; each text counts once."""
    sample = sample_of(kept_checks(warehouse), question.columns)
    with open_release(warehouse) as connection:
        rows = connection.execute(_query(question)).fetchall()
        counts = [Count(tuple(map(_text, row[:-2])), *row[-2:]) for row in rows]
        carried = dict(_carried(connection, {one.row_key for one in sample.units}))
        articles = connection.execute("SELECT count(*) FROM articles WHERE is_canonical").fetchone()
    corrected = estimated(counts, question, sample, carried, articles[0] if articles else 0)
    return Counts(question, tuple(corrected), sample.columns, len(carried))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _query(question: Question) -> str:
    """Return the query for the cells, each with how many are surely and possibly in it."""
    columns = [f"{_expression(name)} AS {_named(name)}" for name in question.by]
    conditions = list(_conditions(question))
    surely = " AND ".join(sure for sure, _ in conditions) or "true"
    possibly = " AND ".join(may for _, may in conditions) or "true"
    unit = next((name for name in question.by if name in UNITS), None)
    is_fine = f"({_is_within(unit)})" if unit else "true"
    lists = {*question.by, *(name for name, _ in question.where)} & set(LISTS)
    return f"""
        SELECT {", ".join(map(_named, question.by))}, count(*) FILTER (WHERE is_sure), count(*)
        FROM (
            SELECT {", ".join(columns)}, ({surely}) AND {is_fine} AS is_sure
            FROM ({_articles(sorted(lists))}) WHERE {possibly}
        ) GROUP BY ALL ORDER BY ALL
    """


def _articles(lists: Collection[str]) -> str:
    """Return the query for canonical articles, with some of the lists, each under its name."""
    columns, joins = "", ""
    for name in lists:
        table, column = _LISTED[name]
        columns += f", coalesce({name}_list.found, []) AS {name}"
        joins += (
            f" LEFT JOIN (SELECT article_id, list(DISTINCT {column} ORDER BY {column}) AS found "
            f"FROM {table} GROUP BY article_id) AS {name}_list USING (article_id)"
        )
    return f"SELECT articles.*{columns} FROM articles{joins} WHERE is_canonical"


def _named(name: str) -> str:
    return f"cell_{name}"


def _expression(name: str) -> str:
    """Return the value to count by, one for each cell that an article may be in."""
    if name in LISTS:
        return f"unnest(CASE WHEN len({name}) = 0 THEN [NULL] ELSE {name} END)"
    if name not in UNITS:
        return FIELDS[name]
    steps = (
        f"generate_series(date_trunc('{name}', {_FIRST})::TIMESTAMP, {_LAST}::TIMESTAMP, "
        f"INTERVAL 1 {name})"
    )
    written = f"list_transform({steps}, lambda slot: strftime(slot, '{UNITS[name]}'))"
    return f"unnest(CASE WHEN {_is_bounded()} THEN {written} ELSE [NULL] END)"


def _is_bounded() -> str:
    return (
        f"coalesce({_FIRST} <= {_LAST} AND date_diff('year', {_FIRST}, {_LAST}) <= {_YEARS}, false)"
    )


def _is_within(unit: str) -> str:
    """Return whether a date lies in one month or year, or in none that is known."""
    return (
        f"NOT {_is_bounded()} OR ({DATE} IS NOT NULL AND date_trunc('{unit}', {_FIRST}) = "
        f"date_trunc('{unit}', {_LAST}))"
    )


def _conditions(question: Question) -> Iterator[tuple[str, str]]:
    """Yield for each condition when an article surely meets it, and when it may."""
    for name, value in question.where:
        if name in UNITS:
            yield _in_time(value)
            continue
        if name in LISTS:
            said = f"list_contains({name}, {quoted(value)})" if value else f"len({name}) = 0"
        else:
            said = f"{FIELDS[name]} IS NOT DISTINCT FROM {quoted(value) if value else 'NULL'}"
        yield said, said


def _in_time(value: str | None) -> tuple[str, str]:
    if value is None:
        nowhere = f"NOT {_is_bounded()}"
        return nowhere, nowhere
    bounds = date_bounds(value)
    first, last = (f"DATE {quoted(str(day))}" for day in (bounds.not_before, bounds.not_after))
    sure = f"coalesce({DATE} IS NOT NULL AND {_FIRST} >= {first} AND {_LAST} <= {last}, false)"
    may = f"({_is_bounded()} AND {_FIRST} <= {last} AND {_LAST} >= {first})"
    return sure, may


def _carried(
    connection: duckdb.DuckDBPyConnection, keys: Iterable[str]
) -> Iterator[tuple[str, Carried]]:
    """Yield what articles carry, by identifier."""
    columns = tuple(dict.fromkeys(FIELDS.values()))
    for row in ask(
        connection,
        f"SELECT article_id, {column_list((*columns, *LISTS))} FROM ({_articles(LISTS)}) "
        f"WHERE article_id IN (SELECT unnest({quoted_list(keys)})) ORDER BY article_id",
    ).mappings():
        values = {name: row[name] for name in columns}
        yield row["article_id"], Carried(values, {name: row[name] for name in LISTS})
