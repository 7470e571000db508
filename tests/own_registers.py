"""Registers of one's own, as a person would write them, for the tests of what they change."""

from __future__ import annotations

from pathlib import Path

HARBOURS = """
[harbours]
name = "Harbours"
meaning = "Quays, ferries and what lies there."
nl = ["haven*"]
en = ["harbour"]
"""
READING = '[genres]\ncolumn = ["havenpraat"]\n'
"""A register that decides how documents are read."""


def write_registers(folder: Path, texts: dict[str, str]) -> Path:
    """Write registers into a folder, by their path there without its ending; return the folder."""
    for name, text in texts.items():
        file = folder / f"{name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
