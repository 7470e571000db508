"""What a person can do about each rule that holds documents back.

A test keeps it complete: each rule that the code can give is here, and no other.
"""

from __future__ import annotations

from knipsel.expectations.documents.document_rules import RULES
from knipsel.warehouse.contract.advice import (
    INVARIANT,
    OF_CONTAINERS,
    OF_READERS,
    OF_RETRACTIONS,
    REPORT,
    Advice,
)

_OF_SUITES = {
    "expect_column_values_to_not_be_null": "A value that must be there is missing",
    "expect_column_values_to_be_in_set": "A value is none of those that the column allows",
    "expect_column_values_to_match_regex": "A value does not have the form of its column",
    "expect_column_values_to_be_between": "A number is outside the range of its column",
    "expect_column_values_to_be_unique": "Two rows have the same key",
    "expect_compound_columns_to_be_unique": "Two rows have the same key",
}

ADVICE: dict[str, Advice] = {
    **OF_READERS,
    **OF_CONTAINERS,
    **OF_RETRACTIONS,
    **{rule.name: Advice(rule.message.rstrip("."), REPORT, INVARIANT) for rule in RULES},
    **{name: Advice(meaning, REPORT, INVARIANT) for name, meaning in _OF_SUITES.items()},
}
"""What to do about each rule, by its name."""

OWN_ERRORS = frozenset(rule for rule, advice in ADVICE.items() if advice.advice == REPORT)
"""The rules that only a fault of knipsel's own breaks."""

_UNKNOWN = Advice(
    "A rule of another version of knipsel",
    "`knipsel quarantine replay` reads the document by the rules of this version.",
    "this version does not know the rule",
)


def advice_on(rule: str) -> Advice:
    """Return what to do about a rule; of one that another version gave, to try this version."""
    return ADVICE.get(rule, _UNKNOWN)
