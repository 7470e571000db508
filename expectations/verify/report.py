"""The report of a verification, kept in the warehouse under its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from knipsel.expectations.verify.verify import Check
from knipsel.warehouse.contract.versions import CONTRACT_VERSION
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.release.versions import as_json, write_aside


def keep_report(warehouse: Warehouse, checks: Sequence[Check], checked_at: datetime) -> Path:
    """Write what was checked and what is wrong into the folder ``verified``; return the file."""
    file = warehouse.verified / f"{checked_at:%Y-%m-%dT%H-%M-%SZ}.json"
    file.parent.mkdir(exist_ok=True)
    report = {
        "checked_at": checked_at.isoformat(timespec="seconds"),
        "success": all(check.success for check in checks),
        "code_version": version("knipsel"),
        "contract_version": CONTRACT_VERSION,
        "checks": [asdict(check) | {"success": check.success} for check in checks],
    }
    write_aside(file, as_json(report))
    return file
