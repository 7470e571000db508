"""Lines that say who wrote the article, when, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knipsel.transforms.parse.dated_line import TIME
from knipsel.transforms.parse.dates import dates_in
from knipsel.transforms.parse.persons import is_person, outlet_of_two
from knipsel.transforms.text.listed import after_word, beginning_as
from knipsel.transforms.text.words import fold, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knipsel.transforms.parse.dated_line import DatedLine
    from knipsel.transforms.parse.dates import FoundDate
    from knipsel.transforms.registers.lines.bylines import BylineWords
    from knipsel.transforms.registers.lines.dates import DateWords
    from knipsel.transforms.registers.lines.outlets import OutletRegister
    from knipsel.transforms.registers.lines.persons import PersonWords
    from knipsel.transforms.registers.lines.words import LineWords

_TOKEN = re.compile(r"[^\s—|]+|[—|]")
_MARKS = "*†‡¹²³"
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_]{3})\d{1,2}$")
"""The number of a note behind a name."""
_LABEL_LETTERS = 6
"""Letters from which a label of a date is known where it is glued to a name: *BoerPublished*."""
_SEPARATORS = "|•·–—-/:;"
_BESIDE = _SEPARATORS + ", \u00a0"
LONGEST_LINE, LONGEST_LINE_WORDS = 250, 24
"""Characters and words of a line; what is longer is a paragraph."""
_HOST = re.compile(r"\w\.[^\W\d_A-Z]{2}")
"""What only the name of a site has within a word: *quay.com*."""
_ELIDED = re.compile(r"[dl]['’][^\W\d_a-z]")
"""A particle that has lost its vowel to the name behind it: *d'Arc*."""
_LONGEST_NAME_WORDS = 6
_OWNERS = ("'", "’", "'s", "’s")
"""Endings of a name that owns what is named behind it: a blog."""
_OWNING = ("'s", "’s", "s'", "s’")
"""Endings of a word within a line that is no name, but that of a site: *Anna Boer's Harbour*."""
_CREDIT = "//"
"""What stands between who made a picture and the agency that has it."""
_FULL_NAME = 2
"""Capitalised words of a name that is full."""
_FEWEST_NAME_WORDS, _LIKELY_NAME_WORDS = 2, 4
_OUTLET_WORDS = 8
_UNLISTED_WORDS = 5
_SHORT_WEEKDAY = 4
"""Letters up to which a capitalised weekday may as well be a name: Fri, Mo, Sun."""
LEFTOVER_WORDS = 3
"""Words that a date line may hold besides the date: a place, a section."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed at ``start:end`` of a line, without footnote marks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Byline:
    """The names in a byline, and a date and an outlet where it has them."""

    names: tuple[Name, ...]
    date: FoundDate | None
    outlet: Name | None


def parse_byline(line: DatedLine, start: int | None = None) -> Byline | None:
    """Parse a line such as ``Door Jan Jansen en Piet de Vries``; None where it is no byline.

    The names begin at ``start``, or else behind the byline word that the line begins with.
    """
    text, words = line.text, line.words
    if (
        len(text) > LONGEST_LINE
        or weight(text) > LONGEST_LINE_WORDS
        or text.endswith((".", "?", "!"))
    ):
        return None
    if start is None:
        start = after_word(text, words.bylines.words, _after_leading_date(line))
    start = _after_glued(text, words) if start is None else start
    if start is None:
        return None
    until = min((one.start for one in line.dates if one.start >= start), default=len(text))
    until = outlet_of_two(text, start, until, words) or until
    names = tuple(names_from(text[:until], start, words))
    if not names or not _ends_well(text, names[-1].end, words):
        return None
    return Byline(names, line.first_date(), find_outlet(text, names[-1].end, words.outlets))


def _after_glued(text: str, words: LineWords) -> int | None:
    """Return the index after a byline word to which a name is glued: *ByAnna Boer*."""
    glued = (
        len(word)
        for word in beginning_as(text, words.bylines.words)
        if word not in words.persons.particles
        and text[: len(word)].casefold() == word
        and text[len(word) - 1].islower()
        and text[len(word) : len(word) + 1].isupper()
    )
    return next(glued, None)


def _after_leading_date(line: DatedLine) -> int:
    """Return the index after the date that a line begins with, labels aside; else 0."""
    first = next(iter(line.dates), None)
    if first is None or leftover_words(line.part(0, first.start)):
        return 0
    rest = line.text[first.end :].lstrip(_BESIDE)
    time = TIME.match(rest)
    rest = rest[time.end() if time else 0 :].lstrip(_BESIDE)
    word, _, behind = rest.partition(" ")
    is_filler = time and fold(word) in line.words.dates.beside
    return len(line.text) - len(behind.lstrip(_BESIDE) if is_filler else rest)


def parse_signature(line: DatedLine) -> Byline | None:
    """Parse a line such as ``Jan Jansen, Trouw, 10 maart 2023``; None where it is no signature."""
    text, outlets = line.text, line.words.outlets
    head, comma, _ = text.partition(",")
    if (
        not comma
        or len(text) > LONGEST_LINE
        or weight(text) > LONGEST_LINE_WORDS
        or text.endswith(("?", "!"))
    ):
        return None
    names = tuple(names_from(head, 0, line.words))
    if len(names) != 1 or names[0].end < len(head.rstrip(_MARKS)) or " " not in names[0].text:
        return None
    if is_outlet_name(names[0].text, line.words):
        return None
    found = line.first_date(len(head))
    unlisted = unlisted_outlet(line, len(head), found, outlets.beginnings)
    if unlisted:
        return Byline(names, found, unlisted)
    outlet = find_outlet(text, len(head), outlets)
    if outlet is None and found is None:
        return None
    leftover = leftover_words(line.part(len(head), len(text)))
    return None if leftover > LEFTOVER_WORDS else Byline(names, found, outlet)


def is_outlet_name(name: str, words: LineWords) -> bool:
    """Say whether a name ends as those of outlets do, and begins with no person's first name."""
    last = fold(name.rpartition(" ")[2])
    is_outlet = last in words.authors.outlet_ends or last.endswith(words.outlets.endings)
    return is_outlet and not is_person(name, words.persons)


def parse_name_line(line: DatedLine) -> Byline | None:
    """Parse a line that is one name of two words or more, and perhaps a date.

    Whether the name is a person's, the place of the line must tell.
    """
    text, words = line.text, line.words
    if len(text) > LONGEST_LINE or not _FEWEST_NAME_WORDS <= weight(text) <= LONGEST_LINE_WORDS:
        return None
    found = line.first_date()
    head = text[: found.start if found else len(text)].rstrip(_SEPARATORS + ", \u00a0")
    names = tuple(names_from(head, 0, words))
    if (
        len(names) != 1
        or names[0].end < len(head)
        or not _FEWEST_NAME_WORDS <= len(head.split()) <= _LIKELY_NAME_WORDS
    ):
        return None
    tokens = head.casefold().split()
    if _CREDIT in head or any(word.endswith(_OWNING) for word in tokens[:-1]):
        return None
    if any(word in words.function_words and word not in words.persons.particles for word in tokens):
        return None
    return Byline(names, found, None)


def after_labels(text: str, bylines: BylineWords) -> int:
    """Return the index after the byline words that a text begins with, glued to a name or not."""
    start, rest = 0, text
    while True:
        word = next(
            (one for one in beginning_as(rest, bylines.words) if _begins_with(rest, one)), None
        )
        bare = rest[len(word) :].lstrip(": ") if word else ""
        if not bare:
            return start
        start, rest = len(text) - len(bare), bare


def _begins_with(text: str, word: str) -> bool:
    """Say whether a text begins with a byline word, and the next word then or the same again."""
    head, rest = text[: len(word)], text[len(word) :]
    if head.casefold() != word:
        return False
    is_glued = rest[:1].isupper() and head[-1].islower()
    return rest[:1] in {" ", ":"} or is_glued or rest.startswith(word.rsplit(" ", 1)[-1] + " ")


def starts_with_listed(text: str, listed: tuple[str, ...]) -> bool:
    """Say whether ``text`` begins with a listed word and a colon or a space."""
    return after_word(text, listed) is not None


def names_from(text: str, start: int, words: LineWords) -> Iterator[Name]:
    """Yield the names that stand in ``text`` from ``start`` on, joined by commas and by *and*."""
    begin, end, uppers, count = start, start, 0, 0
    tokens = list(_TOKEN.finditer(text, start))
    for number, token in enumerate(tokens):
        core = _unglued(token[0].rstrip(",;" + _MARKS), words.dates)
        kind = _name_part(core, words.persons, words.dates) if core else "joiner"
        if kind == "upper" and uppers >= _FULL_NAME and _ends_name(text[begin:end], core, words):
            kind = "other"
        following = tokens[number + 1 : number + 2]
        if kind == "particle" and not _leads_on(core, following, words.persons):
            kind = "other"
        if kind in {"upper", "particle"}:
            begin = token.start() if not count else begin
            count += 1
            uppers += kind == "upper"
            end = token.start() + len(core) if kind == "upper" else end
        if uppers and (kind in {"joiner", "other"} or token[0] != core):
            yield from _name(text, begin, end, count, words.outlets)
        if kind == "other" or count > _LONGEST_NAME_WORDS:
            return
        if kind == "joiner" or token[0] != core:
            uppers, count = 0, 0
    if uppers:
        yield from _name(text, begin, end, count, words.outlets)


def _unglued(word: str, dates: DateWords) -> str:
    """Return a word of a name without the number of a note or the label that is glued to it."""
    core = _NOTE_NUMBER.sub("", word)
    folded = core.rstrip(":").casefold()
    for label in dates.beginnings:
        at = len(folded) - len(label)
        if len(label) >= _LABEL_LETTERS and at > 1 and folded.endswith(label):
            is_apart = core[at].isupper() and core[at - 1].islower()
            return core[:at] if is_apart or core.isupper() else core
    return core


def _ends_name(name: str, word: str, words: LineWords) -> bool:
    """Say whether a word behind a person's full name is a section, a button, a preposition.

    Behind two first names a family name may be any word.
    """
    persons, folded = words.persons, word.casefold()
    if name.endswith(_OWNERS) or not is_person(name, persons):
        return False
    if is_person(name.partition(" ")[2], persons):
        return False
    return folded in words.authors.behind or folded in persons.plain_words


def _leads_on(particle: str, following: Sequence[re.Match[str]], persons: PersonWords) -> bool:
    """Say whether a particle can stand here: *in* and *op* do so before another one only."""
    if particle not in persons.leading_particles:
        return True
    return any(_is_particle(token[0], persons) for token in following)


def _is_particle(word: str, persons: PersonWords) -> bool:
    return word.casefold() in persons.particles and word.lstrip("'’")[:1].islower()


def _name(text: str, begin: int, end: int, count: int, outlets: OutletRegister) -> Iterator[Name]:
    name = text[begin:end]
    if count <= _LONGEST_NAME_WORDS and ":" not in name and outlets.name_of(name) is None:
        yield Name(name, begin, end)


def _name_part(core: str, persons: PersonWords, dates: DateWords) -> str:
    folded = core.casefold()
    if folded in persons.joiners or core == "&":
        return "joiner"
    is_title = core.endswith(".") and fold(core) in persons.titles and core[:1].islower()
    if is_title or _is_particle(core, persons):
        return "particle"
    letters = [character for character in core if character.isalpha()]
    if not letters or any(map(str.isdigit, core)) or not core[0].isalpha():
        return "other"
    if (letters[0].islower() and not _ELIDED.match(core)) or _HOST.search(core):
        return "other"
    is_label = folded in dates.labels or folded in dates.update_labels
    is_weekday = folded in dates.weekdays and len(core) > _SHORT_WEEKDAY
    return "other" if is_label or is_weekday else "upper"


def _ends_well(text: str, end: int, words: LineWords) -> bool:
    """Say whether what follows the names can stand in a byline: it is no rest of a sentence."""
    rest = text[end:].lstrip(_MARKS + " \u00a0")
    if not rest or not rest[0].isalpha():
        return True
    dates = words.dates
    if any(one.start == 0 for one in dates_in(rest, dates)):
        return True
    first = fold(rest.split()[0])
    is_credit = rest[0].isupper() and first in words.authors.behind
    return is_credit or first in dates.labels | dates.update_labels | dates.beside


def find_outlet(text: str, start: int, outlets: OutletRegister) -> Name | None:
    """Return the first outlet of the register in ``text`` from ``start`` on, as printed."""
    tokens = list(_TOKEN.finditer(text, start))
    for first, token in enumerate(tokens):
        for last in range(min(len(tokens), first + _OUTLET_WORDS) - 1, first - 1, -1):
            printed = text[token.start() : tokens[last].end()].strip(",;.()" + _SEPARATORS)
            if printed[:1].isalnum() and outlets.has(printed):
                begin = text.index(printed, token.start())
                return Name(printed, begin, begin + len(printed))
    return None


def unlisted_outlet(
    line: DatedLine, start: int, found: FoundDate | None, beginnings: frozenset[str] = frozenset()
) -> Name | None:
    """Return what stands between ``start`` and the date that ends the line, if it names an outlet.

    The register need not list it, but it must look like one: a few capitalised words between
    commas, the first of ``beginnings`` or one with an ending that outlets have. A place or
    another person can stand there as well.
    """
    text, words = line.text, line.words
    if found is None or text[found.end :].strip(" ."):
        return None
    between = text[start : found.start].rstrip().rpartition(":")[2]  # behind a label: *Source:*
    printed = between.strip(", \u00a0")
    tokens = printed.split()
    if not between.endswith(",") or "," in printed or not 0 < len(tokens) <= _UNLISTED_WORDS:
        return None
    if not all(_can_be_in_title(token, words.function_words) for token in tokens):
        return None
    begins = len(tokens) > 1 and tokens[0].casefold() in beginnings and tokens[0][0].isupper()
    ends = any(fold(token).endswith(words.outlets.endings) for token in tokens)
    if not (begins or ends) or words.outlets.name_of(printed):
        return None
    begin = text.index(printed, start)
    return Name(printed, begin, begin + len(printed))


def _can_be_in_title(word: str, function_words: frozenset[str]) -> bool:
    """Say whether a word can stand in the name of an outlet: it has a capital, or is *of*."""
    return word[0].isupper() or word == "&" or word in function_words


def leftover_words(line: DatedLine) -> int:
    """Count the words of a line that are no date, time, weekday, label or outlet."""
    pieces, offset, known = [], 0, line.words.dates
    outlet = find_outlet(line.text, 0, line.words.outlets)
    spans = [(one.start, one.end) for one in line.dates]
    for start, end in sorted([*spans, *([(outlet.start, outlet.end)] if outlet else [])]):
        pieces.append(line.text[offset:start])
        offset = max(offset, end)
    pieces.append(line.text[offset:])
    rest = TIME.sub(" ", " ".join(pieces)).replace("|", " ")
    tokens = [token.strip("()[],.;•·–—-/:").casefold() for token in rest.split()]
    return sum(
        any(map(str.isalpha, token))
        and token not in known.beside
        and token not in known.label_words
        for token in tokens
    )
