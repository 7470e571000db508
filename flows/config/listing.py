"""Which registers count: those of one's own, and on request those of the project."""

from __future__ import annotations

from pathlib import Path

from knipsel.flows.config.register_files import (
    effect_of,
    load_registers,
    own_texts,
    project_names,
)
from knipsel.warehouse.queries.queries import Answer

COLUMNS = ["register", "does", "file"]


def listed_registers(folder: Path | None, *, every: bool = False) -> Answer:
    """Return a row for each file of one's own, with ``every`` one for each of the project too.

    ``does`` is what a file does to a register of the project (see `effect_of`). Raises
    `RegisterError` where one of them is malformed.
    """
    load_registers(folder)
    rows = [(*effect_of(path, text), path) for path, text in own_texts(folder).items()]
    if every:
        rows += [(name, "is the project's", name) for name in project_names()]
    return Answer(COLUMNS, sorted(rows))
