"""The register of outlets: who publishes, where, and since when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


_HOST = re.compile(
    r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})"
)
_FIRST_YEAR, _LAST_YEAR = 1400, 2100


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes; ``hosts`` come without ``www.``."""

    name: str
    also: tuple[str, ...]
    hosts: tuple[str, ...]
    country: str
    language: str
    kind: str
    founded: int | None = None
    """The first year in which something can have been published under the name, if known."""


def parse_outlets(table: dict[str, Any]) -> tuple[Outlet, ...]:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed.

    A spelling or a host that two outlets share is a mistake: it would tell neither.
    """
    rows = table.get("outlets", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("outlets: must be a list of tables")
    outlets = tuple(map(_outlet, rows))
    _check_apart("outlets.name", [(fold(s), o) for o in outlets for s in (o.name, *o.also)])
    _check_apart("outlets.hosts", [(host, o) for o in outlets for host in o.hosts])
    return outlets


def outlets_by_name(outlets: Sequence[Outlet]) -> dict[str, str]:
    """Return the outlet's name by each folded spelling of it."""
    return {fold(s): o.name for o in outlets for s in (o.name, *o.also)}


def outlets_by_host(outlets: Sequence[Outlet]) -> dict[str, str]:
    """Return the outlet's name by each of its hosts."""
    return {host: o.name for o in outlets for host in o.hosts}


def _outlet(row: dict[str, Any]) -> Outlet:
    name = _string("name", row.get("name"), None)
    return Outlet(
        name=name,
        also=_strings("also", row.get("also", []), name),
        hosts=_hosts(row.get("hosts"), name),
        country=_string("country", row.get("country"), name),
        language=_string("language", row.get("language"), name),
        kind=_string("kind", row.get("kind"), name),
        founded=_year(row.get("founded"), name),
    )


def _problem(key: str, problem: str) -> ValueError:
    return ValueError(f"outlets.{key}: {problem}")


def _string(key: str, value: object, name: str | None) -> str:
    if not isinstance(value, str) or not value:
        of = f"that of {name!r} " if name else ""
        raise _problem(key, f"{of}must be a string that is not empty")
    return value


def _strings(key: str, value: object, name: str) -> tuple[str, ...]:
    problem = f"those of {name!r} must be a list of strings"
    return tuple(strings(f"outlets.{key}", value, problem))


def _hosts(value: object, name: str) -> tuple[str, ...]:
    hosts = _strings("hosts", value, name)
    wrong = next((host for host in hosts if not _HOST.fullmatch(host)), None)
    if wrong is not None:
        raise _problem(
            "hosts", f"{wrong!r} of {name!r} must be a host in lower case without www., as nos.nl"
        )
    return hosts


def _year(value: object, name: str) -> int | None:
    if value is None:
        return None
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not _FIRST_YEAR <= value <= _LAST_YEAR
    ):
        raise _problem(
            "founded", f"that of {name!r} must be a year from {_FIRST_YEAR} to {_LAST_YEAR}"
        )
    return value


def _check_apart(key: str, found: Sequence[tuple[str, Outlet]]) -> None:
    """Raise ``ValueError`` where two outlets share a spelling or a host, or have one name."""
    first: dict[str, Outlet] = {}
    for value, outlet in found:
        other = first.setdefault(value, outlet)
        if other is not outlet:
            message = f"{key}: {value!r} is of two outlets, {other.name!r} and {outlet.name!r}"
            raise ValueError(message)
