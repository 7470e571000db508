"""Great Expectations suites, one for each table, made from the contract.

Great Expectations takes seconds to import, so it is imported when a suite is built; the
command line starts that early, beside other waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knipsel.warehouse.contract.model import Between, Column, Matches, OneOf, Rule, Table

if TYPE_CHECKING:
    import great_expectations as gx
    from great_expectations.expectations.expectation import Expectation


def _rule_expectation(column: Column, rule: Rule) -> Expectation:
    """Return the expectation that a rule of a column is."""
    from great_expectations import expectations as gxe
    from great_expectations.expectations.metadata_types import FailureSeverity

    severity = FailureSeverity(rule.severity)
    match rule:
        case OneOf(values):
            return gxe.ExpectColumnValuesToBeInSet(
                column=column.name, value_set=list(values), severity=severity
            )
        case Matches(pattern):
            return gxe.ExpectColumnValuesToMatchRegex(
                column=column.name, regex=rf"\A(?:{pattern})\Z", severity=severity
            )
        case Between(minimum, maximum):
            return gxe.ExpectColumnValuesToBeBetween(
                column=column.name, min_value=minimum, max_value=maximum, severity=severity
            )


def _key_expectation(table: Table) -> Expectation:
    """Return the expectation that no two rows share the primary key."""
    from great_expectations import expectations as gxe
    from great_expectations.expectations.metadata_types import FailureSeverity

    critical = FailureSeverity.CRITICAL
    if len(table.primary_key) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=table.primary_key[0], severity=critical)
    return gxe.ExpectCompoundColumnsToBeUnique(
        column_list=list(table.primary_key), severity=critical
    )


def expectations_of(table: Table) -> Iterator[Expectation]:
    """Yield the expectations on a table: no nulls, each column's rules, a unique key."""
    from great_expectations import expectations as gxe
    from great_expectations.expectations.metadata_types import FailureSeverity

    for column in table.columns:
        if not column.nullable:
            yield gxe.ExpectColumnValuesToNotBeNull(
                column=column.name, severity=FailureSeverity.CRITICAL
            )
        for rule in column.rules:
            yield _rule_expectation(column, rule)
    if table.primary_key:
        yield _key_expectation(table)


def suite_of(table: Table) -> gx.ExpectationSuite:
    """Return the suite of a table."""
    import great_expectations as gx

    return gx.ExpectationSuite(name=table.name, expectations=list(expectations_of(table)))
