"""Names of authors as they are counted: without titles, roles and what the layout repeats."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import Name, names_from
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knipsel.transforms.registers.lines.persons import PersonWords
    from knipsel.transforms.registers.lines.words import LineWords

_LONGEST_LETTERS = 6
"""Letters of a degree behind a name: CFP, MBA; a name in capitals alone has more, or two words."""
_NUMERAL = frozenset("IVX")
_FULL = 2
"""Words of a name that is full without what stands behind it."""
AROUND = " ,;|•·–—-/:>*"
"""Signs that stand around a name or a stretch of a line and are not of it."""
_PAIR = 2
_COMMA = 2
"""Characters between two names that only a comma parts."""


def goes_on(rest: str, words: LineWords) -> bool:
    """Say whether a sentence goes on behind a name that tells of no author: *Jan Boer won*."""
    word = rest.strip(AROUND).partition(" ")[0].rstrip(",.;")
    persons, bylines = words.persons, words.bylines
    known = (
        persons.roles,
        persons.groups,
        persons.particles,
        persons.joiners,
        words.authors.behind,
    )
    all_known = (*known, bylines.words, bylines.biography_verbs)
    return word.islower() and word.isalpha() and not any(word in listed for listed in all_known)


def all_listed(text: str, names: tuple[Name, ...], words: LineWords) -> tuple[Name, ...]:
    """Return the names with those that follow in a list.

    Between commas only they must be persons; a word that joins the last shows that all are.
    """
    listed = tuple(names_from(text, names[0].start, words))
    if listed[: len(names)] != names:
        return names
    between = [text[one.end : two.start] for one, two in pairwise(listed)]
    # A word joins the last to the others; what ends in a full stop before it is none of them.
    is_list = bool(between) and bool(between[-1].strip(" ,")) and ". " not in listed[-1].text
    return tuple(
        one
        for number, one in enumerate(listed)
        if number < len(names)
        or (" " in one.text and (is_list or is_person(one.text, words.persons)))
    )


def tidy_names(names: Iterable[Name], persons: PersonWords) -> tuple[Name, ...]:
    """Return the names of a byline without roles, degrees and repeats, each once.

    A name ends before a word for a role; what begins with one is none, nor is a degree behind
    a name. Where nothing is left the names stay as they are: *The Harbour Team* is one.
    """
    before = tuple(names)
    kept: dict[str, Name] = {}
    is_loose = _is_comma_pair(before, persons)
    for name in before:
        bare = _bare(name, persons)
        is_author = not kept or _can_follow(bare, kept, persons, is_loose=is_loose)
        if bare.text and is_author:
            kept.setdefault(fold(bare.text), bare)
        is_loose = is_loose or len(bare.text) < len(name.text)
    return tuple(kept.values()) or before


def _is_comma_pair(names: tuple[Name, ...], persons: PersonWords) -> bool:
    """Say whether a person's name and a comma stand before the only other: often an outlet."""
    if len(names) != _PAIR or names[1].start - names[0].end > _COMMA:
        return False
    return is_person(names[0].text, persons)


def _can_follow(
    name: Name, kept: Mapping[str, Name], persons: PersonWords, *, is_loose: bool
) -> bool:
    """Say whether a name can be that of another author, and is no degree, role, place or outlet.

    Behind a full name one word alone is none. Where anything can stand, behind a role, only what
    begins with a first name counts.
    """
    if " " not in name.text and any(" " in one for one in kept):
        return False
    return is_person(name.text, persons) if is_loose else not _is_degree(name.text)


def _bare(name: Name, persons: PersonWords) -> Name:
    """Return a name without its role, unless that makes it the name of a group: *Harbour Team*."""
    bare = _without_role(name, persons)
    last = fold(name.text.rsplit(" ", 1)[-1])
    if bare.text and last in persons.groups and not is_person(bare.text, persons):
        bare = name
    return _without_titles(_without_degrees(_without_repeat(bare)), persons)


def without_titles(name: str, persons: PersonWords) -> str:
    """Return a name without the titles before it, where two words or more are left."""
    return _without_titles(Name(name, 0, len(name)), persons).text


def _without_titles(name: Name, persons: PersonWords) -> Name:
    words = name.text.split(" ")
    count = 0
    while len(words) - count > _FULL and fold(words[count]) in persons.titles:
        count += 1
    skipped = len(" ".join(words[:count])) + bool(count)
    return Name(name.text[skipped:], name.start + skipped, name.end)


def _without_role(name: Name, persons: PersonWords) -> Name:
    """Return the part of a name before the first word for a role, nothing where that is first."""
    at = 0
    for word in name.text.split(" "):
        if fold(word) in persons.roles:
            return _cut(name, at)
        at += len(word) + 1
    return name


def _without_repeat(name: Name) -> Name:
    """Return a name once that stands there twice: a picture's text and a link are the same."""
    words = name.text.split(" ")
    half = len(words) // 2
    if half and words[:half] == words[-half:]:
        return _cut(name, len(" ".join(words[:half])))
    return name


def _without_degrees(name: Name) -> Name:
    """Return a name without the degrees behind it: *Anna Boer MD*; the III of a family stays."""
    words = name.text.split(" ")
    count = len(words)
    while count > _FULL and _is_degree(words[count - 1]) and not name.text.isupper():
        count -= 1
    return _cut(name, len(" ".join(words[:count])))


def _cut(name: Name, length: int) -> Name:
    text = name.text[:length].rstrip()
    return Name(text, name.start, name.start + len(text))


def _is_degree(text: str) -> bool:
    """Say whether a word looks as a degree does; an initial and a numeral do not."""
    return (
        text.isupper()
        and " " not in text
        and len(text) <= _LONGEST_LETTERS
        and not set(text) <= _NUMERAL
        and not text.endswith(".")
    )
