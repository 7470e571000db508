"""Hyphens at a line's end: joined, kept, or suspended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.transforms.layout.hyphens import Hyphens

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

PROSE = {
    "nl": """De gemeente heeft gisteren besloten dat er meer geld naar de kade gaat, en dat het werk
    nog voor de zomer begint. Volgens de wethouder is dat hard nodig.""",
    "de": """Die Stadt hat gestern beschlossen, dass mehr Geld in die Mauer am Fluss fließt und dass
    die Arbeit noch vor dem Sommer beginnt. Das sei nötig, sagte der Rat.""",
    "en": """The town decided yesterday that more money will be spent on the wall by the river, and
    that the work will begin before the summer. It is needed, the council said.""",
    "fr": """La ville a décidé hier que plus d'argent sera dépensé pour le mur du fleuve et que les
    travaux commenceront avant l'été. C'est nécessaire, selon le conseil.""",
}


def joined(source: str, above: str, below: str, registers: Registers) -> str:
    cut, between = Hyphens(source, registers.layout.hyphens).seam(above, below)
    return above[: len(above) - cut] + between + below


@pytest.mark.parametrize(
    ("language", "above", "below", "text"),
    [
        ("nl", "de onderhan-", "delingen", "de onderhandelingen"),
        ("nl", "in West-", "Oekraïne", "in West-Oekraïne"),
        ("nl", "de onderhouds-", "en beheerkosten", "de onderhouds- en beheerkosten"),
        ("nl", "de EU-", "lidstaten", "de EU-lidstaten"),
        ("nl", "de oud-", "minister", "de oud-minister"),
        ("nl", "de oud-", "ste brug", "de oudste brug"),
        ("nl", "de minister-", "president", "de minister-president"),
        ("nl", "een auto-", "ongeluk", "een auto-ongeluk"),
        ("nl", "de co-", "ouders", "de co-ouders"),
        ("nl", "een 15-", "jarige", "een 15-jarige"),
        ("nl", "een e-", "mail", "een e-mail"),
        ("nl", "een tv-", "serie", "een tv-serie"),
        ("nl", "een heel-en-", "al", "een heel-en-al"),
        ("nl", "ONDERHAN-", "DELINGEN", "ONDERHANDELINGEN"),
        ("nl", "covid-", "19", "covid-19"),
        ("nl", "de kade", "is nat", "de kade is nat"),
        ("nl", "de ka\u00ad", "de", "de kade"),
        ("nl", "de kade -", "en de brug", "de kade - en de brug"),
        ("nl", "de kade-", "(oud)", "de kade-(oud)"),
        ("de", "die Bundes-", "regierung", "die Bundesregierung"),
        ("de", "die Ein-", "und Ausfuhr", "die Ein- und Ausfuhr"),
        ("de", "die EU-", "Kommission", "die EU-Kommission"),
        ("de", "deutsch-", "französische", "deutsch-französische"),
        ("en", "long-", "term plans", "long-term plans"),
        ("en", "climate-", "related", "climate-related"),
        ("en", "the govern-", "ment", "the government"),
        ("en", "anti-", "Russian", "anti-Russian"),
        ("fr", "peut-", "être", "peut-être"),
        ("fr", "les négo-", "ciations", "les négociations"),
        ("fr", "dit-", "il", "dit-il"),
        ("nl", "東京都知事", "選挙", "東京都知事選挙"),
    ],
)
def test_word_list_and_spelling(
    registers: Registers, language: str, above: str, below: str, text: str
) -> None:
    assert joined(PROSE[language], above, below, registers) == text


@pytest.mark.parametrize(
    ("other", "above", "below", "text"),
    [
        ("De kade-brug is oud.", "de kade-", "brug", "de kade-brug"),
        ("De kadebrug is oud.", "de kade-", "brug", "de kadebrug"),
        ("De kade-brug, kadebrug of kadebrug.", "de kade-", "brug", "de kadebrug"),
        ("Zwimpel zwemt.", "de Zwimpel-", "aanhangers", "de Zwimpel-aanhangers"),
        ("Het Zwimpeldoorn.", "in Zwimpel-", "doorn", "in Zwimpeldoorn"),
        ("Een enorme zwimpelen.", "de zwimpel-", "en", "de zwimpelen"),
    ],
)
def test_the_documents_own_words_come_first(
    registers: Registers, other: str, above: str, below: str, text: str
) -> None:
    source = f"{PROSE['nl']} {other}\n{above}\n{below}"
    assert joined(source, above, below, registers) == text


def test_without_a_language_a_word_is_joined(registers: Registers) -> None:
    assert joined("", "de zwim-", "pelaar", registers) == "de zwimpelaar"


@given(above=st.text(min_size=1), below=st.text(min_size=1))
def test_nothing_but_the_hyphen_goes(registers: Registers, above: str, below: str) -> None:
    cut, between = Hyphens("", registers.layout.hyphens).seam(above, below)
    assert between in {"", " "}
    assert above[len(above) - cut :] in {"", "-", "\u00ad", "\u2010"}
