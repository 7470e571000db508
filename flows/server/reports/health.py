"""The file of health: how the last run of each flow ended, and when one last went well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from knipsel.flows.server.reports.report import Report
from knipsel.warehouse.layout import Warehouse

FILE = "health.json"


def health_file(warehouse: Warehouse) -> Path:
    """Return where a warehouse has its file of health."""
    return warehouse.root / FILE


def read_health(warehouse: Warehouse) -> dict[str, Any]:
    """Return what the file of health says; nothing where there is none, or it is damaged."""
    try:
        said = json.loads(health_file(warehouse).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def write_whole(file: Path, text: str) -> None:
    """Write a text file so that readers see the old one or the new one, never a half."""
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def note_health(warehouse: Warehouse, report: Report) -> dict[str, Any]:
    """Note how a run ended; return what the file says then.

    ``last_success_at`` is when an ingest last ended well, as `knipsel status` has it.
    """
    said = read_health(warehouse)
    flows = {**said.get("flows", {}), report.flow: report.facts()}
    last = said.get("last_success_at")
    if report.is_success and report.flow == "ingest":
        last = report.ended_at.isoformat()
    health = {"last_success_at": last, "flows": dict(sorted(flows.items()))}
    write_whole(health_file(warehouse), f"{json.dumps(health, indent=2)}\n")
    return health
