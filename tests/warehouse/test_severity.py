"""Severity from the contract to the lake: *critical* holds a document back, *warning* does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knipsel.expectations.staged import contract_audit
from knipsel.flows.cli.look.status import audit_facts
from knipsel.warehouse.contract import BY_NAME, Table
from knipsel.warehouse.contract.model import Between, Matches, OneOf, Rule, Severity
from knipsel.warehouse.queries.queries import Row, ask, open_lake_for_questions, status
from tests.pipeline import Pipeline, write_files
from tests.texts import article


def with_rule(table: Table, column: str, rule: Rule) -> Table:
    """Return a table whose column has one rule more."""
    columns = [
        replace(one, rules=(*one.rules, rule)) if one.name == column else one
        for one in table.columns
    ]
    return replace(table, columns=tuple(columns))


RULES = (
    ("word_count", lambda severity: Between(maximum=3, severity=severity)),
    ("completeness", lambda severity: OneOf(("teaser",), severity=severity)),
    ("language", lambda severity: Matches("xx", severity=severity)),
)
"""A rule of each kind on a column of articles, which no article of the tests keeps."""


def add_rules(patch: pytest.MonkeyPatch, severity: Severity) -> None:
    """Have the audit see a rule more on each of some columns of articles."""
    table = BY_NAME["articles"]
    for column, made in RULES:
        table = with_rule(table, column, made(severity))
    patch.setattr(contract_audit, "BY_NAME", {**BY_NAME, "articles": table})


def ingest(pipeline: Pipeline, folder: Path) -> tuple[Row, list[Row]]:
    """Ingest two articles and return how the warehouse stands, and what rules failed."""
    write_files(folder, {"a.txt": article(1), "b.txt": article(2)})
    pipeline.audited = True
    pipeline.ingest(folder)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        failed = ask(connection, "FROM validations WHERE NOT success").mappings()
    return status(pipeline.warehouse), failed


def test_a_warning_is_recorded_and_published(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both articles are published; the outcome counts them and names their keys."""
    add_rules(monkeypatch, "warning")
    answer, failed = ingest(pipeline, tmp_path / "inbox")
    assert (answer["published"], answer["quarantined"]) == (2, 0)
    assert {row["column_name"] for row in failed} == {column for column, _ in RULES}
    with open_lake_for_questions(pipeline.warehouse) as connection:
        keys = ask(connection, "SELECT article_id FROM articles ORDER BY article_id").rows
    words = audit_facts({**answer, "bounds_file": None, "bounds_error": None})
    warned = [str(said) for name, said in words if name == "last files: warning"]
    for outcome in failed:
        assert (outcome["suite"], outcome["severity"]) == ("articles", "warning")
        assert outcome["unexpected_count"] == 2
        assert sorted(outcome["observed_value"].split("; ")) == [key for (key,) in keys]
        assert any(outcome["column_name"] in said for said in warned)
    assert pipeline.publish().is_new


def test_a_critical_rule_holds_documents_back(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither article is published; each has its reasons, with the values that failed."""
    add_rules(monkeypatch, "critical")
    answer, failed = ingest(pipeline, tmp_path / "inbox")
    assert (answer["published"], answer["quarantined"]) == (0, 2)
    assert [(row["severity"], row["unexpected_count"]) for row in failed] == [
        ("critical", 2) for _ in RULES
    ]
    with open_lake_for_questions(pipeline.warehouse) as connection:
        reasons = ask(connection, "SELECT column_name, value FROM quarantine").rows
    assert sorted(name for name, _ in reasons) == sorted(2 * [column for column, _ in RULES])
    assert all(value for _, value in reasons)
    words = audit_facts({**answer, "bounds_file": None, "bounds_error": None})
    assert any(name == "last files: held back by a rule" for name, _ in words)
