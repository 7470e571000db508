"""What the audit finds out: the outcome of each rule, and the rows to hold back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from knipsel.warehouse.contract.model import Severity

SHOWN_ROWS = 5
"""How many failing rows an outcome names: enough to look into it."""


class AuditError(RuntimeError):
    """A rule could not be evaluated: a fault of the audit, not of the data."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a rule in a run, as ``validations`` records it.

    ``observed_value`` is what was seen where that is one value; ``examples`` are the keys of
    the first `SHOWN_ROWS` rows that failed. No values stand there: a key says nothing of a
    text that is retracted.
    """

    suite: str
    rule: str
    column_name: str | None
    severity: Severity
    element_count: int
    unexpected_count: int
    observed_value: str | None = None
    examples: tuple[str, ...] = ()

    @property
    def success(self) -> bool:
        """Whether no row failed."""
        return self.unexpected_count == 0


def merged(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return one outcome for each rule: the sums of what was counted in parts.

    A column may have a rule twice: what is beyond a limit warns, what is far beyond is critical.
    """
    totals: dict[tuple[str, str, str, str], Outcome] = {}
    for outcome in outcomes:
        key = (outcome.suite, outcome.rule, outcome.column_name or "", outcome.severity)
        before = totals.get(key)
        totals[key] = outcome if before is None else _sum(before, outcome)
    return [totals[key] for key in sorted(totals)]


def _sum(first: Outcome, second: Outcome) -> Outcome:
    """Return two outcomes of a rule as one."""
    return replace(
        first,
        element_count=first.element_count + second.element_count,
        unexpected_count=first.unexpected_count + second.unexpected_count,
        observed_value=first.observed_value or second.observed_value,
        examples=(*first.examples, *second.examples)[:SHOWN_ROWS],
    )
