"""The command ``releases``."""

from __future__ import annotations

from dataclasses import asdict

from knipsel.flows.cli.options import DEFAULT_WAREHOUSE, JsonOption, WarehouseOption, opened
from knipsel.flows.cli.print.tables import print_json, print_table


def releases(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """List the releases, oldest first; readers take the one that is marked as latest."""
    from knipsel.warehouse.release.versions import current_release

    house = opened(warehouse)
    known = house.releases()
    latest = current_release(house.place, known)
    rows = [
        asdict(release) | {"label": release.label, "is_latest": release == latest}
        for release in known
    ]
    if as_json:
        print_json(rows)
    else:
        columns = ["label", "created_at", "articles", "documents", "code_version"]
        columns += ["contract_version", "is_latest"]
        print_table(columns, [[row[name] for name in columns] for row in rows])
