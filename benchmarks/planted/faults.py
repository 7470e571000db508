"""Forty kinds of faults, each of which contradicts something in the corpus or in its own file."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.planted.corpus import MadeArticle, name, paragraph, sentence

TERMS = ["tuinfeest", "kermisplan", "museumfonds", "woonbootdebat"]
_CRAWLED = date(2024, 3, 12)
_SLOGAN = "Het nieuws uit jouw streek, elke dag vers"
_APPEAL = (
    "Word lid en steun onafhankelijke journalistiek in jouw buurt, al vanaf drie euro per maand."
)
_COOKIES = (
    "Wij gebruiken cookies en andere technieken om deze site goed te laten werken voor iedereen."
)
_ADVERT = (
    "Zoek je een nieuwe fiets voor het voorjaar? Kijk bij onze vaste partner voor de beste deals."
)

Fault = Callable[[MadeArticle, MadeArticle, random.Random], None]
"""Spoils an article; the second one is another of its outlet."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault: its name, the field that it spoils, and how."""

    name: str
    field: str
    spoil: Fault

    @property
    def fields(self) -> frozenset[str]:
        """The fields that a finding may name: a lead or a line may end up in the text, too."""
        return frozenset({self.field, "text"} if self.field != "headline" else {self.field})


def _headline(shown: str | None, shared: str | None = None) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        one.shown_headline = shown if shown is not None else one.headline
        one.shared_headline = shared if shared is not None else one.headline

    return spoil


def _of_outlet(form: str, *, in_byline: bool = False) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        value = form.format(outlet=one.outlet, bare=one.outlet.removeprefix("De "))
        one.declared_author = value
        one.byline = f"Door {value}" if in_byline or one.is_plain else ""

    return spoil


def _own_headline_lost(one: MadeArticle, other: MadeArticle, _: random.Random) -> None:
    one.shown_headline = one.shared_headline = other.headline


def _outlet_as_headline(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
    one.shown_headline = one.shared_headline = one.outlet


def _author(declared: str, byline: str | None = None) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        one.declared_author = declared.format(author=one.author)
        one.byline = f"Door {one.declared_author}" if byline is None else byline

    return spoil


def _contradicting_author(one: MadeArticle, _: MadeArticle, chance: random.Random) -> None:
    one.declared_author = f"Hubertus {name(chance).split()[-1]}"


def _publisher_in_tags(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
    one.declared_author = "Willibrord Tasman"


def _years(years: int) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        one.printed = one.declared = one.day.replace(year=one.day.year + years, day=1)

    return spoil


def _day(printed: date | None, declared: date | None) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        one.printed, one.declared = printed, declared

    return spoil


def _declared_apart(days: int) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        one.declared = one.day + timedelta(days=days)

    return spoil


def _crawled_beside(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
    one.declared = _CRAWLED
    one.below = ["Opgehaald op 12 maart 2024"]


def _described(text: str) -> Fault:
    def spoil(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
        one.description = one.standfirst = text

    return spoil


def _opening(text: str) -> Fault:
    return lambda one, _, __: one.paragraphs.insert(0, text)


def _ending(text: str) -> Fault:
    return lambda one, _, __: one.paragraphs.append(text)


def _amid(text: str) -> Fault:
    return lambda one, _, __: one.paragraphs.insert(2, text)


def _next_article(one: MadeArticle, other: MadeArticle, _: random.Random) -> None:
    one.paragraphs += [other.headline, other.paragraphs[0]]


def _next_headline(one: MadeArticle, other: MadeArticle, _: random.Random) -> None:
    one.paragraphs.append(other.headline)


def _next_opening(one: MadeArticle, other: MadeArticle, _: random.Random) -> None:
    one.paragraphs.append(other.standfirst or other.paragraphs[0])


def _foreign_paragraph(one: MadeArticle, other: MadeArticle, _: random.Random) -> None:
    one.paragraphs.append(other.paragraphs[2])


def _doubled(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
    one.paragraphs *= 2


def _doubled_paragraph(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
    one.paragraphs.append(one.paragraphs[1])


def _cut(one: MadeArticle, _: MadeArticle, chance: random.Random) -> None:
    one.paragraphs, one.standfirst = [sentence(chance, TERMS)], ""


def _comments(one: MadeArticle, _: MadeArticle, chance: random.Random) -> None:
    one.paragraphs += [paragraph(chance, [*TERMS, str(i)]) for i in range(60)]


def _german(one: MadeArticle, _: MadeArticle, chance: random.Random) -> None:
    one.standfirst = ""
    one.paragraphs = [
        "Der Bürgermeister sagte am Abend, dass die Arbeiten an der Brücke "
        f"{chance.randint(3, 99)} Wochen länger dauern werden, weil das Wasser noch immer nicht "
        "abgeflossen ist und niemand weiß, wann die "
        f"{chance.randint(100, 999)} Helfer wieder nach Hause gehen können."
        for _ in range(5)
    ]


def _other_site(one: MadeArticle, _: MadeArticle, __: random.Random) -> None:
    one.site = "Het Ochtendjournaal"


KINDS = (
    Kind("slogan above the headline's place", "headline", _headline(_SLOGAN)),
    Kind("slogan as the only headline", "headline", _headline(_SLOGAN, _SLOGAN)),
    Kind("outlet as headline", "headline", _outlet_as_headline),
    Kind("call to read on as headline", "headline", _headline("Lees het hele verhaal hier", "")),
    Kind("headline of another article", "headline", _own_headline_lost),
    Kind(
        "section as headline", "headline", _headline("Nieuws uit de regio", "Nieuws uit de regio")
    ),
    Kind("cookie notice as headline", "headline", _headline("Wij waarderen uw privacy zeer")),
    Kind("error as headline", "headline", _headline("Pagina is niet gevonden", "")),
    Kind("outlet as author", "author", _of_outlet("{outlet}")),
    Kind("outlet as printed author", "author", _of_outlet("{outlet}", in_byline=True)),
    Kind("desk as author", "author", _of_outlet("Redactie {outlet}")),
    Kind("imprint as author", "author", _of_outlet("{outlet} Media BV")),
    Kind("publisher's person in the tags", "author", _publisher_in_tags),
    Kind("name with reading time", "author", _author("{author} Leestijd")),
    Kind("name with function", "author", _author("{author} Verslaggever")),
    Kind("tags and byline name others", "author", _contradicting_author),
    Kind("day of a crawl beside the true one", "date_published", _crawled_beside),
    Kind("day of a crawl alone", "date_published", _day(_CRAWLED, _CRAWLED)),
    Kind("day of a crawl in the tags", "date_published", _day(None, _CRAWLED)),
    Kind("ten years early", "date_published", _years(-10)),
    Kind("a century early", "date_published", _years(-100)),
    Kind("seventy years late", "date_published", _years(70)),
    Kind("six years early", "date_published", _years(-6)),
    Kind("tags half a year late", "date_published", _declared_apart(180)),
    Kind("tags two years early", "date_published", _declared_apart(-700)),
    Kind("beginning of counting", "date_published", _day(date(1970, 1, 1), date(1970, 1, 1))),
    Kind("slogan as lead", "description", _described(_SLOGAN + ".")),
    Kind("appeal as lead", "description", _described(_APPEAL)),
    Kind("cookies at the beginning", "text", _opening(_COOKIES)),
    Kind("appeal at the end", "text", _ending(_APPEAL)),
    Kind("advertisement within", "text", _amid(_ADVERT)),
    Kind("next article at the end", "text", _next_article),
    Kind("next headline at the end", "text", _next_headline),
    Kind("next lead at the end", "text", _next_opening),
    Kind("paragraph of another article", "text", _foreign_paragraph),
    Kind("all of it twice", "text", _doubled),
    Kind("a paragraph twice", "text", _doubled_paragraph),
    Kind("all but a sentence lost", "text", _cut),
    Kind("comments in the text", "text", _comments),
    Kind("another language", "language", _german),
)
"""The kinds, by field."""

EACH = 6
"""Articles that a kind spoils, all of one outlet."""


@dataclass(frozen=True)
class Planted:
    """A fault in an article; ``right`` is what the field should have, None of a text."""

    kind: Kind
    file: str
    right: str | None
    stray: tuple[str, ...]
    """Paragraphs of a text that are not its own."""


def plant(corpus: list[MadeArticle], seed: int = 2) -> list[Planted]:
    """Spoil articles of a corpus, each by one kind at most; return which."""
    chance = random.Random(seed)
    outlets: dict[str, list[MadeArticle]] = {}
    for one in corpus:
        if not one.is_lawful_repeat:
            outlets.setdefault(one.outlet, []).append(one)
    free = [chance.sample(articles, len(articles)) for articles in list(outlets.values())[2:]]
    planted = []
    for number, kind in enumerate(KINDS):
        articles = free[number % len(free)]
        for _ in range(EACH):
            one = articles.pop()
            right = {
                "headline": one.headline,
                "author": one.author,
                "date_published": one.day.isoformat(),
                "description": one.standfirst,
            }
            before = set(one.paragraphs)
            kind.spoil(one, articles[chance.randrange(len(articles) // 2)], chance)
            stray = tuple(text for text in one.paragraphs if text not in before)
            planted.append(Planted(kind, one.name, right.get(kind.field), stray))
    return planted
