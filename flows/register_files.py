"""The registers of ``corpus/registers``, read from their files once in each process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from transforms.line_model import LineModel, parse_line_model
from transforms.registers import Registers, parse_registers

PROJECT_REGISTERS = Path(__file__).resolve().parent.parent / "corpus" / "registers"
"""Beside this package, in a checkout and in an installed wheel alike."""
LINE_MODEL = PROJECT_REGISTERS / "article_lines.npz"


@cache
def load_registers(folder: Path | None = None) -> Registers:
    """Return the registers in a folder, the project's own where none is named.

    Raises what `parse_registers` raises where a register is malformed.
    """
    return parse_registers(register_texts(folder or PROJECT_REGISTERS), load_line_model())


def register_texts(folder: Path) -> dict[str, str]:
    """Return the text of each register in a folder by its file's name."""
    files = sorted(folder.glob("*.toml"))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


@cache
def load_line_model() -> LineModel:
    """Return the project's line model."""
    with np.load(LINE_MODEL, allow_pickle=False) as arrays:
        return parse_line_model(arrays)
