"""Why an article carries the values that it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knipsel.flows.cli.look.explain import print_explanation
from knipsel.transforms.describe.methods import METHODS, method_meaning
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.explanation import NoSuchFieldError, explain
from knipsel.warehouse.queries.articles.meant import NoSuchArticleError
from knipsel.warehouse.queries.queries import Row
from tests.pipeline import Pipeline, write_files
from tests.transforms.metadata_articles import page

PAGE = page(
    "Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2033",
    "Anna de Boer, Trouw, 11 maart 2023\n\n© The Hague Centre for Strategic Studies",
)


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline into a warehouse of one article, which tests only read."""
    tmp_path = tmp_path_factory.mktemp("explained")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    write_files(tmp_path / "in", {"a.txt": PAGE})
    pipeline.ingest(tmp_path / "in")
    return pipeline


@pytest.fixture(scope="module")
def article(explained: Pipeline) -> str:
    """Return the identifier of an article with candidates that win, lose and are rejected."""
    with open_lake(explained.warehouse, read_only=True) as connection:
        ((identifier,),) = connection.sql("SELECT article_id FROM lake.articles").fetchall()
    return str(identifier)


def _candidates(explained: Pipeline, article: str, field: str) -> list[Row]:
    (found,) = explain(explained.warehouse, article, field)
    return list(found["candidates"])


def test_the_winner_and_the_losers_with_their_reasons(explained: Pipeline, article: str) -> None:
    won, lost = _candidates(explained, article, "publisher")
    assert (won["value"], won["why"]) == ("Trouw", "the surest of 2 candidates")
    assert won["context"] == "Anna de Boer, Trouw, 11 maart 2023"
    assert won["place"] == "byline"
    assert won["meaning"] == METHODS["signature"]
    assert lost["why"].startswith("as sure as the chosen one, which stands first")


def test_a_rejected_candidate_says_why(explained: Pipeline, article: str) -> None:
    by_value = {one["value"]: one for one in _candidates(explained, article, "date_published")}
    assert by_value["2033-03-10"]["why"] == (
        "rejected: it lies after the day on which the file was read"
    )
    assert by_value["2023-03-11"]["chosen"]


def test_all_fields_and_one_without_a_candidate(explained: Pipeline, article: str) -> None:
    fields = [one["field"] for one in explain(explained.warehouse, article, None)]
    assert fields[:2] == ["headline", "language"]
    assert {"author", "publisher", "date_published", "completeness"} <= set(fields)
    (found,) = explain(explained.warehouse, article, "license")
    assert (found["value"], found["candidates"]) == (None, [])


def test_what_is_not_there_is_said(explained: Pipeline, article: str) -> None:
    with pytest.raises(NoSuchFieldError, match="no field 'datum'; this article has author"):
        explain(explained.warehouse, article, "datum")
    with pytest.raises(NoSuchArticleError):
        explain(explained.warehouse, "zz", None)


def test_it_prints_for_people(
    explained: Pipeline, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_explanation(explain(explained.warehouse, article, "publisher"))
    printed = capsys.readouterr().out
    assert "+ Trouw (signature): the surest of 2 candidates" in printed
    assert re.search(r"“Anna de Boer, Trouw, 11 maart 2023” at \d+-\d+, in: byline", printed)
    assert not re.search(r" \n", printed)


def test_every_method_has_a_meaning(pipeline: Pipeline) -> None:
    """Whatever the samples of all formats are found by is explained."""
    root = Path(__file__).parents[2]
    pipeline.ingest(root / "corpus" / "samples", root / "tests" / "golden" / "raw")
    with open_lake(pipeline.warehouse, read_only=True) as connection:
        found = connection.sql("SELECT DISTINCT method FROM lake.statements").fetchall()
    methods = {str(row[0]) for row in found}
    assert len(methods) > 15
    assert {one for one in methods if method_meaning(one) == one} == set()
