"""Outcomes as rows of ``validations``."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from knipsel.expectations.staged.outcomes import Outcome
from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.arrow import arrow_schema, mappings_to_table


def validation_table(outcomes: Iterable[Outcome], run_id: str) -> pa.Table:
    """Return outcomes as an Arrow table of ``validations``."""
    rows = [
        {
            "run_id": run_id,
            "suite": outcome.suite,
            "rule": outcome.rule,
            "column_name": outcome.column_name,
            "severity": outcome.severity,
            "success": outcome.success,
            "element_count": outcome.element_count,
            "unexpected_count": outcome.unexpected_count,
            "observed_value": outcome.observed_value or "; ".join(outcome.examples) or None,
        }
        for outcome in outcomes
    ]
    return mappings_to_table(arrow_schema(BY_NAME["validations"]), rows)
