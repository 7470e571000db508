"""The articles that may come out otherwise: read, settled, and written where they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby

import duckdb
import pyarrow as pa

from knipsel.transforms.describe.across.copies import Copy, received
from knipsel.transforms.describe.across.repeats import Verdict
from knipsel.transforms.describe.across.rules import CorpusBounds
from knipsel.transforms.describe.across.settle import (
    SETTLED_FIELDS,
    Settled,
    givers,
    settle,
)
from knipsel.transforms.describe.candidates.named_days import NOT_AFTER, NOT_BEFORE
from knipsel.transforms.describe.choice import OF_OUTLET, REPEATED
from knipsel.transforms.model import Statement
from knipsel.transforms.text.edtf import published_bounds
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.arrow import arrow_schema, mappings_to_table, relaxed_schema
from knipsel.warehouse.linking.settle.headings import headings_below
from knipsel.warehouse.sql import any_row, column_list, make_table, quoted, take_in

ARTICLES_AT_ONCE = 4_096
"""Articles that are settled together, some 10 MB of statements."""

_FIELDS = (*SETTLED_FIELDS, NOT_BEFORE, NOT_AFTER)
_LISTED = ", ".join(map(quoted, _FIELDS))
_COLUMNS = tuple(field.name for field in fields(Statement))
_DATES = ("date_published_not_before", "date_published_not_after", "date_published_precision")
CARRIED = (*SETTLED_FIELDS, *_DATES)
"""The columns of an article that settling may change."""

_CHANGED = f"""
    evidence_article_id IS NOT NULL OR confidence < document_confidence
    OR ends_with(method, ':{REPEATED}') OR ends_with(method, ':{OF_OUTLET}')
"""
"""What a statement is like that does not stand as its document alone would have it."""


def list_unsettled(connection: duckdb.DuckDBPyConnection, *, is_all: bool) -> None:
    """Leave ``unsettled``: the articles to look at, those of a cluster together.

    They have a value that something speaks against, or did, or are in a cluster with such a one or
    in one that changed. ``part`` numbers them by clusters; only those that are ``is_settled`` are
    written, the others are asked as copies.
    """
    elected = "SELECT article_id FROM " + ("outlet_articles" if is_all else "elected")
    make_table(
        connection,
        "unsettled",
        f"""
        WITH marked AS (
            SELECT article_id FROM given_values SEMI JOIN value_verdicts USING (outlet, field, key)
            UNION
            SELECT article_id FROM (SELECT article_id, method, confidence, document_confidence,
                evidence_article_id FROM lake.statements WHERE {_CHANGED}) AS said
            JOIN outlet_articles AS own USING (article_id)
            LEFT JOIN outlet_articles AS witness ON witness.article_id = evidence_article_id
            WHERE own.outlet IN (FROM judged_outlets) AND (evidence_article_id IS NULL
                OR witness.cluster_id IS DISTINCT FROM own.cluster_id)
        ), joined AS (
            SELECT cluster_id FROM outlet_articles GROUP BY cluster_id HAVING count(*) > 1
        ), clusters AS (
            SELECT cluster_id FROM outlet_articles SEMI JOIN joined USING (cluster_id)
            WHERE article_id IN (FROM marked UNION ALL {elected})
        )
        SELECT article_id, cluster_id, outlet, may_give,
            completeness IN ('complete', 'unknown') AS is_whole,
            outlet IN (FROM settled_outlets) AS is_settled,
            (dense_rank() OVER (ORDER BY cluster_id) - 1) // {ARTICLES_AT_ONCE} AS part
        FROM outlet_articles
        WHERE outlet IN (FROM judged_outlets)
        AND (article_id IN (FROM marked) OR cluster_id IN (FROM clusters))
        """,
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that comes out otherwise than the lake has it."""

    article_id: str
    settled: Settled
    values: Mapping[str, object]
    """Its columns, of `CARRIED`."""


def settle_articles(connection: duckdb.DuckDBPyConnection, bounds: CorpusBounds) -> int:
    """Settle the articles of ``unsettled`` and write those that change; return how many do.

    Leaves ``redated``: the articles that have another day now.
    """
    make_table(connection, "redated", "SELECT article_id FROM lake.articles WHERE false")
    parts = connection.execute("SELECT DISTINCT part FROM unsettled ORDER BY part").fetchall()
    count = 0
    for (part,) in parts:
        changed = list(_changed(connection, int(part), bounds))
        if changed:
            _write(connection, changed)
        count += len(changed)
    return count


@dataclass(frozen=True, slots=True)
class _Part:
    """Articles that are settled together.

    What is said of each, what speaks against that, and the line that may stand in for a headline.
    """

    said: Mapping[str, Sequence[Statement]]
    against: Mapping[str, Mapping[tuple[str, str], Verdict]]
    below: Mapping[str, Statement]

    def settled(self, article_id: str, told: Sequence[Statement], bounds: CorpusBounds) -> Settled:
        """Return an article as it is in the end, given what copies tell."""
        own, against = self.said.get(article_id, ()), self.against.get(article_id, {})
        below = [self.below[article_id]] if article_id in self.below else []
        return settle(own, against, [*below, *told], bounds)


def _changed(
    connection: duckdb.DuckDBPyConnection, part: int, bounds: CorpusBounds
) -> Iterator[Changed]:
    """Yield the articles of a part that come out otherwise."""
    articles = _Part(
        _statements(connection, part), _against(connection, part), headings_below(connection, part)
    )
    told = _received(connection, part, articles, bounds)
    for article_id, (carried, names) in _present(connection, part).items():
        own = articles.said.get(article_id, ())
        settled = articles.settled(article_id, told.get(article_id, ()), bounds)
        values = _values(settled)
        is_same = set(settled.statements) == set(own)
        if not is_same or values != carried or _has_other_names(settled, names):
            yield Changed(article_id, settled, values)


def _has_other_names(settled: Settled, names: Sequence[str]) -> bool:
    """Tell whether an article has other authors; statements of older readings list no names."""
    is_listed = any(one.names for one in settled.statements if one.chosen)
    return is_listed and list(settled.names) != names


def _statements(connection: duckdb.DuckDBPyConnection, part: int) -> dict[str, list[Statement]]:
    """Return what is said of the articles of a part, of the fields that are settled."""
    rows = connection.execute(
        f"SELECT {column_list(_COLUMNS)} FROM lake.statements WHERE field IN ({_LISTED}) "
        f"AND article_id IN (SELECT article_id FROM unsettled WHERE part = {part}) ORDER BY ALL"
    ).fetchall()
    return {
        article_id: [Statement(*row) for row in group]
        for article_id, group in groupby(rows, key=lambda row: str(row[0]))
    }


def _against(
    connection: duckdb.DuckDBPyConnection, part: int
) -> dict[str, dict[tuple[str, str], Verdict]]:
    """Return what speaks against the values of the articles of a part."""
    found: dict[str, dict[tuple[str, str], Verdict]] = defaultdict(dict)
    rows = connection.execute(
        f"""
        SELECT article_id, field, value, rule, effect
        FROM given_values JOIN value_verdicts USING (outlet, field, key)
        WHERE article_id IN (SELECT article_id FROM unsettled WHERE part = {part})
        """
    ).fetchall()
    for article_id, field, value, rule, effect in rows:
        found[article_id][field, value] = Verdict(rule, effect)
    return found


def _received(
    connection: duckdb.DuckDBPyConnection, part: int, articles: _Part, bounds: CorpusBounds
) -> dict[str, list[Statement]]:
    """Return what the articles of a part are told by their copies."""
    rows = connection.execute(
        "SELECT cluster_id, article_id, outlet, may_give, is_whole FROM unsettled "
        f"WHERE part = {part} ORDER BY cluster_id, article_id"
    ).fetchall()
    told: dict[str, list[Statement]] = {}
    excerpts = _excerpts(connection)
    for _, group in groupby(rows, key=lambda row: row[0]):
        cluster = [Copy(*row[1:]) for row in group]
        if len(cluster) > 1:
            ids = [one.article_id for one in cluster]
            carried = {one: givers(articles.settled(one, (), bounds).statements) for one in ids}
            told |= received(cluster, carried, excerpts)
    return told


def _excerpts(connection: duckdb.DuckDBPyConnection) -> Collection[tuple[str, str]]:
    """Return the pairs of articles of which one is a part of the other, either way round."""
    rows = connection.execute(
        "SELECT article_id, other_article_id FROM lake.duplicates WHERE relation = 'excerpt' "
        "AND article_id IN (SELECT article_id FROM unsettled)"
    ).fetchall()
    return {pair for one, other in rows for pair in ((one, other), (other, one))}


def _present(
    connection: duckdb.DuckDBPyConnection, part: int
) -> dict[str, tuple[dict[str, object], list[str]]]:
    """Return what the articles of a part carry now, and their authors, of those to be settled."""
    of_part = f"SELECT article_id FROM unsettled WHERE part = {part} AND is_settled"
    names: dict[str, list[str]] = defaultdict(list)
    for article_id, name in connection.execute(
        "SELECT article_id, name FROM lake.article_authors "
        f"WHERE article_id IN ({of_part}) ORDER BY article_id, position"
    ).fetchall():
        names[article_id].append(name)
    rows = connection.execute(
        f"SELECT article_id, {column_list(CARRIED)} FROM lake.articles "
        f"WHERE article_id IN ({of_part}) ORDER BY article_id"
    ).fetchall()
    return {row[0]: (dict(zip(CARRIED, row[1:], strict=True)), names[row[0]]) for row in rows}


def _values(settled: Settled) -> dict[str, object]:
    """Return the columns of an article that it carries in the end."""
    found = settled.values
    dated = published_bounds(
        found.get("date_published"), found.get(NOT_BEFORE), found.get(NOT_AFTER)
    )
    bounds = (dated.not_before, dated.not_after, dated.precision)
    return {name: found.get(name) for name in SETTLED_FIELDS} | dict(
        zip(_DATES, bounds, strict=True)
    )


def _write(connection: duckdb.DuckDBPyConnection, changed: Collection[Changed]) -> None:
    """Write the articles that come out otherwise: their statements, columns and authors."""
    take_in(
        connection,
        "changed_articles",
        _rows(
            "articles",
            ("article_id", *CARRIED),
            ({"article_id": one.article_id, **one.values} for one in changed),
        ),
    )
    said = (asdict(row) for one in changed for row in one.settled.statements)
    take_in(connection, "changed_statements", _rows("statements", _COLUMNS, said))
    names = (
        {
            "article_id": one.article_id,
            "position": position,
            "name": name,
            "confidence": one.settled.author_confidence,
        }
        for one in changed
        for position, name in enumerate(one.settled.names, 1)
    )
    columns = ("article_id", "position", "name", "confidence")
    take_in(connection, "changed_authors", _rows("article_authors", columns, names))
    connection.execute(
        """
        INSERT INTO redated SELECT article_id
        FROM lake.articles JOIN changed_articles AS changed USING (article_id)
        WHERE articles.date_published IS DISTINCT FROM changed.date_published
        """
    )
    of_changed = "article_id IN (SELECT article_id FROM changed_articles)"
    connection.execute(f"DELETE FROM lake.statements WHERE {of_changed} AND field IN ({_LISTED})")
    connection.execute("INSERT INTO lake.statements BY NAME FROM changed_statements ORDER BY ALL")
    _write_authors(connection)
    settings = ", ".join(f"{name} = changed.{name}" for name in CARRIED)
    connection.execute(
        f"UPDATE lake.articles SET {settings} FROM changed_articles AS changed "
        "WHERE articles.article_id = changed.article_id"
    )


def _write_authors(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the authors of articles whose authors change; those of others keep their rows."""
    make_table(
        connection,
        "other_authors",
        """
        WITH present AS (
            SELECT article_id, list(name ORDER BY position) AS names FROM lake.article_authors
            WHERE article_id IN (SELECT article_id FROM changed_articles) GROUP BY article_id
        ), wanted AS (
            SELECT article_id, list(name ORDER BY position) AS names FROM changed_authors
            GROUP BY article_id
        )
        SELECT article_id FROM changed_articles
        LEFT JOIN present USING (article_id) LEFT JOIN wanted USING (article_id)
        WHERE present.names IS DISTINCT FROM wanted.names
        """,
    )
    if any_row(connection, "FROM other_authors"):
        connection.execute(
            "DELETE FROM lake.article_authors WHERE article_id IN (FROM other_authors)"
        )
        connection.execute(
            "INSERT INTO lake.article_authors BY NAME FROM changed_authors "
            "SEMI JOIN other_authors USING (article_id) ORDER BY article_id, position"
        )


def _rows(table: str, columns: Collection[str], rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Return rows as an Arrow table with some columns of a table of the contract."""
    whole = relaxed_schema(arrow_schema(BY_NAME[table]))
    return mappings_to_table(pa.schema([whole.field(name) for name in columns]), rows)
