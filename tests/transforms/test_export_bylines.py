"""Who is a person in the byline of an export."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.register_files import load_registers
from knipsel.transforms.parse.people import names_nobody, people_in
from knipsel.transforms.read.exports.record.bylines import author_tags
from knipsel.transforms.read.exports.record.value import Value
from knipsel.transforms.read.exports.record.words import ExportWords

REGISTERS = load_registers()
WORDS = ExportWords(
    REGISTERS.exports,
    REGISTERS.lines,
    REGISTERS.layout,
    REGISTERS.pages,
    REGISTERS.regions,
)


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Door Hanne Terwolde", ["Hanne Terwolde"]),
        ("By DERMOT HALLORAN, Industry and Labour Correspondent", ["DERMOT HALLORAN"]),
        ("FROM DERMOT HALLORAN, IN BRUSSELS", ["DERMOT HALLORAN"]),
        ("Albers, Bernhard", ["Bernhard Albers"]),
        ("Rooden, Matthias von", ["Matthias von Rooden"]),
        ("Albers, Bernhard; Rooden, Matthias von", ["Bernhard Albers", "Matthias von Rooden"]),
        ("JANSEN, JAN", ["JAN JANSEN"]),
        ("Barbara Yelland, Vancouver Sun", ["Barbara Yelland"]),
        ("Ewan MacAllister, New York", ["Ewan MacAllister"]),
        ("Ewan MacAllister and Lise Dahl in Washington", ["Ewan MacAllister", "Lise Dahl"]),
        ("Samuel Okoro, Lise Dahl and Peter Amsel", ["Samuel Okoro", "Lise Dahl", "Peter Amsel"]),
        ("Von Gila Wohlfahrt und Ernst Klemens", ["Gila Wohlfahrt", "Ernst Klemens"]),
        ("Par Claire Montel (avec AFP)", ["Claire Montel"]),
        ("Hugo Lenoir; envoyé spécial à Bruxelles", ["Hugo Lenoir"]),
        ("Duncan Lumley; Special for USA TODAY", ["Duncan Lumley"]),
        ("John Baker", ["John Baker"]),
        ("A. M. ROSENBERG", ["A. M. ROSENBERG"]),
        ("Christopher Lehmann-Haupt", ["Christopher Lehmann-Haupt"]),
        ("Dr. Maria van der Laan, hoogleraar", ["Maria van der Laan"]),
        ("Sinéad O'Shea", ["Sinéad O'Shea"]),
        ("Anna Boer | anna.boer@kade.example", ["Anna Boer"]),
        ("Tekst: Anna Boer; Foto's: Bram Oudejans", ["Anna Boer"]),
        ("Anna Boer / Reuters", ["Anna Boer"]),
        ("Mary Quill Staff Writer", ["Mary Quill"]),
        ("Lorenz Honig&softReturn;und Antonio Fumagal", ["Lorenz Honig", "Antonio Fumagal"]),
        ("Anna Boer, Anna Boer", ["Anna Boer"]),
        ("AP", []),
        ("By the Associated Press", []),
        ("Reuters, London", []),
        ("Letters", []),
        ("Letters to the Editor", []),
        ("Staff", []),
        ("Our Foreign Staff", []),
        ("Vancouver Sun", []),
        ("Daily Mail Reporter", []),
        ("Political Correspondent", []),
        ("Van onze correspondent", []),
        ("Van onze redactie economie", []),
        ("Editorial Board", []),
        ("Warsaw, Poland", []),
        ("Special to The Kade Times", []),
        ("12 maart 2011", []),
        ("De hoofdredactie", []),
        ("ANP", []),
        ("Multatuli", []),
    ],
)
def test_people_in_a_byline(byline: str, people: list[str]) -> None:
    assert people_in(byline, WORDS.lines) == people


def test_the_byline_stays_as_printed() -> None:
    text = "By DERMOT HALLORAN, Labour Correspondent"
    (tag,) = author_tags(Value(text, 10, 10 + len(text)), WORDS)
    assert (tag.value, tag.names) == ("DERMOT HALLORAN, Labour Correspondent", ("DERMOT HALLORAN",))
    assert (tag.start, tag.end) == (10, 10 + len(text))


def test_a_byline_without_people_is_kept_and_names_nobody() -> None:
    (tag,) = author_tags(Value("AP", 0, 2), WORDS)
    assert (tag.value, tag.names) == ("AP", ())


@given(st.text(alphabet="Abc vande,;/&.()'-|@ANDBy", max_size=80))
def test_any_byline(byline: str) -> None:
    for name in people_in(byline, WORDS.lines):
        assert len(name.split()) >= len(("first", "last"))
        assert not any(sign in name for sign in ",;|@")


@pytest.mark.parametrize(
    ("declared", "people"),
    [
        ("By Moira Tansley And Colin Hathersage For The Hill & Dale Record", 2),
        ("View all posts by Moira Tansley", 1),
        ("Isabel Caro, Rocío Latorre, José Miguel Wilson", 3),
        ("Anna Boer, Kadebode", 1),
        ("Kadebode reporter Anna Boer", 1),
        ("Perry Beckers Jr.", 1),
    ],
)
def test_people_that_sites_declare(declared: str, people: int) -> None:
    assert len(people_in(declared, WORDS.lines)) == people


@pytest.mark.parametrize(
    "value",
    ["No Author", "Unbekannt", "Name", "admin", "redactie@kade.example", "ANP", "Podium Staff"],
)
def test_what_names_nobody(value: str) -> None:
    assert names_nobody(value, WORDS.lines)
    assert people_in(value, WORDS.lines) == []
