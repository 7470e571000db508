"""Outlets that no register knows: listed, and known once they are in one."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.cli.registers.outlet_entries import as_outlets
from knipsel.flows.config.register_files import PROJECT_REGISTERS, load_registers
from knipsel.flows.config.settings import Settings
from knipsel.transforms.registers.lines.outlet_suggestions import Suggestion
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from knipsel.warehouse.queries.suggestions.unregistered import unregistered_outlets
from tests.pipeline import Pipeline, write_files
from tests.texts import article

RUNNER = CliRunner()


def signed(number: int, outlet: str) -> str:
    """Return an article that an author, an outlet and a day sign."""
    return f"{article(number)}\n\nAnna de Boer, {outlet}, {number + 1} maart 2023\n"


def suggested(pipeline: Pipeline) -> list[Suggestion]:
    """Return the outlets that are suggested."""
    registers = load_registers(pipeline.settings.registers)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return unregistered_outlets(connection, registers.lines.outlets, 1, 10)


def publishers(pipeline: Pipeline) -> list[str]:
    """Return the outlets of the articles in the lake."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        rows = ask(connection, "SELECT publisher FROM articles ORDER BY publisher").rows
    return [publisher for (publisher,) in rows]


@pytest.fixture
def filled(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a warehouse with articles of two outlets, one of them under two names."""
    outlets = ["De Kleine Krant", "De Kleine Krant", "Kleine Krant", "Het Noorderblad"]
    texts = {f"{number}.txt": signed(number, outlet) for number, outlet in enumerate(outlets)}
    write_files(tmp_path / "inbox", texts)
    pipeline.ingest(tmp_path / "inbox")
    return pipeline


def test_from_a_suggestion_to_a_register(filled: Pipeline, tmp_path: Path) -> None:
    """What a person takes over is known from then on, under one name, and asked no more."""
    found = suggested(filled)
    assert [(one.name, one.articles) for one in found] == [
        ("De Kleine Krant", 3),
        ("Het Noorderblad", 1),
    ]
    assert found[0].method == "signature"
    registers = load_registers()
    text = as_outlets(found[:1], registers.lines.outlets, registers.regions)
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "outlets_mine.toml").write_text(text, encoding="utf-8")
    filled.settings = Settings(registers=tmp_path / "registers")
    assert [one.name for one in suggested(filled)] == ["Het Noorderblad"]
    filled.reprocess()
    assert publishers(filled) == ["De Kleine Krant"] * 3 + ["Het Noorderblad"]


def test_the_command_lists_prints_and_writes(filled: Pipeline, tmp_path: Path) -> None:
    """In each form; a file that exists and the project's registers stay as they are."""
    command = ["registers", "suggest", "--warehouse", str(filled.warehouse.root)]
    rows = json.loads(RUNNER.invoke(app, [*command, "outlets", "--json"]).stdout)
    assert [(row["kind"], row["name"], row["articles"]) for row in rows] == [
        ("outlet", "De Kleine Krant", 3),
        ("outlet", "Het Noorderblad", 1),
    ]
    assert rows[0]["spellings"] == ["De Kleine Krant", "Kleine Krant"]
    assert rows[0]["evidence"] == "De Kleine Krant"
    both = json.loads(RUNNER.invoke(app, [*command, "--json"]).stdout)
    assert [row["name"] for row in both if row["kind"] == "outlet"] == [row["name"] for row in rows]
    assert "Het Noorderblad" in RUNNER.invoke(app, command).stdout
    printed = RUNNER.invoke(app, [*command, "outlets", "--toml"]).stdout
    file = tmp_path / "outlets_mine.toml"
    assert RUNNER.invoke(app, [*command, "--to", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == printed
    assert [one["name"] for one in tomllib.loads(printed)["outlets"]] == [
        "De Kleine Krant",
        "Het Noorderblad",
    ]
    for refused in (file, PROJECT_REGISTERS / "outlets_mine.toml"):
        assert RUNNER.invoke(app, [*command, "--to", str(refused)]).exit_code == 2
    assert not (PROJECT_REGISTERS / "outlets_mine.toml").exists()
