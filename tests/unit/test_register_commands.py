"""The commands that show what the registers know."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app

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
