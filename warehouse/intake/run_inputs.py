"""What decided a run: rows of ``run_inputs``, and copies of the registers of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from knipsel.warehouse.contract import BY_NAME
from knipsel.warehouse.contract.arrow import arrow_schema, mappings_to_table

PROJECT = "project"
"""The name of the project's registers as a whole."""


@dataclass(frozen=True, slots=True)
class RunInput:
    """A row of ``run_inputs``, but for its run."""

    kind: str
    name: str
    sha256: str | None = None
    value: str | None = None


def inputs_table(run_id: str, inputs: Iterable[RunInput]) -> pa.Table:
    """Return the rows of ``run_inputs`` for a run."""
    rows = [{"run_id": run_id, **asdict(one)} for one in inputs]
    return mappings_to_table(arrow_schema(BY_NAME["run_inputs"]), rows)


def copy_of(folder: Path, sha256: str) -> Path:
    """Return where a folder of copies has the register with a SHA-256."""
    return folder / f"{sha256}.toml"


def keep_copies(texts: Mapping[str, str], folder: Path) -> None:
    """Keep registers, by the SHA-256 of each, for the releases that come of them."""
    for sha256, text in texts.items():
        file = copy_of(folder, sha256)
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_name(f".{file.name}.new")
            draft.write_text(text, encoding="utf-8", newline="\n")
            draft.replace(file)
