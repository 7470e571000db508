"""``knipsel search`` as people and programs read it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.warehouse.search.ask import Found, Question
from knipsel.warehouse.search.counts import Cells, count_by, facet
from knipsel.warehouse.search.hits import hits
from knipsel.warehouse.search.many import QueriesError, read_queries
from knipsel.warehouse.search.terms import advice, term_counts
from tests.pipeline import Pipeline
from tests.search.made_up import dated, indexed, numbered

ROWS = [
    numbered(1, "oorlog in de stad", publisher="De Kat", **dated("2022-03-01", "2022-03-01")),
    numbered(2, "oorlog en vrede", publisher="De Kat", **dated("2022-03-01", "2022-04-30")),
    numbered(3, "de oorlog", publisher="Hond", topics=["war", "peace"]),
    numbered(4, "vrede", **dated("2021-01-01", "2023-12-31")),
    numbered(5, "oorlog", is_canonical=False, **dated("2022-03-02", "2022-03-02")),
]


def _run(pipeline: Pipeline, *arguments: str) -> str:
    root = str(pipeline.warehouse.root)
    ran = CliRunner().invoke(app, ["search", *arguments, "--warehouse", root])
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_dates_are_surely_or_possibly_within() -> None:
    question = Question.of("oorlog OR vrede", first=dated("2022-03-01", "2022-03-31")["not_before"])
    with indexed(ROWS) as (index, source):
        found = Found(index, question, source)
        assert (found.surely, found.possibly, found.undated) == (2, 3, 1)
        assert [hit.is_sure for hit in hits(found) if hit.article_id == ROWS[3].article_id] == [
            False
        ]
        assert count_by(found, ["year"]) == [
            Cells(("2022",), 2, 3),
            Cells(("2023",), 0, 1),
        ]


def test_articles_are_counted_by_month_and_name() -> None:
    with indexed(ROWS) as (index, source):
        found = Found(index, Question.of("oorlog"), source)
        assert count_by(found, ["month", "publisher"]) == [
            Cells(("2022-03", "De Kat"), 1, 2),
            Cells(("2022-04", "De Kat"), 0, 1),
            Cells((None, "Hond"), 1, 1),
        ]
        assert facet(found, "topic") == [("peace", 1), ("war", 1)]
        assert Found(index, Question.of("oorlog", copies=True), source).possibly == 4


def test_terms_are_counted_and_advice_given() -> None:
    with indexed(ROWS) as (index, source):
        counts = term_counts(Found(index, Question.of("oorlog -vrede"), source))
        assert [(one.term, one.is_refused, one.articles, one.hits) for one in counts] == [
            ("oorlog", False, 3, 3),
            ("vrede", True, 2, 2),
        ]
        (sentence,) = advice(Found(index, Question.of("oorlogg"), source))
        assert sentence == "No article has oorlogg; there is oorlog."
        (sentence,) = advice(Found(index, Question.of("topic:hond"), source))
        assert sentence == "No article has topic:hond; there is peace, war."


def test_order_is_the_same_each_time_and_pages_follow_each_other() -> None:
    rows = [numbered(number, "oorlog " * (number % 3 + 1)) for number in range(40)]
    for sort in ("relevance", "date"):
        with indexed(rows) as (index, source):
            found = Found(index, Question.of("oorlog", sort=sort), source)
            whole = [one.article_id for one in found.page(100)]
            parts = [one.article_id for at in range(0, 40, 7) for one in found.page(7, at)]
        assert whole == parts
        assert len(set(whole)) == 40


def test_programs_get_all_of_it(released: Pipeline, tmp_path: Path) -> None:
    told = json.loads(_run(released, "oorlog", "--json"))
    assert told["possibly"] == len(told["articles"]) == 6
    mark = told["articles"][0]["fragments"][0]
    assert mark["text"][slice(*mark["marks"][0])] == "oorlog"
    rows = list(csv.DictReader(io.StringIO(_run(released, "oorlog", "--csv"))))
    assert [row["article_id"] for row in rows] == [one["article_id"] for one in told["articles"]]
    queries = tmp_path / "queries.txt"
    queries.write_text("# remark\nwar = oorlog\npeace = vrede\n", encoding="utf-8")
    table = list(csv.DictReader(io.StringIO(_run(released, "--queries", str(queries), "--csv"))))
    assert sum(row["war"] != "0" for row in table) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a", "Line 1 has no label"),
        ("a = b\na = c", "Line 2: another"),
        ("a = *", "nothing"),
        ("", "0"),
    ],
)
def test_a_wrong_line_of_queries_is_named(text: str, words: str) -> None:
    with pytest.raises(QueriesError, match=words):
        read_queries(text)


def test_nothing_that_steers_a_terminal_is_printed(released: Pipeline) -> None:
    typed = "oorlog \x1b[2J\u202e \x07"
    assert not {"\x1b", "\u202e", "\x07"} & set(_run(released, typed))
    assert not {"\x1b", "\u202e", "\x07"} & set(_run(released, typed, "--json"))


@pytest.mark.parametrize("wrong", [["--from", "gisteren"], ["--in", "lead"], ["--count-by", "x"]])
def test_wrong_options_are_said(released: Pipeline, wrong: list[str]) -> None:
    root = str(released.warehouse.root)
    ran = CliRunner().invoke(app, ["search", "a", *wrong, "--warehouse", root])
    assert ran.exit_code == 2


def test_another_result_than_expected_ends_with_one(released: Pipeline) -> None:
    root = str(released.warehouse.root)
    arguments = ["search", "oorlog", "--expect", f"9:{'0' * 64}", "--warehouse", root]
    ran = CliRunner().invoke(app, arguments)
    assert (ran.exit_code, "is another" in ran.stdout) == (1, True)
