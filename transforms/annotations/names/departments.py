"""Ministries: *ministerie van Defensie* is a body, *Defensie* of its minister is none."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from transforms.annotations.model import Mention
from transforms.annotations.names.runs import before

if TYPE_CHECKING:
    from transforms.annotations.model import ArticleText
    from transforms.annotations.names.registers import NameWords

_CONFIDENCE = 0.95


def without_departments(article: ArticleText, words: NameWords) -> tuple[str, list[Mention]]:
    """Return a text with the names of departments in lower case, and its ministries as mentions.

    The name of a department is one behind *ministerie van* and *minister van*.
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
        elif folded not in words.titles and not folded.endswith(words.title_ends):
            continue
        parts += [text[at:start], *map(_lower, text[start : named.end()])]
        at = named.end()
    return "".join((*parts, text[at:])), found


def _lower(letter: str) -> str:
    """Return a letter in lower case where that is one letter: offsets stay."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


@cache
def _departments(names: frozenset[str], links: frozenset[str]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    joined = "|".join(map(re.escape, sorted(links)))
    return re.compile(rf" (?:{joined}) ((?:{longest_first})(?!\w))")
