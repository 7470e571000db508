"""Suggested outlets as a register in TOML, for a person to look over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knipsel.transforms.registers.lines.outlet_suggestions import Suggestion, by_outlet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tomlkit.items import Table

    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.registers.lines.regions import Regions

UNKNOWN_COUNTRY, UNKNOWN_LANGUAGE = "ZZ", "und"
"""What ISO 3166 and ISO 639 leave for what is not known."""
_ASKED = (
    "Outlets that no register knows. Look over each entry, and delete what is none: a company, a\n"
    "section, a person. Then put this file into your registers as outlets_mine.toml."
)
_LONGEST_EVIDENCE = 120
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def as_outlets(found: Iterable[Suggestion], outlets: OutletRegister, regions: Regions) -> str:
    """Return suggestions as a register of outlets in TOML, each with where it was found."""
    import tomlkit

    document = tomlkit.document()
    for line in _ASKED.split("\n"):
        document.add(tomlkit.comment(line))
    entries = tomlkit.aot()
    for name, rows in by_outlet(found):
        entry = tomlkit.table()
        for row in rows:
            entry.add(tomlkit.comment(_told(row)))
        entry["name"] = name
        if also := sorted({spelling for row in rows for spelling in row.also}):
            entry["also"] = also
        hosts = sorted({host for row in rows for host in row.hosts})
        if rows[0].alias_of is None:
            entry["hosts"] = hosts
            _add_facts(entry, rows, outlets, regions)
        elif hosts:
            entry["hosts"] = hosts
        entries.append(entry)
    if entries:
        document["outlets"] = entries
    return tomlkit.dumps(document)


def _told(row: Suggestion) -> str:
    """Return what there is to see of a suggestion, in one line."""
    articles = "1 article" if row.articles == 1 else f"{row.articles} articles"
    where = f"{articles}, such as {row.example}"
    shown = " ".join(_CONTROL.sub(" ", row.evidence or "").split())
    shown = shown if len(shown) <= _LONGEST_EVIDENCE else f"{shown[: _LONGEST_EVIDENCE - 1]}…"
    by = f" by {row.method}" if row.method else ""
    spelled = f"{row.name}: " if row.alias_of else ""
    return f"{spelled}{where}{by}{f': {shown}' if shown else ''}"


def _add_facts(
    entry: Table, rows: Sequence[Suggestion], outlets: OutletRegister, regions: Regions
) -> None:
    """Add what a register must say of an outlet, as far as hosts and articles tell."""
    countries = {regions.country_of_host(host) for row in rows for host in row.hosts} - {None}
    country = countries.pop() if len(countries) == 1 else None
    entry["country"] = country or UNKNOWN_COUNTRY
    if country is None:
        entry["country"].comment("ISO 3166, of its newsroom")
    entry["language"] = rows[0].language or UNKNOWN_LANGUAGE
    entry["kind"] = "newspaper" if outlets.has_form(rows[0].name) else "website"
    entry["kind"].comment("newspaper, magazine, website, broadcaster, agency, think_tank")
