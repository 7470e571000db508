"""The file of corrections: as spreadsheets write it, as people mistype it, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knipsel.transforms.model import ProcessedDocument, RawDocument
from knipsel.transforms.process import process
from knipsel.transforms.registers.articles.corrections import (
    Corrections,
    edited,
    parse_corrections,
)
from knipsel.transforms.registers.articles.facts import facts_version, parse_catalog
from knipsel.transforms.registers.model import Registers
from tests.transforms.metadata_articles import chosen, page, statements

PAGE = page("Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2023")
HASH = "ab" * 32
ID = f"{HASH[:16]}-1"
HEAD = "article_id,file_name,field,value,who,why,articles\n"


def read(registers: Registers, text: str, path: str = "in/kade.txt") -> ProcessedDocument:
    """Return what a page becomes with a file of corrections."""
    raw = RawDocument(HASH, path, PAGE.encode())
    return process(raw, registers, corrections=parse_corrections(text).of(HASH, path))


def test_a_correction_wins_over_all_else_and_says_who_and_why(registers: Registers) -> None:
    text = f'{HEAD}{ID},,headline,"Een kade, van steen",Mia,"The page, as printed",1\n'
    catalog = parse_catalog({"documents": [{"sha256": HASH, "headline": "Catalogued"}]})
    raw = RawDocument(HASH, "kade.txt", PAGE.encode(), sidecar='headline = "Beside"')
    known = replace(registers, catalog=catalog)
    document = process(raw, known, corrections=parse_corrections(text).of(HASH, "kade.txt"))
    assert document.articles[0].headline == "Een kade, van steen"
    found = [(one.value, one.method, one.chosen) for one in statements(document, "headline")]
    assert ("Een kade, van steen", "correction", True) in found
    assert ("Beside", "sidecar", False) in found
    assert ("Catalogued", "catalog_hash", False) in found
    (said,) = (one for one in document.statements if one.method == "correction")
    assert (said.stated_by, said.note) == ("Mia", "The page, as printed")


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffarticle_id;field;value\r\n{ID};headline;Een kop\r\n;;\r\n",
        f"Article ID\tField\tValue\t\n{ID}\theadline\tEen kop\t\n",
        f'field,value,article_id\nheadline,"Een\nkop",{ID.upper()}\n',
        f'"article_id","field","value","who","why"\n"{ID}"," headline ","Een kop"\n',
    ],
)
def test_it_is_read_as_spreadsheets_write_it(registers: Registers, text: str) -> None:
    assert chosen(read(registers, text.lstrip("\ufeff")), "headline") == "Een kop"


def test_a_file_is_named_by_the_end_of_its_path(registers: Registers) -> None:
    for name in ("kade.txt", "in/kade.txt", "in\\kade.txt"):
        text = f"file_name,field,value\n{name},genre,essay\n"
        assert read(registers, text).articles[0].genre == "essay"
    text = "file_name,field,value\nde.txt,genre,essay\n*.txt,genre,essay\n"
    assert read(registers, text).articles[0].genre is None


def test_authors_are_divided_by_semicolons(registers: Registers) -> None:
    for field in ("author", "authors"):
        document = read(registers, f'{HEAD}{ID},,{field},"Piet Pen;Jo Jas ; ",,,')
        assert [one.name for one in document.authors] == ["Piet Pen", "Jo Jas"]
        assert document.articles[0].author == "Piet Pen; Jo Jas"


def test_what_an_article_has_not_is_null(registers: Registers) -> None:
    text = f"{HEAD}{ID},,date_published,-,Mia,It is of the photograph,\n{ID},,author,-,,,\n"
    document = read(registers, text)
    (article,) = document.articles
    assert (article.date_published, article.author, document.authors) == (None, None, ())
    assert not any(one.chosen for one in statements(document, "date_published"))
    methods = {one.method for one in statements(document, "date_published")}
    assert methods == {"correction:no_value", "date_line:no_value"}


def test_the_last_line_counts_and_an_article_before_a_file(registers: Registers) -> None:
    lines = [f"{ID},,genre,essay", f"{ID},,genre,column", ",kade.txt,genre,review"]
    document = read(registers, HEAD + "\n".join(lines))
    assert [one.value for one in statements(document, "genre") if one.chosen] == ["column"]
    lines = [f"{ID},,genre,-", f"{ID},,genre,column"]
    assert read(registers, HEAD + "\n".join(lines)).articles[0].genre == "column"
    assert read(registers, HEAD + "\n".join(lines[::-1])).articles[0].genre is None
    ((one, later),) = parse_corrections(HEAD + "\n".join(lines)).repeated()
    assert (one.line, later.line) == (2, 3)


TWO = "\n\n-----\n\n".join((PAGE, PAGE.replace("kade", "brug"), PAGE.replace("kade", "dijk")))


@pytest.mark.parametrize(
    ("line", "genres", "headlines"),
    [
        (f"{HASH[:16]}-2,,genre,essay,,,", [None, "essay", None], 0),
        (f"{HASH[:16]}-2,,genre,essay,,,3", [None, "essay", None], 0),
        (f"{HASH[:16]}-2,,genre,essay,,,2", [None, None, None], 0),
        (f"{HASH[:16]}-4,,genre,essay,,,", [None, None, None], 0),
        (",a.txt,genre,essay,,,", ["essay"] * 3, 0),
        (",a.txt,headline,Een kop,,,", [None, None, None], 0),
        (f"{HASH[:16]}-3,,headline,Een kop,,,", [None, None, None], 1),
    ],
)
def test_of_several_articles_the_right_one_or_none(
    registers: Registers, line: str, genres: list[str | None], headlines: int
) -> None:
    """One that was counted otherwise is of none; a headline is not of all in a file."""
    raw = RawDocument(HASH, "a.txt", TWO.encode(), sidecar='split_before = "-----"')
    document = process(raw, registers, corrections=parse_corrections(HEAD + line).of(HASH, "a.txt"))
    assert [one.genre for one in document.articles] == genres
    assert [one.headline for one in document.articles].count("Een kop") == headlines


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}{ID},,kop,Een kop", "line 2: 'kop' is no field that can be corrected; these are"),
        (
            f"{HEAD}\n\n{ID},,date_published,10 maart",
            "line 4: date_published: '10 maart' is no date",
        ),
        (f"{HEAD}{ID},,headline,", "line 2: headline: there is no value; write - where"),
        (f"{HEAD}{ID},a.txt,genre,essay", "line 2: name one thing to correct"),
        (f"{HEAD},,genre,essay", "line 2: name one thing to correct"),
        (f"{HEAD}abc,,genre,essay", "line 2: 'abc' is no identifier of an article"),
        (f"{HEAD}{ID},,genre,essay,,,x", "line 2: articles: 'x' is not how many"),
        (f"{HEAD}{ID},,genre,essay,,,,more", "line 2: 'more' stands in no column; put quotes"),
        (f'{HEAD}{ID},,headline,"a"b', "line 2: it is no CSV"),
        (f'{HEAD}{ID},,headline,"a\n\n', "line 2: it is no CSV"),
        (
            f"{HEAD}a,,b,c\n{ID},,genre,essay\nd,,e,f\n",
            r"line 2: .* \(and 1 more lines are wrong\)",
        ),
        ("article_id,filed,value\n", "line 1: 'filed' is no column; the columns are article_id"),
        ("article_id,field,who\n", "line 1: there is no column value"),
        ("field,value\n", "line 1: there is no column article_id"),
        ("article_id,field,value,field\n", "line 1: a column stands there twice"),
        (f"{HEAD}{ID},,headline,{'a' * 120_000}", "line 2: a cell has more than 100,000"),
    ],
)
def test_a_line_that_is_wrong_is_named(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem.replace("-", r"\-")):
        parse_corrections(text)


def test_no_line_is_no_correction() -> None:
    for text in ("", HEAD, f"{HEAD},,,,,,\n\n"):
        assert parse_corrections(text).rows == ()


def test_a_row_is_written_as_the_file_is() -> None:
    """What else stands there stays; its delimiter too, and columns that it lacks are added."""
    row = {"article_id": ID, "field": "genre", "value": "essay", "who": "Mia"}
    first = edited(None, row, lambda _: False)
    assert first == f"{HEAD}{ID},,genre,essay,Mia,,\n"
    own = f'article_id;field;value\r\n{ID};genre;column\r\n{ID};headline;"Een; kop"\r\n'
    assert edited(own, row, lambda one: one.field == "genre").splitlines() == [
        "article_id;field;value;who",
        f'{ID};headline;"Een; kop"',
        f"{ID};genre;essay;Mia",
    ]
    assert edited(first, None, lambda _: True) == HEAD


def test_corrections_count_for_the_version_of_their_document() -> None:
    texts = ["essay,Mia,,", "column,Mia,,", "essay,Bo,,", "essay,Mia,Why,", "essay,Mia,,1"]
    lists = [parse_corrections(f"{HEAD}{ID},,genre,{text}") for text in texts]
    versions = [
        facts_version("5", name, "a.txt", (), None, corrections=one.of(name, "a.txt"))
        for one in (Corrections(), *lists)
        for name in (HASH, "cd" * 32)
    ]
    assert versions[1::2] == ["5"] * 6
    assert len(set(versions[::2])) == 6
