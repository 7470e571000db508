"""What `correct` prints and refuses, and how `show`, `explain` and `status` tell of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.cli.print.article import print_article
from knipsel.flows.cli.print.terminal import printable_text
from knipsel.flows.runs.errors import explain
from tests.pipeline import Pipeline, write_files
from tests.transforms.metadata_articles import page
from tests.warehouse.test_curated import rows

BY = ("--who", "Mia", "--why", "On page 3")


@pytest.fixture
def ingested(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline with an article of the 10th of March 2023."""
    text = page("Een kade van hout\n\nDoor Anna de Boer\n\n10 maart 2023")
    write_files(tmp_path / "in", {"a.txt": text})
    pipeline.ingest(tmp_path / "in")
    return pipeline


def run(pipeline: Pipeline, *arguments: str) -> tuple[int, str]:
    """Run a command; return its exit code, and what it printed or says in a sentence."""
    place = str(pipeline.warehouse.root)
    result = CliRunner().invoke(app, [*arguments, "--warehouse", place], env={"COLUMNS": "200"})
    if isinstance(result.exception, Exception):
        return explain(result.exception)
    return result.exit_code, printable_text(result.output.rstrip()).replace("\\n", "\n")


def test_it_is_corrected_listed_and_taken_back(ingested: Pipeline) -> None:
    assert run(ingested, "correct") == (0, "Nothing was corrected.")
    code, said = run(ingested, "correct", "a.txt", "date_published", "2022-22", *BY)
    assert code == 0
    assert "2022-22 (summer 2022)" in said
    assert "2023-03-10" in said
    assert "`knipsel reprocess` reads the file again" in said
    assert "it waits for `knipsel reprocess`" in run(ingested, "correct")[1]
    assert "correction without effect" in run(ingested, "status")[1]
    ingested.reprocess()
    assert "in effect" in run(ingested, "correct", "a.txt")[1]
    assert "correction without effect" not in run(ingested, "status")[1]
    ((listed,),) = [json.loads(run(ingested, "correct", "--json")[1])]
    assert (listed["who"], listed["why"], listed["fate"]) == ("Mia", "On page 3", None)
    ((name,),) = rows(ingested, "SELECT article_id FROM articles")
    assert isinstance(name, str)
    assert "date published  2022-22 (summer 2022)" in run(ingested, "show", name)[1]
    explained = run(ingested, "explain", name, "date_published")[1]
    assert "a person states it, in corrections.csv, by Mia: On page 3" in explained
    assert "what a person states goes before it (correction)" in explained
    assert "taken back: a.txt date_published" in run(ingested, "correct", "a.txt", "--remove")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("a.txt", "kop", "A", *BY), 2, "'kop' is no field that can be corrected"),
        (("a.txt", "date_published", "3 mei", *BY), 2, "'3 mei' is no date in EDTF"),
        (("a.txt", "headline", "A"), 2, "Say who says so and why: --who, --why."),
        (("a.txt", "headline", "A", "--who", " ", "--why", "x"), 2, "Say who says so and why"),
        (("a.txt", "headline"), 2, "Say its right value, or `-` where it has none."),
        (("b.txt", "headline", "A", *BY), 1, "Nor has a file here that name."),
        (("a.txt", "genre", "--remove"), 1, "Nothing is corrected that is meant by genre of a.txt"),
        (("--remove",), 2, "Name an article"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    ingested: Pipeline, arguments: tuple[str, ...], code: int, said: str
) -> None:
    found, text = run(ingested, "correct", *arguments)
    assert found == code
    assert said in " ".join(text.replace("│", " ").split())
    assert not ingested.warehouse.corrections_file.exists()


def test_what_only_bounds_a_date_is_said_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    unknown = "article_id headline author publisher date_published language completeness word_count"
    article = dict.fromkeys([*unknown.split(), "date_published_not_after"])
    article |= {"date_published_not_before": "2021-05-03"}
    print_article({"article": article, "warnings": [], "paragraphs": []}, removed=False)
    assert "not known; from 3 May 2021 on" in capsys.readouterr().out
