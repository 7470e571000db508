"""How a run ended, as the lake has it: what health, figures, log and alerts are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse

COUNTS = ("files_seen", "files_new", "articles_published", "documents_quarantined")


@dataclass(frozen=True, slots=True)
class Report:
    """A run that ended: when, how, with what; ``message`` says why it failed, where it did.

    ``broken_bounds`` are the bounds on the corpus that its release breaks, those included that
    only warn; ``totals`` what the lake holds then, by name; empty where there is none.
    """

    flow: str
    run_id: str
    started_at: datetime
    ended_at: datetime
    is_success: bool
    message: str | None
    counts: Mapping[str, int]
    broken_bounds: tuple[str, ...] = ()
    totals: Mapping[str, int] | None = None

    @property
    def seconds(self) -> float:
        """How long the run took; never less than nothing, whatever the clock did meanwhile."""
        return max((self.ended_at - self.started_at).total_seconds(), 0.0)

    def facts(self) -> dict[str, Any]:
        """Return the run for programs, without what the lake holds besides."""
        row = asdict(self)
        counts, totals = row.pop("counts"), row.pop("totals")
        del totals
        result = "success" if row.pop("is_success") else "failure"
        at = {name: row[name].isoformat() for name in ("started_at", "ended_at")}
        return {**row, **at, "result": result, "seconds": round(self.seconds, 1), **counts}


def report_of(warehouse: Warehouse, run: Run, flow: str, problem: str | None) -> Report:
    """Return how a run ended that ends now; ``problem`` is why it failed, None where it did not.

    A run that committed and could not publish counts as failed. Raises what `open_lake` does.
    """
    counts = dict.fromkeys(COUNTS, 0)
    now = datetime.now(UTC)
    bounds: tuple[str, ...] = ()
    totals: Mapping[str, int] | None = None
    if warehouse.exists:
        with open_lake(warehouse, read_only=True) as connection:
            counts |= _counts(connection, run.run_id)
            bounds = _broken_bounds(connection, run.run_id)
            totals = _totals(connection)
    return Report(
        flow, run.run_id, run.started_at, now, problem is None, problem, counts, bounds, totals
    )


def _counts(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return what the run took in; nothing where it has no row."""
    query = f"SELECT {', '.join(COUNTS)} FROM lake.runs WHERE run_id = ?"
    row = connection.execute(query, [run_id]).fetchone()
    return dict(zip(COUNTS, row, strict=True)) if row else {}


def _broken_bounds(connection: duckdb.DuckDBPyConnection, run_id: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT DISTINCT rule || coalesce(': ' || observed_value, '') FROM lake.validations "
        "WHERE run_id = ? AND suite = 'bounds' AND NOT success ORDER BY ALL",
        [run_id],
    ).fetchall()
    return tuple(str(rule) for (rule,) in rows)


def _totals(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = connection.execute(
        """
        SELECT 'articles', count(*) FROM lake.articles
        UNION ALL SELECT 'documents_' || status, count(*) FROM lake.documents GROUP BY ALL
        """
    ).fetchall()
    return {str(name): int(count) for name, count in sorted(rows)}


def quiet_for(warehouse: Warehouse, span: timedelta, now: datetime) -> timedelta | None:
    """Return how long no new file has come, where this is to be told now; else None.

    It is told by the first run after the span is over, and once more after each further one: a
    run before this one has told it already where as many spans had passed by then.
    """
    if not warehouse.exists:
        return None
    with open_lake(warehouse, read_only=True) as connection:
        row = connection.execute(
            """
            SELECT max(ended_at) FILTER (files_new > 0), min(ended_at),
                max(ended_at) FILTER (ended_at < (SELECT max(ended_at) FROM lake.runs))
            FROM lake.runs WHERE flow = 'ingest'
            """
        ).fetchone()
    if row is None or row[1] is None:
        return None
    since = row[0] or row[1]
    before = row[2] or since
    passed, told = (max(time - since, timedelta()) for time in (now, before))
    return passed if passed // span > told // span else None
