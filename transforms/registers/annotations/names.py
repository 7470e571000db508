"""What is known of names: entities, lists of names, and the words around them by language.

``entities/*.toml`` describe people, organisations and places, one a line below ``[person]``,
``[organisation]`` or ``[place]``; ``names/*.toml`` list names of which only the kind is known, and
the words of a language (``names/words_nl.toml``). First names are those of ``language_*.toml`` too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from knipsel.transforms.model import Entity, Kind
from knipsel.transforms.registers.checked import strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Gender = Literal["m", "f"]

ENTITIES = "entities/"
LISTS = "names/"
LANGUAGES = "language_"
_KINDS: tuple[str, ...] = get_args(Kind)
_LISTS: dict[str, Kind] = {
    "people": "person",
    "places": "place",
    "joined": "place",
    "organisations": "organisation",
}
"""A name in several lists is of the kind of the last."""
_ENTITY_KEYS = {"name", "uri", "names", "in_compounds"}
FEMININE, MASCULINE = "feminine_names", "masculine_names"
"""The lists of first names that only women, and only men have."""
_SEPARATOR = re.compile(r"\s*[,\n]\s*")


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of a language around names and in them; folded, but for those with a capital."""

    capital_nouns: bool = False
    titles: frozenset[str] = frozenset()
    title_ends: tuple[str, ...] = ()
    long_title_ends: tuple[str, ...] = ()
    """Those that show a title with a capital too: names end in short ones, as *Munster* does."""
    place_cues: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    organisation_nouns: frozenset[str] = frozenset()
    work_nouns: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    speech_before: frozenset[str] = frozenset()
    organisation_noun_ends: tuple[str, ...] = ()
    organisation_heads: frozenset[str] = frozenset()
    organisation_words: frozenset[str] = frozenset()
    organisation_ends: tuple[str, ...] = ()
    organisation_joiners: frozenset[str] = frozenset()
    place_ends: tuple[str, ...] = ()
    sure_place_ends: tuple[str, ...] = ()
    place_words: frozenset[str] = frozenset()
    place_heads: frozenset[str] = frozenset()
    department_words: frozenset[str] = frozenset()
    department_names: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    headline_words: frozenset[str] = frozenset()
    """The openers that are in no name: with a capital, they show a headline."""
    demonyms: frozenset[str] = frozenset()
    other_words: frozenset[str] = frozenset()
    sport_words: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    calendar_cues: frozenset[str] = frozenset()
    """What stands before a month or a weekday that is a time, and nobody's name."""


@dataclass(frozen=True, slots=True)
class NameRegisters:
    """All that is known of names.

    ``entities`` is who or what each spelling means; ``listed`` the kind of a name that no entity
    has, and the name by which it goes; ``others`` are names of events, works and the like.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    listed: Mapping[str, tuple[Kind, str]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    club_places: frozenset[str] = frozenset()
    country_codes: Mapping[str, str] = field(default_factory=dict)
    """How results of races write countries, and the name of each."""
    given_names: frozenset[str] = frozenset()
    given_places: frozenset[str] = frozenset()
    """Names of places that are first names as well: *Israel Katz*."""
    genders: Mapping[str, Gender] = field(default_factory=dict)
    """Whether women or men have a first name, of those that not both have; in small letters."""
    family_names: frozenset[str] = frozenset()
    words: Mapping[str, NameWords] = field(default_factory=dict)
    tails: frozenset[str] = frozenset()
    """The words without a capital, and numbers, that names of several words end with."""
    in_compounds: frozenset[str] = frozenset()
    """The ids of entities that a compound names too: *NAVO-top*."""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The spellings of each entity, by its id."""
    entity_language: str | None = None
    """The language in which a corpus wants names; without one each text has its own."""


def parse_name_registers(tables: Mapping[str, Mapping[str, Any]]) -> NameRegisters:
    """Parse the registers of names by their path; raise `ValueError` for a malformed one.

    The spelling of an entity in a later file goes before that in an earlier one: a user's own
    register comes last, and has the last word.
    """
    entities: dict[str, Entity] = {}
    for path, table in tables.items():
        if path.startswith(ENTITIES):
            entities.update(_spellings(table))
    folded = [table for path, table in tables.items() if path.startswith(LANGUAGES)]
    lists = [table for path, table in tables.items() if path.startswith(LISTS)]
    listed, others = dict(_listed(lists)), frozenset(_others(lists))
    return NameRegisters(
        entities,
        listed,
        others,
        _set(lists, "club_places"),
        dict(_codes(lists)),
        _set(lists, "given_names")
        | _set(lists, FEMININE)
        | _set(lists, MASCULINE)
        | {name.title() for table in folded for name in table.get("given_names", "").split()},
        _set(lists, "given_places"),
        dict(_genders(lists)),
        _set(lists, "family_names"),
        _words_by_language(one for one in lists if "language" in one),
        frozenset(_tails((*entities, *listed, *others))),
        frozenset(_in_compounds(tables)),
        _by_entity(entities),
        next((str(one["entity_language"]) for one in lists if one.get("entity_language")), None),
    )


def _by_entity(entities: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for spelling, entity in entities.items():
        found[entity.entity_id] = (*found.get(entity.entity_id, ()), spelling)
    return found


def _genders(lists: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Gender]]:
    lists = list(lists)
    yield from ((name.lower(), "f") for name in _set(lists, FEMININE))
    yield from ((name.lower(), "m") for name in _set(lists, MASCULINE))


def _in_compounds(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for path, table in tables.items():
        if path.startswith(ENTITIES):
            for entities in table.values():
                yield from (one for one, said in entities.items() if said.get("in_compounds"))


def _tails(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        last = name.rpartition(" ")[2]
        if not last[:1].isupper() and len(last) < len(name) and last.isalnum():
            yield last


def _words_by_language(tables: Iterable[Mapping[str, Any]]) -> dict[str, NameWords]:
    """Return the words of each language; what names are made of holds for all of them."""
    found = {str(one["language"]): _words(one) for one in tables}
    shared: dict[str, Any] = {
        key: frozenset[str]().union(*(getattr(one, key) for one in found.values()))
        for key in _SHARED
    }
    return {language: replace(one, **shared) for language, one in found.items()}


def check_entities(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a register of entities as it is; raise `ValueError` where it is malformed."""
    for _ in _spellings(table):
        pass
    return table


def as_it_is(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a register that another parser checks."""
    return table


def check_list(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a list of names as it is; raise `ValueError` where it is malformed."""
    for key, value in table.items():
        if not isinstance(value, str | bool):
            message = f"{key}: must be a string with a name a line"
            raise ValueError(message)  # noqa: TRY004 - as of every malformed register
    return table


def _spellings(table: Mapping[str, Any]) -> Iterator[tuple[str, Entity]]:
    for kind, entities in table.items():
        if kind not in _KINDS or not isinstance(entities, dict):
            message = f"{kind}: must be a table [person], [organisation] or [place]"
            raise ValueError(message)
        for entity_id, described in entities.items():
            yield from _entity(entity_id, kind, described)


def _entity(entity_id: str, kind: Any, described: object) -> Iterator[tuple[str, Entity]]:
    if not isinstance(described, dict) or set(described) - _ENTITY_KEYS:
        message = f"{entity_id}: must have a name, and may have uri, names and in_compounds"
        raise ValueError(message)
    name, uri = described.get("name"), described.get("uri")
    if not isinstance(name, str) or not name or not isinstance(uri, str | None):
        message = f"{entity_id}: its name and uri must be strings"
        raise ValueError(message)
    entity = Entity(entity_id, kind, name, uri)
    for spelling in (name, *strings(f"{entity_id}.names", described.get("names", []))):
        yield normal(spelling), entity


def normal(name: str) -> str:
    """Return a name as registers are asked for it: one apostrophe, single spaces."""
    return " ".join(name.replace("’", "'").split())


def _listed(lists: list[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[Kind, str]]]:
    for key, kind in _LISTS.items():
        for table in lists:
            for group in _names(table, key):
                first, *more = group.split("|")
                meaning = kind, first
                yield first, meaning
                for name in more:
                    yield name, meaning


def _codes(lists: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for table in lists:
        for group in _names(table, "country_codes"):
            name, *codes = group.split("|")
            yield from ((code, name) for code in codes)


def _others(lists: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for table in lists:
        for group in _names(table, "others"):
            yield from group.split("|")


def _set(tables: Iterable[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset[str]().union(*(_names(table, key) for table in tables))


def _names(table: Mapping[str, Any], key: str) -> list[str]:
    """Return the names of a list, its comments and empty lines aside."""
    text: str = table.get(key, "").replace("’", "'")
    if "#" in text:
        text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    if "," not in text:
        return text.strip("\n").split("\n") if text else []
    return [name for name in _SEPARATOR.split(text.strip()) if name]


_FOLDED = (
    *("titles", "place_cues", "place_nouns", "organisation_nouns", "speech", "speech_before"),
    *(
        "organisation_joiners",
        "department_words",
        "particles",
        "openers",
        "sport_words",
        "work_nouns",
        "calendar_cues",
    ),
)
_CAPITAL = (
    *("organisation_heads", "organisation_words", "place_words", "place_heads"),
    *("demonyms", "other_words", "months", "weekdays"),
)
_LONG_END = 6
"""Letters of an end that shows a title whatever its capital."""
_SHARED = ("organisation_words", "place_words", "other_words")
_ENDS = (
    "title_ends",
    "organisation_ends",
    "organisation_noun_ends",
    "place_ends",
    "sure_place_ends",
)


def _words(table: Mapping[str, Any]) -> NameWords:
    found: dict[str, Any] = {
        key: frozenset(table.get(key, "").replace("’", "'").split()) for key in _CAPITAL
    }
    found |= {key: frozenset(table.get(key, "").lower().split()) for key in _FOLDED}
    found |= {key: tuple(table.get(key, "").lower().split()) for key in _ENDS}
    found["long_title_ends"] = tuple(end for end in found["title_ends"] if len(end) >= _LONG_END)
    found["headline_words"] = found["openers"] - found["particles"]
    found["openers"] |= frozenset(table.get("place_lookalikes", "").lower().split())
    departments = frozenset(_names(table, "department_names"))
    return NameWords(
        capital_nouns=bool(table.get("capital_nouns")), department_names=departments, **found
    )
