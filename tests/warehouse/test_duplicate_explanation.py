"""An article's duplicates explained: the cluster, each pair side by side, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.transforms.duplicates.settings import DuplicateSettings
from knipsel.warehouse.contract.articles import DUPLICATES
from knipsel.warehouse.contract.model import OneOf
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.articles.duplicates import (
    METHODS,
    NotLinkedError,
    explain_duplicates,
    why_canonical,
)
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.news import ADDITION, OTHER_REPORT, REPORT, counts
from tests.pipeline import Pipeline, copy_of, write_files

SETTINGS = DuplicateSettings()


def _article_of(pipeline: Pipeline, file_name: str) -> str:
    with open_lake_for_questions(pipeline.warehouse) as connection:
        query = "FROM articles JOIN documents USING (document_id) SELECT article_id "
        query += "WHERE file_name = $name"
        return str(ask(connection, query, {"name": file_name}).rows[0][0])


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a warehouse with two editions of a report, another one, and two days' counts."""
    tmp_path = tmp_path_factory.mktemp("news")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    texts = {
        "morning.txt": REPORT,
        "evening.txt": REPORT + ADDITION,
        "other.txt": OTHER_REPORT,
        "monday.txt": counts(1),
        "tuesday.txt": counts(2),
    }
    write_files(tmp_path / "inbox", {name: f"{text}\n" for name, text in texts.items()})
    pipeline.ingest(tmp_path / "inbox")
    return pipeline


def test_editions_are_shown_side_by_side(news: Pipeline) -> None:
    """The pair with what the evening added; that it is longer does not make it stand for both."""
    morning, evening = _article_of(news, "morning.txt"), _article_of(news, "evening.txt")
    answer = explain_duplicates(news.warehouse, morning, SETTINGS)
    first, second = sorted((morning, evening))
    assert [member["article_id"] for member in answer["members"]] == [first, second]
    assert answer["canonical_article_id"] == first
    assert answer["why_canonical"].startswith("Nothing else differs")
    (pair,) = answer["pairs"]
    assert (pair["other_article_id"], pair["relation"]) == (evening, "revision")
    assert "100% of the shingles" in pair["why"]
    assert "two versions of one text" in pair["why"]
    added = [item for item in pair["differences"] if not item["is_same"]]
    assert [(item["one"], item["other"]) for item in added] == [("", ADDITION.strip())]


def test_a_template_is_shown_as_such(news: Pipeline) -> None:
    """The pair that was refused stays, with the numbers that refused it."""
    answer = explain_duplicates(news.warehouse, _article_of(news, "monday.txt"), SETTINGS)
    assert answer["why_canonical"] == "It is the only one."
    (pair,) = answer["pairs"]
    assert (pair["relation"], pair["is_duplicate"]) == ("same_template", False)
    assert pair["changed_numbers"] == 1.0
    assert "100% of the numbers changed" in pair["why"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("morning.txt", ["revision", "stands for the cluster", "Wiersma"]),
        ("monday.txt", ["this article alone", "same template", "below 0.35"]),
        ("other.txt", ["It was compared with no other article"]),
    ],
)
def test_the_command_prints_it(news: Pipeline, name: str, words: list[str]) -> None:
    """For people as a table, for programs as JSON."""
    arguments = ["explain", _article_of(news, name), "duplicates"]
    arguments += ["--warehouse", str(news.warehouse.root)]
    shown = CliRunner().invoke(app, arguments)
    assert shown.exit_code == 0
    for word in words:
        assert word in shown.stdout
    listed = CliRunner().invoke(app, [*arguments, "--json"])
    assert json.loads(listed.stdout)["members"][0]["is_canonical"]


def test_show_tells_of_duplicates(news: Pipeline) -> None:
    """How many, and which one stands for all; nothing where there are none."""
    root = str(news.warehouse.root)
    first, second = sorted((_article_of(news, "morning.txt"), _article_of(news, "evening.txt")))
    for name, words in (
        (second, f"1; {first} stands for all"),
        (first, "1; this one stands for all"),
    ):
        arguments = ["show", name, "--warehouse", root]
        assert words in CliRunner().invoke(app, arguments).stdout
    arguments = ["show", _article_of(news, "other.txt"), "--warehouse", root]
    assert "stands for all" not in CliRunner().invoke(app, arguments).stdout


def _member(**changes: object) -> dict[str, object]:
    member: dict[str, object] = {
        "completeness": "complete",
        "is_unsure_of_text": False,
        "is_uncorrected": True,
        "is_unsure_of_values": False,
        "form": 0,
        "day": None,
    }
    return member | changes


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (_member(completeness="truncated"), "It is complete, the next one truncated."),
        (
            _member(is_unsure_of_text=True),
            "Its text is clearly surer than that of the next one.",
        ),
        (
            _member(is_unsure_of_values=True),
            "Its headline, authors and day are clearly surer than the next one's.",
        ),
        (_member(form=2), "Both are as sure, but its form is nearer to the source."),
        (_member(), "Nothing else differs, so the smallest identifier decides."),
    ],
)
def test_why_one_stands_for_all_is_said(other: dict[str, object], why: str) -> None:
    """By the first thing that differs, in the order of election."""
    assert why_canonical([_member(), other]) == why


def test_the_earliest_is_named_with_its_date() -> None:
    """Of two that are as long."""
    said = why_canonical([_member(day="2024-01-02"), _member()])
    assert "the earliest: 2024-01-02, the next one without a date" in said


def test_every_method_in_the_table_has_a_meaning(news: Pipeline) -> None:
    """What the column may hold is documented, and that is what the contract allows."""
    (rule,) = next(c for c in DUPLICATES.columns if c.name == "method").rules
    assert isinstance(rule, OneOf)
    assert set(rule.values) == set(METHODS)
    with open_lake_for_questions(news.warehouse) as connection:
        methods = {row[0] for row in ask(connection, "SELECT DISTINCT method FROM duplicates").rows}
    assert methods <= set(METHODS)


def test_a_warehouse_of_an_older_version_says_what_to_do(news: Pipeline, tmp_path: Path) -> None:
    """And is linked anew by the next run, whatever it brings."""
    news = copy_of(news, tmp_path)
    morning = _article_of(news, "morning.txt")
    with open_lake(news.warehouse) as connection:
        for table in ("text_keys", "text_pairs", "link_settings", "duplicates"):
            connection.execute(f"DELETE FROM lake.{table}")
        connection.execute("DROP TABLE lake.text_pairs")
    with pytest.raises(NotLinkedError, match="knipsel ingest"):
        explain_duplicates(news.warehouse, morning, SETTINGS)
    news.ingest(news.warehouse.archive)
    assert explain_duplicates(news.warehouse, morning, SETTINGS)["pairs"]
