"""Suggestions as a register: names that no register knows, for a person to look over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import tomlkit

_OTHER = re.compile(r"[^a-z0-9]+")


def identifier_of(name: str, taken: set[str]) -> str:
    """Return an identifier for a name, in ASCII, and none of those that are ``taken``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    base = _OTHER.sub("-", plain.casefold()).strip("-") or "name"
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (base, *numbered) if one not in taken)


def as_register(names: Iterable[Mapping[str, Any]]) -> str:
    """Return names as a register of entities in TOML, by kind, each with its spellings."""
    document = tomlkit.document()
    taken: set[str] = set()
    for row in names:
        identifier = identifier_of(row["name"], taken)
        taken.add(identifier)
        entity = tomlkit.inline_table()
        entity["name"] = row["name"]
        if others := [one for one in row["spellings"] if one != row["name"]]:
            entity["names"] = others
        section = document.setdefault(row["kind"], tomlkit.table())
        section[identifier] = entity
    return tomlkit.dumps(document)
