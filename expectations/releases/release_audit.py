"""The audit of a release: every rule across tables and every bound, then whether it may be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from knipsel.expectations.bounds.file import Bounds, bound_sentence, remedy
from knipsel.expectations.bounds.rules import SUITE, Circumstances, check_bounds
from knipsel.expectations.releases.release_rules import check_release, rules
from knipsel.expectations.staged.outcomes import Outcome
from knipsel.expectations.staged.validations import validation_table


class UnfitReleaseError(RuntimeError):
    """The lake does not hold together, or a minimum is not met, so it is not published.

    ``validations`` has the outcome of every rule, as rows of that table.
    """

    def __init__(self, message: str, validations: pa.Table) -> None:
        """Say what is wrong and what to do, and keep what the audit found."""
        super().__init__(message, validations)
        self.validations = validations

    def __str__(self) -> str:
        """Return the sentence alone."""
        return str(self.args[0])


def _bound_problem(outcome: Outcome, file: Path, own: Path) -> str:
    """Return a broken bound with what to do."""
    return (
        f"{bound_sentence(outcome.rule, outcome.observed_value)} Find out why, or "
        f"{remedy(outcome.rule, file, own)}."
    )


def _rule_problem(outcome: Outcome) -> str:
    """Return a broken rule with some of the rows that break it."""
    table = outcome.suite.removeprefix("release.")
    message = next(r.message for r in rules() if (r.name, r.table) == (outcome.rule, table))
    shown = "; ".join(outcome.examples)
    return f"{message} ({outcome.rule}: {shown})"


def problem(broken: Sequence[Outcome], file: Path, own: Path) -> str:
    """Return why a release may not be, in a line: the first reason, and how many more there are.

    ``file`` is that of the bounds, ``own`` the one that the warehouse has or can have. Rules that
    the code must keep come before bounds, which people set.
    """
    first = min(broken, key=lambda outcome: outcome.suite == SUITE)
    words = _bound_problem(first, file, own) if first.suite == SUITE else _rule_problem(first)
    others = len(broken) - 1
    rules_failed = "rule" if others == 1 else "rules"
    more = f" {others} more {rules_failed} failed, see `knipsel status`." if others else ""
    return f"{words}{more} Nothing was published."


def audit_release(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    bounds: Bounds,
    circumstances: Circumstances,
) -> pa.Table:
    """Check all on the tables that the connection uses by default; return ``validations``.

    Raises `UnfitReleaseError` where anything critical fails, after all was checked.
    """
    outcomes = [*check_release(connection), *check_bounds(connection, bounds, circumstances)]
    validations = validation_table(outcomes, run_id)
    broken = [one for one in outcomes if one.severity == "critical" and not one.success]
    if broken:
        said = problem(broken, bounds.file, circumstances.own_bounds or bounds.file)
        raise UnfitReleaseError(said, validations)
    return validations
