"""The commands that show what the registers know."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from tests.own_registers import write_registers

RUNNER = CliRunner()
OWN = """
[rivers]
name = "Rivers"
meaning = "Dikes, floods, the height of water."
iptc = "medtop:20000430"
nl = ["dijk*"]
en = ["dike", "levee"]
"""


def topics(*options: str) -> str:
    """Return what the command prints."""
    result = RUNNER.invoke(app, ["registers", "topics", *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_topics_of_the_project_and_of_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are listed by name, in each form; those of users like the others."""
    known = {one["topic"] for one in json.loads(topics("--json"))}
    assert {"ceasefire", "mediation", "territory"} <= known
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "rivers.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("KNIPSEL_REGISTERS", str(tmp_path))
    listed = json.loads(topics("--json"))
    assert [one["topic"] for one in listed] == sorted({*known, "rivers"})
    (rivers,) = (one for one in listed if one["topic"] == "rivers")
    assert rivers == {
        "topic": "rivers",
        "name": "Rivers",
        "meaning": "Dikes, floods, the height of water.",
        "iptc": "medtop:20000430",
        "languages": ["en", "nl"],
    }
    rows = list(csv.DictReader(StringIO(topics("--csv"))))
    assert {**rivers, "languages": '["en", "nl"]'} in rows
    assert "[en, nl]" in topics()


def test_registers_that_count(tmp_path: Path) -> None:
    """Those of a warehouse, with what each does; with `--all` the project's too."""
    folder = tmp_path / "w" / "registers"
    write_registers(folder, {"topics/rivers": OWN, "genres": "replaces = true", "names/own": ""})
    command = ["registers", "list", "--warehouse", str(tmp_path / "w")]
    rows = json.loads(RUNNER.invoke(app, [*command, "--json"]).stdout)
    assert [(row["register"], row["does"], row["file"]) for row in rows] == [
        ("genres.toml", "replaces", "genres.toml"),
        ("names/own.toml", "is new", "names/own.toml"),
        ("topics.toml", "adds to", "topics/rivers.toml"),
    ]
    every = list(csv.DictReader(StringIO(RUNNER.invoke(app, [*command, "--all", "--csv"]).stdout)))
    assert {"register": "mail.toml", "does": "is the project's", "file": "mail.toml"} in every
    assert RUNNER.invoke(app, command).stdout.startswith(f"Registers of your own in {folder}:")
    nowhere = ["registers", "list", "--warehouse", str(tmp_path / "none")]
    assert "none; docs/registers.md" in RUNNER.invoke(app, nowhere).stdout
