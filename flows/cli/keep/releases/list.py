"""The list of releases."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from knipsel.flows.cli.options import opened
from knipsel.flows.cli.print.tables import print_json, print_table


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
        columns = ["label", "created_at", "articles", "documents", "code_version"]
        columns += ["contract_version", "is_latest", *(["pinned"] if pins else [])]
        print_table(columns, [[row[name] for name in columns] for row in rows])
