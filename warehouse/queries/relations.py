"""Answers as relations of DuckDB, for programs that go on with them."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import answer_as_reader


class NoAnswerError(ValueError):
    """A statement gives no rows."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The query gives no rows; ask with SELECT or FROM.")


def _table(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    answer = connection.sql(query)
    if answer is None:
        raise NoAnswerError
    return answer.to_arrow_table()


def ask_for_relation(
    warehouse: Warehouse, query: str, seconds: float, *, lake: bool = False
) -> duckdb.DuckDBPyRelation:
    """Return the answer to a query as a relation, which needs the warehouse no more.

    It is all there before this returns: so the bounds hold for all of the query, and what is
    wrong with it is raised here. Moments are in UTC. Raises `RefusedQueryError` where the query
    does more than read, `SlowQueryError` after so many ``seconds``, `NoAnswerError`.
    """
    table = answer_as_reader(warehouse, query, _table, lake=lake, seconds=seconds)
    connection = duckdb.connect()  # the relation keeps it
    connection.execute("SET TimeZone = 'UTC'")
    return connection.from_arrow(table)
