"""The list of releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knipsel.flows.cli.options import opened
from knipsel.flows.cli.print.tables import print_json, print_table
from knipsel.warehouse.release.pages.render import moment


def list_releases(warehouse: Path, *, as_json: bool) -> None:
    """Print the releases, oldest first, with what tells them apart."""
    from knipsel.warehouse.release.keeping.pins import read_pins
    from knipsel.warehouse.release.versions import current_release

    house = opened(warehouse)
    known = house.releases()
    latest, pins = current_release(house.place, known), read_pins(house.place)
    rows = [
        asdict(release)
        | {"label": release.label, "is_latest": release == latest}
        | {"pinned": pins[release.version].reason if release.version in pins else None}
        for release in known
    ]
    if as_json:
        print_json(rows)
    else:
        columns = ["release", "published", "articles", "documents", "knipsel", "contract", ""]
        columns += ["pinned"] if pins else []
        print_table(columns, [_shown(row)[: len(columns)] for row in rows])


def _shown(row: Mapping[str, Any]) -> list[object]:
    """Return a release as people read it."""
    return [
        row["label"],
        moment(row["created_at"]),
        f"{row['articles']:,}",
        f"{row['documents']:,}",
        row["code_version"],
        row["contract_version"],
        "latest" if row["is_latest"] else "",
        row["pinned"],
    ]
