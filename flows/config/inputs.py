"""What decides a run: the version of the transforms, and what of one's own it is made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knipsel.flows.config.corrections_file import read_corrections
from knipsel.flows.config.furniture_file import read_furniture
from knipsel.flows.config.register_files import NEW, effect_of, own_texts
from knipsel.flows.config.settings import Settings
from knipsel.flows.config.versions import model_version, project_digests, transform_version
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.transforms.registers.own.kinds import (
    CATALOG,
    ENDING,
    RECOGNISER,
    TOPICS,
    register_of,
)
from knipsel.transforms.registers.pages.furniture import used_lines
from knipsel.warehouse.intake.archive import hash_file
from knipsel.warehouse.intake.run_inputs import PROJECT, RunInput
from knipsel.warehouse.layout import Warehouse

_SETTINGS = (
    "annotations", "codebooks", "max_document_bytes", "max_document_seconds", "max_document_memory",
    "max_archive_bytes", "max_archive_ratio", "max_archive_members", "max_archive_depth",
    "max_member_name",
)  # fmt: skip
"""The settings by which something else may come out; all others say where and how fast."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The version at which a run reads, what decided it, and the registers to keep a copy of.

    ``copies`` are texts by their SHA-256. The catalogue and the corrections are not among them:
    they say something of documents, which may have to go one day, and it stands in ``statements``.
    """

    transform_version: str
    rows: tuple[RunInput, ...]
    copies: Mapping[str, str]


def inputs_of(warehouse: Warehouse, settings: Settings) -> Inputs:
    """Return what decides a run that begins now.

    Raises `RegisterError` where a register of one's own is malformed, or nothing reads it, or a
    key in it; and where the corrections are malformed.
    """
    own = own_texts(settings.registers)
    used = used_lines(read_furniture(warehouse.furniture_file))
    rows = (
        RunInput("register", PROJECT, _sha256("".join(sorted(project_digests().values())))),
        *(_register(path, text) for path, text in sorted(own.items())),
        *_furniture(warehouse.furniture_file, len(used)),
        *_corrections(warehouse.corrections_file),
        *bounds_inputs(warehouse, settings),
        *_set(settings, own),
    )
    kept = {path: text for path, text in own.items() if register_of(path).kind.beginning != CATALOG}
    return Inputs(
        transform_version(own, used, settings.annotating()),
        rows,
        {_sha256(text): text for text in kept.values()},
    )


def current_version(warehouse: Warehouse, settings: Settings) -> str:
    """Return the version at which documents are read now; raise as `inputs_of` does."""
    return inputs_of(warehouse, settings).transform_version


def bounds_inputs(warehouse: Warehouse, settings: Settings) -> list[RunInput]:
    """Return the bounds of one's own that decide whether a release is published, if there are."""
    own = warehouse.bounds_file if warehouse.bounds_file.exists() else settings.bounds
    if own is None or not own.exists():
        return []
    return [RunInput("bounds", own.name, hash_file(own).document_id)]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _register(path: str, text: str) -> RunInput:
    register, does = effect_of(path, text)
    kinds = {f"{TOPICS}{ENDING}": "codebook", f"{CATALOG}{ENDING}": "catalogue"}
    kind = kinds.get(register, "register")
    value = does if does == NEW else f"{does} {register}"
    return RunInput(kind, path, _sha256(text), value)


def _furniture(file: Path, used: int) -> Iterator[RunInput]:
    if file.exists():
        yield RunInput("furniture", file.name, hash_file(file).document_id, f"lines in use: {used}")


def _corrections(file: Path) -> Iterator[RunInput]:
    count = len(read_corrections(file).rows)
    if file.exists():
        yield RunInput(
            "corrections", file.name, hash_file(file).document_id, f"corrections: {count}"
        )


def _set(settings: Settings, own: Mapping[str, str]) -> Iterator[RunInput]:
    """Yield the settings that are not as they are by default, and a model with its version."""
    said = {name: getattr(settings, name) for name in _SETTINGS}
    usual = {name: Settings.model_fields[name].default for name in _SETTINGS}
    for table, owner in ((said, settings.duplicates), (usual, DuplicateSettings())):
        table |= {f"duplicates.{name}": value for name, value in asdict(owner).items()}
    for name, value in said.items():
        if value != usual[name]:
            yield RunInput("setting", name, value=json.dumps(value))
    if model := model_version(own):
        yield RunInput("setting", RECOGNISER, value=model)
