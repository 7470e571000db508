"""A sound corpus of made-up articles of fifteen outlets, with what repeats in it lawfully."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.planted import words

OUTLETS = 15
ARTICLES = 134
"""Of each outlet: some 2,000 together."""
_PLAIN = 3
"""Every third outlet or so is plain text."""

COLUMN = "De fietsbel"
_FIRST_DAY = date(2022, 1, 3)
_SPAN = 700
_COLUMN_EVERY = 12
"""One article in so many is one of the weekly column."""


@dataclass
class MadeArticle:
    """A made-up article, and how its page or its text shows it; faults change these.

    ``day`` is its true day, ``printed`` the one that it prints, ``declared`` that of its tags; None
    where it has none. ``above`` and ``below`` are lines around the article.
    """

    outlet: str
    host: str
    number: int
    is_plain: bool
    headline: str
    author: str
    day: date
    paragraphs: list[str]
    standfirst: str = ""
    shown_headline: str | None = None
    shared_headline: str | None = None
    byline: str | None = None
    declared_author: str | None = None
    printed: date | None = None
    declared: date | None = None
    site: str | None = None
    description: str | None = None
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    is_lawful_repeat: bool = False

    @property
    def name(self) -> str:
        """The name of its file."""
        ending = "txt" if self.is_plain else "html"
        return f"{self.host.split('.')[1]}/{self.number:04d}.{ending}"

    def content(self) -> str:
        """Return the file."""
        return self._text() if self.is_plain else self._page()

    def _text(self) -> str:
        headline = self.headline if self.shown_headline is None else self.shown_headline
        byline = f"Door {self.author}" if self.byline is None else self.byline
        day = said(self.printed) if self.printed else ""
        head = [*self.above, headline, byline, day, self.standfirst]
        foot = [*self.below, f"© {self.site or self.outlet}"]
        return "\n\n".join(filter(None, [*head, *self.paragraphs, *foot])) + "\n"

    def _page(self) -> str:
        shown = self.headline if self.shown_headline is None else self.shown_headline
        shared = self.headline if self.shared_headline is None else self.shared_headline
        byline = f"Door {self.author}" if self.byline is None else self.byline
        author = self.author if self.declared_author is None else self.declared_author
        site = self.site or self.outlet
        tags = {
            "og:title": shared,
            "og:site_name": site,
            "author": author,
            "article:published_time": f"{self.declared}T08:00:00+01:00" if self.declared else "",
            "og:description": self.description or "",
        }
        metas = "".join(
            f'<meta property="{name}" name="{name}" content="{html.escape(value)}">\n'
            for name, value in tags.items()
            if value
        )
        day = f"<p>{said(self.printed)}</p>" if self.printed else ""
        lead = html.escape(self.standfirst)
        byline = f"<p class=byline>{html.escape(byline)}</p>" if byline else ""
        lead = f"<p class=lead><strong>{lead}</strong></p>" if lead else ""
        return (
            '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">\n'
            f"<title>{html.escape(shared)} - {html.escape(site)}</title>\n{metas}"
            f'<link rel="canonical" href="https://{self.host}/artikel/{self.number}"></head>\n'
            "<body><nav><a href='/'>Voorpagina</a> <a href='/sport'>Sport</a></nav>"
            f"{_paragraphs(self.above)}<article><h1>{html.escape(shown)}</h1>{byline}{day}{lead}"
            f"{_paragraphs(self.paragraphs)}{_paragraphs(self.below)}</article>"
            f"<footer>© {html.escape(site)}</footer></body></html>\n"
        )


def said(day: date) -> str:
    """Return a day as a Dutch page prints it."""
    return f"{day.day} {words.MONTHS[day.month - 1]} {day.year}"


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>\n" for text in texts)


def _term(chance: random.Random) -> str:
    return chance.choice(words.NOUNS) + chance.choice(words.ENDS)


def sentence(chance: random.Random, terms: list[str]) -> str:
    """Return a sentence about some of the terms."""
    one, other = chance.sample(terms, 2)
    place, days = chance.choice(words.PLACES), chance.randint(3, 900)
    does, did, will = (chance.choice(words.VERBS) for _ in range(3))
    who, what = chance.choice(words.NOUNS), chance.choice(words.NOUNS)
    return (
        f"Het {one} in {place} {does} omdat de {who} volgens het {other} niet meer {did}, en de "
        f"{what} {will} na {days} dagen."
    )


def paragraph(chance: random.Random, terms: list[str]) -> str:
    """Return a paragraph of three to five sentences."""
    return " ".join(sentence(chance, terms) for _ in range(chance.randint(3, 5)))


def name(chance: random.Random) -> str:
    """Return a name."""
    return f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"


def _article(chance: random.Random, outlet: int, number: int, staff: list[str]) -> MadeArticle:
    terms = [_term(chance) for _ in range(6)]
    day = _FIRST_DAY + timedelta(days=chance.randrange(_SPAN))
    headline = (
        f"{terms[0].capitalize()} {chance.choice(words.VERBS)} door {terms[1]} in {_place(chance)}"
    )
    return MadeArticle(
        outlet=words.NAMES[outlet],
        host=f"www.{words.NAMES[outlet].lower().replace(' ', '')}.nl",
        number=number,
        is_plain=outlet % _PLAIN == _PLAIN - 1,
        headline=headline,
        author=chance.choice(staff),
        day=day,
        paragraphs=[paragraph(chance, terms) for _ in range(chance.randint(4, 7))],
        standfirst=sentence(chance, terms),
    )


def _place(chance: random.Random) -> str:
    return chance.choice(words.PLACES)


def sound_corpus(seed: int = 1) -> list[MadeArticle]:
    """Return the corpus without faults.

    Each outlet has a staff of six, of whom one writes a weekly column under one title; one is the
    blog of one person, in another all articles are of one day.
    """
    chance = random.Random(seed)
    corpus = []
    for outlet in range(OUTLETS):
        staff = list(dict.fromkeys(name(chance) for _ in range(9)))[:6]
        if outlet == 0:
            staff = staff[:1]
        for number in range(ARTICLES):
            made = _article(chance, outlet, number, staff)
            if outlet == 1:
                made.day = _FIRST_DAY
            elif outlet > 1 and number % _COLUMN_EVERY == 0:
                made.headline, made.author = COLUMN, staff[0]
                made.day = _FIRST_DAY + timedelta(weeks=number // _COLUMN_EVERY)
                made.is_lawful_repeat = True
            made.printed = made.declared = made.day
            made.description = made.standfirst
            corpus.append(made)
    return corpus
