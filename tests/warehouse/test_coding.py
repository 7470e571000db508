"""Samples are drawn again; codes are kept beside the corpus, and go with their article."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.plan.coding import AddedCodes, add_codes, agreements
from knipsel.flows.runs.stages import run_record
from knipsel.transforms.checks.sheet import SheetError
from knipsel.warehouse.queries.queries import ask, open_release
from knipsel.warehouse.release.checks.coding.keep import kept_codes
from tests.pipeline import Pipeline, copy_of
from tests.retractions import take

NOW = datetime(2024, 7, 1, tzinfo=UTC)
VARIABLES = '[tone]\nvalues = ["against", "neutral", "for"]\nlevel = "ordinal"\n'


@pytest.fixture
def corpus(released: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline with a release of the samples, for a test of its own."""
    return copy_of(released, tmp_path)


def sample(pipeline: Pipeline, *words: str) -> str:
    """Draw a sample; return what is printed as JSON."""
    words = ("sample", *words, "--json", "--warehouse", str(pipeline.warehouse.root))
    outcome = CliRunner().invoke(app, words)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def fill(sheet: Path, values: list[str], **columns: str) -> Path:
    """Return a copy of a sheet with the tone of the first lines, and other cells changed."""
    head, *rows = csv.reader(sheet.read_text("utf-8-sig").splitlines())
    for row, value in zip(rows, values, strict=False):
        row[head.index("tone")] = value
        for name, cell in columns.items():
            row[head.index(name)] = cell
    filled = sheet.with_name(f"{'-'.join(values)}.csv")
    with filled.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([head, *rows])
    return filled


def add(pipeline: Pipeline, sheet: Path, coder: str) -> AddedCodes:
    """Take in a sheet."""
    run = pipeline.next_run()
    return add_codes(pipeline.warehouse, sheet, coder, NOW, run_record(run, "code", NOW))


@pytest.fixture
def sheet(corpus: Pipeline, tmp_path: Path) -> Path:
    """Return a sheet with quotations, whose texts stand on one line."""
    (tmp_path / "variables.toml").write_text(VARIABLES, encoding="utf-8")
    place = tmp_path / "sheet.csv"
    words = ("--unit", "quotation", "--variables", str(tmp_path / "variables.toml"))
    sample(corpus, "6", *words, "--to", str(place))
    return place


def test_the_same_seed_draws_the_same(corpus: Pipeline, tmp_path: Path) -> None:
    """Sheets, folders of texts and the recipe have the same units; another seed has others."""
    words = ("5", "--by", "publisher,month", "--seed", "42", "--to")
    one, other = (sample(corpus, *words, str(tmp_path / name)) for name in ("a.xlsx", "folder"))
    drawn = json.loads(one)
    units = [unit["unit_id"] for unit in drawn["units"]]
    assert [unit["unit_id"] for unit in json.loads(other)["units"]] == units
    texts = {file.stem for file in (tmp_path / "folder").glob("*.txt")}
    assert texts == set(units)
    recipe = corpus.warehouse.root / "samples" / f"{drawn['sample_id']}.json"
    assert [unit["unit_id"] for unit in json.loads(recipe.read_text())["units"]] == units
    assert (
        drawn["sample_id"]
        != json.loads(sample(corpus, "5", "--seed", "7", "--to", str(tmp_path / "b.csv")))[
            "sample_id"
        ]
    )


def test_articles_can_be_chosen_by_a_query(corpus: Pipeline, tmp_path: Path) -> None:
    """Only canonical ones are drawn; one that writes is refused."""
    query = "SELECT article_id FROM articles WHERE publisher IS NOT NULL"
    drawn = json.loads(sample(corpus, "99", "--query", query, "--to", str(tmp_path / "a.csv")))
    with open_release(corpus.warehouse) as connection:
        wanted = ask(connection, f"{query} AND is_canonical").rows
    assert {unit["unit_id"] for unit in drawn["units"]} == {one for (one,) in wanted}
    words = ["sample", "1", "--query", "SELECT 1", "--to", str(tmp_path / "b.csv")]
    refused = CliRunner().invoke(app, [*words, "--warehouse", str(corpus.warehouse.root)])
    assert refused.exit_code == 2
    assert not (tmp_path / "b.csv").exists()


def test_codes_are_kept_once_and_reach_the_release(corpus: Pipeline, sheet: Path) -> None:
    """The last of a coder counts; two coders are compared; a way back keeps them."""
    first = fill(sheet, ["for", "neutral", "against"])
    assert add(corpus, first, "ann") == AddedCodes(3, 0, 0, 3, 0, 0)
    assert add(corpus, first, "ann") == AddedCodes(0, 0, 3, 3, 0, 0)
    assert add(corpus, fill(sheet, ["for", "for"]), "ann") == AddedCodes(0, 1, 1, 4, 0, 0)
    add(corpus, fill(sheet, ["for", "for", "neutral"]), "ben")
    (found,) = agreements(corpus.warehouse)
    assert (found.level, found.units, found.coders) == ("ordinal", 3, 2)
    assert corpus.publish().is_new
    with open_release(corpus.warehouse) as connection:
        rows = ask(connection, "SELECT coder, value, is_current FROM coded ORDER BY ALL").rows
    assert rows == [
        ("ann", "against", True),
        ("ann", "for", True),
        ("ann", "for", True),
        ("ben", "for", True),
        ("ben", "for", True),
        ("ben", "neutral", True),
    ]
    roll_back(corpus.warehouse, "1")
    assert len(kept_codes(corpus.warehouse)) == 6


def test_codes_of_another_text_are_kept_and_marked(corpus: Pipeline, sheet: Path) -> None:
    """A text that was read otherwise since has to be coded anew."""
    old = fill(sheet, ["for"], text_sha256="0" * 64)
    assert add(corpus, old, "ann").outdated == 1
    corpus.publish()
    with open_release(corpus.warehouse) as connection:
        assert ask(connection, "SELECT is_current FROM coded").rows == [(False,)]


def test_codes_go_with_their_article(corpus: Pipeline, sheet: Path) -> None:
    """From the lake and from the release that has them."""
    add(corpus, fill(sheet, ["for", "for", "for"]), "ann")
    corpus.publish()
    going = kept_codes(corpus.warehouse)[0].article_id
    take(corpus, going)
    assert going not in {code.article_id for code in kept_codes(corpus.warehouse)}
    with open_release(corpus.warehouse) as connection:
        assert ask(connection, f"FROM codes WHERE article_id = '{going}'").rows == []


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"sample_id": "ffffffff"}, "This warehouse has no sample 'ffffffff'"),
        ({"sample_id": "../secret"}, "This warehouse has no sample"),
        ({"tone": "so so"}, "Line 2, tone: 'so so' is none of"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken_in(
    corpus: Pipeline, sheet: Path, columns: dict[str, str], message: str
) -> None:
    """Of a sheet from elsewhere, or with a value that the variable has not."""
    sheet_of_all = fill(sheet, ["for"] * 6, **columns)
    with pytest.raises(SheetError, match=message):
        add(corpus, sheet_of_all, "ann")
    assert kept_codes(corpus.warehouse) == []
