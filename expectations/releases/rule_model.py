"""What a rule across tables is: a query that returns the rows that fail."""

from __future__ import annotations

from dataclasses import dataclass

from knipsel.warehouse.contract.model import Severity


@dataclass(frozen=True, slots=True)
class ReleaseRule:
    """A rule on the whole corpus: ``failing`` selects the rows of ``table`` that break it."""

    name: str
    table: str
    message: str
    failing: str
    column: str | None = None
    severity: Severity = "critical"
