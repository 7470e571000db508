"""Severity from the contract to the lake: *critical* holds a document back, *warning* does not."""

from __future__ import annotations

from collections.abc import Callable
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


@pytest.fixture(params=RULES, ids=[column for column, _ in RULES])
def rule(request: pytest.FixtureRequest) -> tuple[str, Callable[[Severity], Rule]]:
    """Return a column, and a rule on it of some severity."""
    column: str
    column, made = request.param
    return column, made


def add_rule(patch: pytest.MonkeyPatch, column: str, rule: Rule) -> None:
    """Have the audit see a rule more on a column of articles."""
    changed = {**BY_NAME, "articles": with_rule(BY_NAME["articles"], column, rule)}
    patch.setattr(contract_audit, "BY_NAME", changed)


def ingest(pipeline: Pipeline, folder: Path) -> tuple[Row, list[Row]]:
    """Ingest two articles and return how the warehouse stands, and what rules failed."""
    write_files(folder, {"a.txt": article(1), "b.txt": article(2)})
    pipeline.audited = True
    pipeline.ingest(folder)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        failed = ask(connection, "FROM validations WHERE NOT success").mappings()
    return status(pipeline.warehouse), failed


def test_a_warning_is_recorded_and_published(
    pipeline: Pipeline,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rule: tuple[str, Callable[[Severity], Rule]],
) -> None:
    """Both articles are published; the outcome counts them and names their keys."""
    column, made = rule
    add_rule(monkeypatch, column, made("warning"))
    answer, failed = ingest(pipeline, tmp_path / "inbox")
    assert (answer["published"], answer["quarantined"]) == (2, 0)
    (outcome,) = failed
    assert (outcome["suite"], outcome["column_name"]) == ("articles", column)
    assert (outcome["severity"], outcome["unexpected_count"]) == ("warning", 2)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        keys = ask(connection, "SELECT article_id FROM articles ORDER BY article_id").rows
    assert sorted(outcome["observed_value"].split("; ")) == [key for (key,) in keys]
    words = audit_facts({**answer, "bounds_file": None, "bounds_error": None})
    assert any(name == "last files: warning" and column in str(said) for name, said in words)
    assert pipeline.publish().is_new


def test_a_critical_rule_holds_documents_back(
    pipeline: Pipeline,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rule: tuple[str, Callable[[Severity], Rule]],
) -> None:
    """Neither article is published; each has its reason, with the value that failed."""
    column, made = rule
    add_rule(monkeypatch, column, made("critical"))
    answer, failed = ingest(pipeline, tmp_path / "inbox")
    assert (answer["published"], answer["quarantined"]) == (0, 2)
    assert [(row["severity"], row["unexpected_count"]) for row in failed] == [("critical", 2)]
    with open_lake_for_questions(pipeline.warehouse) as connection:
        reasons = ask(connection, "SELECT column_name, value FROM quarantine").rows
    assert {name for name, _ in reasons} == {column}
    assert all(value for _, value in reasons)
    words = audit_facts({**answer, "bounds_file": None, "bounds_error": None})
    assert any(name == "last files: held back by a rule" for name, _ in words)
