"""Errors of knipsel's own are not the document's: what each costs, and when a run is given up."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from knipsel.expectations.documents.document_rules import check_document
from knipsel.flows.cli.look.status import audit_facts
from knipsel.flows.config.register_files import load_registers
from knipsel.flows.config.settings import Settings
from knipsel.flows.config.tolerance import Tolerance
from knipsel.flows.read import batch as batches
from knipsel.flows.read.annotation import annotated_lines
from knipsel.flows.runs.errors import FAILED, explain
from knipsel.flows.runs.own_errors import OwnErrorsError, own_errors
from knipsel.transforms import process as processing
from knipsel.transforms.annotate import annotate as annotators
from knipsel.transforms.annotate.model import Mention, Topic
from knipsel.transforms.annotate.names import find_mentions
from knipsel.transforms.annotate.times import find_times
from knipsel.transforms.model import OwnError, ProcessedDocument
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions, status
from tests.pipeline import SAMPLES, Pipeline, write_files
from tests.texts import article

TABLES = {"mentions", "quotations", "time_expressions", "topics"}
FULL = SAMPLES / "havenbode-onderhandelingen.txt"
"""An article with names, quotations, times and topics."""

QUOTED = "what the article says"


def broken(*_: object) -> Any:
    """Fail as code does whose assumption does not hold, and quote the text."""
    raise TypeError(QUOTED)


def rows(pipeline: Pipeline, query: str) -> list[tuple[Any, ...]]:
    """Return what the lake answers."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query).rows


def filled(pipeline: Pipeline) -> set[str]:
    """Return the tables of annotations that have rows."""
    return {table for table in TABLES if rows(pipeline, f"SELECT 1 FROM {table} LIMIT 1")}


def failures(pipeline: Pipeline) -> dict[str, str]:
    """Return what is recorded of annotators that failed, by the table that they fill."""
    query = """
        SELECT suite, observed_value FROM validations
        WHERE rule = 'annotator_failed' AND severity = 'warning' AND NOT success
    """
    return dict(rows(pipeline, query))


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("find_mentions", {"mentions", "quotations"}),
        ("find_quotations", {"quotations"}),
        ("find_times", {"time_expressions"}),
        ("find_topics", {"topics"}),
        ("of_article", TABLES),
    ],
)
def test_an_annotator_that_fails_costs_its_annotation(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, name: str, lost: set[str]
) -> None:
    """The article is published with what the others found; the warning says where, not what."""
    monkeypatch.setattr(annotators, name, broken)
    assert pipeline.ingest(FULL) == RunCounts(1, 0, 1, 0, 0, 1)
    assert filled(pipeline) == TABLES - lost
    recorded = failures(pipeline)
    assert set(recorded) == lost
    ((article_id,),) = rows(pipeline, "SELECT article_id FROM articles")
    for said in recorded.values():
        assert said.startswith("TypeError at knipsel.transforms.annotate.annotate:annotate")
        assert said.endswith(f"({article_id})")
        assert QUOTED not in said
    assert pipeline.publish().is_new


@pytest.mark.parametrize(
    ("name", "found", "lost"),
    [
        ("find_mentions", [Mention(9000, 9009, "person", "Nobody", None, "rule", 1.0)], "mentions"),
        ("find_mentions", None, "mentions"),
        ("find_topics", [Topic("peace", ())], "topics"),
        ("find_times", [None], "time_expressions"),
    ],
    ids=["outside", "nothing", "nowhere", "no-times"],
)
def test_what_an_annotator_may_not_find_is_its_failure(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, name: str, found: object, lost: str
) -> None:
    """No half of its rows is left, and the article is published."""
    monkeypatch.setattr(annotators, name, lambda *_: found)
    assert pipeline.ingest(FULL) == RunCounts(1, 0, 1, 0, 0, 1)
    assert lost in failures(pipeline)
    assert filled(pipeline) == TABLES - set(failures(pipeline))
    assert not rows(pipeline, "FROM entities") or lost != "mentions"


def test_a_value_that_its_column_does_not_allow_holds_nothing_back(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The suites of the contract find nothing more to hold the document back for."""
    pipeline.audited = True
    sure = Mention(0, 3, "person", "Nobody", None, "rule", 7.0)
    monkeypatch.setattr(annotators, "find_mentions", lambda *_: [sure])
    assert pipeline.ingest(FULL) == RunCounts(1, 0, 1, 0, 0, 1)
    assert failures(pipeline)["mentions"].startswith("mentions.confidence_is_of_the_contract (")
    assert filled(pipeline) == {"time_expressions", "topics"}


def test_rows_that_cannot_be_staged_cost_the_annotations(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A confidence that is no number stops the writing: it is written without."""
    real = find_mentions

    def odd(*given: Any) -> list[Mention]:
        return [
            Mention(one.char_start, one.char_end, one.kind, one.name, None, "rule", "sure")  # type: ignore[arg-type]
            for one in real(*given)
        ]

    monkeypatch.setattr(annotators, "find_mentions", odd)
    assert pipeline.ingest(FULL) == RunCounts(1, 0, 1, 0, 0, 1)
    assert (filled(pipeline), set(failures(pipeline))) == (set(), TABLES)


def test_one_article_of_an_export_does_not_take_the_others_annotations(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = find_times

    def stumble(text: Any, registers: Any) -> Any:
        return broken() if "STRUIKELSTEEN" in text.text else real(text, registers)

    monkeypatch.setattr(annotators, "find_times", stumble)
    texts = [article(1), f"STRUIKELSTEEN. {article(2)}", article(3)]
    records = [{"title": f"Bericht {n}", "text": text} for n, text in enumerate(texts)]
    write_files(tmp_path / "inbox", {"export.json": json.dumps(records)})
    assert pipeline.ingest(tmp_path / "inbox").articles_published == 3
    found = rows(pipeline, "SELECT DISTINCT right(article_id, 1) FROM time_expressions ORDER BY 1")
    assert found == [("1",), ("3",)]
    query = "SELECT element_count, unexpected_count FROM validations WHERE rule='annotator_failed'"
    assert rows(pipeline, query) == [(3, 1)]


def test_what_annotators_lose_is_told(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary, `status` and the page of the release say what is missing and what to send."""
    monkeypatch.setattr(annotators, "find_times", broken)
    write_files(tmp_path / "inbox", {f"{number}.txt": article(number) for number in range(3)})
    (tmp_path / "inbox" / "short.txt").write_text(article(7)[:400], encoding="utf-8")
    run = pipeline.next_run()
    pipeline.ingest(tmp_path / "inbox", run=run)
    folder = pipeline.publish().folder
    place = "TypeError at knipsel.transforms.annotate.annotate:annotate.<locals>.<lambda>:"
    answer = status(pipeline.warehouse)
    words = dict(audit_facts({**answer, "bounds_file": None, "bounds_error": None}))
    said = str(words["last files: warning"])
    assert said.startswith("time expressions are missing in 4 of 4 articles, by an error of ")
    assert place in said
    assert f"with {tmp_path}/inbox/short.txt if" in said
    assert folder is not None
    page = (folder / "validation.html").read_text(encoding="utf-8")
    assert place.replace("<", "&lt;").replace(">", "&gt;") in page
    assert "short.txt" in page


def stumbling(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have the cleaner fail at files of some names."""
    real = processing.process

    def process(document: Any, registers: Any, *others: Any) -> ProcessedDocument:
        with monkeypatch.context() as patched:
            if Path(document.path).name in names:
                patched.setattr(processing, "clean", broken)
            return real(document, registers, *others)

    monkeypatch.setattr(batches, "process", process)


@pytest.mark.parametrize("name", ["load_reader", "clean", "assemble", "divide_reading"])
def test_a_reader_or_cleaner_that_fails_holds_its_document_back(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The reason says what failed and where, and nothing of what the document says."""
    monkeypatch.setattr(processing, name, broken)
    assert pipeline.ingest(FULL) == RunCounts(1, 0, 0, 1, 0, 0)
    ((rule, value, message),) = rows(pipeline, "SELECT rule, value, message FROM quarantine")
    assert rule == "transform_error"
    assert value.startswith("TypeError at knipsel.transforms.process:")
    assert value in message
    assert QUOTED not in message


def test_a_rule_that_fails_holds_its_document_back(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in a check of ours is one too, and stops nothing else."""
    real = check_document

    def check(document: ProcessedDocument, *rules: Any) -> Any:
        return real(document, *rules) if document.rejections else broken()

    monkeypatch.setattr(batches, "check_document", check)
    assert pipeline.ingest(FULL).documents_quarantined == 1
    assert rows(pipeline, "SELECT rule FROM quarantine") == [("transform_error",)]


def test_too_much_memory_is_the_documents_fault(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in an annotator."""

    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(annotators, "find_times", greedy)
    pipeline.ingest(FULL)
    assert rows(pipeline, "SELECT rule FROM quarantine") == [("too_much_memory",)]


@pytest.mark.parametrize(
    ("held_back", "read", "is_allowed"),
    [(3, 3, True), (4, 4, False), (4, 200, True), (5, 200, False), (2000, 100_000, True)],
)
def test_what_is_tolerated(held_back: int, read: int, *, is_allowed: bool) -> None:
    """More than three documents and more than two in a hundred are too many."""
    assert Tolerance().allows(held_back, read) is is_allowed


def test_many_stop_the_run_and_it_can_be_tried_again(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is committed, the sentence says which error and which file, and a cure suffices."""
    names = [f"{number}.txt" for number in range(8)]
    write_files(tmp_path / "inbox", {name: article(at) for at, name in enumerate(names)})
    (tmp_path / "inbox" / "2.txt").write_text(article(2)[:300], encoding="utf-8")
    with monkeypatch.context() as patched:
        stumbling(patched, *names[:4])
        with pytest.raises(OwnErrorsError) as raised:
            pipeline.ingest(tmp_path / "inbox")
    code, said = explain(raised.value)
    assert code == FAILED
    assert "hold back 4 of 8 documents" in said
    assert "TypeError at knipsel.transforms.process:_make_articles:" in said
    assert f"{tmp_path}/inbox/2.txt" in said
    assert "own_error_share" in said
    assert QUOTED not in said
    assert not pipeline.warehouse.exists or rows(pipeline, "FROM documents") == []
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(8, 0, 8, 0, 0, 8)


def test_a_few_are_held_back_and_told(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are published, and a sentence says that it is our error and what to send."""
    write_files(tmp_path / "inbox", {f"{number}.txt": article(number) for number in range(5)})
    stumbling(monkeypatch, "3.txt")
    submission = prepared(pipeline, tmp_path / "inbox")
    (note,) = own_errors(submission).notes()
    assert note.startswith("1 of 5 documents is held back by an error of knipsel's own")
    assert f"{tmp_path}/inbox/3.txt" in note
    assert pipeline.commit_submission(submission) == RunCounts(5, 0, 4, 1, 0, 4)


def prepared(pipeline: Pipeline, inbox: Path) -> Any:
    """Return what an ingest of a folder is about to commit."""
    from knipsel.flows.plan.plan import look, plan_run

    run = pipeline.next_run()
    seen = look([inbox], pipeline.warehouse, leave_out=[])
    plan = plan_run(seen, pipeline.warehouse, pipeline.settings, run.transform_version).table
    return pipeline.read("ingest", run, plan)


@pytest.fixture
def held(pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    """Return a pipeline that held four of five documents back, and still fails at them."""
    write_files(tmp_path / "inbox", {f"{number}.txt": article(number) for number in range(5)})
    stumbling(monkeypatch, "1.txt", "2.txt", "3.txt", "4.txt")
    pipeline.settings = Settings(own_error_share=1)
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(5, 0, 1, 4, 0, 1)
    pipeline.settings = Settings()
    return pipeline


@pytest.mark.parametrize(
    "again",
    [lambda pipeline: pipeline.replay(), lambda pipeline: pipeline.reprocess(is_all=True)],
    ids=["replay", "reprocess"],
)
def test_reading_again_is_given_up_alike(
    held: Pipeline, again: Callable[[Pipeline], RunCounts]
) -> None:
    """The lake stays as it was; whoever lifts the limit gets what can be had."""
    before = rows(held, "SELECT document_id, status, run_id FROM documents ORDER BY ALL")
    with pytest.raises(OwnErrorsError, match="hold back 4 of"):
        again(held)
    assert rows(held, "SELECT document_id, status, run_id FROM documents ORDER BY ALL") == before
    held.settings = Settings(own_error_documents=4)
    assert again(held).documents_quarantined == 4


def test_annotators_count_apart(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fails at every document stops no run."""
    monkeypatch.setattr(annotators, "find_quotations", broken)
    write_files(tmp_path / "inbox", {f"{number}.txt": article(number) for number in range(6)})
    submission = prepared(pipeline, tmp_path / "inbox")
    (note,) = own_errors(submission).notes()
    assert note.startswith("6 of 6 documents are published without some quotations, by an error")
    assert pipeline.commit_submission(submission) == RunCounts(6, 0, 6, 0, 0, 6)


def test_texts_of_others_are_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """`knipsel annotate` answers with what the others found, and names what is missing."""
    monkeypatch.setattr(annotators, "find_quotations", broken)
    text = "Volgens Jan de Vries gaat de brug op 3 mei 2024 open."
    line = json.dumps({"id": "1", "text": text, "language": "nl"}).encode()
    registers = load_registers().annotations
    (answer,) = map(json.loads, annotated_lines(BytesIO(line), registers, 999))
    assert answer["quotations"] is None
    assert [one["text"] for one in answer["time_expressions"]] == ["3 mei 2024"]
    assert list(answer["own_errors"]) == ["quotations"]


def test_an_error_names_our_own_place() -> None:
    """It is the innermost of our functions, though a library raised it; no path, no words."""
    from knipsel.transforms.registers.articles.beside import parse_beside

    with pytest.raises(ValueError, match="key") as raised:
        parse_beside("no TOML")
    kind, place = str(OwnError.of(raised.value)).split(" at ")
    module, function, line = place.split(":")
    assert (kind, function) == (type(raised.value).__name__, "_toml")
    assert module == "knipsel.transforms.registers.articles.beside"
    assert line.isdecimal()
