"""Exports of press databases, made of invented articles."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date

from tests.texts import article

WORDS = {
    "en": {
        "record": "{} of {} DOCUMENTS",
        "author": "BYLINE",
        "section": "SECTION",
        "length": "LENGTH: {} words",
        "load": "LOAD-DATE",
        "language": "LANGUAGE: DUTCH; NEDERLANDS",
        "type": "PUBLICATION-TYPE: Newspaper",
    },
    "nl": {
        "record": "Document {} van {}",
        "author": "AUTEUR",
        "section": "RUBRIEK",
        "length": "LENGTE: {} woorden",
        "load": "LOAD-DATE",
        "language": "TAAL: Dutch / Nederlands",
        "type": "PUB-TYPE: Krant",
    },
    "de": {
        "record": "Dokument {} von {}",
        "author": "AUTOR",
        "section": "RUBRIK",
        "length": "LÄNGE: {} Wörter",
        "load": "UPDATE",
        "language": "SPRACHE: DUTCH; NIEDERLÄNDISCH",
        "type": "PUBLICATION-TYPE: Zeitung",
    },
    "fr": {
        "record": "Document {} de {}",
        "author": "AUTEUR",
        "section": "RUBRIQUE",
        "length": "LONGUEUR: {} mots",
        "load": "DATE-CHARGEMENT",
        "language": "LANGUE: DUTCH; NÉERLANDAIS",
        "type": "TYPE-PUBLICATION: Quotidien",
    },
}
"""The labels of the interface by its language."""

HEADLINES = (
    "Haven blijft dicht",
    "Waterpeil zakt weer",
    "Raad stemt over de brug",
    "Geen akkoord in Zoutmonde na nachtelijk overleg tussen de vakbond en het ministerie",
    "'Niemand wilde de sluis'",
)
OUTLETS = ("De Kadebode", "Het Noordblad", "De Seldepost")
AUTHORS = ("Hanne Terwolde", "Bram Oudejans", "Zoë Crèvecœur")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True)
class Made:
    """An article to export."""

    number: int
    day: date
    page: int = 3

    @property
    def headline(self) -> str:
        """Its headline; another number gives another one."""
        return f"{HEADLINES[self.number % len(HEADLINES)]} ({self.number})"

    @property
    def outlet(self) -> str:
        """Who published it."""
        return OUTLETS[self.number % len(OUTLETS)]

    @property
    def author(self) -> str:
        """Who wrote it."""
        return AUTHORS[self.number % len(AUTHORS)]

    @property
    def paragraphs(self) -> list[str]:
        """Its text."""
        return article(self.number).split("\n\n")

    @property
    def text(self) -> str:
        """The text as it should be published."""
        return "\n\n".join(self.paragraphs)

    @property
    def dutch_day(self) -> str:
        """Its day, as a newspaper writes it."""
        return f"{self.day.day} {MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def weekday(self) -> str:
        """The day of the week."""
        return WEEKDAYS[self.day.weekday()]


def wrapped(text: str) -> str:
    """Return paragraphs wrapped at 80 columns, as LexisNexis has them."""
    return "\n\n".join(textwrap.fill(part, 80) for part in text.split("\n\n"))


def head_labels(one: Made, language: str = "en") -> list[str]:
    """Return the labels that stand above the text."""
    words = WORDS[language]
    return [
        f"{words['author']}: {one.author}",
        f"{words['section']}: BINNENLAND; Blz. {one.page}",
        words["length"].format(len(one.text.split())),
    ]


def tail_labels(one: Made, language: str = "en") -> list[str]:
    """Return the labels that stand below the text."""
    words = WORDS[language]
    load = f"{words['load']}: {one.dutch_day}"
    return [load, words["language"], words["type"], "JOURNAL-CODE: KB"]


def lexisnexis_record(
    one: Made, head: list[str], tail: list[str], *, place: str = "1 of 1 DOCUMENTS"
) -> str:
    """Return a record in the classic layout of LexisNexis."""
    masthead = [place, one.outlet, f"{one.weekday} {one.dutch_day}"]
    lines = [line.center(80).rstrip() for line in masthead]
    return "\n\n\n".join(
        [
            "\n\n".join(lines),
            "\n\n".join([textwrap.fill(one.headline, 80), *head]),
            wrapped(one.text),
            "\n\n".join(tail),
            "Copyright 2011 Kade Uitgevers".center(80).rstrip(),
        ]
    )


def lexisnexis(articles: list[Made], language: str = "en") -> str:
    """Return an export in the classic layout of LexisNexis, with a cover."""
    cover = "Terms: haven AND date(geq(1/1/2011))\n\nSource: Dutch Language News\nProject ID:\n"
    records = [
        lexisnexis_record(
            one,
            head_labels(one, language),
            tail_labels(one, language),
            place=WORDS[language]["record"].format(index, len(articles)),
        )
        for index, one in enumerate(articles, 1)
    ]
    return "\n\n\n\n".join([cover, *records])


def nexis(articles: list[Made], *, has_cover: bool = True) -> str:
    """Return an export in the layout of Nexis Uni, a paragraph a line."""
    cover = ["User Name: Lezer", "Date and Time: Friday, March 18, 2022 11:16:00 AM EDT"]
    cover += ["Job Number: 166421231", f"Documents ({len(articles)})"]
    for index, one in enumerate(articles, 1):
        cover += [f"{index}. {one.headline}", "Client/Matter: -None-", "Search Terms: haven"]
    lines = cover if has_cover else []
    for one in articles:
        date_line = f"{one.dutch_day} {one.weekday}"
        rights = "Copyright 2011 Kade Uitgevers All Rights Reserved"
        lines += ["", one.headline, one.outlet, date_line, "Eerste Editie", "", rights, ""]
        lines += ["Section: BINNENLAND; Blz. 3", f"Length: {len(one.text.split())} words"]
        lines += [f"Byline: {one.author}", "Body", "", *one.text.split("\n")]
        lines += ["", "Graphic", "De kade bij laag water.", "", "Classification", ""]
        lines += ["Language: DUTCH; NEDERLANDS", "Publication-Type: Newspaper"]
        lines += ["Subject: PORTS (90%); NEGOTIATIONS (80%)", f"Load-Date: {one.dutch_day}", ""]
        lines += ["", "End of Document", ""]
    return "\n".join(lines)


def factiva(articles: list[Made]) -> str:
    """Return an export of Factiva with its codes."""
    records = []
    for one in articles:
        first, *rest = one.paragraphs
        rows = ["SE\tBinnenland", f"HD\t{one.headline}", f"BY\tDoor {one.author}"]
        rows += [f"WC\t{len(one.text.split())} words", f"PD\t{one.dutch_day}", f"SN\t{one.outlet}"]
        rows += ["SC\tKADE", f"PG\t{one.page}", "LA\tDutch", "CY\tCopyright 2011 Kade Uitgevers"]
        rows += ["LP\t", first, "", "TD\t", "\n\n".join(rest), "", "NS\tgdip : Diplomatie"]
        rows += ["RE\tneth : Nederland", "PUB\tKade Uitgevers"]
        rows += [f"AN\tDocument KADE0000{one.day:%Y%m%d}e7bu{one.number:05}"]
        records.append("\n".join(rows))
    return "\n\n\n".join([*records, "Search Summary\nText\thaven\nDate\tAll Dates"])


def mediargus_entry(one: Made, number: int) -> str:
    """Return the entry of an article in the index of a Belgian press database."""
    count = len(one.text.split())
    source = f"{one.outlet}, {one.weekday} {one.dutch_day}, p. {one.page}, {count}w."
    lead = one.paragraphs[0][:150].rsplit(" ", 1)[0] + " ..."
    return f"{number}. {one.headline}\n\n{source}\n\n{lead}\n"


def mediargus_text(one: Made, *, has_author: bool = True) -> str:
    """Return the text of an article in an export of a Belgian press database."""
    above = f"\n{one.author}\n" if has_author else "\n\nKust, Polder\n\n"
    return f"{one.day:%d-%m-%Y}, p.{one.page}{above}{one.headline}\n\n{one.text}\n\n © Kadegroep"


def mediargus(articles: list[Made]) -> str:
    """Return an export of a Belgian press database: the index, then the texts."""
    entries = [mediargus_entry(one, number) for number, one in enumerate(articles, 1)]
    texts = [mediargus_text(one, has_author=one.number % 2 == 0) for one in articles]
    return "\n\n\n\n\n".join(["\n".join(entries), *texts])
