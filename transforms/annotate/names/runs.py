"""Runs of words with a capital, in which names are looked for.

A run is words with a capital next to each other, with the little words that may stand inside a
name between them (*van der*, *voor*, *&*). Which of a run are names is decided elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from knipsel.transforms.annotate.model import Sentence

_EXTENDED = "".join(chr(one) for one in range(0x100, 0x180) if chr(one).isupper())
_CAPITALS = f"A-ZÀ-ÖØ-Þ{_EXTENDED}Ș-ȚΆ-ΏΑ-ΫЀ-Я"
"""Of Latin, Greek and Cyrillic; scripts without capitals have no runs."""
_LINKS = (
    "van|von|der|den|de|des|du|ter|ten|te|voor|für|for|of|the|aan|zu|zum|vom|da|di|del|della|dos|"
    "in|im|la|le|al|bin|ibn|af|el|en|und|and|op|het|'t|’t|&"
)
_WORD = (
    rf"(?:[dl]['’]|al-|el-|['’][st][- ])?[{_CAPITALS}]"
    r"(?:\w|['’\-‑&*](?=\w)|\.(?=(?:com|nl|be|org|net|eu|de|uk)\b))*+\+?"
)
_INITIALS = rf"(?:[{_CAPITALS}][a-z]{{0,2}}\.-?){{2,}}(?:[{_CAPITALS}](?!\w))?|[{_CAPITALS}]\."
_SHORT = r"(?:Th|Ch|Chr|Ph|Fr|Joh|St|Jos|Alex|Fred)\.|[Ss][Pp]\.[Aa]"
_SMALL = rf"[a-zß-ÿ]{{1,2}}[{_CAPITALS}]\w*"
"""*cdH*, *easyJet* has more small letters than is worth to look for."""
_TOKEN = rf"(?:(?:{_INITIALS}|{_SHORT})(?!\w)|{_WORD}|{_SMALL})"
_SPACE = r"[^\S\n]{1,3}(?:\n[^\S\n]{0,3})?|\n[^\S\n]{0,3}"
RUN = re.compile(
    rf"(?<![\w@#]){_TOKEN}(?:(?:(?:{_SPACE})(?:{_LINKS})(?=\s)){{0,3}}(?:{_SPACE}){_TOKEN})*"
)
_TAIL = re.compile(r"[ \n]([a-zß-ÿ]+|\d{1,4})(?![\w-])")
_PARTS = re.compile(r"\S+")
_JOINING = "_'’.-"
"""What may stand inside a word."""
_AFTER = re.compile(r"(\W{0,4})([^\W_](?:[\w'’\-]*\w)?)?")
_OPENING = " \n\"'‘’“”„«»–-"
_QUOTES = frozenset("\"'‘’“„«")
_NEAR = 4
"""Characters between a stop and the word behind it, at most: a space and marks."""
_SHORTEST_WRAPPED = 40
"""Characters of a line that a column wrapped, at least."""
_LONGEST_WORD = 60
"""Characters of a word of a name, at most: what is longer names nobody."""
_MOST_WORDS = 24
"""Words of a run, at most: more are a list or a table, and a name lies in it somewhere."""
_WINDOW = 32
"""Characters before and behind a run that tell what it is: a word or two."""


class Word(NamedTuple):
    """A word of a run.

    ``is_link`` tells a little word that links others, ``is_first`` one with which a sentence
    begins: there a capital shows nothing.
    """

    start: int
    end: int
    text: str
    is_link: bool
    is_first: bool


def find_runs(
    text: str, sentences: Iterable[Sentence], openers: AbstractSet[str]
) -> Iterator[list[Word]]:
    """Yield the runs of a text, in order; each lies in one sentence.

    What is no more than one of the ``openers`` with which a sentence begins is left out.
    """
    for start, end, _ in sentences:
        fresh = True
        last = start
        for found in RUN.finditer(text, start, end):
            if fresh and _has_word(text, last, found.start()):
                fresh = False
            is_first = fresh or _follows_stop(text, last, found.start())
            fresh, last = False, found.end()
            if is_first and found[0].lower() in openers:
                continue
            for words in _runs(text, found, is_first=is_first):
                if len(words) > 1 or not words[0].is_first or words[0].text.lower() not in openers:
                    yield words


def _runs(text: str, found: re.Match[str], *, is_first: bool) -> Iterator[list[Word]]:
    """Yield the words of a run; another run begins on the line behind a short one."""
    if found.end() - found.start() <= _LONGEST_WORD and found[0].isalnum():
        yield [Word(found.start(), found.end(), found[0], is_link=False, is_first=is_first)]
        return
    words: list[Word] = []
    for part in _PARTS.finditer(text, found.start(), found.end()):
        is_long = part.end() - part.start() > _LONGEST_WORD
        if words and (is_long or len(words) == _MOST_WORDS):
            yield words
            words, is_first = [], False
        if is_long:
            continue
        if words and _ends_short_line(text, words[-1].end, part.start()):
            yield words
            words, is_first = [], True
        link = _is_link(part[0])
        words.append(Word(part.start(), part.end(), part[0], link, is_first and not words))
    if words:
        yield words


def _ends_short_line(text: str, end: int, start: int) -> bool:
    """Tell whether a line ends here that no column wrapped: a heading, a name above a text."""
    return "\n" in text[end:start] and end - text.rfind("\n", 0, end) < _SHORTEST_WRAPPED


def with_tail(text: str, words: list[Word], tails: AbstractSet[str]) -> list[Word]:
    """Return a run with the word behind it where known names end so: *Radio 1*."""
    found = _TAIL.match(text, words[-1].end)
    if not found or found[1] not in tails:
        return words
    return [*words, Word(found.start(1), found.end(), found[1], is_link=True, is_first=False)]


def _is_link(word: str) -> bool:
    return (word.islower() and "." not in word) or word == "&"


def _has_word(text: str, start: int, end: int) -> bool:
    return any(letter.isalnum() for letter in text[start:end])


def _follows_stop(text: str, start: int, end: int) -> bool:
    """Tell whether a mark before a word may be why it has a capital."""
    near = text[max(start, end - _NEAR) : end]
    return near[-1:] in _QUOTES or near.endswith(",,") or near.rstrip(_OPENING).endswith((":", "."))


def before(text: str, start: int, floor: int) -> tuple[str, str]:
    """Return the word before a place, and what stands between the two; both may be empty."""
    first = max(floor, start - _WINDOW)
    end = start
    while end > first and not text[end - 1].isalnum():
        end -= 1
    begin = end
    while begin > first and (text[begin - 1].isalnum() or text[begin - 1] in _JOINING):
        begin -= 1
    return text[begin:end].lstrip(_JOINING), text[end:start]


def after(text: str, end: int, ceiling: int) -> tuple[str, str]:
    """Return what stands behind a place up to the next word, and that word; both may be empty."""
    found = _AFTER.match(text, end, min(ceiling, end + _WINDOW))
    return (found[1], found[2] or "") if found else ("", "")
