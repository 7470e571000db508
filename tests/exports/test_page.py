"""The page on exports shows what happens, and the command says what it did."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.keep.export import _FORMATS
from knipsel.flows.cli.main import app
from knipsel.flows.runs.errors import explain
from knipsel.warehouse.exports.formats.registry import FORMATS
from knipsel.warehouse.exports.leaks import LeakError
from knipsel.warehouse.exports.policy import Policy
from tests.doc_sessions import run_session
from tests.pipeline import Pipeline

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
CHECKSUM = re.compile(r"SHA-256 [0-9a-f]+")


def test_the_commands_of_the_page_run(
    released: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other in an empty folder, each writes what it names."""
    monkeypatch.chdir(tmp_path)
    sessions = [text for kind, text in FENCE.findall(PAGE) if kind == "console"]
    commands = [part for text in sessions for part in PROMPT.split(text)[1:]]
    assert len(commands) == 18
    for part in commands:
        command, _, shown = part.partition("\n")
        target = Path(shlex.split(command)[shlex.split(command).index("--to") + 1])
        printed = run_session(command, released.warehouse.root)
        assert not printed.startswith("Error"), command
        assert target.exists(), command
        if shown:
            assert CHECKSUM.sub("SHA-256 0123…", printed) == shown


def test_the_page_names_all_formats_and_its_policy_is_one() -> None:
    named = set(re.findall(r"^\|.*\| `([\w-]+)` \|", PAGE, re.MULTILINE))
    assert {form.name for form in FORMATS} <= named
    assert [form.name for form in FORMATS] == _FORMATS.split(", ")
    (policy,) = [text for kind, text in FENCE.findall(PAGE) if kind == "toml"]
    assert len(Policy.model_validate(tomllib.loads(policy)).rules) == 2


def run(released: Pipeline, *arguments: str) -> tuple[int, str, str]:
    """Return how the command ends, and what it prints."""
    given = ["export", *arguments, "--warehouse", str(released.warehouse.root)]
    ran = CliRunner().invoke(app, given)
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        assert isinstance(ran.exception, Exception)
        code, sentence = explain(ran.exception)
        return code, "", sentence
    return ran.exit_code, ran.stdout, ran.stderr


def test_the_command_tells_programs_what_it_did(released: Pipeline, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    code, printed, _ = run(released, "--to", str(target), "--tier", "metadata", "--json")
    told = json.loads(printed)
    assert code == 0
    assert told["files"][0] == str(target)
    assert told["texts"] == {"metadata": told["rows"]["articles"]}


def test_wrong_usage_is_a_sentence(released: Pipeline, tmp_path: Path) -> None:
    code, _, said = run(released, "--to", str(tmp_path / "a.doc"))
    assert code == 2
    assert "no ending that tells" in " ".join(said.split())


def test_a_leak_is_a_failure_with_a_reason(
    released: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leak(*_: object) -> None:
        raise LeakError([("0123456789abcdef-1", "zes woorden van een tekst hier")])

    monkeypatch.setattr("knipsel.warehouse.exports.write.check_leaks", leak)
    code, _, said = run(released, "--to", str(tmp_path / "a.csv"), "--tier", "metadata")
    assert code == 1
    assert "zes woorden van een tekst hier" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("point", "delimiter"), [(",", ";"), (".", ",")])
def test_the_locale_divides_cells_for_excel(
    released: Pipeline,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
    delimiter: str,
) -> None:
    monkeypatch.setattr("locale.localeconv", lambda: {"decimal_point": point})
    target = tmp_path / "a.csv"
    run(released, "--to", str(target), "--format", "excel-csv")
    assert target.read_text(encoding="utf-8-sig").startswith(f"article_id{delimiter}document_id")
