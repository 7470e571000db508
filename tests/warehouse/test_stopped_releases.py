"""Bounds on the whole corpus: what they stop, what the lake remembers, and what comes after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from knipsel.expectations.bounds.rules import SUITE
from knipsel.expectations.releases.release_audit import UnfitReleaseError
from knipsel.expectations.releases.release_rules import rules
from knipsel.flows.cli.look.status import audit_facts, bounds_status
from knipsel.flows.keep.retract import retract
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.read import batch as batches
from knipsel.flows.read.not_read import unread
from knipsel.flows.runs.stages import (
    publish_lake,
    record_failure,
    run_record,
    run_without_flow,
    said,
)
from knipsel.transforms.model import ProcessedDocument, RawDocument, Rejection
from knipsel.transforms.process import process
from knipsel.transforms.registers.model import Registers
from knipsel.warehouse.intake.inbox import FoundFile
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.lake.insertion import OF_ARTICLE
from knipsel.warehouse.lake.staging import Run
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions, open_release, status
from knipsel.warehouse.release.publish import Published
from knipsel.warehouse.retraction.targets import Request
from tests.pipeline import Pipeline, copy_of, write_files
from tests.texts import article, dated_article

pytestmark = pytest.mark.long  # whole warehouses, again and again


def ask_for(pipeline: Pipeline, toml: str) -> None:
    """Write the bounds of a warehouse."""
    pipeline.warehouse.root.mkdir(exist_ok=True)
    pipeline.warehouse.bounds_file.write_text(toml, encoding="utf-8")


def outcomes(pipeline: Pipeline, *, lake: bool = False) -> dict[str, tuple[bool, str, str | None]]:
    """Return what each bound of the newest run with one gave."""
    query = """
        SELECT rule, success, severity, observed_value FROM validations JOIN runs USING (run_id)
        WHERE suite = 'bounds' QUALIFY rank() OVER (ORDER BY started_at DESC) = 1
    """
    opened = open_lake_for_questions if lake else open_release
    with opened(pipeline.warehouse) as connection:
        return {row[0]: row[1:] for row in ask(connection, query).rows}


def stop(pipeline: Pipeline, run: Run | None = None) -> UnfitReleaseError:
    """Publish what may not be published, and record it as the flows do."""
    run = run or pipeline.next_run()
    with pytest.raises(UnfitReleaseError) as raised:
        publish_again(pipeline, run)
    record = run_record(run, "publish", run.started_at, said(raised.value))
    record_failure(pipeline.warehouse, record, raised.value)
    return raised.value


def publish_again(pipeline: Pipeline, run: Run) -> Published:
    """Publish for a run that may be known to the lake as committed."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        committed = ask(
            connection,
            "SELECT 1 FROM runs WHERE run_id = $run AND flow = 'ingest'",
            {"run": run.run_id},
        ).rows
    record = None if committed else run_record(run, "publish", run.started_at)
    return publish_lake(pipeline.warehouse, run, record)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with three articles, two of them with a date, and an empty file."""
    tmp_path = tmp_path_factory.mktemp("ingested")
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"))
    texts = {f"{n}.txt": dated_article(n, "Datum: 2024-05-20") for n in (1, 2)}
    write_files(tmp_path / "inbox", {**texts, "3.txt": article(3), "leeg.txt": ""})
    pipeline.ingest(tmp_path / "inbox")
    return pipeline


@pytest.fixture
def stocked(ingested: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(ingested, tmp_path)


def test_what_is_measured(stocked: Pipeline) -> None:
    """Each measure is what one counts by hand; none of these is broken."""
    ask_for(
        stocked,
        """
        articles = { min = 3, max = 3 }
        documents = { min = 4 }
        share_with_date = { min = 0.6 }
        share_with_author = { max = 0 }
        share_with_publisher = { min = 0 }
        share_quarantined = { max = 0.25 }
        median_word_count = { min = 200, max = 250 }
        days_since_newest_article = { max = 12 }
        share_kept = { min = 1 }
        share_of_language = { nl = { min = 1 }, de = { max = 0 } }
        languages = { required = ["nl"], allowed = ["nl", "de"] }
        """,
    )
    stocked.publish()
    found = outcomes(stocked)
    assert [rule for rule, (success, *_) in found.items() if not success] == []
    seen = {rule.split(" ")[0]: value for rule, (_, _, value) in found.items()}
    words = seen.pop("median_word_count")
    assert words is not None
    assert 200 <= float(words) <= 250
    assert seen == {
        "articles": "3",
        "documents": "4",
        "share_with_date": "0.666667",
        "share_with_author": "0",
        "share_with_publisher": "0",
        "share_quarantined": "0.25",
        "days_since_newest_article": "12",
        "share_kept": None,
        "share_of_language.nl": "1",
        "share_of_language.de": "0",
        "languages": "nl 3",
    }


@pytest.mark.parametrize(
    "asked",
    [
        "articles = { min = 4 }",
        "share_with_date = { min = 0.7 }",
        "share_of_language = { de = { min = 0.01 } }",
        "languages = { required = ['nl', 'de'] }",
    ],
)
def test_a_minimum_that_is_not_met_stops(stocked: Pipeline, asked: str) -> None:
    """The sentence says which, what was seen, what is asked, and where to change it."""
    ask_for(stocked, asked)
    sentence = said(stop(stocked))
    assert asked.split(" ", maxsplit=1)[0] in sentence
    assert str(stocked.warehouse.bounds_file) in sentence
    assert "Nothing was published" in sentence
    assert not stocked.warehouse.latest.exists()
    assert list(stocked.warehouse.releases.iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("articles = { max = 2 }", "3"),
        ("share_quarantined = { max = 0.2 }", "0.25"),
        ("days_since_newest_article = { max = 11 }", "12"),
        ("languages = { allowed = ['en'] }", "nl 3"),
    ],
)
def test_a_maximum_that_is_passed_warns(stocked: Pipeline, asked: str, seen: str) -> None:
    """The release is made, and has the warning."""
    ask_for(stocked, asked)
    assert stocked.publish().is_new
    assert list(outcomes(stocked).values()) == [(False, "warning", seen)]


def test_a_bound_waits_until_there_is_enough(stocked: Pipeline) -> None:
    """What is measured on fewer than ``from`` is noted and breaks nothing."""
    ask_for(stocked, "[share_with_date]\nmin = 0.9\nfrom = 4")
    stocked.publish()
    assert outcomes(stocked) == {
        "share_with_date at least 0.9": (True, "critical", "0.666667"),
    }


def test_no_article_at_all_breaks_only_what_counts_them(pipeline: Pipeline, tmp_path: Path) -> None:
    """A share of nothing is no share; whoever wants articles asks for a number of them."""
    write_files(tmp_path / "inbox", {"leeg.txt": ""})
    pipeline.ingest(tmp_path / "inbox")
    ask_for(
        pipeline,
        "share_with_date = {min = 1}\nmedian_word_count = {min = 9}\nshare_kept = {min = 1}\n"
        "days_since_newest_article = {max = 1}\nshare_of_language = {nl = {min = 1}}",
    )
    assert pipeline.publish().is_new
    ask_for(pipeline, "articles = {min = 1}")
    write_files(tmp_path / "inbox", {"leeg.txt": " "})
    pipeline.ingest(tmp_path / "inbox")
    assert "number of articles is 0" in said(stop(pipeline))


def test_a_shrinking_corpus_is_stopped_but_not_for_what_is_retracted(stocked: Pipeline) -> None:
    """Articles that went with a retracted document are not missed; any others are."""
    ask_for(stocked, "share_kept = { min = 0.9 }")
    stocked.publish()
    with open_lake(stocked.warehouse) as connection:
        connection.execute("USE lake")
        gone = "(SELECT min(document_id) FROM articles)"
        connection.execute(f"UPDATE documents SET status = 'retracted' WHERE document_id = {gone}")
        connection.execute(
            "INSERT INTO retractions SELECT document_id, NULL, NULL, 'asked', first_seen_at, "
            f"run_id FROM documents WHERE document_id = {gone}"
        )
        remove_articles(connection, gone)
    stocked.publish()
    assert outcomes(stocked) == {"share_kept at least 0.9": (True, "critical", "1")}
    with open_lake(stocked.warehouse) as connection:
        connection.execute("USE lake")
        gone = "(SELECT min(document_id) FROM articles)"
        connection.execute(
            "INSERT INTO quarantine SELECT document_id, file_name, 'documents', document_id, "
            f"'lost', NULL, NULL, 'Lost.', run_id, first_seen_at, NULL FROM documents "
            f"WHERE document_id = {gone}"
        )
        connection.execute(
            f"UPDATE documents SET status = 'quarantined' WHERE document_id = {gone}"
        )
        connection.execute("UPDATE runs SET documents_quarantined = 2 WHERE flow = 'ingest'")
        remove_articles(connection, gone)
    assert "still there is 0.5, and at least 0.9 is asked" in said(stop(stocked))
    assert stocked.warehouse.latest.resolve().name == "000002"


@pytest.fixture
def many(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline with a release of ten articles, and a bound that asks for little."""
    write_files(tmp_path / "many", {f"{number}.txt": article(number) for number in range(10)})
    ask_for(pipeline, "articles = { min = 0 }")
    pipeline.ingest(tmp_path / "many")
    pipeline.publish()
    return pipeline


def test_no_release_drops_to_none(many: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a file asks for, and though each document has its reason; a person can lift it."""
    rejected = Rejection("no_article", "There is no article in the file.")
    monkeypatch.setattr(batches, "process", lambda raw, *_: unread(found_of(raw), rejected))
    assert many.reprocess(is_all=True).documents_quarantined == 10
    sentence = said(stop(many))
    assert "as a share of the latest release's is 0, and at least 0.1 is asked for" in sentence
    lifting = f"write [share_of_latest] and below it min = 0 into {many.warehouse.bounds_file}"
    assert f"lift it: {lifting}" in sentence
    answer = status(many.warehouse) | bounds_status(many.warehouse, None)
    assert lifting in str(dict(audit_facts(answer))["release was stopped"])
    many.warehouse.bounds_file.unlink()
    assert lifting in said(stop(many))
    assert many.warehouse.latest.resolve().name == "000001"
    ask_for(many, "[share_of_latest]\nmin = 0")
    assert many.publish().is_new


def found_of(raw: RawDocument) -> FoundFile:
    """Return the file of a document."""
    return FoundFile(raw.path, Path(raw.path).name, raw.document_id, len(raw.content))


def test_a_tenth_that_is_left_is_enough(many: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below that the release is stopped; nine in ten go by a person's wish only."""
    rejected = Rejection("no_article", "There is no article in the file.")

    def keep_one(raw: RawDocument, registers: Registers, *_: object) -> ProcessedDocument:
        is_kept = raw.path.endswith("/3.txt")
        return process(raw, registers) if is_kept else unread(found_of(raw), rejected)

    monkeypatch.setattr(batches, "process", keep_one)
    assert many.reprocess(is_all=True).articles_published == 1
    assert many.publish().is_new


def test_retracting_and_going_back_lift_it_by_themselves(many: Pipeline, tmp_path: Path) -> None:
    """A person asked for these: the releases after them are made."""
    write_files(tmp_path / "more", {f"{number}.txt": article(number) for number in range(10, 120)})
    many.ingest(tmp_path / "more")
    many.publish()
    roll_back(many.warehouse, "1")
    write_files(tmp_path / "one", {"1.txt": article(200)})
    many.ingest(tmp_path / "one")
    assert many.publish().is_new
    with open_lake_for_questions(many.warehouse) as connection:
        names = [name for (name,) in ask(connection, "SELECT document_id FROM documents").rows]
    run = run_without_flow("retract", many.next_run().started_at)
    retract(many.warehouse, Request(tuple(names)), "asked", run, many.settings.duplicates)
    write_files(tmp_path / "leeg", {"leeg.txt": ""})
    many.ingest(tmp_path / "leeg")
    assert many.publish().is_new
    with open_release(many.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM articles").rows == [(0,)]


def remove_articles(connection: duckdb.DuckDBPyConnection, document: str) -> None:
    """Delete the articles of a document, and what hangs on them."""
    execute = connection.execute
    articles = f"(SELECT article_id FROM articles WHERE document_id = {document})"
    for table in OF_ARTICLE:
        execute(f"DELETE FROM {table} WHERE article_id IN {articles}")
    execute(
        f"DELETE FROM duplicates WHERE article_id IN {articles} OR other_article_id IN {articles}"
    )
    execute(f"DELETE FROM removed_spans WHERE document_id = {document}")
    execute(f"DELETE FROM articles WHERE document_id = {document}")


def test_all_rules_are_recorded_where_one_stops(stocked: Pipeline) -> None:
    """The lake has every rule of the run that was stopped; what is broken in the lake is named."""
    ask_for(stocked, "articles = { min = 4 }\nshare_quarantined = { max = 0.1 }")
    with open_lake(stocked.warehouse) as connection:
        connection.execute("UPDATE lake.articles SET char_count = 1")
    sentence = said(stop(stocked))
    assert "offsets_are_in_the_text" in sentence
    with open_lake_for_questions(stocked.warehouse) as connection:
        counted = ask(
            connection,
            "SELECT run_id, count(*), count(*) FILTER (NOT success) FROM validations "
            "WHERE suite = 'bounds' OR starts_with(suite, 'release.') GROUP BY run_id",
        ).rows
    ((run, evaluated, failed),) = counted
    assert (run, evaluated) == ("run-2", len(list(rules())) + 2)
    assert failed >= len(("offsets", "tiling", "a minimum", "a maximum"))
    # The first is told in full, and a maximum stops nothing.
    assert f"{failed - 2} more rules failed" in sentence


@pytest.mark.parametrize("is_committed", [True, False], ids=["ingest", "publish"])
def test_a_run_that_is_tried_again_is_recorded_once(
    stocked: Pipeline, *, is_committed: bool
) -> None:
    """What a stopped attempt said gives way to what the release says, and nothing is doubled."""
    ask_for(stocked, "articles = { min = 4 }\nshare_with_date = { min = 0.1 }")
    run = replace(stocked, runs=0).next_run() if is_committed else stocked.next_run()
    stop(stocked, run)
    stop(stocked, run)
    assert outcomes(stocked, lake=True)["articles at least 4"] == (False, "critical", "3")
    ask_for(stocked, "articles = { min = 3 }")
    assert publish_again(stocked, run).is_new
    assert outcomes(stocked) == {"articles at least 3": (True, "critical", "3")}
    query = "FROM validations ORDER BY ALL"
    with open_release(stocked.warehouse) as connection:
        released = ask(connection, query).rows
        runs = ask(connection, "SELECT run_id, result, release_version FROM runs").rows
    with open_lake_for_questions(stocked.warehouse) as connection:
        assert ask(connection, query).rows == released
        assert sorted(ask(connection, "SELECT run_id, result, release_version FROM runs").rows) == (
            sorted(runs)
        )
    assert len(released) == len(set(released))
    assert {result for _, result, _ in runs} == {"success"}
    assert not stocked.publish(stocked.next_run()).is_new


def test_a_later_run_keeps_what_an_earlier_one_said(stocked: Pipeline) -> None:
    """That a run was stopped stays in the history, in the lake and in the next release."""
    ask_for(stocked, "articles = { min = 4 }")
    stop(stocked)
    ask_for(stocked, "articles = { min = 2 }")
    stocked.publish()
    query = f"SELECT run_id, rule, success FROM validations WHERE suite = '{SUITE}' ORDER BY ALL"
    for opened in (open_release, open_lake_for_questions):
        with opened(stocked.warehouse) as connection:
            assert ask(connection, query).rows == [
                ("run-2", "articles at least 4", False),
                ("run-3", "articles at least 2", True),
            ]


def test_the_clock_is_the_runs(stocked: Pipeline) -> None:
    """Whether the newest article is old is seen from the day of the run, not from today."""
    ask_for(stocked, "days_since_newest_article = { max = 100 }")
    run = stocked.next_run()
    later = Run("later", run.started_at + timedelta(days=89), "1", "test")
    stocked.publish(later)
    assert outcomes(stocked) == {
        "days_since_newest_article at most 100": (False, "warning", "101"),
    }
