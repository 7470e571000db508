"""More exports of invented articles: those without labels, whose lines tell by their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.exported import Made

BARE = {
    "en": ("{} words", "Dutch", "Document"),
    "nl": ("{} woorden", "Nederlands", "Document"),
    "de": ("{} Wörter", "Niederländisch", "Dokument"),
    "fr": ("{} mots", "Néerlandais", "Document"),
    "zh": ("{} 字", "荷兰语", "文件"),
}
"""How Factiva counts words, names Dutch and announces its number, by the interface's language."""
FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def factiva_bare(articles: list[Made], language: str = "en") -> str:
    """Return an export of Factiva without codes."""
    count, dutch, number = BARE[language]
    records = []
    for one in articles:
        words = f"{len(one.text.split()):,}"
        lines = ["Binnenland"] if one.number % 2 else []
        lines += [one.headline, f"Door {one.author}", count.format(words), one.dutch_day]
        lines += ["09:30"] if one.number % 3 else []
        lines += [one.outlet, "KADE", str(one.page), dutch, "Copyright 2011 Kade Uitgevers"]
        lines += ["", one.text, "", "Kade Uitgevers BV", ""]
        lines += [f"{number} KADE0000{one.day:%Y%m%d}e7bu{one.number:05}"]
        records.append("\n".join(lines))
    return "\n\n\n".join(["Dow Jones Factiva", *records, "Search Summary\nText\thaven"])


def europresse(articles: list[Made]) -> str:
    """Return an export of Europresse as text."""
    records = []
    for one in articles:
        day = f"{one.day.day} {FRENCH_MONTHS[one.day.month - 1]} {one.day.year}"
        number = f"news·{one.day:%Y%m%d}·KB·{one.number:06}"
        lines = [f"{one.outlet}, no. 12", f"Région, jeudi {day}, p. {one.page}", "", one.headline]
        lines += ["", one.author, "", one.text, "", f"© 2011 {one.outlet}. Tous droits réservés."]
        lines += [f"Numéro de document : {number}", number]
        lines += ["Ce certificat est émis à Lezer à des fins de visualisation personnelle."]
        lines += ["Date d'émission : 2019-11-05"]
        records.append("\n".join(lines))
    return "\n\n\n".join(records)


def with_sources_above(articles: list[Made]) -> str:
    """Return what an agency's database prints: the source, the title, the text, a rule."""
    records = []
    for one in articles:
        source = f'"{one.outlet}" Nr. {one.page}/{one.day.year} vom {one.day:%d.%m.%Y}'
        lines = [f"{source}          Seite: {one.page}", "", one.headline, "", f"Von {one.author}"]
        records.append("\n".join([*lines, "", one.text]))
    return f"\n\n{'_' * 60}\n".join(records)


def with_sources_below(articles: list[Made]) -> str:
    """Return cuttings as a press office sends them: contents, then title, source and text."""
    contents = [f"{one.headline}\n{one.outlet}, {one.dutch_day}, p. {one.page}" for one in articles]
    records = [
        "\n".join(
            [
                one.headline,
                f"{one.outlet}, {one.dutch_day}, p. {one.page}",
                one.author,
                "",
                one.text,
            ]
        )
        for one in articles
    ]
    return "\n\n\n".join(["Knipselkrant van de haven", *contents, *records])


def proquest(articles: list[Made]) -> str:
    """Return an export of ProQuest as text: labels, of which some stand below the text."""
    records = []
    for one in articles:
        first, last = one.author.split(maxsplit=1)
        lines = ["", one.headline, "", f"Author: {last}, {first}", ""]
        lines += [
            f"Publication info: {one.outlet} ; Zoutmonde [Zoutmonde] {one.dutch_day}: A.{one.page}."
        ]
        lines += ["", "http://database.example/docview/1", "", f"Full text: {one.text}", ""]
        lines += ["Subject: Havens", f"Title: {one.headline}", f"Publication title: {one.outlet}"]
        lines += [f"Pages: A.{one.page}", f"Publication year: {one.day.year}"]
        lines += [f"Publication date: {one.dutch_day}", "Publisher: Kade Uitgevers"]
        lines += ["Language of publication: Dutch", f"ProQuest document ID: 4211{one.number:05}"]
        lines += ["Copyright: Copyright 2011 Kade Uitgevers", "Last updated: 2017-11-17"]
        records.append("\n".join(lines))
    rule = f"\n{'_' * 60}\n"
    return rule + rule.join(
        f"\nDocument {index} of {len(records)}\n{record}" for index, record in enumerate(records, 1)
    )


def labelled(articles: list[Made]) -> str:
    """Return records with Russian labels above the text, as lists of Integrum have them."""
    records = []
    for one in articles:
        lines = [
            f"Источник: {one.outlet}",
            f"Дата выпуска: {one.day:%d.%m.%Y}",
            "Номер выпуска: 12",
        ]
        lines += [f"Заглавие: {one.headline}", f"Автор: {one.author}", f"Полоса: {one.page}", ""]
        records.append("\n".join([*lines, one.text]))
    return "\n\n\n".join(records)


def with_labels_below(articles: list[Made]) -> str:
    """Return records whose labels stand below their texts, as ProQuest prints them now."""
    records = []
    for one in articles:
        lines = [one.headline, f"{one.outlet} ; Zoutmonde. {one.dutch_day}: A.{one.page}."]
        lines += ["Link naar het document", "", "FULL TEXT", one.text, "", "DETAILS", ""]
        lines += [f"Title: {one.headline}", "", f"Publication title: {one.outlet}; Zoutmonde", ""]
        lines += [f"Author: {one.author}", "", f"Pages: A.{one.page}", ""]
        lines += [f"Publication date: {one.day:%Y%m%d}", "", "Number of seals: 12", ""]
        lines += ["Language of publication: Dutch", "", "Copyright: Copyright Kade Uitgevers"]
        records.append("\n".join(lines))
    return "\n\n\n".join(records)
