"""The register of outlets: who publishes, where, and since when; how their names look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.registers.checked import strings
from knipsel.transforms.registers.lines.outlet_names import OutletNames, parse_outlet_names
from knipsel.transforms.registers.lines.printed_outlets import fits, readings, without_edition
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knipsel.transforms.registers.tables import LanguageTables

_HOST = re.compile(
    r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:[a-z]{2,24}|xn--[a-z0-9-]{1,59})"
)
_FIRST_YEAR, _LAST_YEAR = 1400, 2100
_PARTICLE = 3
"""Letters up to which a word in a name may be without a capital: *of*, *van*, *und*."""
_INITIALS = 2
"""Letters of a spelling that counts to the letter only: *AD* is one, *ad* is a word."""


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


@dataclass(frozen=True, slots=True)
class OutletRegister:
    """The outlets that are listed, and the words that others have in their names."""

    by_name: Mapping[str, Outlet]
    by_spelling: Mapping[str, Outlet]
    """By each spelling of a name, folded."""
    by_host: Mapping[str, Outlet]
    agencies: frozenset[str]
    """The spellings of those that are news agencies: no authors, but named as such."""
    beginnings: frozenset[str]
    """Words that the names of outlets begin with, and those of persons and places do not."""
    endings: tuple[str, ...]
    """Ends of words in the names of outlets."""
    places: Mapping[str, frozenset[str]]
    """By country, the places that stand behind the names of its outlets, folded."""
    editions: frozenset[str]
    """The words of editions."""
    names: OutletNames
    """What may stand around a name."""

    def name_in(self, printed: str) -> str:
        """Return the name in what a database prints: the listed one, or that without an edition."""
        for name, behind in readings(printed):
            outlet = self.by_spelling.get(fold(name))
            places = self.places.get(outlet.country) if outlet else None
            if outlet and all(fits(part, places, self.editions) for part in behind):
                return outlet.name
        return without_edition(printed, self.editions)

    def name_of(self, printed: str) -> str | None:
        """Return the name of the outlet that is printed so, or None where none is listed."""
        found = self.by_spelling.get(fold(printed))
        return found.name if found else None

    def has(self, printed: str) -> bool:
        """Say whether an outlet of this name is listed, to the letter where that is short."""
        folded = fold(printed)
        found = self.by_spelling.get(folded)
        return found is not None and (
            len(folded) > _INITIALS or printed in {found.name, *found.also}
        )

    def has_form(self, name: str) -> bool:
        """Say whether a name ends as those of outlets do: *Simmental Zeitung*, *Noorderkrant*.

        Persons are called so, too: *Wil Bode*.
        """
        words = name.split()
        last = fold(words[-1]) if words else ""
        is_more = len(words) > 1 or last not in self.endings
        is_title = all(word[0].isupper() or len(word) <= _PARTICLE for word in words)
        return name[:1].isupper() and is_title and is_more and last.endswith(self.endings)

    def has_own_form(self, name: str) -> bool:
        """Say whether a name has the form of an outlet's and an article: *De Kleine Krant*."""
        return name.partition(" ")[0].casefold() in self.names.articles and self.has_form(name)

    def of_host(self, host: str) -> Outlet | None:
        """Return the outlet of a host, or of the nearest domain that it is in, such as ``vrt.be``.

        ``nieuws.vrt.be`` is in it; ``nieuwsvrt.be`` and ``vrt.be.example.org`` are not.
        """
        return next((self.by_host[one] for one in _domains(host) if one in self.by_host), None)


def _domains(host: str) -> Iterator[str]:
    """Yield a host and the domains that it is in, the nearest first."""
    parts = host.strip().lower().removesuffix(".").split(".")
    return (".".join(parts[index:]) for index in range(len(parts) - 1))


def parse_outlets(table: dict[str, Any], languages: LanguageTables) -> OutletRegister:
    """Parse the register; raise ``ValueError("key: problem")`` where it is malformed.

    A spelling or a host that two outlets share is a mistake: it would tell neither.
    """
    rows = table.get("outlets", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("outlets: must be a list of tables")
    outlets = [_outlet(row) for row in rows]
    spellings = [(fold(s), o) for o in outlets for s in (o.name, *o.also)]
    return OutletRegister(
        by_name={outlet.name: outlet for outlet in outlets},
        by_spelling=_apart("outlets.name", spellings),
        by_host=_apart("outlets.hosts", [(host, o) for o in outlets for host in o.hosts]),
        agencies=frozenset(spelling for spelling, o in spellings if o.kind == "agency"),
        beginnings=languages.set("outlet_beginnings"),
        endings=languages.longest_first("outlet_endings"),
        places=_places(table.get("places", {})),
        editions=frozenset(map(fold, strings("editions", table.get("editions", [])))),
        names=parse_outlet_names(table),
    )


def _places(table: object) -> dict[str, frozenset[str]]:
    if not isinstance(table, dict):
        raise ValueError("places: must be a table of lists by country")  # noqa: TRY004 - as of every malformed register
    return {
        country: frozenset(map(fold, strings(f"places.{country}", rows)))
        for country, rows in table.items()
    }


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


def _apart(key: str, found: Sequence[tuple[str, Outlet]]) -> dict[str, Outlet]:
    """Return outlets by their spellings or hosts; raise ``ValueError`` where two share one."""
    first: dict[str, Outlet] = {}
    for value, outlet in found:
        other = first.setdefault(value, outlet)
        if other is not outlet:
            message = f"{key}: {value!r} is of two outlets, {other.name!r} and {outlet.name!r}"
            raise ValueError(message)
    return first
