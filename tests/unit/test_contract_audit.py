"""The suites hold back the rows that break the contract, and only these."""

from __future__ import annotations

import pandas as pd
import pytest

from knipsel.expectations.staged.contract_audit import KEY_COLUMNS, audit_frame
from knipsel.expectations.staged.outcomes import AuditError, Outcome, merged
from knipsel.expectations.staged.suites import expectations_of
from knipsel.warehouse.contract import BY_NAME, TABLES, Table

TOPICS = BY_NAME["topics"]


def topics(**changes: list[object]) -> pd.DataFrame:
    """Return three sound rows of ``topics``, with columns changed."""
    rows = {
        "article_id": [f"{number:016x}-1" for number in range(3)],
        "topic": ["ceasefire"] * 3,
        "matches": [1, 2, 3],
        "first_char_start": [0, 5, 9],
        KEY_COLUMNS[0]: ["one", "two", "three"],
        KEY_COLUMNS[1]: ["row 1", "row 2", "row 3"],
    }
    return pd.DataFrame({**rows, **changes})


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_every_rule_of_the_contract_is_an_expectation(table: Table) -> None:
    """A suite has one expectation for each rule, each column without nulls, and the key."""
    rules = sum(len(column.rules) + (not column.nullable) for column in table.columns)
    assert len(list(expectations_of(table))) == rules + bool(table.primary_key)


def test_sound_rows_pass() -> None:
    """Every rule succeeds and nothing is held back."""
    outcomes, findings = audit_frame(TOPICS, topics())
    assert findings == []
    assert all(outcome.success and outcome.element_count == 3 for outcome in outcomes)


@pytest.mark.parametrize(
    ("changes", "rule", "row"),
    [
        ({"topic": ["a", None, "b"]}, "expect_column_values_to_not_be_null", "row 2"),
        ({"matches": [1, 2, 0]}, "expect_column_values_to_be_between", "row 3"),
        (
            {"article_id": ["broken", "0" * 16 + "-1", "1" * 16 + "-1"]},
            "expect_column_values_to_match_regex",
            "row 1",
        ),
    ],
)
def test_a_failing_row_is_found(changes: dict[str, list[object]], rule: str, row: str) -> None:
    """The finding names document, row, rule, column and value."""
    outcomes, findings = audit_frame(TOPICS, topics(**changes))
    assert [(finding.rule, finding.row_key) for finding in findings] == [(rule, row)]
    assert findings[0].document_id == {"row 1": "one", "row 2": "two", "row 3": "three"}[row]
    assert findings[0].column_name == next(iter(changes))
    assert [o.rule for o in outcomes if not o.success] == [rule]


def test_a_repeated_key_is_found() -> None:
    """Both rows with the same key are found."""
    frame = topics(article_id=["0" * 16 + "-1", "0" * 16 + "-1", "1" * 16 + "-1"])
    _, findings = audit_frame(TOPICS, frame)
    assert {finding.row_key for finding in findings} == {"row 1", "row 2"}
    assert {finding.rule for finding in findings} == {"expect_compound_columns_to_be_unique"}


def test_a_fault_of_the_engine_is_no_failing_row() -> None:
    """A column that is not there is an error of the audit, not of the data."""
    with pytest.raises(AuditError, match="topics"):
        audit_frame(TOPICS, topics().drop(columns="matches"))


def test_outcomes_of_parts_add_up() -> None:
    """A rule that looked at parts has one outcome, with the sums."""
    parts = [Outcome("topics", "rule", "matches", "critical", 10, bad) for bad in (0, 2)]
    assert merged(parts) == [Outcome("topics", "rule", "matches", "critical", 20, 2)]
    warning = Outcome("topics", "rule", "matches", "warning", 10, 4, examples=tuple("abcd"))
    assert merged([*parts, warning, warning])[1] == Outcome(
        "topics", "rule", "matches", "warning", 20, 8, examples=tuple("abcda")
    )
