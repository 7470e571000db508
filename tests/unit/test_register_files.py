"""Registers: the project's, and those that people put beside them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from knipsel.flows.config.register_files import load_registers, own_texts
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.curated import read_catalog
from knipsel.transforms.annotate.annotate import annotate
from knipsel.transforms.annotate.prepare import of_text
from knipsel.transforms.model import PROJECT_CODEBOOKS, Annotating
from knipsel.transforms.registers.checked import RegisterError

TOPIC = '[tides]\nname = "Tides"\nmeaning = "Ebb and flood."\nnl = ["springtij"]\n'


def test_a_codebook_of_the_project_is_used_where_it_is_asked_for() -> None:
    """By default none is; the topics of one's own are there in any case."""
    own = {"topics/mine.toml": '[harbour]\nname = "Harbour"\nmeaning = "x"\nnl = ["haven"]'}
    names = {
        codebooks: {
            one.topic
            for one in load_registers(
                annotating=Annotating(codebooks=codebooks), instead=own
            ).annotations.topics.meanings
        }
        for codebooks in ((), PROJECT_CODEBOOKS)
    }
    assert names[()] == {"harbour"}
    assert names[PROJECT_CODEBOOKS] > {"harbour", "ceasefire"}
    assert Settings.model_fields["codebooks"].default == ()


def test_a_folder_adds_and_replaces(tmp_path: Path) -> None:
    """What it holds comes beside the project's registers."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "mine.toml").write_text(TOPIC, encoding="utf-8")
    (tmp_path / "catalog.toml").write_text("", encoding="utf-8")
    assert set(own_texts(tmp_path)) == {"topics/mine.toml", "catalog.toml"}
    own, project = load_registers(tmp_path), load_registers()
    added = {one.topic for one in own.annotations.topics.meanings} - {
        one.topic for one in project.annotations.topics.meanings
    }
    assert added == {"tides"}
    assert (own.catalog, own.lines.outlets) == ((), project.lines.outlets)
    assert read_catalog(tmp_path) == read_catalog(None) == ()


def test_a_model_is_asked_where_a_register_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is loaded by its name, and what it finds is among the mentions."""

    def load(name: str) -> object:
        found = SimpleNamespace(start_char=3, end_char=9, label_="ORG", name=name)
        return lambda text: SimpleNamespace(ents=[found] if len(text) > len("De zwalpe") else [])

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    (tmp_path / "recogniser.toml").write_text('spacy = "made_up"', encoding="utf-8")
    registers = load_registers(tmp_path).annotations
    text = of_text("De zwalpe dobberde op het water.", "nl", None, registers)
    (found,) = annotate(text, registers).mentions
    assert (found.char_start, found.char_end, found.kind, found.method) == (
        *(3, 9),
        *("organisation", "model"),
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('spacy = "nowhere"', "Install spacy and its pipeline nowhere"),
        ("spacy = 3", "must be a string"),
        ('spacy = "a"\nother = 1', "nothing reads it"),
    ],
)
def test_a_model_that_cannot_be_had(tmp_path: Path, content: str, problem: str) -> None:
    """The sentence names the file and says what to do."""
    (tmp_path / "recogniser.toml").write_text(content, encoding="utf-8")
    with pytest.raises(RegisterError, match=rf"recogniser.*: (spacy|other): .*{problem}"):
        load_registers(tmp_path)
