"""Registers: the project's, and those that people put beside them."""

from __future__ import annotations

from pathlib import Path

from flows.curated import read_catalog
from flows.register_files import load_registers, register_texts

TOPIC = '[tides]\nname = "Tides"\nmeaning = "Ebb and flood."\nnl = ["springtij"]\n'


def test_a_folder_adds_and_replaces(tmp_path: Path) -> None:
    """What it holds comes beside the project's registers, or in place of its namesake."""
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "mine.toml").write_text(TOPIC, encoding="utf-8")
    (tmp_path / "catalog.toml").write_text("", encoding="utf-8")
    assert set(register_texts(tmp_path)) == {"topics/mine.toml", "catalog.toml"}
    own, project = load_registers(tmp_path), load_registers()
    added = {one.topic for one in own.annotations.topics.meanings} - {
        one.topic for one in project.annotations.topics.meanings
    }
    assert added == {"tides"}
    assert (own.catalog, own.outlets) == ((), project.outlets)
    assert read_catalog(tmp_path) == ()
    (tmp_path / "catalog.toml").unlink()
    assert read_catalog(tmp_path) == read_catalog(None)
