"""A codebook is tried on a release: what it finds, what changes, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.config.codebooks import codebook_trial, tried_articles
from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.annotate.topics.trial import try_topics
from knipsel.transforms.model import Annotating
from knipsel.transforms.registers.annotations.topics import parse_topics
from knipsel.transforms.registers.checked import RegisterError
from tests.pipeline import Pipeline

HARBOUR = '[harbour]\nname = "Harbour"\nmeaning = "Of a harbour."\nnl = ["haven*", "kade"]\n'
NO_PEACE = '[peace_talks]\nname = "Talks"\nmeaning = "None."\nnl = ["=zwijgzaam"]\n'
WORDS = load_registers().annotations


def test_a_place_is_kept_new_or_gone() -> None:
    """In the order of the text."""
    text = of_text("De haven ligt aan de kade van de stad.", "nl", None, WORDS)
    table = {"harbour": {"name": "x", "meaning": "x", "nl": ["haven", "kade"]}}
    before = [("harbour", 3, 8), ("harbour", 33, 37)]
    found = [*try_topics(text, parse_topics(table), before)]
    assert [(text.text[one.start : one.end], one.change) for one in found] == [
        ("haven", "kept"),
        ("kade", "new"),
        ("stad", "gone"),
    ]


def run(pipeline: Pipeline, *words: str) -> str:
    """Return what ``topics try`` prints."""
    outcome = CliRunner().invoke(
        app, ["topics", "try", *words, "--warehouse", str(pipeline.warehouse.root)]
    )
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def counts(pipeline: Pipeline, *words: str) -> list[Mapping[str, Any]]:
    """Return the same as data."""
    return list(json.loads(run(pipeline, *words, "--json")))


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    """Return the file of a codebook with a topic that is new."""
    file = tmp_path / "mine.toml"
    file.write_text(HARBOUR, encoding="utf-8")
    return file


def test_what_a_codebook_would_find_is_counted(released: Pipeline, codebook: Path) -> None:
    """By month and outlet too: the groups add up to the whole; the lines are its matches."""
    (whole,) = counts(released, str(codebook))
    assert whole["topic"] == "harbour"
    assert (whole["before"], whole["lost"]) == (0, 0)
    assert whole["articles"] == whole["gained"] > 0
    groups = counts(released, str(codebook), "--by", "month,publisher")
    assert sum(group["articles"] for group in groups) == whole["articles"]
    lines = counts(released, str(codebook), "--kwic", "--changed")
    assert len(lines) == whole["matches"]
    assert {line["change"] for line in lines} == {"new"}
    assert f"{whole['matches']:,} hits." in run(released, str(codebook), "--kwic", "--limit", "1")


def test_the_codebook_in_use_changes_nothing(released: Pipeline, tmp_path: Path) -> None:
    """Tried as it is it finds what the release has, place for place."""
    file = tmp_path / "same.toml"
    file.write_text((Path("corpus/registers/topics.toml")).read_text("utf-8"), encoding="utf-8")
    trial = codebook_trial(file, None, Annotating())
    matches = [one for text in tried_articles(released.warehouse, trial) for one in text.matches]
    assert {one.change for one in matches} == {"kept"}


def test_what_takes_the_place_of_others_says_what_is_lost(
    released: Pipeline, tmp_path: Path
) -> None:
    """All topics of the project that are no longer found are named."""
    file = tmp_path / "only.toml"
    file.write_text(f"replaces = true\n{NO_PEACE}", encoding="utf-8")
    found = {one["topic"]: one for one in counts(released, str(file))}
    assert len(found) > 1
    assert all(one["lost"] == one["before"] for one in found.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[x]\nnl = "a"', "must be a list of strings"),
        ('[x]\nname = "x"\nnl = ["a"]', "meaning"),
        ("[x", "mine.toml"),
    ],
)
def test_a_malformed_codebook_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """In a sentence with its key."""
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=message):
        codebook_trial(file, None, Annotating())
