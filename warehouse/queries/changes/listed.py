"""What committing a run would change of the documents that it read again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.lake.commit import Submission, sort_out, stage_views
from knipsel.warehouse.lake.connection import bound_memory, open_lake
from knipsel.warehouse.lake.insertion import OF_ANNOTATORS, OF_ARTICLE
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.sql import column_list, make_table, quoted

OF_THE_RUN = frozenset(
    {
        *("first_seen_at", "run_id", "transform_version"),
        *("cluster_id", "canonical_article_id", "is_canonical"),
    }
)
"""Columns of an article that do not follow from its document alone."""

COMPARED = tuple(name for name in BY_NAME["articles"].column_names if name not in OF_THE_RUN)

KINDS = {
    "newly_held_back": "published, held back from now on: their articles vanish",
    "fewer_articles": "published, with fewer articles",
    "more_articles": "published, with more articles",
    "changed": "published, with other values",
    "newly_passing": "held back, published from now on",
    "other_reasons": "held back, for other reasons",
    "still_held_back": "held back for the same reasons",
    "same": "published, nothing changes",
    "new_held_back": "new, out of an archive that was taken apart again, and held back",
    "new": "new, out of an archive that was taken apart again, and published",
}
"""What becomes of a document, the gravest first."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A document, what becomes of it (a key of `KINDS`), and why it is held back, if it is."""

    kind: str
    document_id: str
    file_name: str
    path: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run would change: documents by kind, articles, and what changes in articles.

    ``fields`` counts the articles whose column changes, or whose rows in a table of that name.
    ``documents`` are those to which anything happens, the gravest first, then by path.
    """

    kinds: dict[str, int]
    articles_gained: int
    articles_lost: int
    articles_changed: int
    fields: dict[str, int]
    documents: tuple[Changed, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the changes for programs."""
        return asdict(self)


def _list_articles(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``old`` and ``kept``: articles that are there now, and those there before and after."""
    make_table(
        connection,
        "old",
        """
        SELECT article_id, document_id FROM lake.articles SEMI JOIN fresh USING (document_id)
        """,
    )
    make_table(
        connection,
        "kept",
        "SELECT article_id, document_id FROM old SEMI JOIN arriving USING (article_id)",
    )


def _list_changed_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``changed_fields``: an article and a column, or a table of its rows, that changes."""
    cases = ", ".join(
        f"CASE WHEN before.{name} IS DISTINCT FROM after.{name} THEN {quoted(name)} END"
        for name in COMPARED
    )
    make_table(
        connection,
        "changed_fields",
        f"""
        SELECT article_id, document_id, field FROM (
            SELECT before.article_id, before.document_id, unnest([{cases}]) AS field
            FROM (FROM lake.articles SEMI JOIN kept USING (article_id)) AS before
            JOIN incoming AS after ON after.article_id = before.article_id
        ) WHERE field IS NOT NULL
        """,
    )
    for name in OF_ARTICLE:
        columns = column_list(BY_NAME[name].column_names)
        before = f"SELECT {columns} FROM lake.{name} SEMI JOIN kept USING (article_id)"
        if name not in OF_ANNOTATORS:
            before += " ANTI JOIN reannotated USING (article_id)"
        after = f"SELECT {columns} FROM staged_{name} SEMI JOIN kept USING (article_id)"
        connection.execute(
            f"""
            INSERT INTO changed_fields SELECT DISTINCT article_id, document_id, {quoted(name)}
            FROM ((({before}) EXCEPT ALL ({after})) UNION ALL (({after}) EXCEPT ALL ({before})))
            JOIN kept USING (article_id)
            """
        )
    columns = column_list(BY_NAME["removed_spans"].column_names)
    before = (
        f"SELECT {columns} FROM lake.removed_spans SEMI JOIN kept USING (document_id) "
        "ANTI JOIN reannotated USING (document_id)"
    )
    after = f"SELECT {columns} FROM staged_removed_spans SEMI JOIN kept USING (document_id)"
    connection.execute(
        f"""
        INSERT INTO changed_fields SELECT min(article_id), document_id, 'removed_spans'
        FROM (SELECT DISTINCT document_id FROM
            ((({before}) EXCEPT ALL ({after})) UNION ALL (({after}) EXCEPT ALL ({before}))))
        JOIN kept USING (document_id) GROUP BY document_id
        """
    )


_VERDICTS = """
WITH counted AS (
    SELECT document_id,
        count(*) FILTER (article_id IN (SELECT article_id FROM arriving)) AS kept,
        count(*) AS before
    FROM old GROUP BY document_id
), afterwards AS (
    SELECT document_id, count(*) AS after FROM arriving GROUP BY document_id
), why AS (
    SELECT document_id, list_sort(list(DISTINCT rule || ': ' || message)) AS reasons
    FROM reasons GROUP BY document_id
), judged AS (
    SELECT staged.document_id, staged.file_name, staged.path, why.reasons,
        before.status AS status, passed.document_id IS NOT NULL AS passes,
        coalesce(counted.kept, 0) AS kept, coalesce(counted.before, 0) AS articles,
        coalesce(afterwards.after, 0) AS after,
        staged.document_id IN (SELECT document_id FROM changed_fields) AS differs,
        staged.document_id IN (
            SELECT document_id FROM reasons ANTI JOIN standing USING (place)
            UNION ALL SELECT document_id FROM held ANTI JOIN standing USING (held_place))
            AS has_other_reasons
    FROM staged_documents AS staged SEMI JOIN fresh USING (document_id)
    LEFT JOIN before USING (document_id) LEFT JOIN passed USING (document_id)
    LEFT JOIN why USING (document_id) LEFT JOIN counted USING (document_id)
    LEFT JOIN afterwards USING (document_id)
)
SELECT CASE
    WHEN status IS NULL THEN if(passes, 'new', 'new_held_back')
    WHEN status = 'published' AND NOT passes THEN 'newly_held_back'
    WHEN status = 'quarantined' AND passes THEN 'newly_passing'
    WHEN NOT passes AND has_other_reasons THEN 'other_reasons'
    WHEN NOT passes THEN 'still_held_back'
    WHEN kept < articles THEN 'fewer_articles'
    WHEN after > kept THEN 'more_articles'
    WHEN differs THEN 'changed'
    ELSE 'same' END AS kind,
    document_id, file_name, path, coalesce(reasons, []) AS reasons
FROM judged ORDER BY path, document_id
"""

_SUMS = """
SELECT (SELECT count(*) FROM arriving ANTI JOIN old USING (article_id)),
    (SELECT count(*) FROM old ANTI JOIN arriving USING (article_id)),
    (SELECT count(DISTINCT article_id) FROM changed_fields)
"""


def changes_of(connection: duckdb.DuckDBPyConnection) -> Changes:
    """Return what a submission would change, on a connection where it was sorted out."""
    _list_articles(connection)
    _list_changed_values(connection)
    rank = {kind: number for number, kind in enumerate(KINDS)}
    rows = connection.execute(_VERDICTS).fetchall()
    documents = [Changed(row[0], row[1], row[2], row[3], tuple(row[4])) for row in rows]
    documents.sort(key=lambda one: rank[one.kind])
    gained, lost, changed = connection.execute(_SUMS).fetchone() or (0, 0, 0)
    fields = connection.execute(
        "SELECT field, count(*) FROM changed_fields GROUP BY field ORDER BY 2 DESC, 1"
    ).fetchall()
    return Changes(
        kinds={kind: sum(one.kind == kind for one in documents) for kind in KINDS},
        articles_gained=gained,
        articles_lost=lost,
        articles_changed=changed,
        fields=dict(fields),
        documents=tuple(one for one in documents if one.kind not in {"same", "still_held_back"}),
    )


@contextmanager
def prepared(warehouse: Warehouse, submission: Submission) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the lake for reading, with a submission staged and sorted out beside it."""
    with open_lake(warehouse, read_only=True) as connection:
        bound_memory(connection, warehouse)
        stage_views(connection, submission)
        sort_out(connection)
        yield connection
