"""There is advice on every rule that can hold a document back, and on no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from knipsel.expectations.advice import ADVICE, advice_on
from knipsel.expectations.documents.document_rules import RULES
from knipsel.expectations.staged.contract_audit import SENTENCES
from knipsel.warehouse.retraction.near_copies import LIKE
from knipsel.warehouse.retraction.returning import RULE

ROOT = Path(__file__).parents[2]
MAKERS = {"Rejection", "RefusedContainerError"}
"""What makes a reason; its first argument is the rule."""


def _modules() -> list[ast.Module]:
    """Return the modules of the layers, parsed."""
    files = (file for layer in ("transforms", "warehouse", "flows") for file in
             (ROOT / layer).rglob("*.py"))  # fmt: skip
    return [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(files)]


def _constants(module: ast.Module) -> dict[str, str]:
    """Return the texts that a module gives names to, also several at once."""
    found: dict[str, str] = {}
    for node in module.body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            found |= {
                name.id: value.value
                for name, value in zip(names, values, strict=False)
                if isinstance(name, ast.Name)
                and isinstance(value, ast.Constant)
                and isinstance(value.value, str)
            }
    return found


def _passed_on(modules: list[ast.Module]) -> set[str]:
    """Return the functions whose first parameter is the rule of the reason that they make."""
    return {
        function.name
        for module in modules
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef) and function.args.args
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in MAKERS
        and call.args
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id == function.args.args[0].arg
    }


def given_rules() -> Iterator[str]:
    """Yield every rule that the code gives a reason by."""
    modules = _modules()
    makers = MAKERS | _passed_on(modules)
    shared = {name: text for module in modules for name, text in _constants(module).items()}
    for module in modules:
        constants = shared | _constants(module)
        for node in ast.walk(module):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            first = node.args[0]
            if node.func.id in makers and isinstance(first, ast.Constant):
                yield str(first.value)
            elif node.func.id in makers and isinstance(first, ast.Name) and first.id in constants:
                yield constants[first.id]


def test_there_is_advice_on_every_rule_and_no_other() -> None:
    given = set(given_rules()) | {rule.name for rule in RULES} | set(SENTENCES) | {RULE, LIKE}
    assert {"too_large", "wrong_csv_shape", "archive_bomb", "no_article"} <= given
    assert set(ADVICE) == given


@pytest.mark.parametrize("rule", ADVICE)
def test_advice_is_written_in_sentences(rule: str) -> None:
    """A meaning and a refusal are parts of sentences, the advice is one or more of them."""
    advice = ADVICE[rule]
    assert advice.advice.endswith(".")
    assert advice.advice[0].isupper() or advice.advice[0] == "`"
    assert not advice.meaning.endswith(".")
    assert "|" not in advice.meaning + advice.advice
    assert advice.refusal is None or not advice.refusal.endswith(".")


def test_a_rule_of_another_version_can_be_replayed_but_not_released() -> None:
    advice = advice_on("rule_of_the_future")
    assert "replay" in advice.advice
    assert not advice.can_be_released
