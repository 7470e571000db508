"""Ministries: *ministerie van Defensie* is a body, *Defensie* of its minister is none."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knipsel.transforms.annotate.model import Mention
from knipsel.transforms.annotate.names.runs import before

if TYPE_CHECKING:
    from knipsel.transforms.annotate.model import ArticleText
    from knipsel.transforms.registers.annotations.names import NameWords

_CONFIDENCE = 0.95
_LONGEST_NAME = 6
"""Words between a title and its department, and the title."""


def without_departments(article: ArticleText, words: NameWords) -> tuple[str, list[Mention]]:
    """Return a text with the names of departments in lower case, and its ministries as mentions.

    The name of a department is one behind *ministerie van*, *minister van*, *minister Vos van*.
    """
    if not words.department_names or not words.department_words:
        return article.text, []
    text, at = article.text, 0
    parts: list[str] = []
    found: list[Mention] = []
    for named in _departments(words.department_names, words.organisation_joiners).finditer(text):
        previous, gap = before(text, named.start(), 0)
        folded = previous.lower()
        start = named.start(1)
        if not gap and folded in words.department_words:
            start = named.start() - len(previous)
            name = folded + named[0]
            place = start, named.end()
            found.append(Mention(*place, "organisation", name, None, "rule", _CONFIDENCE))
        elif gap or not _is_of_title(text, named.start(), words):
            continue
        parts += [text[at:start], *map(_lower, text[start : named.end()])]
        at = named.end()
    return "".join((*parts, text[at:])), found


def _is_of_title(text: str, at: int, words: NameWords) -> bool:
    """Tell whether somebody's title stands here, or before the name here: *minister Jan Vos*."""
    for _ in range(_LONGEST_NAME):
        word, gap = before(text, at, 0)
        if gap.strip() or not word:
            return False
        if word.lower() in words.titles or word.lower().endswith(words.title_ends):
            return True
        if not word[0].isupper() and word not in words.particles:
            return False
        at -= len(gap) + len(word)
    return False


def _lower(letter: str) -> str:
    """Return a letter in lower case where that is one letter: offsets stay."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


@cache
def _departments(names: frozenset[str], links: frozenset[str]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    joined = "|".join(map(re.escape, sorted(links)))
    return re.compile(rf" (?:{joined}) ((?:{longest_first})(?!\w))")
