"""The version of all that decides what a document becomes: code, registers and settings.

It has a part that decides how a document is read, and one that decides how its articles are
annotated (`knipsel.transforms.text.version`). The registers of the project count by their bytes,
those of one's own by what they say: a comment makes no other version. The catalogue is not among
them: it counts for the documents that it names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from knipsel.flows.config.register_files import PROJECT_REGISTERS, model_name
from knipsel.transforms import ANNOTATION_VERSION, TRANSFORM_VERSION
from knipsel.transforms.model import Annotating
from knipsel.transforms.registers.own.adding import check_own
from knipsel.transforms.registers.own.kinds import CATALOG, ENDING, register_of
from knipsel.transforms.registers.tables import parse_toml
from knipsel.transforms.text.version import version_of

_MODELS = ".npz"
_DIGITS = 8
"""Hex digits of a digest in a version: enough to tell a few hundred states of registers apart."""


def transform_version(
    own: Mapping[str, str], furniture: Collection[str], annotating: Annotating
) -> str:
    """Return the version that registers of one's own make, with the lines of furniture in use.

    ``own`` are texts by path, ``annotating`` what is at work. Raises `RegisterError` where
    a register is malformed, or nothing reads something in it.
    """
    project = project_digests()
    parts = {is_annotating: [digest] for is_annotating, digest in project.items()}
    for path, text in sorted(own.items()):
        table = parse_toml(path, text)
        kind = check_own(path, table).kind
        if table and kind.beginning != CATALOG:
            said = json.dumps([path, table], ensure_ascii=False, default=str)
            parts[kind.is_annotating].append(said)
    parts[False] += sorted(furniture)
    parts[True] += [
        str(model_version(own)),
        *sorted(annotating.annotators),
        *sorted(annotating.codebooks),
    ]
    return version_of(
        (TRANSFORM_VERSION, _short(parts[False])), (ANNOTATION_VERSION, _short(parts[True]))
    )


def _short(parts: Collection[str]) -> str:
    """Return the beginning of a digest."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()[:_DIGITS]


@cache
def project_digests() -> dict[bool, str]:
    """Return the SHA-256 of the project's registers: of those for annotators (true), of the others.

    The trained models among them count too.
    """
    digests = {True: hashlib.sha256(), False: hashlib.sha256()}
    files = (*PROJECT_REGISTERS.glob("*"), *PROJECT_REGISTERS.glob("*/*"))
    for file in sorted(file for file in files if file.suffix in {ENDING, _MODELS}):
        name = file.relative_to(PROJECT_REGISTERS).as_posix()
        is_annotating = name.endswith(ENDING) and register_of(name).kind.is_annotating
        digests[is_annotating].update(f"{name}\0{file.stat().st_size}\0".encode())
        digests[is_annotating].update(file.read_bytes())
    return {is_annotating: digest.hexdigest() for is_annotating, digest in digests.items()}


def model_version(own: Mapping[str, str]) -> str | None:
    """Return the pipeline of spaCy that registers name, with the versions of both, if they do."""
    name = model_name(own)
    if name is None:
        return None
    return f"{name} {_installed(name)}, spacy {_installed('spacy')}"


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of no package"
