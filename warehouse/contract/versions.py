"""The version of the contract, and what that means for what was made under another one.

Whoever changes a table counts `CONTRACT_VERSION` up, once for each version of knipsel. What a
lake of an older contract lacks is found by comparing it with the contract: tables, columns,
whole numbers that become fractions, values that may be null by now. Only what no comparison
can know stands in `STEPS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CONTRACT_VERSION = 4
"""The contract as it stands in this folder."""

FIRST_VERSION = 1
"""The contract of knipsel 0.1.0, which wrote no version: what names none is of this one."""


class NewerContractError(RuntimeError):
    """A warehouse is of a contract that this program does not know."""

    def __init__(self, version: int) -> None:
        """Say which contract it is, and what to do."""
        super().__init__(
            f"This warehouse was made by a newer knipsel (contract {version}; this one knows "
            f"{CONTRACT_VERSION}): install that version or a later one."
        )


def known_version(version: int) -> int:
    """Return a version that this program knows; raise `NewerContractError` for any other."""
    if version > CONTRACT_VERSION:
        raise NewerContractError(version)
    return version


@dataclass(frozen=True, slots=True)
class Step:
    """What a column has in rows of contracts before ``version``: ``value``, SQL over such a row.

    A column that is new and may not be null needs one; so does one that was renamed, and one
    whose values mean something else than before.
    """

    version: int
    table: str
    column: str
    value: str


_RANK = "CASE WHEN confidence IN (0, 1) THEN confidence END"
"""Before contract 3 it was a rank of methods, but for what was rejected or stated by a person."""
STEPS = (
    Step(2, "runs", "contract_version", str(FIRST_VERSION)),
    Step(3, "statements", "confidence", _RANK),
    Step(3, "statements", "document_confidence", _RANK),
    Step(
        3,
        "statements",
        "document_rank",
        "CASE WHEN chosen THEN 1 WHEN NOT contains(method, ':') THEN 2 END",
    ),
    Step(3, "statements", "evidence_article_id", "NULL"),
)
"""The steps of all versions, the oldest first; of two for a column the later one holds."""


def steps_since(version: int, table: str) -> Iterator[Step]:
    """Yield the steps that the rows of a table of a contract have before them."""
    return (step for step in STEPS if step.version > version and step.table == table)
