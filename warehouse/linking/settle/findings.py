"""What is found against values, article by article, as ``findings`` keeps it."""

from __future__ import annotations

import duckdb

from knipsel.transforms.describe.across.rules import CorpusBounds
from knipsel.warehouse.linking.settle.warnings import WARNINGS
from knipsel.warehouse.sql import any_row, column_list, make_table

_COLUMNS = column_list(("article_id", "field", "rule", "effect", "carriers", "outlet_articles"))
_OF_VALUES = """
    WITH counted AS (
        SELECT outlet, field, key, count(DISTINCT cluster_id) AS carriers FROM given_values
        GROUP BY ALL
    )
    SELECT article_id, field, rule, max(effect) AS effect, max(carriers) AS carriers
    FROM given_values JOIN value_verdicts USING (outlet, field, key)
    JOIN counted USING (outlet, field, key)
    WHERE document_rank = 1 GROUP BY ALL
"""


def note_findings(connection: duckdb.DuckDBPyConnection, bounds: CorpusBounds) -> None:
    """Bring ``findings`` in line with what speaks against values of the settled outlets.

    Expects what the other parts of the step leave.
    """
    found = " UNION ALL ".join(
        f"SELECT article_id, field, rule, effect, carriers FROM ({query})"
        for query in (_OF_VALUES, *(warning(bounds) for warning in WARNINGS))
    )
    make_table(
        connection,
        "wanted_findings",
        f"""
        WITH sizes AS (
            SELECT outlet, count(DISTINCT cluster_id) AS outlet_articles
            FROM outlet_articles GROUP BY outlet
        )
        SELECT article_id, field, rule, min(effect) AS effect, max(carriers) AS carriers,
            any_value(sizes.outlet_articles) AS outlet_articles
        FROM ({found}) JOIN outlet_articles USING (article_id) JOIN sizes USING (outlet)
        WHERE outlet IN (FROM settled_outlets) GROUP BY article_id, field, rule
        """,
    )
    make_table(
        connection,
        "present_findings",
        f"""
        SELECT {_COLUMNS} FROM lake.findings LEFT JOIN outlet_articles USING (article_id)
        WHERE outlet IS NULL OR outlet IN (FROM settled_outlets)
        """.replace('"outlet_articles"', 'findings."outlet_articles"'),
    )
    stale = "FROM present_findings EXCEPT FROM wanted_findings"
    fresh = "FROM wanted_findings EXCEPT FROM present_findings"
    if any_row(connection, stale):
        connection.execute(
            "DELETE FROM lake.findings WHERE (article_id, field, rule) IN "
            f"(SELECT (article_id, field, rule) FROM ({stale}))"
        )
    if any_row(connection, fresh):
        connection.execute(
            f"INSERT INTO lake.findings ({_COLUMNS}) SELECT * FROM ({fresh}) ORDER BY ALL"
        )
