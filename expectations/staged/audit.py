"""The audit of a run: the contract's suites and the rules on documents, brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow.parquet as pq

from knipsel.expectations.documents import document_rules
from knipsel.expectations.staged.contract_audit import audit_contract
from knipsel.expectations.staged.outcomes import Outcome, merged
from knipsel.warehouse.lake.staging import Finding, Staged

BATCHES_AT_ONCE = 16
"""How many batches the suites see at once: some 60 MB of text, so that memory is bounded."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Every rule's outcome, and every reason to hold a document back that the suites found.

    What the rules on documents found is staged in ``quarantine`` already.
    """

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]


def _document_outcomes(staged: Staged, batches: Sequence[int]) -> Iterator[Outcome]:
    """Yield the outcomes of the rules on documents, as the batches staged them."""
    columns = {rule.name: rule.column for rule in document_rules.RULES}
    for batch in batches:
        for row in pq.read_table(staged.file("checks", batch)).to_pylist():
            yield Outcome(
                suite="document",
                rule=row["rule"],
                column_name=columns[row["rule"]],
                severity="critical",
                element_count=row["element_count"],
                unexpected_count=row["unexpected_count"],
            )


def audit(staged: Staged, batches: int) -> AuditReport:
    """Audit all staged rows of a run that wrote ``batches`` batches, numbered from 0."""
    outcomes = list(_document_outcomes(staged, range(batches)))
    findings: list[Finding] = []
    for first in range(0, batches, BATCHES_AT_ONCE):
        part = range(first, min(first + BATCHES_AT_ONCE, batches))
        found = audit_contract(staged, part)
        outcomes += found[0]
        findings += found[1]
    return AuditReport(tuple(merged(outcomes)), tuple(findings))
