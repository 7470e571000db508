"""The registers of ``corpus/registers``, read from their files once in each process."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knipsel.flows.config.furniture_file import transform_version
from knipsel.transforms.annotate.names.recogniser import NoRecogniserError, load_spacy
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.pages.line_model import LineModel, LineModels, parse_line_model
from knipsel.transforms.registers.parse import FURNITURE_FILE, parse_register, parse_registers

PROJECT_REGISTERS = Path(__file__).absolute().parents[2] / "corpus" / "registers"
"""Beside this package, in a checkout and in an installed wheel alike."""
LINE_MODEL = PROJECT_REGISTERS / "article_lines.npz"
MODEL_FILE = "recogniser.toml"
"""Names a model of spaCy's in a folder of one's own: the project has none."""
FRONT_MODEL = PROJECT_REGISTERS / "front_lines.npz"


@cache
def load_registers(
    folder: Path | None = None, furniture: Path | None = None, version: str | None = None
) -> Registers:
    """Return the project's registers, with those in a folder beside them or in their place.

    ``furniture`` is a warehouse's register of furniture, ``version`` that of the transforms
    with it: a register that was changed since is not that of the run. Raises `RegisterError`
    then, and what `parse_registers` raises where a register is malformed.
    """
    texts = register_texts(PROJECT_REGISTERS) | (register_texts(folder) if folder else {})
    if furniture is not None and furniture.exists():
        texts[FURNITURE_FILE] = furniture.read_text(encoding="utf-8")
    registers = _with_model(parse_registers(texts, load_models()), texts.get(MODEL_FILE))
    if version not in {None, transform_version(registers.pages.furniture)}:
        raise RegisterError(str(furniture), "file", "was changed during the run; run it again")
    return registers


def register_texts(folder: Path) -> dict[str, str]:
    """Return the text of each register in a folder, and in its folders, by its path there."""
    files = sorted((*folder.glob("*.toml"), *folder.glob("*/*.toml")))
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _with_model(registers: Registers, text: str | None) -> Registers:
    """Return registers with the model that a register names, if there is one."""
    if text is None:
        return registers
    try:
        recogniser = load_spacy(parse_register(_name_of_model, MODEL_FILE, text))
    except NoRecogniserError as error:
        raise RegisterError(MODEL_FILE, "spacy", str(error)) from error
    return replace(registers, annotations=replace(registers.annotations, recogniser=recogniser))


def _name_of_model(table: dict[str, Any]) -> str:
    """Return the name of a pipeline of spaCy."""
    match table:
        case {"spacy": str(name)} if name and len(table) == 1:
            return name
    message = "spacy: must be the name of a pipeline, and nothing else"
    raise ValueError(message)


@cache
def load_models() -> LineModels:
    """Return the project's line models."""
    return LineModels(_load_model(LINE_MODEL), _load_model(FRONT_MODEL))


def _load_model(file: Path) -> LineModel:
    with np.load(file, allow_pickle=False) as arrays:
        return parse_line_model(arrays)
