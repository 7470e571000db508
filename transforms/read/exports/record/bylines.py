"""The people in a byline as a press database prints it.

Databases print what stood in the paper, in a field of its own, so that all that is not a person
stands there too: a role (``PADRAIG YEATES, Industry and Employment Correspondent``), an outlet
(``Barbara Yaffe, Vancouver Sun``), a place, an agency, *Letters*. Some turn names round
(``Rohr, Mathieu von``). A name counts where it is whole and nothing says that it is no person's;
else the byline stays what it is, as printed, and names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.layout.section import HeadTag
from knipsel.transforms.parse.bylines import after_word, find_outlet, starts_with_listed
from knipsel.transforms.parse.names import is_person, without_titles
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.read.exports.record.fields import Value
    from knipsel.transforms.read.exports.record.words import ExportWords

METHOD = "export_field"
PEOPLE_SURE, PRINTED_SURE = 0.97, 0.9
"""How sure a byline of people is, and one that names nobody."""

_ASIDE = re.compile(
    r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|\S{1,80}@\S{1,80}|(?:https?://|www\.)\S{1,200}|@\w{1,40}|&[a-zA-Z]{2,20};"
)
"""What stands beside a name in a byline: a bureau in brackets, an address."""
_STRETCH = re.compile(r";|\s?\|\s?|\s/\s|(?<=\w)/(?=[A-Z])|\s[-–—•·*]+\s|\s{3,}|\t")
"""What parts two stretches of a byline that have nothing to do with each other."""
_COMMA = re.compile(r"\s*,\s*")
_FEWEST, _MOST = 2, 5
"""Words of a whole name, particles aside."""
_GIVEN_WORDS = 3
"""Words of the first names behind a family name and a comma."""
_AROUND = " .,:*•·-–—'\"“”„‘’<>_"
_LETTER_DOT = 2
"""Characters of an initial with its full stop."""
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a stretch of a byline; ``is_joined`` says that a word such as *and* led to it."""

    text: str
    is_joined: bool


def author_tags(value: Value, words: ExportWords) -> Iterator[HeadTag]:
    """Yield the byline as printed, with the people in it; a byline word before it is left out."""
    begin = _after_words(value.text, words)
    printed = value.text[begin:].strip()
    if not printed or not any(map(str.isalpha, printed)):
        return
    people = tuple(people_in(printed, words))
    sure = PEOPLE_SURE if people else PRINTED_SURE
    yield HeadTag("author", printed, METHOD, sure, value.start, value.end, people)


def people_in(byline: str, words: ExportWords) -> list[str]:
    """Return the people whom a byline names, each once, a name that was turned round put right."""
    plain = _ASIDE.sub(" ; ", byline)
    found: dict[str, str] = {}
    for stretch in _STRETCH.split(plain):
        text = stretch[_after_words(stretch, words) :].strip(_AROUND)
        if text and not _is_other_credit(text, words):
            for name in _people(text, words):
                found.setdefault(fold(name), name)
    return list(found.values())


def _after_words(text: str, words: ExportWords) -> int:
    """Return the index behind the byline words that a text begins with, white space included."""
    start = len(text) - len(text.lstrip(_AROUND))
    listed = (*words.lines.bylines.words, *words.labels.phrases.get("byline", ()))
    following = after_word(text, listed, start)
    while following is not None:
        start = following
        following = after_word(text, listed, start)
    return start


def _is_other_credit(text: str, words: ExportWords) -> bool:
    bylines = words.lines.bylines
    return starts_with_listed(text, bylines.credits) or starts_with_listed(
        text, bylines.other_credits
    )


def _people(text: str, words: ExportWords) -> Iterator[str]:
    parts = [part for part in _COMMA.split(text) if part]
    turned = _turned_round(parts, words)
    if turned:
        yield from turned
        return
    is_loose, is_first = False, True
    for piece in _pieces(parts, words):
        name = _person(piece.text, words)
        known = name is not None and is_person(_cased(name), words.lines.persons)
        if name and (known or is_first or (piece.is_joined and not is_loose)):
            yield name
        is_loose = is_loose or name is None
        is_first = False


def _pieces(parts: Sequence[str], words: ExportWords) -> Iterator[_Piece]:
    """Divide the parts between commas at the words that join names."""
    joiners = words.lines.persons.joiners
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


def _turned_round(parts: Sequence[str], words: ExportWords) -> list[str]:
    """Return the names where each is a family name, a comma and first names; else nothing."""
    if len(parts) % _PAIR or not parts:
        return []
    pairs = list(zip(parts[::_PAIR], parts[1::_PAIR], strict=True))
    names = [_put_right(family, given, words) for family, given in pairs]
    return [name for name in names if name] if all(names) else []


def _put_right(family: str, given: str, words: ExportWords) -> str | None:
    """Return ``Mathieu von Rohr`` for ``Rohr`` and ``Mathieu von``; None where they are no such."""
    persons = words.lines.persons
    capitals = [token for token in family.split() if token.casefold() not in persons.particles]
    tokens = given.split()
    is_short = len(capitals) == 1 and 0 < len(tokens) <= _GIVEN_WORDS
    name = f"{given} {family}"
    if not is_short or not (
        is_person(_cased(name), persons) or _cased(tokens[0]) in words.names.given_names
    ):
        return None
    return name if _is_name(name.split(), words) and not words.is_place(given) else None


def _person(text: str, words: ExportWords) -> str | None:
    """Return the whole name that a text begins with, or None where it names no person."""
    tokens = without_titles(text.strip(_AROUND), words.lines.persons).split()
    name, rest = _until_role(tokens, words)
    if any(token.casefold() in words.lines.persons.roles for token in rest[:1]) and not is_person(
        _cased(" ".join(name)), words.lines.persons
    ):
        return None
    return " ".join(name).strip(_AROUND) if _is_name(name, words) else None


def _until_role(tokens: Sequence[str], words: ExportWords) -> tuple[list[str], list[str]]:
    """Divide before the first word that ends a name: a role, a preposition, what has no capital."""
    for index in range(1, len(tokens)):
        if _ends_name(tokens, index, words):
            return list(tokens[:index]), list(tokens[index:])
    return list(tokens), []


def _ends_name(tokens: Sequence[str], index: int, words: ExportWords) -> bool:
    persons, token = words.lines.persons, tokens[index]
    folded = token.casefold().strip(_AROUND)
    following = tokens[index + 1].casefold() if index + 1 < len(tokens) else ""
    leads = folded not in persons.leading_particles or following in persons.particles
    if folded in persons.particles and following and leads:
        return False
    is_end = folded in words.labels.phrases.get("byline_end", ()) or folded in persons.roles
    return is_end or not _has_capital(token)


def _has_capital(token: str) -> bool:
    first = next((sign for sign in token if sign.isalpha()), "")
    return bool(first) and (not first.islower() or "'" in token[:3] or "’" in token[:3])


def _is_name(tokens: Sequence[str], words: ExportWords) -> bool:
    """Say whether tokens are the name of one person, as far as can be known."""
    persons = words.lines.persons
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


def _is_organisation(text: str, words: ExportWords) -> bool:
    outlets = words.lines.outlets
    return fold(text) in outlets.agencies or outlets.name_of(text) is not None


def _is_group(tokens: Sequence[str], words: ExportWords) -> bool:
    """Say whether a word is one of a group, a role or a rubric: *Our Foreign Staff*, *Letters*."""
    persons = words.lines.persons
    none = {*persons.groups, *persons.roles, *words.labels.phrases.get("no_person", ())}
    folded = [token.casefold() for token in tokens]
    is_article = len(folded[0]) > 1 and folded[0] in words.lines.function_words
    return not none.isdisjoint(folded) or (is_article and folded[0] not in persons.given_names)


def _is_elsewhere(tokens: Sequence[str], words: ExportWords) -> bool:
    """Say whether tokens that begin with no first name are, or begin with, a place or an outlet."""
    text, ends = " ".join(tokens), words.labels.phrases.get("outlet_end", ())
    last = tokens[-1].casefold()
    is_outlet = last in ends or last.endswith(words.lines.outlets.endings)
    has_outlet = find_outlet(text, 0, words.lines.outlets) is not None
    heads = (" ".join(tokens[:count]) for count in range(1, len(tokens) + 1))
    return is_outlet or has_outlet or any(map(words.is_place, heads))


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name
