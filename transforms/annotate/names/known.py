"""What the registers say of a name as printed: with a genitive, in capitals, in a compound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from knipsel.transforms.model import Entity, Kind
    from knipsel.transforms.registers.annotations.names import NameRegisters

OTHER: Literal["other"] = "other"
"""The name of something that is no person, organisation or place."""

DIRECTIONS = (
    *("Noord-", "Zuid-", "Oost-", "West-", "Midden-", "Centraal-", "Nieuw-", "Groot-"),
    *("Noordoost-", "Noordwest-", "Zuidoost-", "Zuidwest-", "Sint-", "Saint-"),
    *("Nord-", "Süd-", "Ost-", "Nordost-", "Nordwest-", "Südost-", "Südwest-", "Mittel-"),
)
"""What stands before a hyphen in the name of a part of a country or a town."""
_GENITIVES = ("'s", "s", "'")
_SHORTEST_STEM = 4
"""Letters that a name has at least before the -s of a genitive: *Mars* is nobody's *Mar*."""
_SHORTEST_SHOUTED = 4
"""Letters that a word in capitals has at least to be another word in capitals, not an acronym."""


class Known(NamedTuple):
    """What a name is: its kind, the name by which it goes, its entity, and its length as printed.

    ``cut`` is how many characters of the printed text are not the name's: the end of a genitive,
    or the second part of a compound.
    """

    kind: Kind | Literal["other"]
    name: str
    entity: Entity | None = None
    cut: int = 0


def look_up(name: str, registers: NameRegisters) -> Known | None:
    """Return what the registers say of a name, None where they do not know it.

    ``name`` has straight apostrophes and single spaces.
    """
    return (
        _exact(name, registers)
        or _genitive(name, registers)
        or _shouted(name, registers)
        or _part_of_place(name, registers)
    )


def _exact(name: str, registers: NameRegisters) -> Known | None:
    if entity := registers.entities.get(name):
        return Known(entity.kind, entity.name, entity)
    if name in registers.others:
        return Known(OTHER, name)
    if listed := registers.listed.get(name):
        return Known(*listed)
    return None


def _genitive(name: str, registers: NameRegisters) -> Known | None:
    for ending in _GENITIVES:
        if name.endswith(ending):
            stem = name[: -len(ending)]
            if len(stem) < _SHORTEST_STEM and ending == "s":
                return None
            if found := _exact(stem, registers):
                return found._replace(cut=len(ending) if ending == "'s" else 0)
    return None


def _shouted(name: str, registers: NameRegisters) -> Known | None:
    if not name.isupper() or len(name) < _SHORTEST_SHOUTED:
        return None
    return _exact(name.title(), registers)


def _part_of_place(name: str, registers: NameRegisters) -> Known | None:
    """Return *Zuid-Polen* as a place, where Polen is one."""
    if not name.startswith(DIRECTIONS):
        return None
    whole = _exact(name.partition("-")[2], registers)
    return Known("place", name) if whole and whole.kind == "place" else None


def in_compound(word: str, registers: NameRegisters) -> Known | None:
    """Return the entity that a compound begins with, where its register wants it: *NAVO-top*."""
    first, hyphen, rest = word.partition("-")
    entity = registers.entities.get(first) if hyphen and rest else None
    if entity and entity.entity_id in registers.in_compounds:
        return Known(entity.kind, entity.name, entity, len(word) - len(first))
    return None
