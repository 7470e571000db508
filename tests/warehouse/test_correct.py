"""Correcting articles: the command's file, what became of each line, and that it survives."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

import pytest

from knipsel.flows.config.corrections_file import edit_corrections, read_corrections
from knipsel.flows.config.inputs import inputs_of
from knipsel.flows.plan.correcting import NoSuchCorrectionError
from knipsel.flows.runs.open_warehouse import OpenWarehouse
from knipsel.transforms.registers.checked import RegisterError
from knipsel.warehouse.queries.articles.meant import NoSuchArticleError
from knipsel.warehouse.queries.curated import contradictions
from tests.byte_search import files_with
from tests.pipeline import Pipeline, write_files
from tests.retractions import marked, take
from tests.warehouse.test_curated import PAGE, rows

HEADLINES = "SELECT headline FROM articles ORDER BY article_id"
MIA = {"who": "Mia", "why": "As printed"}


@pytest.fixture
def ingested(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline with an article, and a file with three."""
    three = "\n\n-----\n\n".join(PAGE.replace("hout", word) for word in ("riet", "ijs", "leem"))
    write_files(tmp_path / "in", {"a.txt": PAGE, "b.txt": three})
    write_files(tmp_path / "in", {"b.txt.meta.toml": 'split_before = "-----"'})
    pipeline.ingest(tmp_path / "in")
    return pipeline


def house_of(pipeline: Pipeline) -> OpenWarehouse:
    """Return the warehouse as programs use it."""
    return OpenWarehouse(pipeline.warehouse, pipeline.settings)


def article_of(pipeline: Pipeline, name: str) -> str:
    """Return the first article of a file."""
    articles = "SELECT article_id, file_name FROM articles JOIN documents USING (document_id)"
    return str(min(str(row[0]) for row in rows(pipeline, articles) if row[1] == name))


def test_what_is_corrected_is_carried_from_then_on(ingested: Pipeline, tmp_path: Path) -> None:
    """It waits to be read, survives every reading, and is gone when it is taken back."""
    house, article = house_of(ingested), article_of(ingested, "a.txt")
    written = house.correct(article[:8], "headline", "Een kade van steen", **MIA)
    assert (written["target"], written["was"]) == (article, "Een kade van hout")
    ((fate, count),) = ((row["fate"], row["articles"]) for row in house.corrections())
    assert (fate, count) == ("it waits for `knipsel reprocess`", 0)
    assert ingested.reprocess().documents_published == 1
    assert [row["fate"] for row in house.corrections()] == [None]
    (field,) = house.explain(article, "headline")
    first, *others = field["candidates"]
    assert (first["value"], first["stated_by"], first["note"]) == (
        "Een kade van steen",
        "Mia",
        "As printed",
    )
    assert {other["why"] for other in others} == {
        "what a person states goes before it (correction)"
    }
    ingested.transform_version = "later"
    ingested.reprocess(is_all=True)
    ingested.ingest(tmp_path / "in")
    assert ("Een kade van steen",) in rows(ingested, HEADLINES)
    assert house.take_back(article) == [
        {"target": article, "field": "headline", "value": "Een kade van steen"}
    ]
    ingested.reprocess()
    assert ("Een kade van hout",) in rows(ingested, HEADLINES)
    assert house.corrections() == []


def test_a_later_correction_takes_the_place_of_an_earlier_one(ingested: Pipeline) -> None:
    house, article = house_of(ingested), article_of(ingested, "a.txt")
    house.correct(article, "author", "Jo Jas; Piet Pen", **MIA)
    assert house.correct(article, "authors", "Piet Pen", **MIA)["replaced"] == 1
    house.correct(article, "date_published", "-", **MIA)
    house.correct(article, "publisher", "Trouw", **MIA)
    house.correct(article, "publisher", "-", **MIA)
    house.correct(article, "language", "de", **MIA)
    ingested.reprocess()
    assert contradictions(ingested.warehouse) == []
    assert rows(
        ingested, "SELECT name FROM article_authors WHERE article_id = '" + article + "'"
    ) == [("Piet Pen",)]
    assert [row["fate"] for row in house.corrections()] == [None] * 4
    (field,) = house.explain(article, "date_published")
    assert field["value"] is None
    assert "rejected: a person states that the article has none" in {
        one["why"] for one in field["candidates"]
    }


def test_what_cannot_be_is_refused_and_nothing_is_written(ingested: Pipeline) -> None:
    house, article = house_of(ingested), article_of(ingested, "a.txt")
    for field, value in (("kop", "A"), ("date_published", "maart"), ("language", "Dutch please")):
        with pytest.raises(ValueError, match=field):
            house.correct(article, field, value, **MIA)
    with pytest.raises(NoSuchArticleError, match="Nor has a file here that name"):
        house.correct("zzz", "genre", "essay", **MIA)
    with pytest.raises(NoSuchArticleError, match=r"b.txt holds 3 articles, and the headline is of"):
        house.correct("b.txt", "headline", "A", **MIA)
    with pytest.raises(NoSuchCorrectionError, match="genre of"):
        house.take_back(article, "genre")
    assert not ingested.warehouse.corrections_file.exists()


def test_a_file_may_be_named_where_all_in_it_is_meant(ingested: Pipeline) -> None:
    house = house_of(ingested)
    assert house.correct("in/b.txt", "publisher", "Trouw", **MIA)["articles"] == 3
    house.correct("a.txt", "headline", "Een kop", **MIA)
    ingested.reprocess()
    assert rows(ingested, "SELECT publisher, count(*) FROM articles GROUP BY 1 ORDER BY 1") == [
        ("Trouw", 3),
        (None, 1),
    ]
    assert [row["articles"] for row in house.corrections()] == [3, 1]


def test_what_has_no_effect_says_why(ingested: Pipeline, tmp_path: Path) -> None:
    house, several = house_of(ingested), article_of(ingested, "b.txt")
    house.correct(several, "genre", "essay", **MIA)
    house.correct(article_of(ingested, "a.txt"), "genre", "essay", **MIA)
    ingested.reprocess()
    with ingested.warehouse.corrections_file.open("a", encoding="utf-8") as file:
        file.write(f"{'0' * 16}-1,,genre,essay,,,\n,gone.txt,genre,essay,,,\n")
        file.write(f"{several[:16]}-9,,genre,essay,,,\n,b.txt,headline,A,,,\n")
        file.write(",a.txt,genre,essay,,,\n,a.txt,genre,column,,,\n")
    write_files(tmp_path / "in", {"b.txt.meta.toml": "split_before = false"})
    ingested.ingest(tmp_path / "in")
    assert [row["fate"] for row in house.corrections()] == [
        "its file was divided otherwise: 3 articles then, 1 now; correct the article anew",
        None,
        "no file here is the one that it names",
        "no file here is the one that it names",
        "its file has no article 9, but 1",
        None,
        "line 9 says something of the same, and counts",
        None,
    ]
    assert set(rows(ingested, "SELECT headline, genre FROM articles")) == {
        ("Een kade van hout", "essay"),
        ("A", None),
    }


def test_a_malformed_file_stops_a_run_before_it_begins(ingested: Pipeline, tmp_path: Path) -> None:
    file = ingested.warehouse.corrections_file
    for content, problem in (
        (
            b"article_id;field;value\nx;genre;essay\n",
            "corrections.csv: line 2: 'x' is no identifier",
        ),
        ("article_id,field,value,who\n,,,Zoë\n".encode("cp1252"), "save it as CSV UTF-8"),
    ):
        file.write_bytes(content)
        for attempt in (
            lambda: ingested.ingest(tmp_path / "in"),
            lambda: house_of(ingested).correct("a.txt", "genre", "essay", **MIA),
            lambda: house_of(ingested).corrections(),
        ):
            with pytest.raises(RegisterError, match=problem):
                attempt()
        assert file.read_bytes() == content


def test_a_run_says_by_which_corrections_it_read(ingested: Pipeline) -> None:
    house_of(ingested).correct("a.txt", "genre", "essay", **MIA)
    (row,) = (
        one
        for one in inputs_of(ingested.warehouse, ingested.settings).rows
        if one.kind == "corrections"
    )
    assert (row.name, row.value) == ("corrections.csv", "corrections: 1")
    ingested.reprocess()
    assert rows(ingested, "SELECT sha256 FROM run_inputs WHERE kind = 'corrections'") == [
        (row.sha256,)
    ]


def test_a_spreadsheets_file_is_written_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    file.write_bytes("\ufefffile_name;field;value\r\na.txt;genre;essay\r\n".encode())
    row = {"file_name": "b.txt", "field": "headline", "value": "Eén; kop"}
    assert edit_corrections(file, row, lambda _: False) == 0
    assert [one.value for one in read_corrections(file).rows] == ["essay", "Eén; kop"]
    assert file.read_bytes().startswith(BOM_UTF8)


def test_corrections_of_what_goes_go_with_it(pipeline: Pipeline, tmp_path: Path) -> None:
    """They may hold some of the text; those of files with the same name stay while one is there."""
    write_files(tmp_path / "inbox", {"1.txt": marked(1, "vraag1"), "2.txt": marked(2, "vraag2")})
    write_files(tmp_path / "inbox" / "more", {"2.txt": marked(3, "vraag3")})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    articles = "SELECT article_id FROM articles WHERE contains(text, 'vraag{}')"
    one, two = (str(rows(pipeline, articles.format(n))[0][0]) for n in (1, 2))
    lines = [f"{one},,headline,vraag1kop", f"{two},,genre,essay", f"{one[:16]}-9,,genre,essay"]
    lines += [",1.txt,headline,vraag1kop", ",2.txt,genre,essay"]
    file = pipeline.warehouse.corrections_file
    file.write_text("article_id,file_name,field,value\n" + "\n".join(lines), encoding="utf-8")
    pipeline.reprocess()
    pipeline.publish()
    take(pipeline, one)
    assert files_with(pipeline.warehouse.root, "vraag1") == []
    take(pipeline, two)
    assert file.read_text(encoding="utf-8").splitlines()[1:] == [",2.txt,genre,essay"]


def test_the_corrected_copy_stands_for_all(ingested: Pipeline, tmp_path: Path) -> None:
    """Else who counts by what stands for all would not have what a person said."""
    write_files(tmp_path / "in", {"c.txt": f"{PAGE}\n\n"})
    ingested.ingest(tmp_path / "in")
    article, copy = article_of(ingested, "a.txt"), article_of(ingested, "c.txt")
    for corrected in (article, copy):
        house_of(ingested).take_back(article) if corrected == copy else None
        house_of(ingested).correct(corrected, "date_published", "2031-02-03", **MIA)
        ingested.reprocess()
        query = "SELECT article_id, date_published FROM articles WHERE is_canonical"
        canonical = {str(name): day for name, day in rows(ingested, query)}
        assert canonical[corrected] == "2031-02-03"
        assert not {article, copy} - {corrected} & canonical.keys()
