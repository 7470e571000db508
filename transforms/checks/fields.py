"""What can be checked: fields of articles, quotations, speakers, topics, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knipsel.transforms.registers.articles.corrections import corrected

ARTICLES, QUOTATIONS, TOPICS, REMOVED_SPANS = "articles", "quotations", "topics", "removed_spans"
_IN_WORDS = {
    "headline": "headline",
    "alternative_headline": "alternative headline",
    "description": "standfirst or lead",
    "author": "authors",
    "publisher": "publisher",
    "hostname": "host",
    "date_published": "day of publication",
    "dateline": "dateline",
    "genre": "genre",
    "language": "language",
    "article_section": "section",
    "completeness": "completeness",
    "license": "licence",
    "copyright_notice": "copyright notice",
}
"""The fields of articles that can be checked, and what they are called in a sentence."""


@dataclass(frozen=True, slots=True)
class Checkable:
    """What can be checked: its name for people, its table and column, what a person is asked.

    ``words`` begin a sentence such as "day of publication right in 96 %". Of what
    ``has_right_value`` another value may be right; the rest is right or wrong.
    """

    name: str
    table: str
    column: str
    words: str
    question: str
    has_right_value: bool = True

    @property
    def is_corrected(self) -> bool:
        """Whether a right value is a correction, which the next reading takes."""
        return self.table == ARTICLES

    def right_value(self, text: str) -> str:
        """Return a right value as it is kept; raise ``ValueError`` for one that cannot be."""
        return corrected(self.column, text)[1] if self.is_corrected else " ".join(text.split())


def _of_article(column: str, words: str) -> Checkable:
    question = f"Is this the {words} of the article; where it is empty, has the article none?"
    return Checkable(column, ARTICLES, column, words, question)


CHECKABLE: dict[str, Checkable] = {
    one.name: one
    for one in (
        *(_of_article(column, words) for column, words in _IN_WORDS.items()),
        Checkable(
            "quotation",
            QUOTATIONS,
            "text",
            "quotations",
            "Does somebody say this here, no more and no less?",
            has_right_value=False,
        ),
        Checkable("speaker", QUOTATIONS, "speaker", "speakers", "Does this person say it?"),
        Checkable(
            "topic",
            TOPICS,
            "topic",
            "topics",
            "Is the article about this?",
            has_right_value=False,
        ),
        Checkable(
            "removed",
            REMOVED_SPANS,
            "text",
            "what was left out",
            "Was this rightly left out: is it none of the article's prose?",
            has_right_value=False,
        ),
    )
}
"""What can be checked, by its name."""


def checkable(name: str) -> Checkable:
    """Return what has a name; raise ``ValueError`` where nothing has."""
    if name not in CHECKABLE:
        message = f"{name!r} cannot be checked; these can: {', '.join(CHECKABLE)}"
        raise ValueError(message)
    return CHECKABLE[name]


def checkables(names: Sequence[str]) -> tuple[Checkable, ...]:
    """Return what has some names, each once; raise ``ValueError`` where there is nothing."""
    if not names:
        message = f"Say what to check: {', '.join(CHECKABLE)}."
        raise ValueError(message)
    return tuple(map(checkable, dict.fromkeys(names)))


def by_table(fields: Sequence[Checkable]) -> dict[str, list[Checkable]]:
    """Return the fields of each table: they are checked on the same rows."""
    found: dict[str, list[Checkable]] = {}
    for field in fields:
        found.setdefault(field.table, []).append(field)
    return found
