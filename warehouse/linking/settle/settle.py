"""The step after linking, within the transaction of a commit."""

from __future__ import annotations

import duckdb

from knipsel.transforms.describe.across.rules import CorpusCheck
from knipsel.transforms.text.version import REDATED
from knipsel.warehouse.linking.settle.articles import list_unsettled, settle_articles
from knipsel.warehouse.linking.settle.findings import note_findings
from knipsel.warehouse.linking.settle.outlets import list_outlets
from knipsel.warehouse.linking.settle.values import judge_values, list_values
from knipsel.warehouse.linking.settle.warnings import list_paragraphs
from knipsel.warehouse.linking.tables import SETTLED_BY
from knipsel.warehouse.sql import any_row, make_table, quoted


def settle_corpus(connection: duckdb.DuckDBPyConnection, check: CorpusCheck) -> int:
    """Work out what the articles of the outlets that a run touches carry; return how many change.

    It is a function of what the lake holds, so the order in which files came does not matter.
    Expects ``left_outlets``, ``incoming`` and ``elected``, and the articles in their clusters.
    Where the lake was settled by other bounds, or by nobody, all outlets are looked at. Articles
    whose day changes are marked, to be annotated anew by `knipsel reprocess`.
    """
    is_current = _is_current(connection, check)
    if not list_outlets(connection, is_all=not is_current):
        return 0
    list_values(connection)
    list_paragraphs(connection)
    judge_values(connection, check)
    list_unsettled(connection, is_all=not is_current)
    changed = settle_articles(connection, check.bounds)
    _mark_redated(connection)
    note_findings(connection, check.bounds)
    if not is_current:
        _note_check(connection, check)
    return changed


def _mark_redated(connection: duckdb.DuckDBPyConnection) -> None:
    """Mark the documents whose times were counted from another day: they are annotated anew."""
    dated = (
        "SELECT document_id FROM lake.articles WHERE article_id IN (FROM redated) "
        "AND article_id IN (SELECT article_id FROM lake.time_expressions)"
    )
    if not any_row(connection, "FROM redated") or not any_row(connection, dated):
        return
    make_table(connection, "redated_documents", f"SELECT DISTINCT document_id FROM ({dated})")
    for name in ("articles", "documents"):
        connection.execute(
            f"UPDATE lake.{name} SET transform_version = transform_version || {quoted(REDATED)} "
            "WHERE document_id IN (FROM redated_documents) "
            f"AND NOT ends_with(transform_version, {quoted(REDATED)})"
        )


def _is_current(connection: duckdb.DuckDBPyConnection, check: CorpusCheck) -> bool:
    """Tell whether the lake was settled by the same rules and bounds."""
    stored = connection.execute(f"SELECT version FROM lake.{SETTLED_BY.name}").fetchall()
    return stored == [(check.bounds.version,)]


def _note_check(connection: duckdb.DuckDBPyConnection, check: CorpusCheck) -> None:
    """Remember by which rules and bounds the lake is settled."""
    if any_row(connection, f"FROM lake.{SETTLED_BY.name}"):
        connection.execute(f"DELETE FROM lake.{SETTLED_BY.name}")
    version = quoted(check.bounds.version)
    connection.execute(f"INSERT INTO lake.{SETTLED_BY.name} VALUES ({version})")
