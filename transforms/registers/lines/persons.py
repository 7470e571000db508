"""The words in the names of persons and beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.registers.pages.phrases import Phrases
    from knipsel.transforms.registers.tables import LanguageTables


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Folded words of all languages together."""

    given_names: frozenset[str]
    """First names of persons; without them in a language, a name there is any name."""
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
    languages: LanguageTables, phrases: Phrases, joiners: frozenset[str]
) -> PersonWords:
    """Parse the words around names; those of ``phrases`` are no names.

    ``joiners`` are the words of other languages that join two names.
    """
    given_names, particles = languages.listed("given_names"), languages.set("name_particles")
    of_phrases = {word for line in phrases.lines for word in line.split()}
    function_words = languages.listed("function_words")
    return PersonWords(
        given_names=given_names,
        titles=languages.set("name_titles"),
        roles=languages.set("role_words"),
        groups=languages.set("group_words"),
        joiners=languages.set("name_joiners") | joiners,
        particles=particles,
        leading_particles=languages.set("leading_particles"),
        plain_words=((function_words - particles) | of_phrases) - given_names,
    )
