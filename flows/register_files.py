"""The registers of ``corpus/registers``, read from their files once in each process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transforms.registers import Registers, parse_registers

PROJECT_REGISTERS = Path(__file__).resolve().parent.parent / "corpus" / "registers"
"""Beside this package, in a checkout and in an installed wheel alike."""


@cache
def load_registers(folder: Path | None = None) -> Registers:
    """Return the registers in a folder, the project's own where none is named.

    Raises what `parse_registers` raises where a register is malformed.
    """
    files = sorted((folder or PROJECT_REGISTERS).glob("*.toml"))
    return parse_registers({file.name: file.read_text(encoding="utf-8") for file in files})
