"""The words in the names of persons and beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knipsel.transforms.text.words import fold_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knipsel.transforms.registers.pages.phrases import Phrases
    from knipsel.transforms.registers.tables import LanguageTables


NAMES_FILE = "names/given_names.toml"
_FIRST = ("given_names", "feminine_names", "masculine_names")


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Folded words of all languages together."""

    given_names: frozenset[str]
    """First names of persons; without them in a language, a name there is any name."""
    listed_first: frozenset[str]
    listed_last: frozenset[str]
    """First and last names of persons in lists of many countries: words are among them, too, so
    that they are a sign of a person and no proof."""
    titles: frozenset[str]
    """What stands before a name and is no part of it: *Dr*, *mevrouw*."""
    roles: frozenset[str]
    """Words that tell what somebody does: a name ends before them."""
    groups: frozenset[str]
    """The words for roles that a group of people has as its name: *The Harbour Team*."""
    joiners: frozenset[str]
    particles: frozenset[str]
    leading_particles: frozenset[str]
    """The particles that are so before another only: *in 't Veld*, but a name *in* a section."""
    plain_words: frozenset[str]
    """The words of phrases and of running text that are no first names: of buttons, of titles."""


def parse_person_words(
    languages: LanguageTables,
    phrases: Phrases,
    joiners: frozenset[str],
    names: Mapping[str, Any],
) -> PersonWords:
    """Parse the words around names; those of ``phrases`` are no names.

    ``joiners`` are the words of other languages that join two names, ``names`` the lists of first
    and last names.
    """
    given_names, particles = languages.listed("given_names"), languages.set("name_particles")
    of_phrases = {word for line in phrases.lines for word in line.split()}
    function_words = languages.listed("function_words")
    return PersonWords(
        given_names=given_names,
        listed_first=given_names.union(*(_listed(names, key) for key in _FIRST)),
        listed_last=_listed(names, "family_names"),
        titles=languages.set("name_titles"),
        roles=languages.set("role_words"),
        groups=languages.set("group_words"),
        joiners=languages.set("name_joiners") | joiners,
        particles=particles,
        leading_particles=languages.set("leading_particles"),
        plain_words=((function_words - particles) | of_phrases) - given_names,
    )


def _listed(names: Mapping[str, Any], key: str) -> frozenset[str]:
    """Return the names of a list, one a line, folded."""
    return frozenset(fold_lines(str(names.get(key, "")).split("\n"))) - {""}
