"""A warehouse remembers where its catalogue and its data are, in its ``knipsel.toml``.

The next command finds them without being told again. What is secret in an address is not kept.
"""

from __future__ import annotations

import tomlkit

from knipsel.warehouse.addresses.secrets import parted, redacted
from knipsel.warehouse.layout import SETTINGS_FILE, Warehouse


def remember_addresses(warehouse: Warehouse) -> None:
    """Write down where catalogue and data are that do not lie in the warehouse's own folder.

    What stands there stays. An address that would tell a secret without its password is not kept.
    """
    file = warehouse.root / SETTINGS_FILE
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    settings = tomlkit.parse(text)
    for name, address in _elsewhere(warehouse).items():
        if name not in settings and redacted(address) == address:
            settings[name] = address
    if (written := tomlkit.dumps(settings)) != text:
        aside = file.with_name(f".{file.name}.new")
        aside.write_text(written, encoding="utf-8")
        aside.replace(file)


def _elsewhere(warehouse: Warehouse) -> dict[str, str]:
    usual = Warehouse.at(warehouse.root)
    places = {
        "catalog": parted(warehouse.catalog)[0],
        "catalog_schema": warehouse.catalog_schema,
        "data": warehouse.data,
    }
    return {
        name: place for name, place in places.items() if place and place != getattr(usual, name)
    }
