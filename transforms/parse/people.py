"""The people in a byline as a database or a site declares it.

They declare what stood in the paper, in a field of its own, so that all that is not a person
stands there too: a role (``PADRAIG MURRAY, Industry Correspondent``), an outlet (``Barbara Yelland,
Vancouver Sun``), a place, an agency, *Letters*. Some turn names round (``Rooden, Matthias von``). A
name counts where it is whole and nothing says that it is no person's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import find_outlet, starts_with_listed
from knipsel.transforms.parse.names import without_titles
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.listed import after_word
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.registers.lines.words import LineWords

_ASIDE = re.compile(
    r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|\S{1,80}@\S{1,80}|(?:https?://|www\.)\S{1,200}|@\w{1,40}|&[a-zA-Z]{2,20};"
)
"""What stands beside a name in a byline: a bureau in brackets, an address."""
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}|\S{1,80}\[at\]\S{1,80}", re.ASCII)
"""What is the name of a site, or an address that programs shall not read."""
_STRETCH = re.compile(r";|\s?\|\s?|\s/\s|(?<=\w)/(?=[A-Z])|\s[-–—•·*]+\s|\s{3,}|\t")
"""What parts two stretches of a byline that have nothing to do with each other."""
_COMMA = re.compile(r"\s*,\s*")
_FEWEST, _MOST = 2, 5
"""Words of a whole name, particles aside."""
_GIVEN_WORDS = 3
"""Words of the first names behind a family name and a comma."""
_AROUND = " .,:*•·-–—'\"“”„‘’<>_"
_EDGES = _AROUND.replace(".", "")
"""Signs that stand around a name; a full stop may be of an initial."""
_LETTER_DOT = 2
"""Characters of an initial with its full stop."""
_PAIR = 2
_LIST = 3
"""Names from which a list between commas is one of people: of two, the second may be an outlet."""
_SHORT = 2
"""Letters of a last word that is short for another where a full stop follows."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a stretch of a byline; ``is_joined`` says that a word such as *and* led to it."""

    text: str
    is_joined: bool


def people_in(byline: str, words: LineWords) -> list[str]:
    """Return the people whom a byline names, each once, a name that was turned round put right."""
    plain = _ASIDE.sub(" ; ", byline)
    found: dict[str, str] = {}
    for stretch in _STRETCH.split(plain):
        text = stretch[after_byline_words(stretch, words) :].strip(_EDGES)
        if text and not _is_other_credit(text, words):
            for name in _people(text, words):
                found.setdefault(fold(name), name)
    return list(found.values())


def after_byline_words(text: str, words: LineWords) -> int:
    """Return the index behind the byline words that a text begins with, white space included."""
    start = len(text) - len(text.lstrip(_AROUND))
    following: int | None = start
    while following is not None:
        start = following
        following = after_word(text, words.bylines.words, start)
        if following is None:
            following = after_word(text, words.authors.before, start)
    return start


def _is_other_credit(text: str, words: LineWords) -> bool:
    bylines = words.bylines
    return starts_with_listed(text, bylines.credits) or starts_with_listed(
        text, bylines.other_credits
    )


def _people(text: str, words: LineWords) -> Iterator[str]:
    parts = [part for part in _COMMA.split(text) if part]
    turned = _turned_round(parts, words)
    if turned:
        yield from turned
        return
    pieces = list(_pieces(parts, words))
    names = [_person(piece.text, words) for piece in pieces]
    is_list = len(pieces) >= _LIST and all(
        name and fold(piece.text).endswith(fold(name))
        for piece, name in zip(pieces, names, strict=True)
    )
    is_loose = False
    for number, (piece, name) in enumerate(zip(pieces, names, strict=True)):
        known = name is not None and is_person(_cased(name), words.persons)
        known = known and not (is_loose and _is_elsewhere((name or "").split(), words))
        if name and (known or is_list or not number or (piece.is_joined and not is_loose)):
            yield name
        is_whole = name is not None and fold(piece.text).endswith(fold(name))
        is_loose = is_loose or not is_whole


def _pieces(parts: Sequence[str], words: LineWords) -> Iterator[_Piece]:
    """Divide the parts between commas at the words that join names."""
    joiners = words.persons.joiners
    for part in parts:
        run: list[str] = []
        is_joined = False
        for word in part.split():
            if word != "&" and word.casefold() not in joiners:
                run.append(word)
                continue
            if run:
                yield _Piece(" ".join(run), is_joined)
            run, is_joined = [], True
        if run:
            yield _Piece(" ".join(run), is_joined)


def _turned_round(parts: Sequence[str], words: LineWords) -> list[str]:
    """Return the names where each is a family name, a comma and first names; else nothing."""
    if len(parts) % _PAIR or not parts:
        return []
    pairs = list(zip(parts[::_PAIR], parts[1::_PAIR], strict=True))
    names = [_put_right(family, given, words) for family, given in pairs]
    return [name for name in names if name] if all(names) else []


def _put_right(family: str, given: str, words: LineWords) -> str | None:
    """Return ``Mathieu von Rohr`` for ``Rohr`` and ``Mathieu von``; None where they are no such."""
    persons = words.persons
    capitals = [token for token in family.split() if token.casefold() not in persons.particles]
    tokens = given.split()
    is_short = len(capitals) == 1 and 0 < len(tokens) <= _GIVEN_WORDS
    name = f"{given} {family}"
    if not is_short or not is_person(_cased(name), persons):
        return None
    return (
        name if _is_name(name.split(), words) and fold(given) not in words.authors.places else None
    )


def _person(text: str, words: LineWords) -> str | None:
    """Return the whole name that a text begins with, or None where it names no person."""
    tokens = without_titles(text.strip(_EDGES), words.persons).split()
    tokens = _behind_role(tokens, words)
    name, rest = _until_role(tokens, words)
    if any(token.casefold() in words.persons.roles for token in rest[:1]) and not is_person(
        _cased(" ".join(name)), words.persons
    ):
        return None
    return _trimmed(" ".join(name)) if _is_name(name, words) else None


def _trimmed(name: str) -> str:
    """Return a name without the signs around it; the full stop of *Jr.* and of an initial stays."""
    bare = name.strip(_AROUND)
    last = bare.rpartition(" ")[2]
    is_short = len(last) <= _SHORT and name.rstrip(_AROUND.replace(".", "")).endswith(f"{last}.")
    return f"{bare}." if is_short else bare


def _behind_role(tokens: list[str], words: LineWords) -> list[str]:
    """Return the tokens behind a role, where a first name follows: *Kadebode reporter Jan Boer*."""
    for index in range(1, len(tokens) - 1):
        last = tokens[index].casefold().strip(_AROUND).rpartition("-")[2]
        is_role = last in words.persons.roles or last in words.authors.no_person
        if is_role and is_person(_cased(" ".join(tokens[index + 1 :])), words.persons):
            return tokens[index + 1 :]
    return tokens


def _until_role(tokens: Sequence[str], words: LineWords) -> tuple[list[str], list[str]]:
    """Divide before the first word that ends a name: a role, a preposition, what has no capital."""
    for index in range(1, len(tokens)):
        if _ends_name(tokens, index, words):
            return list(tokens[:index]), list(tokens[index:])
    return list(tokens), []


def _ends_name(tokens: Sequence[str], index: int, words: LineWords) -> bool:
    persons, token = words.persons, tokens[index]
    folded = token.casefold().strip(_AROUND)
    following = tokens[index + 1].casefold() if index + 1 < len(tokens) else ""
    leads = folded not in persons.leading_particles or following in persons.particles
    if folded in persons.particles and following and leads:
        return False
    is_end = folded in words.authors.behind or folded in persons.roles
    return is_end or not _has_capital(token)


def _has_capital(token: str) -> bool:
    first = next((sign for sign in token if sign.isalpha()), "")
    return bool(first) and (not first.islower() or "'" in token[:3] or "’" in token[:3])


def _is_name(tokens: Sequence[str], words: LineWords) -> bool:
    """Say whether tokens are the name of one person, as far as can be known."""
    persons = words.persons
    plain = [token.strip(_AROUND) for token in tokens]
    full = [token for token in plain if token.casefold() not in persons.particles]
    if not _FEWEST <= len(full) <= _MOST or any(map(str.isdigit, "".join(plain))):
        return False
    if not all(map(_has_capital, full)) or not any(len(one) > _LETTER_DOT for one in full):
        return False
    text = " ".join(plain)
    if _is_organisation(text, words) or _is_group(plain, words):
        return False
    return is_person(_cased(text), persons) or not _is_elsewhere(plain, words)


def _is_organisation(text: str, words: LineWords) -> bool:
    outlets = words.outlets
    return fold(text) in outlets.agencies or outlets.name_of(text) is not None


def _is_group(tokens: Sequence[str], words: LineWords) -> bool:
    """Say whether a word is one of a group, a role or a rubric: *Our Foreign Staff*, *Letters*."""
    persons = words.persons
    none = {*persons.groups, *persons.roles, *words.authors.no_person}
    folded = [token.casefold() for token in tokens]
    is_article = len(folded[0]) > 1 and folded[0] in words.function_words
    return not none.isdisjoint(folded) or (is_article and folded[0] not in persons.given_names)


def _is_elsewhere(tokens: Sequence[str], words: LineWords) -> bool:
    """Say whether tokens without a first name are an outlet, or begin or end with a place."""
    text, last = " ".join(tokens), tokens[-1].casefold()
    is_outlet = last in words.authors.outlet_ends or last.endswith(words.outlets.endings)
    has_outlet = find_outlet(text, 0, words.outlets) is not None
    heads = [" ".join(tokens[:count]) for count in range(1, len(tokens) + 1)]
    heads += [" ".join(tokens[count:]) for count in range(1, len(tokens))]
    return is_outlet or has_outlet or any(fold(head) in words.authors.places for head in heads)


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name


def names_nobody(value: str, words: LineWords) -> bool:
    """Say whether a declared author is no person for certain: a placeholder, an outlet, a role."""
    bare = value[after_byline_words(value, words) :].strip(_AROUND)
    if is_nobody(bare, words) or fold(value) in words.bylines.words:
        return True
    none = words.authors.no_person | words.persons.groups | words.persons.roles
    return not none.isdisjoint(_folded(bare)) and not is_person(_cased(bare), words.persons)


def is_nobody(name: str, words: LineWords) -> bool:
    """Say whether what a byline names has no name of its own: *Staff Reporter*, *Reuters Staff*.

    A group with one, *The Harbour Team*, is somebody. An agency, an outlet, initials are not.
    """
    tokens, persons = _folded(name), words.persons
    if not tokens or fold(name) in words.authors.nobody or _is_organisation(name, words):
        return True
    if "@" in name or "/" in name or name.isdigit() or _is_initials(name) or _HOST.fullmatch(name):
        return True
    if is_person(_cased(name), persons):
        return False
    none = words.authors.no_person | persons.groups | persons.roles
    is_ours = tokens[0] in words.authors.ours and not none.isdisjoint(tokens)
    has_agency = any(token in words.outlets.agencies for token in tokens)
    return is_ours or has_agency or none.issuperset(tokens)


def _folded(name: str) -> list[str]:
    return [token.strip(_AROUND).casefold() for token in name.split()]


def _is_initials(text: str) -> bool:
    """Say whether a text is the initials of somebody and nothing else."""
    letters = text.replace(".", "")
    return letters.isalpha() and len(letters) <= _SHORT and letters.isascii()
