"""Which words a name consists of, and which before it say what its bearer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knipsel.transforms.annotate.quotations.numbered_words import NumberedWords


def name_end(reading: NumberedWords, at: int, last: int) -> int:
    """Return the word behind the name that begins with the capital at ``at``."""
    behind = at + 1
    while behind < last and reading.is_joined(behind):
        if reading.is_capital(behind):
            if is_pronoun(reading, behind):
                break  # a sentence begins, though no stop ends the one before
            behind += 1
        elif is_particle(reading, behind, last):
            while reading.folded[behind] in reading.words.sets.name_particles:
                behind += 1
        else:
            break
    return behind


def is_pronoun(reading: NumberedWords, at: int) -> bool:
    """Tell whether a word means somebody without being a name, or the little word of one."""
    sets, word = reading.words.sets, reading.folded[at]
    if word in sets.name_particles:
        return False
    return (
        word in sets.masculine
        or word in sets.feminine
        or word in sets.other_pronouns
        or word in sets.neuter
    )


def without_roles(reading: NumberedWords, at: int, behind: int) -> int:
    """Return where a name begins behind the words for what its bearer does."""
    while at < behind and is_role(reading, at):
        at += 1
    return at


def is_role(reading: NumberedWords, at: int) -> bool:
    """Tell whether a word says what somebody does: *minister*, *VVD-Kamerlid*."""
    sets, word = reading.words.sets, reading.folded[at].rpartition("-")[2]
    return word in sets.roles or word.endswith(reading.words.role_endings)


def is_particle(reading: NumberedWords, at: int, last: int) -> bool:
    """Tell whether a word stands inside a name: *Rob de Wijk*, and *Jan van den Berg*.

    Where it might be a preposition too, a given name must stand before it, or the text have it
    with a capital, as a surname on its own has.
    """
    sets, word = reading.words.sets, reading.folded[at]
    if word not in sets.name_particles or not reading.is_capital(at - 1):
        return False
    behind = at
    while behind < last and reading.folded[behind] in sets.name_particles:
        behind += 1
    if behind == last or not reading.is_capital(behind) or not reading.is_joined(behind):
        return False
    is_article = reading.words.has_capital_nouns and word in sets.determiners
    if (
        not (is_article or word in sets.prepositions)
        or reading.is_given(at - 1)
        or len(reading.printed[at - 1]) == 1
    ):
        return True
    return (word, reading.folded[at + 1]) in reading.surnames_with_particle
