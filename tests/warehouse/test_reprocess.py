"""Documents read again after the transforms changed: as if all had been ingested anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knipsel.flows.config.settings import Settings
from knipsel.flows.read import batch as batches
from knipsel.transforms.model import ProcessedDocument, RawDocument, Rejection
from knipsel.transforms.process import process
from knipsel.warehouse.lake import commit as commit_module
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.changes.diffs import compare_with_diffs
from tests.archives import zipped
from tests.pipeline import Pipeline, copy_of, write_files
from tests.profiles import examples
from tests.texts import article, dated_article
from tests.warehouse.test_replay import document, rows

pytestmark = pytest.mark.long  # whole warehouses, again and again

TEXTS = {
    "a.txt": article(1),
    "copy of a.txt": "  • Home\n  • Nieuws\n\n" + article(1),
    "dated.txt": dated_article(2, "Datum: 2024-03-08"),
    "held.txt": "Home",
    "long.txt": article(3) * 2,
}

CONTENT = {
    "documents": "SELECT * EXCLUDE (first_seen_at, run_id) FROM documents ORDER BY ALL",
    "articles": "SELECT * EXCLUDE (first_seen_at, run_id) FROM articles ORDER BY ALL",
    "sightings": "SELECT document_id, path FROM sightings ORDER BY ALL",
    "quarantine": "SELECT * EXCLUDE (first_seen_at, run_id) FROM quarantine "
    "WHERE resolved_at IS NULL ORDER BY ALL",
    **{
        name: f"FROM {name} ORDER BY ALL"
        for name in ("article_authors", "paragraphs", "removed_spans", "statements", "duplicates")
    },
}


def contents(pipeline: Pipeline) -> dict[str, list[tuple[object, ...]]]:
    """Return all tables but for which run wrote a row, and when."""
    return {name: rows(pipeline, query) for name, query in CONTENT.items()}


def inbox(folder: Path) -> Path:
    """Return a folder with the texts, an archive with two of them, and a sidecar."""
    write_files(folder, {**TEXTS, "dated.txt.meta.toml": 'genre = "column"'})
    (folder / "z.zip").write_bytes(zipped({"one.txt": article(1), "other.txt": article(5)}))
    return folder


def newer(document: RawDocument, registers: object, *_: object) -> ProcessedDocument:
    """Do what other transforms would: find a headline, lose one document, pass another."""
    done = process(document, registers)  # type: ignore[arg-type]
    if document.path.endswith("/dated.txt"):
        return replace(done, articles=(), authors=(), paragraphs=(), removed_spans=(),
                       statements=(), rejections=(Rejection("no_article", "Gone."),))  # fmt: skip
    if document.path.endswith("/held.txt"):
        return process(replace(document, content=article(8).encode()), registers)  # type: ignore[arg-type]
    articles = tuple(replace(one, headline="Nieuw") for one in done.articles)
    return replace(done, articles=articles)


@pytest.fixture
def newer_transforms(monkeypatch: pytest.MonkeyPatch) -> Callable[[Pipeline], None]:
    """Return what lets a pipeline read by other transforms from now on."""

    def change(pipeline: Pipeline) -> None:
        pipeline.transform_version = "newer"
        pipeline.settings.max_document_bytes = 1 << 20
        monkeypatch.setattr(batches, "process", newer)

    return change


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline whose documents were read by older transforms; the inbox is gone."""
    tmp_path = tmp_path_factory.mktemp("ingested")
    settings = Settings(max_document_bytes=2000, batch_documents=2)
    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"), settings)
    folder = inbox(tmp_path / "inbox")
    pipeline.ingest(folder)
    shutil.rmtree(folder)
    return pipeline


@pytest.fixture
def old(ingested: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(ingested, tmp_path)


@examples(quick=1, long=4)
@given(steps=st.lists(st.sampled_from(["replay", "reprocess", "all", *TEXTS]), max_size=3))
def test_any_order_ends_as_a_fresh_ingest(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was replayed and reprocessed on the way, at the end all is as ingested anew."""
    with monkeypatch.context() as patched:
        place = tmp_path_factory.mktemp("order")
        folder = inbox(place / "inbox")
        one, anew = (Pipeline(Warehouse.at(place / name)) for name in ("one", "anew"))
        one.settings.max_document_bytes = 2000
        one.ingest(folder)
        patched.setattr(batches, "process", newer)
        for pipeline in (one, anew):
            pipeline.transform_version = "newer"
            pipeline.settings.max_document_bytes = 1 << 20
        for step in [*steps, "reprocess", "replay"]:
            if step in TEXTS:
                one.reprocess(document(one, step))
            elif step == "replay":
                one.replay()
            else:
                one.reprocess(is_all=step == "all")
        anew.ingest(folder)
        assert contents(one) == contents(anew)
        one.publish()


def test_a_dry_run_tells_what_happens_then(
    old: Pipeline, newer_transforms: Callable[[Pipeline], None]
) -> None:
    """Counts and diffs, the gravest first; nothing is written, and the run does just that."""
    newer_transforms(old)
    before = contents(old)
    submission = old.prepare_reprocessing()
    changes, diffs = compare_with_diffs(old.warehouse, submission, 4)
    assert contents(old) == before
    counted = {kind: count for kind, count in changes.kinds.items() if count}
    assert counted == {"newly_held_back": 1, "changed": 3, "newly_passing": 2, "same": 1}
    assert (changes.articles_gained, changes.articles_lost, changes.articles_changed) == (2, 1, 3)
    assert changes.fields == {"headline": 3}
    assert [one.document.file_name for one in diffs] == [
        *("dated.txt", "a.txt", "copy of a.txt", "other.txt"),
    ]
    (gone,) = diffs[0].articles
    assert gone.is_gone
    assert diffs[0].document.reasons == ("no_article: Gone.",)
    assert [line[0] for line in gone.tables["text"] if line] == ["@", *"-" * 15]
    (changed,) = diffs[1].articles
    assert changed.fields == {"headline": (None, "Nieuw")}
    assert changed.tables == {}
    assert compare_with_diffs(old.warehouse, submission, 4) == (changes, diffs)
    assert old.commit_submission(submission) == RunCounts(8, 1, 6, 1, 0, 5)
    nothing, _ = compare_with_diffs(old.warehouse, old.prepare_reprocessing(), 0)
    assert nothing.documents == ()


def test_documents_of_this_version_are_left_alone_unless_all_are_read(old: Pipeline) -> None:
    """Read again by the same transforms nothing changes but who read it."""
    before = contents(old)
    assert old.reprocess() == RunCounts(0, 0, 0, 0, 0, 0)
    assert old.reprocess(is_all=True) == RunCounts(8, 1, 5, 2, 0, 4)
    assert contents(old) == before


def test_what_is_stated_by_now_counts(old: Pipeline) -> None:
    """A sidecar in the archive that changed makes a document of another version."""
    from knipsel.flows.plan.curated import keep_sidecars

    name = document(old, "dated.txt")
    keep_sidecars({name: 'genre = "essay"'}, old.warehouse.archive)
    assert old.reprocess() == RunCounts(1, 0, 1, 0, 0, 1)
    assert rows(old, f"SELECT genre FROM articles WHERE document_id = '{name}'") == [("essay",)]


def test_whoever_is_faster_counts(old: Pipeline, tmp_path: Path) -> None:
    """Two at once over the same documents end as one after the other, whichever commits first."""
    folder = inbox(tmp_path / "inbox")
    old.settings.max_document_bytes = 1 << 20
    slow_replay = old.prepare_replay()
    slow_all = old.prepare_reprocessing(is_all=True)
    assert old.replay().documents_published == 1
    assert old.commit_submission(slow_replay) == RunCounts(2, 1, 0, 1, 0, 0)
    counts = old.commit_submission(slow_all)
    assert (counts.files_known, counts.documents_published) == (2, 5)
    old.transform_version = "newer"
    slow = old.prepare_reprocessing()
    assert old.ingest(folder).files_known == 1
    before = contents(old)
    assert old.commit_submission(slow) == RunCounts(8, 8, 0, 0, 0, 0)
    assert contents(old) == before
    old.publish()


def test_a_release_during_an_ingest_stands(old: Pipeline, tmp_path: Path) -> None:
    """An ingest that did not know of it when it read the document leaves it to the next."""
    from knipsel.flows.plan.plan import look, plan_run

    folder = inbox(tmp_path / "inbox")
    old.transform_version = "newer"
    run = old.next_run()
    seen = look([folder], old.warehouse, [])
    planned = plan_run(seen, old.warehouse, old.settings, run.transform_version).table
    slow = old.read("ingest", run, planned)
    old.release(document(old, "long.txt"), "an essay")
    old.commit_submission(slow)
    status = "SELECT status FROM documents WHERE file_name = 'long.txt'"
    assert rows(old, status) == [("published",)]
    old.transform_version = "newest"
    old.ingest(folder)
    assert rows(old, status) == [("published",)]


@pytest.mark.parametrize(
    "step",
    [
        "link",
        *(
            pytest.param(step, marks=pytest.mark.long)
            for step in ("_insert_documents", "_record_run", "insert_run")
        ),
    ],
)
def test_a_run_that_dies_leaves_nothing_half(
    step: str,
    old: Pipeline,
    newer_transforms: Callable[[Pipeline], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed anywhere within the commit, all is as before; the same run then succeeds."""
    newer_transforms(old)
    before, runs = contents(old), rows(old, "SELECT count(*) FROM runs")
    submission = old.prepare_reprocessing()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(commit_module, step, die)
        with pytest.raises(KeyboardInterrupt):
            old.commit_submission(submission)
    assert contents(old) == before
    assert rows(old, "SELECT count(*) FROM runs") == runs
    assert old.commit_submission(submission).documents_quarantined == 1
