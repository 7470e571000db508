"""The samples come out as their list says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from knipsel.warehouse.queries.queries import ask, open_release
from tests.pipeline import SAMPLES, Pipeline

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "samples.toml").read_text(encoding="utf-8")
)["files"]
PUBLISHED = sorted(name for name, facts in EXPECTED.items() if facts["status"] == "published")
HELD_BACK = sorted(set(EXPECTED) - set(PUBLISHED))


def blanks(text: str) -> str:
    """Return a text with each stretch of white space as a single blank."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def articles(released: Pipeline) -> dict[str, dict[str, Any]]:
    """Return what became of each published file, by every name that it was seen under."""
    with open_release(released.warehouse) as connection:
        rows = ask(
            connection,
            "SELECT * FROM articles_wide JOIN documents USING (document_id) "
            "JOIN (SELECT document_id, path AS seen_at FROM sightings) USING (document_id)",
        ).mappings()
    return {Path(row["seen_at"]).name: row for row in rows}


def test_every_sample_is_expected_and_every_expectation_a_sample() -> None:
    """The list and the folder name the same files."""
    assert {file.name for file in SAMPLES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_facts(articles: dict[str, dict[str, Any]], name: str) -> None:
    """Language, date and authors are those that a person reads in the file."""
    article, expected = articles[name], EXPECTED[name]
    assert article["language"] == expected["language"]
    assert article["date_published"] == expected.get("date_published")
    assert article["authors"] == expected["authors"]
    assert article["publisher"] in {expected.get("publisher"), None}


@pytest.mark.parametrize("name", PUBLISHED)
def test_text(articles: dict[str, dict[str, Any]], name: str) -> None:
    """The text holds the body and nothing of what surrounds it."""
    text, expected = blanks(articles[name]["text"]), EXPECTED[name]
    for part in expected.get("must_contain", []):
        assert blanks(part) in text
    for part in expected.get("must_contain_once", []):
        assert text.count(blanks(part)) == 1
    for part in expected.get("must_not_contain", []):
        assert blanks(part) not in text


@pytest.mark.parametrize("name", HELD_BACK)
def test_held_back(released: Pipeline, name: str) -> None:
    """A broken file is in quarantine with a reason."""
    with open_release(released.warehouse) as connection:
        reasons = ask(
            connection, "FROM held_back WHERE file_name = $name", {"name": name}
        ).mappings()
    assert reasons
    assert all(reason["message"].endswith(".") for reason in reasons)


def test_the_copy_is_a_sighting(articles: dict[str, dict[str, Any]]) -> None:
    """A file with the same bytes is the same document."""
    for name, expected in EXPECTED.items():
        if same := expected.get("same_document_as"):
            assert articles[name]["document_id"] == articles[same]["document_id"]


def test_the_identical_pair_is_one_cluster(articles: dict[str, dict[str, Any]]) -> None:
    """An article pasted twice with other menus is one text, and one article stands for it."""
    pairs = [
        (articles[name], articles[expected["related_to"]])
        for name, expected in EXPECTED.items()
        if expected.get("relation") == "identical"
    ]
    assert pairs
    for one, other in pairs:
        assert one["cluster_id"] == other["cluster_id"]
        assert one["is_canonical"] != other["is_canonical"]
