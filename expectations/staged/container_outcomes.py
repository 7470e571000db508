"""What the containers of a run held that was passed over, as an outcome for each reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from knipsel.expectations.staged.outcomes import Outcome
from knipsel.warehouse.intake.containers.model import Container


def container_outcomes(containers: Iterable[Container]) -> list[Outcome]:
    """Return an outcome for each reason for which entries were passed over.

    ``element_count`` is the number of entries of the containers that had such an entry,
    ``unexpected_count`` how many were passed over; the reasons are those of
    `knipsel.warehouse.intake.containers.model.PASSED_OVER`.
    """
    entries: Counter[str] = Counter()
    passed_over: Counter[str] = Counter()
    for container in containers:
        for reason, count in container.passed_over.items():
            entries[reason] += container.entries
            passed_over[reason] += count
    return [
        Outcome(
            suite="containers",
            rule=f"not_{reason}",
            column_name=None,
            severity="warning",
            element_count=entries[reason],
            unexpected_count=count,
        )
        for reason, count in sorted(passed_over.items())
    ]
