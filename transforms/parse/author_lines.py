"""The names in a line that is known to be a byline, however the page printed it.

Pages glue names to labels and dates (``By Anna BoerPublished: Jan 3``), say them twice, and put
the text of a picture beside them. Such a line is divided into stretches first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from knipsel.transforms.parse.bylines import (
    Byline,
    Name,
    after_labels,
    names_from,
    parse_byline,
    parse_name_line,
    parse_signature,
    starts_with_listed,
)
from knipsel.transforms.parse.dated_line import RIGHTS, DatedLine, is_post
from knipsel.transforms.parse.dates import dates_in
from knipsel.transforms.parse.names import AROUND, all_listed
from knipsel.transforms.parse.persons import is_person
from knipsel.transforms.text.listed import after_word
from knipsel.transforms.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from knipsel.transforms.registers.lines.bylines import BylineWords
    from knipsel.transforms.registers.lines.dates import DateWords
    from knipsel.transforms.registers.lines.words import LineWords

_LONGEST = 250
"""Characters of a line that can be a byline; what is longer is a paragraph."""
_PART = re.compile(r"[^\s|•·—–/,:()\[\]](?:[^|•·—–/,:()\[\]]{0,120}[^\s|•·—–/,:()\[\]])?")
"""A part of a line between signs that part names from roles, dates and times."""
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]|\(BUTTON\)")
"""The name of a picture, and the sign of a button, as text browsers print them."""
_COLUMNS = re.compile(r"\s{2,}")
"""What parts two things that a page shows beside each other."""
_PARTING = "|•·–—-"
"""Signs between what a line says of the article and its byline."""
_YEAR = 4
"""Digits of a year, behind which a text is glued more often than behind other numbers."""
_HANDLE = re.compile(r"[^\W\d_A-Z][\w.-]{2,30}")
_JOINED = "/@"
"""Signs that join a name to an outlet or to what the author is called elsewhere."""
_OWNER = re.compile(r"['’]s?\s?$")
"""The ending of an owner: *Anna Boer's* picture."""
_FEWEST_LETTERS = 3
"""Letters of a name of one word; with fewer it is an abbreviation or a sign."""
_ABBREVIATION = 3
"""Letters up to which a word with a full stop is short for another: *Jr.*, *St.*, an initial."""
_FULL_NAME = 2
"""Words of a name behind which a particle may be the word that leads to whom it was made for."""
_FEWEST_GLUED = 3
"""Letters of a word that is glued on: shorter ones are the ends of names."""
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED_NAME = re.compile(r"(\S+)\s[^\W\d_]{3,}$")
"""A name of two words to which another can be glued; to shorter ones as *Mc* a name is."""
_GLUED_DATE = 40
"""Characters after a seam in which a date can begin."""
_FORMLESS = frozenset({"name_line", "author_line", "single_name", "handle"})
"""Kinds of a line without the form of a byline: with a tab in it, it is the row of a table."""


def find_author(line: DatedLine) -> tuple[str, Byline] | None:
    """Return the names in a line that is known to be a byline, and what kind of one it is.

    Without the form of a byline, a signature or a name, it is the first part between signs or
    commas that is a name of two words or more, or else the one word that the line holds.
    """
    if len(line.text) > _LONGEST or line.text.startswith(RIGHTS) or is_post(line.text):
        return None
    for kind, start, found in _readings(_without_pictures(line)):
        if found and not (kind in _FORMLESS and "\t" in line.text.strip()):
            return kind, _placed(found, line, start)
    return None


def find_agency(line: DatedLine) -> Name | None:
    """Return the news agency that a line names instead of an author: ``Door ANP``, ``Reuters``."""
    if len(line.text) > _LONGEST:
        return None
    plain, words = _without_pictures(line), line.words
    for start, end in _stretches(plain):
        begin = start + after_labels(plain.text[start:end], words.bylines)
        if fold(plain.text[begin:end]) in words.outlets.agencies:
            return Name(line.text[begin:end], begin, end)
    return None


def _readings(line: DatedLine) -> Iterator[tuple[str, int, Byline | None]]:
    """Yield what the stretches of a line can be read as, the surest kind first.

    Of those without a byline word, the ones that name a person come first.
    """
    bylines = line.words.bylines
    stretches = [
        (start, line.part(start, end))
        for start, end in _stretches(line)
        if not _is_other_credit(line.text[start:end], bylines) and not _is_joined(line.text, start)
    ]
    unlabelled = [(start, one) for start, one in stretches if not _is_joint(line.text, start, one)]
    for start, stretch in stretches:
        yield "byline", start, _parse_labelled(stretch)
    for start, stretch in stretches:
        yield "handle", start, _parse_handle(stretch)
    yield "signature", 0, parse_signature(line)
    found = sorted(_unlabelled(unlabelled), key=lambda one: not _names_person(one[2], line.words))
    yield from (
        one for one in found if _names_person(one[2], line.words) or not _is_said_twice(line)
    )


def _is_said_twice(line: DatedLine) -> bool:
    """Say whether a line says the same words twice: a caption, where it names no person."""
    tokens = line.text.split()
    return len(tokens) > 1 and tokens[: len(tokens) // 2] == tokens[len(tokens) // 2 :]


def _is_other_credit(text: str, bylines: BylineWords) -> bool:
    """Say whether a stretch names who did something else than write, or only says that one did."""
    return (
        fold(text) in bylines.credits
        or starts_with_listed(text, bylines.credits)
        or starts_with_listed(text, bylines.other_credits)
    )


def _is_joined(text: str, start: int) -> bool:
    """Say whether a stretch stands behind a sign that joins it to a name, as an outlet does."""
    return text[start - 1 : start] in set(_JOINED) and text[start - 2 : start - 1].isalpha()


def _is_joint(text: str, start: int, stretch: DatedLine) -> bool:
    """Say whether a slash joins a stretch to the next: without a byline word it is a credit."""
    end = start + len(stretch.text)
    return text[end : end + 1] == "/" and text[end + 1 : end + 2].isalpha()


def _unlabelled(stretches: Sequence[tuple[int, DatedLine]]) -> Iterator[tuple[str, int, Byline]]:
    bare = [
        (start + skipped, stretch.part(skipped, len(stretch.text)))
        for start, stretch in stretches
        if (skipped := after_labels(stretch.text, stretch.words.bylines)) < len(stretch.text)
    ]
    for kind, parse in _FORMS:
        for start, stretch in bare[:1] if kind == "single_name" else bare:
            found = parse(stretch)
            if found and not _is_credit(stretch, found):
                yield kind, start, found


def _is_credit(line: DatedLine, found: Byline) -> bool:
    """Say whether a name is followed by whom its owner made a picture for: *Anna Boer von Lux*."""
    name, words = found.names[0].text, line.words
    tokens = name.split(" ")
    if not any(token in words.bylines.words for token in tokens[_FULL_NAME:]):
        return after_word(line.text[found.names[0].end :].lstrip(), words.bylines.words) is not None
    return not is_person(tokens[1], words.persons)


def _names_person(found: Byline, words: LineWords) -> bool:
    return is_person(found.names[0].text, words.persons)


def _parse_labelled(line: DatedLine) -> Byline | None:
    """Parse a stretch that begins with a byline word, which may be glued to the name.

    A noun such as *text* needs a colon or a person's name: it begins titles and buttons too.
    """
    start = after_labels(line.text, line.words.bylines)
    found = parse_byline(line, start) if start else None
    label = line.text[:start]
    if found and fold(label) in line.words.bylines.nouns and ":" not in label:
        return found if _names_person(found, line.words) else None
    return found


def _placed(found: Byline, line: DatedLine, start: int) -> Byline:
    """Return what was found in a stretch that begins at ``start``, as it stands in the line."""
    names = tuple(_moved(name, line.text, start) for name in found.names)
    outlet = _moved(found.outlet, line.text, start) if found.outlet else None
    return Byline(names, line.first_date(), outlet)


def _moved(name: Name, text: str, by: int) -> Name:
    return Name(text[name.start + by : name.end + by], name.start + by, name.end + by)


def _parse_handle(line: DatedLine) -> Byline | None:
    """Return the one word behind a byline word that is the name of a user: ``by anna_b``."""
    text = line.text
    start = after_labels(text, line.words.bylines)
    name = text[start:].lstrip("@")
    if not start or not _HANDLE.fullmatch(name) or fold(name) in line.words.persons.plain_words:
        return None
    return Byline((Name(name, len(text) - len(name), len(text)),), None, None)


def _parse_part(line: DatedLine) -> Byline | None:
    """Return the first part between signs or commas that is a name of two words or more."""
    text, words = line.text, line.words
    day = min((one.start for one in line.dates), default=len(text))
    for part in _PART.finditer(text, 0, day):
        start = part.start() + (after_word(part[0], words.bylines.words) or 0)
        names = tuple(names_from(text[: part.end()], start, words))
        if not names or names[0].start != start or " " not in names[0].text:
            continue
        return Byline(all_listed(text[:day], names, words), None, None)
    return None


def _parse_single(line: DatedLine) -> Byline | None:
    """Return the one word of a line, if it can be a name."""
    text = line.text
    if len(text) < _FEWEST_LETTERS or not text.isalpha() or text.isupper():
        return None
    names = tuple(names_from(text, 0, line.words))
    return Byline(names, None, None) if names else None


def _without_pictures(line: DatedLine) -> DatedLine:
    """Blank what a line says of a picture, length for length."""
    plain = _BRACKETED.sub(_blank, line.text.replace("\u00a0", " "))
    for found in _any_of(line.words.bylines.picture_labels).finditer(plain):
        owner = _OWNER.search(plain, 0, found.start())
        begin = owner.start() if owner else found.start()
        plain = plain[:begin] + " " * (found.end() - begin) + plain[found.end() :]
    return line if plain == line.text else DatedLine(plain, line.words)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


@lru_cache(maxsize=8)
def _any_of(*lists: tuple[str, ...] | frozenset[str]) -> re.Pattern[str]:
    """Return an expression for the listed words, the longest first, as whole words or glued on."""
    listed = sorted({word for one in lists for word in one}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed))})(?![^\W\d_])", re.IGNORECASE)


def _stretches(line: DatedLine) -> Iterator[tuple[int, int]]:
    """Yield where the texts begin and end that a line consists of."""
    text, begin = line.text, 0
    for cut in [*sorted(set(_cuts(line))), len(text)]:
        stretch = text[begin:cut]
        bare = stretch.strip(AROUND)
        if fold(bare) in line.words.bylines.words and cut < len(text):
            continue  # the label stays with what it labels
        if bare:
            start = begin + stretch.index(bare)
            yield start, start + len(_without_stop(bare))
        begin = cut


def _without_stop(text: str) -> str:
    last = text.rsplit(" ", 1)[-1]
    return text[:-1] if text.endswith(".") and len(last) > _ABBREVIATION + 1 else text


def _cuts(line: DatedLine) -> Iterator[int]:
    """Yield where another text begins: beside or glued to the one before it."""
    text, words = line.text, line.words
    yield from (found.end() for found in _COLUMNS.finditer(text))
    yield from (at for at, character in enumerate(text) if character in _JOINED)
    for found in line.dates:
        yield from (_before_weekday(text, found.start, words.dates), found.end)
    yield from _label_cuts(text, words.dates)
    yield from _credits(text, words.bylines)
    yield from _by_cuts(text, words)
    yield from _seam_cuts(text, words)


def _before_weekday(text: str, start: int, dates: DateWords) -> int:
    """Return where a date begins with the weekday before it, if there is one."""
    word = text[:start].rstrip(AROUND).rsplit(" ", 1)[-1]
    return text.rindex(word, 0, start) if fold(word) in dates.weekdays else start


def _label_cuts(text: str, dates: DateWords) -> Iterator[int]:
    """Yield where a label of a date begins that is glued on, or has more words than one."""
    for found in _any_of(dates.labels, dates.update_labels).finditer(text):
        before = text[: found.start()]
        is_glued = before[-1:].islower() and found[0][0].isupper()
        if is_glued or (before[-1:] == " " and " " in found[0]):
            yield found.start()


def _credits(text: str, bylines: BylineWords) -> Iterator[int]:
    """Yield where it begins to say who made a picture: ``Photo: Anna Boer``."""
    for found in _any_of(bylines.credits).finditer(text):
        if found[0][0].isupper() and text[found.end() :].lstrip()[:1] == ":":
            yield found.start()


def has_credit(text: str, bylines: BylineWords) -> bool:
    """Say whether a line says who made a picture: its date is the picture's then."""
    return ":" in text and any(True for _ in _credits(text, bylines))


def _by_cuts(text: str, words: LineWords) -> Iterator[int]:
    """Yield where a byline word begins in the midst of a line, with a name behind it."""
    for found in _any_of(words.bylines.words).finditer(text):
        before, word = text[: found.start()], found[0]
        has_name = text[found.end() : found.end() + 2].strip(": ")[:1].isupper()
        if not has_name or before[-1:] != " ":
            continue
        is_capital = word[0].isupper() and word not in words.persons.particles
        if is_capital or _introduces(before.rstrip(), words.dates, words.bylines):
            yield found.start()


def _introduces(before: str, dates: DateWords, bylines: BylineWords) -> bool:
    """Say whether a byline word can follow: behind a date, a sign, or the genre of the article."""
    word = fold(before.rsplit(" ", 1)[-1])
    return (
        before[-1:].isdigit()
        or before[-1:] in _PARTING
        or word in dates.beside
        or word in bylines.kickers
        or word in dates.labels
    )


def _seam_cuts(text: str, words: LineWords) -> Iterator[int]:
    """Yield where a capital begins something else: a text once more, or one that is glued on."""
    begin = 0
    for at in range(1, len(text)):
        if not text[at].isupper() or text[at - 1].isupper():
            continue
        if text[max(0, at - 2) : at].isspace() and at > 1:
            begin = at
        elif _repeats(text, begin, at) or (
            text[at - 1].isalnum() and _begins_other(text, at, words)
        ):
            begin = at
            yield at


def _repeats(text: str, begin: int, at: int) -> bool:
    """Say whether what stands at ``begin:at`` stands there once more: two words or more."""
    once = text[begin:at].strip(AROUND)
    return " " in once and text.startswith(once, at)


def _begins_other(text: str, at: int, words: LineWords) -> bool:
    """Say whether a date, a byline word, a button or what follows a year begins here, glued on."""
    rest = text[at : at + _GLUED_DATE]
    dates, bylines = words.dates, words.bylines
    return (
        text[max(0, at - _YEAR) : at].isdigit()
        or after_word(rest, bylines.words) is not None
        or any(one.start == 0 for one in dates_in(rest, dates))
        or _is_glued_word(text, at, words)
    )


def _is_glued_word(text: str, at: int, words: LineWords) -> bool:
    """Say whether a button or a role is glued to a word: *TansleyTwitter*, but no *McAdam*."""
    before, word = _GLUED_NAME.search(text, 0, at), _LETTERS.match(text, at)
    if not before or not word or len(word[0]) < _FEWEST_GLUED:
        return False
    if fold(before[1]) in words.bylines.words:
        return False
    folded, persons = word[0].casefold(), words.persons
    return folded in persons.roles or (
        folded in persons.plain_words and is_person(before[0], persons)
    )


_FORMS: tuple[tuple[str, Callable[[DatedLine], Byline | None]], ...] = (
    ("name_line", parse_name_line),
    ("author_line", _parse_part),
    ("single_name", _parse_single),
)
