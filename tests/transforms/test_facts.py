"""What people state of documents wins, is marked, and is checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knipsel.transforms.model import RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.beside import beside, parse_beside, parse_folder_file
from knipsel.transforms.registers.articles.facts import facts_version, parse_catalog
from tests.transforms.metadata_articles import chosen, page, statements

if TYPE_CHECKING:
    from knipsel.transforms.registers.model import Registers

PAGE = page("Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2023")
HASH = "ab" * 32
POLISH = """Most w Żelaznej zamknięty do jesieni

Rada miasta Żelazna zdecydowała w czwartek wieczorem, że most na rzece Ślęzie zostanie zamknięty do
końca września. Inżynierowie znaleźli pęknięcia w dwóch filarach, które trzeba naprawić przed zimą.
"""


def _entry(**facts: object) -> dict[str, object]:
    return {"documents": [{"sha256": HASH, **facts}]}


def test_a_stated_fact_wins_and_the_other_stays(registers: Registers) -> None:
    catalog = parse_catalog(_entry(date_published="2023-03", authors=["Piet Pen", "Jo Jas"]))
    document = process(
        RawDocument(HASH, "kade.txt", PAGE.encode()), replace(registers, catalog=catalog)
    )
    (article,) = document.articles
    assert (article.date_published, article.date_published_precision) == ("2023-03", "month")
    assert [author.name for author in document.authors] == ["Piet Pen", "Jo Jas"]
    assert article.author == "Piet Pen; Jo Jas"
    found = {(one.value, one.method, one.chosen) for one in statements(document, "date_published")}
    assert ("2023-03", "catalog_hash", True) in found
    assert ("2023-03-10", "date_line", False) in found


@pytest.mark.parametrize(
    ("name", "path", "matches"),
    [
        ("kade.txt", "/lake/kade.txt", True),
        ("kade.txt", "/lake/havenkade.txt", False),
        ("lake/kade.txt", "/lake/kade.txt", True),
        ("kade.txt", "/lake/all.zip!/kade.txt", True),
    ],
)
def test_an_entry_by_the_end_of_a_path(name: str, path: str, *, matches: bool) -> None:
    (facts,) = parse_catalog({"documents": [{"file_name": name, "genre": "column"}]})
    assert facts.matches(HASH, path) is matches


def test_an_entry_by_the_beginning_of_a_hash() -> None:
    (facts,) = parse_catalog({"documents": [{"sha256": HASH[:16], "genre": "column"}]})
    assert facts.matches(HASH, "any")
    assert not facts.matches("cd" * 32, "any")


def test_a_sidecar_outranks_the_catalogue(registers: Registers) -> None:
    catalog = parse_catalog(_entry(publisher="Trouw", license="https://example.org/licence"))
    raw = RawDocument(HASH, "kade.txt", PAGE.encode(), sidecar='publisher = "De Kadekrant"')
    document = process(raw, replace(registers, catalog=catalog))
    assert document.articles[0].publisher == "De Kadekrant"
    assert document.articles[0].license == "https://example.org/licence"


def test_a_fact_is_of_one_article_of_a_document(registers: Registers) -> None:
    record = '{"headline": "%s", "text": "' + " ".join(page().split()) + '"}'
    lines = "\n".join([record % "Een", record % "Twee"])
    raw = RawDocument(HASH, "x.jsonl", lines.encode(), sidecar='article = 2\ngenre = "column"')
    document = process(raw, registers)
    assert [article.genre for article in document.articles] == [None, "column"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('date_published = "10 maart 2023"', "is no date in EDTF"),
        ("datum = 1", "datum: is no field; known are alternative_headline, article, "),
        ('completeness = "half"', "must be one of complete, teaser, truncated, unknown"),
        ('language = "Dutch please"', "is no BCP 47 tag"),
        ('authors = "Jan"', "authors: must be a list of names"),
        ('headline = ""', "headline: must be a text that is not empty"),
        ("article = 0", "article: must be the number of an article"),
        ('sha256 = "abababababababab"', "a sidecar is of its file"),
        ("headline =", "Invalid value"),
    ],
)
def test_a_malformed_sidecar_holds_its_document_back(
    registers: Registers, text: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_beside(text)
    document = process(RawDocument(HASH, "kade.txt", PAGE.encode(), sidecar=text), registers)
    (rejection,) = document.rejections
    assert rejection.rule == "bad_sidecar"
    assert problem in rejection.message


def test_an_entry_needs_a_document() -> None:
    for row in ({"genre": "column"}, {"genre": "column", "sha256": HASH, "file_name": "a.txt"}):
        with pytest.raises(ValueError, match="needs either sha256 or file_name"):
            parse_catalog({"documents": [row]})


def test_other_facts_make_another_version() -> None:
    catalog = parse_catalog(_entry(genre="column"))
    other = parse_catalog(_entry(genre="opinion"))
    versions = {
        facts_version("5", HASH, "a.txt", (), None),
        facts_version("5", HASH, "a.txt", catalog, None),
        facts_version("5", HASH, "a.txt", other, None),
        facts_version("5", HASH, "a.txt", catalog, ""),
    }
    assert len(versions) == 4
    assert facts_version("5", "cd" * 32, "a.txt", catalog, None) == "5"


@pytest.mark.parametrize(("given", "code"), [("nl", "nl"), ("nl-be", "nl-BE"), ("NL_BE", "nl-BE")])
def test_a_language_is_stated_as_pages_declare_it(given: str, code: str) -> None:
    ((_, facts),) = parse_beside(f'language = "{given}"')
    assert dict(facts.values) == {"language": code}


def test_a_date_may_be_stated_as_coarse_as_it_is_known(registers: Registers) -> None:
    raw = RawDocument(
        HASH, "kade.txt", page().encode(), sidecar='date_published = "2022-01/2022-03"'
    )
    document = process(raw, registers)
    assert chosen(document, "date_published") == "2022-01/2022-03"
    assert document.articles[0].date_published_precision == "interval"


def test_an_encoding_is_stated_of_a_file(registers: Registers) -> None:
    """Beside the file it wins over what the text would tell; an unknown one is an error."""
    text = POLISH.encode("cp1250")
    stated = RawDocument("0" * 64, "a.txt", text, sidecar='encoding = "windows-1252"')
    document = process(stated, registers)
    assert (document.encoding, document.encoding_method) == ("windows-1252", "stated")
    assert "zdecydowa³a" in document.source_text
    found = process(RawDocument("0" * 64, "a.txt", text), registers)
    assert (found.encoding, found.encoding_method) == ("cp1250", "detected")
    assert not [one for one in found.statements if one.field == "encoding"]
    unknown = process(RawDocument("0" * 64, "a.txt", text, sidecar='encoding = "zip"'), registers)
    assert unknown.rejections[0].rule == "bad_sidecar"


def test_an_encoding_is_stated_of_a_folder(registers: Registers) -> None:
    sidecar = beside(None, [parse_folder_file('encoding = "koi8-r"', "")], "a.txt")
    content = "Паром у Нижней Маревы снова ходит.".encode("koi8-r")
    document = process(RawDocument("0" * 64, "a.txt", content, sidecar=sidecar), registers)
    assert document.source_text == "Паром у Нижней Маревы снова ходит."


def test_an_encoding_counts_for_the_version() -> None:
    """A document is read again when its encoding is stated in the catalogue, or no more."""
    plain, stated = (
        parse_catalog({"documents": [{"file_name": "a.txt", "genre": "column", **more}]})
        for more in ({}, {"encoding": "koi8-r"})
    )
    versions = {facts_version("1", "0" * 64, "a.txt", one, None) for one in (plain, stated)}
    assert len(versions) == 2


def test_a_person_may_overrule_a_doubt(registers: Registers) -> None:
    """What is held back for its encoding is read in the likeliest, and says that it is a guess."""
    estonian = (
        "Uus kaldtee\n\nUus kaldtee maksab neli miljonit, kaks korda rohkem, kui vald oli kevadel "
        "välja arvestanud. Saare kaupmehed kardavad oma talvise kauba ja tulude eest nagu ikka."
    )
    document = RawDocument("0" * 64, "a.txt", estonian.encode("cp1257"))
    held = process(document, registers)
    assert [one.rule for one in held.rejections] == ["garbled_text"]
    assert (held.encoding, held.encoding_method, held.articles) == (None, None, ())
    released = process(document, registers, {"garbled_text"})
    assert (released.encoding, released.encoding_method) == ("cp1257", "guessed")
    assert "välja arvestanud" in released.articles[0].text
