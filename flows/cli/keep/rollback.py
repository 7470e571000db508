"""The command ``rollback``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knipsel.flows.cli.options import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    VersionArgument,
    WarehouseOption,
    opened,
)
from knipsel.flows.cli.print.tables import print_facts, print_json


def rollback(
    version: VersionArgument,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Go back to a release: readers take it at once, and the lake holds what it holds."""
    from knipsel.flows.keep.rollback import roll_back

    release = roll_back(opened(warehouse).place, version)
    if as_json:
        print_json(asdict(release))
        return
    facts: list[tuple[str, Any]] = [
        ("latest release", release.version),
        ("articles", release.articles),
        ("note", "Files that came later are read again when they are next seen."),
    ]
    print_facts(facts)
