"""What only annotators changed: articles are annotated anew as they are, and nothing is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.expectations.staged.contract_audit import audit_contract
from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.plan import look, plan_run
from knipsel.flows.read import batch as batches
from knipsel.flows.read import stored as reannotating
from knipsel.transforms.model import AnnotationRows, Article, MentionRow, Paragraph
from knipsel.transforms.registers.annotations.registers import AnnotationRegisters
from knipsel.warehouse.contract import TABLES
from knipsel.warehouse.lake.insertion import OF_ANNOTATORS
from knipsel.warehouse.lake.staging import ANNOTATOR_FAILED, Staged
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.changes.diffs import compare_with_diffs
from tests.own_registers import HARBOURS, READING, write_registers
from tests.pipeline import SAMPLES, Pipeline, copy_of, write_files
from tests.texts import article
from tests.warehouse.test_replay import rows

pytestmark = pytest.mark.long  # whole warehouses, again and again

OWN = {
    "topics/mine": HARBOURS,
    "quotations_nl_mine": 'verbs = "murmelt"',
    "entities/mine": '[person]\nmila-drahorad = { name = "Mila Drahorad" }',
}
OF_RUNS = {"runs", "run_inputs", "validations", "retractions"}
BY_RUN = {"run_id", "first_seen_at", "last_seen_at"}


def contents(pipeline: Pipeline) -> dict[str, list[tuple[object, ...]]]:
    """Return all tables but for which run wrote a row, and when."""
    return {
        table.name: rows(
            pipeline,
            f"SELECT {', '.join(n for n in table.column_names if n not in BY_RUN)} "
            f"FROM {table.name} ORDER BY ALL",
        )
        for table in TABLES
        if table.name not in OF_RUNS
    }


def unread(*_: object) -> None:
    """Fail where a document is read."""
    raise AssertionError("a document was read")


@pytest.fixture
def harbours(tmp_path: Path) -> Settings:
    """Return settings with registers of one's own, all of them for annotators."""
    return Settings(registers=write_registers(tmp_path / "own", OWN))


@pytest.fixture
def known(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline that has read two articles, and one file that is held back."""
    harbour = article(2) + "\n\nIn de haven lag een schip, zei Mila Drahorad."
    texts = {"a.txt": article(1), "b.txt": harbour, "held.txt": "Home"}
    write_files(tmp_path / "inbox", texts)
    pipeline.ingest(tmp_path / "inbox")
    return pipeline


def test_annotated_anew_is_as_read_anew(
    released: Pipeline, harbours: Settings, tmp_path: Path
) -> None:
    """On the samples, to every value; and a release shares the files of all other tables."""
    pipeline = copy_of(released, tmp_path / "copy")
    pipeline.audited, pipeline.settings = False, harbours
    anew = Pipeline(Warehouse.at(tmp_path / "anew"), settings=harbours)
    pipeline.reprocess()
    anew.ingest(SAMPLES)
    assert contents(pipeline) == contents(anew)
    assert rows(pipeline, "SELECT count(*) > 5 FROM topics WHERE topic = 'harbours'") == [(True,)]
    written = set(pipeline.publish().tables_written)
    assert written <= {*OF_ANNOTATORS, *OF_RUNS, "articles", "documents", "entities"}
    assert "topics" in written


def test_nothing_that_is_published_is_read(
    known: Pipeline, harbours: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where its source is gone; who was read stays, who made the rows is the new run."""
    known.settings = harbours
    monkeypatch.setattr(batches, "read_document", unread)
    names = rows(known, "SELECT document_id FROM documents WHERE status = 'published'")
    for (name,) in names:
        (known.warehouse.archive / str(name)[:2] / str(name)).unlink()
    counts = known.reprocess(*(str(name) for (name,) in names))
    assert (counts.documents_published, counts.articles_published) == (2, 2)
    assert rows(known, "SELECT DISTINCT transform_version, run_id FROM articles") == [
        (known.version, "run-2")
    ]
    entities = rows(known, "SELECT entity_id FROM mentions WHERE text = 'Mila Drahorad'")
    assert entities == [("mila-drahorad",)]
    known.settings = Settings()
    known.reprocess(*(str(name) for (name,) in names))
    assert rows(known, "FROM entities") == []


def test_what_decides_reading_is_read_anew(
    known: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is everything with `--all`."""
    monkeypatch.setattr(batches, "annotated_anew", unread)
    known.settings = Settings(registers=write_registers(tmp_path / "own", {"genres_mine": READING}))
    assert known.reprocess().documents_published == 2
    assert known.reprocess().files_seen == 0
    assert known.reprocess(is_all=True).documents_published == 2


def test_files_seen_again_are_annotated_anew(
    known: Pipeline, harbours: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ingest that meets them does not read them either; what is new in the inbox it does."""
    known.settings = harbours
    before = rows(known, "SELECT * EXCLUDE (run_id, transform_version) FROM articles ORDER BY ALL")
    with monkeypatch.context() as patched:
        (tmp_path / "inbox" / "held.txt").unlink()
        patched.setattr(batches, "read_document", unread)
        counts = known.ingest(tmp_path / "inbox")
    assert (counts.files_known, counts.documents_published) == (0, 2)
    after = rows(known, "SELECT * EXCLUDE (run_id, transform_version) FROM articles ORDER BY ALL")
    assert after == before
    write_files(tmp_path / "inbox", {"c.txt": article(3)})
    assert known.ingest(tmp_path / "inbox").articles_published == 1


def test_whoever_is_faster_counts(known: Pipeline, harbours: Settings, tmp_path: Path) -> None:
    """What another run read in the meantime stays as that one left it."""
    known.settings = harbours
    run = known.next_run()
    seen = look([tmp_path / "inbox"], known.warehouse, [])
    plan = plan_run(seen, known.warehouse, known.settings, run.transform_version).table
    slow, slow_again = known.read("ingest", run, plan), known.prepare_reprocessing()
    known.settings = Settings(annotations=())
    known.reprocess()
    before = contents(known)
    assert rows(known, "FROM mentions") == []
    known.commit_submission(slow_again)
    known.commit_submission(slow)
    after = contents(known)
    assert {name for name in after if after[name] != before[name]} <= {"documents"}


def test_a_dry_run_tells_of_annotations(known: Pipeline, harbours: Settings) -> None:
    """Which tables of how many articles change; nothing is written."""
    known.settings = harbours
    before = contents(known)
    changes, diffs = compare_with_diffs(known.warehouse, known.prepare_reprocessing(), 5)
    assert contents(known) == before
    assert changes.fields == {"mentions": 1, "topic_matches": 1, "topics": 1}
    assert (changes.articles_gained, changes.articles_lost, changes.articles_changed) == (0, 0, 1)
    assert [(one.document.file_name, one.articles) for one in diffs] == [("b.txt", ())]


def misplaced(
    article: Article, paragraphs: list[Paragraph], _: AnnotationRegisters
) -> AnnotationRows:
    """Return a name that does not stand where it says."""
    place = (article.article_id, paragraphs[0].paragraph_id, "niemand", 0, 7)
    name = MentionRow(f"{article.article_id}.m1", *place, "person", "niemand", None, "rule", 0.5)
    return AnnotationRows(mentions=(name,))


def test_an_annotator_that_fails_costs_what_it_makes(
    known: Pipeline, harbours: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a document is read: it stays published, and the run tells of it."""
    known.settings = harbours
    monkeypatch.setattr(reannotating, "annotate_article", misplaced)
    assert known.reprocess().documents_published == 2
    assert rows(known, "FROM mentions") == []
    failed = "SELECT suite, element_count, unexpected_count FROM validations WHERE rule = ?"
    query = failed.replace("?", f"'{ANNOTATOR_FAILED}'")
    assert rows(known, f"{query} AND suite = 'mentions'") == [("mentions", 2, 2)]
    known.publish()


def exhausted(*_: object) -> AnnotationRows:
    """Take more memory than a document may."""
    raise MemoryError


def test_what_takes_too_much_is_held_back(
    known: Pipeline, harbours: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a document is read: nothing of it stays published."""
    known.settings = harbours
    monkeypatch.setattr(reannotating, "annotate_article", exhausted)
    counts = known.reprocess()
    assert (counts.documents_published, counts.documents_quarantined) == (0, 3)
    assert rows(known, "FROM articles") == []
    reasons = rows(known, "SELECT DISTINCT rule FROM quarantine WHERE resolved_at IS NULL")
    assert {name for (name,) in reasons} == {"too_much_memory", "no_article"}
    known.publish()


def test_the_audit_knows_whose_the_rows_are(known: Pipeline, harbours: Settings) -> None:
    """A row that breaks the contract is its document's, though no article is staged."""
    known.settings = harbours
    submission = known.prepare_reprocessing()
    assert isinstance(submission.staged, Staged)
    outcomes, findings = audit_contract(submission.staged, [0])
    assert findings == []
    assert any(one.suite == "mentions" and one.element_count for one in outcomes)
