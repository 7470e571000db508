"""The registers of ``corpus/registers`` and those of one's own, read from their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from knipsel.transforms.annotate.names.recogniser import NoRecogniserError, load_spacy
from knipsel.transforms.model import Annotating
from knipsel.transforms.registers.annotations.topics import CODEBOOK_FILES
from knipsel.transforms.registers.checked import RegisterError
from knipsel.transforms.registers.files.letters import Letters, parse_letters
from knipsel.transforms.registers.model import Registers
from knipsel.transforms.registers.own.kinds import RECOGNISER, register_of
from knipsel.transforms.registers.own.shapes import REPLACES
from knipsel.transforms.registers.pages.line_model import LineModel, parse_line_model
from knipsel.transforms.registers.parse import FURNITURE_FILE, Models, parse_registers
from knipsel.transforms.registers.tables import parse_toml

NEW = "is new"
"""What a register of one's own does of which the project has none."""
PROJECT_REGISTERS = Path(__file__).absolute().parents[2] / "corpus" / "registers"
"""Beside this package, in a checkout and in an installed wheel alike."""
LINE_MODEL = PROJECT_REGISTERS / "article_lines.npz"
FRONT_MODEL = PROJECT_REGISTERS / "front_lines.npz"
LETTERS = PROJECT_REGISTERS / "letters.npz"
EVERYTHING = Annotating()
"""All annotators, with all that the project has."""


def load_registers(
    folder: Path | None = None,
    furniture: Path | None = None,
    annotating: Annotating = EVERYTHING,
    instead: Mapping[str, str] | None = None,
) -> Registers:
    """Return the project's registers, with those in a folder added to them.

    ``furniture`` is a warehouse's register of furniture; only the annotators of ``annotating`` will
    be at work, and its codebooks of the project be used.
    ``instead`` of the folder its files may be given, as texts by their paths in it. Raises what
    `own_texts` and `parse_registers` raise. They are parsed once in each process, as long as no
    file changes.
    """
    lines = read_text(furniture) if furniture is not None and furniture.exists() else None
    own = own_texts(folder) if instead is None else instead
    return _parsed(tuple(own.items()), lines, annotating)


@lru_cache(maxsize=4)
def _parsed(
    own: tuple[tuple[str, str], ...], furniture: str | None, annotating: Annotating
) -> Registers:
    texts = dict(_project_texts())
    for codebook, file in CODEBOOK_FILES.items():
        if codebook not in annotating.codebooks:
            texts[file] = ""
    if furniture is not None:
        texts[FURNITURE_FILE] = furniture
    registers = _with_model(parse_registers(texts, load_models(), dict(own)), dict(own))
    known = replace(registers.annotations, annotators=frozenset(annotating.annotators))
    return replace(registers, annotations=known)


@cache
def _project_texts() -> tuple[tuple[str, str], ...]:
    return tuple(register_texts(PROJECT_REGISTERS).items())


def project_names() -> tuple[str, ...]:
    """Return the names of the project's registers."""
    return tuple(name for name, _ in _project_texts())


def effect_of(path: str, text: str) -> tuple[str, str]:
    """Return the register that a file of one's own is of, and what it does to it.

    It ``adds to`` one of the project or ``replaces`` it, or ``is new``.
    """
    names = project_names()
    register = register_of(path, names).file_name
    if parse_toml(path, text).get(REPLACES):
        return register, "replaces"
    return register, "adds to" if register in names else NEW


def register_texts(folder: Path) -> dict[str, str]:
    """Return the text of each register in a folder, and in its folders, by its path there."""
    files = sorted((*folder.glob("*.toml"), *folder.glob("*/*.toml")))
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def own_texts(folder: Path | None) -> dict[str, str]:
    """Return the text of each register in a folder of one's own, however deep, by its path there.

    Hidden files are passed over: editors keep their copies so. Raises `RegisterError` where
    there is no such folder, or a file is no UTF-8.
    """
    if folder is None:
        return {}
    if not folder.is_dir():
        raise RegisterError(str(folder), "registers", "there is no such folder")
    found = {file.relative_to(folder): file for file in sorted(folder.rglob("*.toml"))}
    return {
        path.as_posix(): read_text(file)
        for path, file in found.items()
        if not any(part.startswith(".") for part in path.parts)
    }


def read_text(file: Path) -> str:
    """Return the text of a register; raise `RegisterError` where it is no UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterError(str(file), "file", f"is no UTF-8: {error}") from error


def _with_model(registers: Registers, own: Mapping[str, str]) -> Registers:
    """Return registers with the model that one of one's own names, if there is one."""
    name = model_name(own)
    if name is None:
        return registers
    try:
        recogniser = load_spacy(name)
    except NoRecogniserError as error:
        raise RegisterError(RECOGNISER, "spacy", str(error)) from error
    return replace(registers, annotations=replace(registers.annotations, recogniser=recogniser))


def model_name(own: Mapping[str, str]) -> str | None:
    """Return the pipeline of spaCy that registers of one's own name, None where they name none."""
    for path, text in own.items():
        if register_of(path).kind.beginning == RECOGNISER:
            return str(parse_toml(path, text).get("spacy"))
    return None


@cache
def load_models() -> Models:
    """Return the project's line models, and the letters of languages."""
    return Models(_load_model(LINE_MODEL), _load_model(FRONT_MODEL), _load_letters())


def _load_letters() -> Letters:
    with np.load(LETTERS, allow_pickle=False) as arrays:
        return parse_letters(arrays)


def _load_model(file: Path) -> LineModel:
    with np.load(file, allow_pickle=False) as arrays:
        return parse_line_model(arrays)
