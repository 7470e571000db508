"""What else names a text that is retracted, what is like it, and what can still be cited."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.runs import leftovers
from knipsel.flows.runs.leftovers import UnprovenRetractionError, finish_all_retractions
from knipsel.flows.runs.stages import remember_failure
from knipsel.warehouse.release import versions
from knipsel.warehouse.release.checks.marks import Mark, keep_mark, marks_file, read_marks
from knipsel.warehouse.release.rollback import find_release
from knipsel.warehouse.retraction.mentions import without_lines
from tests.archives import zipped
from tests.byte_search import files_with
from tests.pipeline import Pipeline, copy_of, write_files
from tests.retractions import identifier, marked, published, published_more, rows, take

pytestmark = pytest.mark.long  # whole warehouses, again and again

TELLING = "geheime-kop-over-vraag2.txt"
"""The name of a file that is made of its headline."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline with three articles, one of them of a file with a telling name."""
    pipeline = published(tmp_path_factory.mktemp("prepared"), (1, 3))
    return published_more(pipeline, {TELLING: marked(2, "vraag2")})


@pytest.fixture
def pipeline(prepared: Pipeline, tmp_path: Path) -> Pipeline:
    """Return the same for a test of its own."""
    return copy_of(prepared, tmp_path)


@pytest.fixture
def prefect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Have a database as Prefect keeps one, with runs that were handed names of files."""
    home = tmp_path / "prefect"
    home.mkdir()
    monkeypatch.setenv("PREFECT_HOME", str(home))
    with closing(sqlite3.connect(home / "prefect.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE flow_run (id CHAR(36), parameters JSON)")
        connection.execute("CREATE TABLE log (message TEXT)")
        paths = [f"/in/{TELLING}", "b/3.txt", f"my{TELLING}"]
        connection.execute("INSERT INTO flow_run VALUES (1, ?)", [json.dumps({"paths": paths})])
        connection.execute("INSERT INTO log VALUES (?)", [f"could not read {TELLING}: broken"])
        yield connection


def test_prefect_forgets_the_names(pipeline: Pipeline, prefect: sqlite3.Connection) -> None:
    """Of parameters and logs only the names go, and of the database's old pages too."""
    take(pipeline, identifier(pipeline, "vraag2"))
    ((parameters,),) = prefect.execute("SELECT parameters FROM flow_run").fetchall()
    assert json.loads(parameters) == {"paths": ["(retracted)", "b/3.txt", "my(retracted)"]}
    assert prefect.execute("SELECT message FROM log").fetchall() == [
        ("could not read (retracted): broken",)
    ]


def test_notes_of_runs_forget_it(pipeline: Pipeline) -> None:
    """An error that quoted the text and named the file, in the lake and in a release."""
    opening = marked(2, "vraag2").split("\n\n")[0]
    error = RuntimeError(f"{TELLING}: {opening}")
    remember_failure(pipeline.warehouse, pipeline.next_run(), "ingest", error)
    published_more(pipeline, {"4.txt": marked(4, "vraag4")})
    assert len(files_with(pipeline.warehouse.releases / "000003" / "runs", TELLING)) == 1
    take(pipeline, identifier(pipeline, "vraag2"))
    assert files_with(pipeline.warehouse.root, "vraag2", TELLING) == []
    assert rows(pipeline, "SELECT message FROM runs WHERE result = 'failure'") == [("(retracted)",)]


def test_a_file_of_ones_own_that_names_it(pipeline: Pipeline) -> None:
    """It is named; the certificate says that nothing is proven until the file is gone."""
    notes = pipeline.warehouse.root / "notes.csv"
    notes.write_text(f"file,remark\n{TELLING},ask the lawyer\n", encoding="utf-8")
    with pytest.raises(UnprovenRetractionError, match=r"notes\.csv"):
        take(pipeline, identifier(pipeline, "vraag2"))
    (file,) = pipeline.warehouse.root.glob("retractions/*.json")
    assert json.loads(file.read_text())["is_proven"] is False
    notes.unlink()
    (outcome,) = finish_all_retractions(pipeline.warehouse)
    assert outcome.certificate == file.with_suffix(".txt")
    assert json.loads(file.read_text())["is_proven"] is True
    assert outcome.releases == ("000002.1",)


def test_a_temporary_folder_that_was_left(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be of somebody at work: it is named, and the proof stands."""
    left = tmp_path / "knipsel-left" / "copy.txt"
    write_files(left.parent, {left.name: marked(2, "vraag2")})
    monkeypatch.setattr(leftovers, "temporary_folders", lambda: [left.parent])
    _, outcome = take(pipeline, identifier(pipeline, "vraag2"))
    assert outcome.proof.strangers == (str(left),)
    assert outcome.proof.left == ()


def test_lines_with_a_headline_leave_an_index() -> None:
    """Whole lines go, over two lines too; what is left keeps its places."""
    text = "Documents (3)\n1. Ruzie om de dijk\n   De Bode\n2. Brand in\nde haven van Zout\n3. Weer"
    gone = ["Brand in de haven van Zout", "weer", "dijk"]
    pieces = list(without_lines(text, gone))
    assert [text[start:end] for start, end in pieces] == [
        "Documents (3)\n1. Ruzie om de dijk\n   De Bode"
    ]
    assert list(without_lines(text, ["Haven", "Zoutmonde en de haven"])) == [(0, len(text))]


def near_copies() -> dict[str, str]:
    """Return forms in which a text comes back, by name."""
    text = marked(2, "vraag2")
    paragraphs = text.split("\n\n")
    added = "De burgemeester voegde eraan toe dat hij er morgen op terug zou komen."
    return {
        "word": text.replace(" de ", " de zogeheten ", 1),
        "capitals": text.upper(),
        "added": f"{text}\n\n{added}",
        "inside": "\n\n".join([*paragraphs[:2], added, *paragraphs[2:]]),
        "without-first": "\n\n".join(paragraphs[1:]),
        "without-last": "\n\n".join(paragraphs[:-1]),
        "excerpt": "\n\n".join(paragraphs[: max(2, len(paragraphs) * 7 // 10)]),
        "quotes": text.replace("'", "\u2019").replace('"', "\u201d") + " Meer volgt.",
    }


def test_near_copies_are_held_back(pipeline: Pipeline, tmp_path: Path) -> None:
    """Each until a person decides; what only has the same subject is not."""
    take(pipeline, identifier(pipeline, "vraag2"))
    forms = near_copies()
    write_files(tmp_path / "near", {f"{name}.txt": text for name, text in forms.items()})
    write_files(tmp_path / "near", {"8.txt": marked(8, "vraag8"), "9.txt": marked(9, "vraag9")})
    counts = pipeline.ingest(tmp_path / "near")
    assert (counts.documents_published, counts.documents_quarantined) == (2, len(forms))
    rules = rows(pipeline, "SELECT DISTINCT rule FROM quarantine")
    assert rules == [("like_retracted",)]
    roll_back(pipeline.warehouse, "2")
    assert pipeline.ingest(tmp_path / "near").documents_quarantined == len(forms)
    ((document,),) = rows(
        pipeline, "SELECT document_id FROM documents WHERE path LIKE '%/word.txt'"
    )
    assert pipeline.release(str(document), "another report").documents_published == 1
    pipeline.transform_version = "next"
    pipeline.ingest(tmp_path / "near" / "word.txt")
    assert rows(pipeline, "SELECT status FROM documents WHERE path LIKE '%/word.txt'") == [
        ("published",)
    ]


def test_what_stays_beside_it_is_not_asked_about_again(pipeline: Pipeline, tmp_path: Path) -> None:
    """A version that a person left there is read again as ever."""
    write_files(tmp_path / "inbox", {"copy.txt": near_copies()["added"]})
    pipeline.ingest(tmp_path / "inbox")
    name = rows(
        pipeline,
        "SELECT article_id FROM articles JOIN documents USING (document_id) "
        f"WHERE file_name = '{TELLING}'",
    )[0][0]
    targets, _ = take(pipeline, str(name))
    assert len(targets.alike) == 1
    pipeline.transform_version = "next"
    assert pipeline.ingest(tmp_path / "inbox").documents_quarantined == 0


def test_a_release_is_cited_by_its_revision(pipeline: Pipeline) -> None:
    """Each retraction makes one more; the checksums of before stay listed."""
    folder = pipeline.warehouse.releases / "000001"
    before = (folder / "SHA256SUMS").read_text()
    said = 'title = "Mine"\ncreators = [{ name = "We" }]'
    (folder / "corpus.toml").write_text(said, encoding="utf-8")
    for revision, mark in enumerate(("vraag1", "vraag3"), start=1):
        _, outcome = take(pipeline, identifier(pipeline, mark))
        assert f"000001.{revision}" in outcome.releases
    index = json.loads((folder / "index.json").read_text())
    assert (index["label"], index["revision"]) == ("000001.2", 2)
    assert index["superseded"] == ["SHA256SUMS.0", "SHA256SUMS.1"]
    assert (folder / "SHA256SUMS.0").read_text() == before
    assert (folder / "corpus.toml").read_text("utf-8") == said
    assert "version: '000001.2'\n" in (folder / "CITATION.cff").read_text("utf-8")
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert (
        "| 000001.1 | 2024-07-01 | 1 | 1 | `SHA256SUMS.0` |" in (folder / "README.md").read_text()
    )
    first, second = versions.read_versions(pipeline.warehouse)
    assert [one.articles for one in first.revisions] == [1, 1]
    assert (first.label, second.label) == ("000001.2", "000002.2")
    assert find_release(pipeline.warehouse, "1.2") == find_release(pipeline.warehouse, "1") == first


def test_a_list_that_was_not_written_is_made_up_for(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the last release was written anew: no second revision, and the list is right."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(versions, "write_versions", stop)
        with pytest.raises(KeyboardInterrupt):
            take(pipeline, identifier(pipeline, "vraag1"))
    outcome = leftovers.finish_retraction(pipeline.warehouse)
    assert outcome is not None
    assert outcome.releases == ("000001.1", "000002.1")
    listed = json.loads(pipeline.warehouse.versions_file.read_text())["releases"]
    assert [(one["revision"], one["articles"]) for one in listed] == [(1, 1), (1, 2)]


def test_the_certificate_says_nothing_of_the_text(pipeline: Pipeline) -> None:
    name = identifier(pipeline, "vraag2")
    _, outcome = take(pipeline, name, reason="auteursrecht")
    text = outcome.certificate.read_text()
    facts = json.loads(outcome.certificate.with_suffix(".json").read_text())
    assert (facts["articles"], facts["reason"], facts["is_proven"]) == (
        [name],
        "auteursrecht",
        True,
    )
    assert facts["releases"] == ["000002.1"]
    assert facts["files"] == outcome.proof.files
    assert str(pipeline.warehouse.root) in facts["places"]
    assert "vraag2" not in text + json.dumps(facts)
    assert TELLING not in text + json.dumps(facts)


def test_what_else_is_in_an_archive_is_read_on(pipeline: Pipeline, tmp_path: Path) -> None:
    """After a way back too; what was retracted stays out of the archive of sources."""
    pack = zipped({"a.txt": marked(5, "vraag5"), "b.txt": marked(6, "vraag6")})
    published_more(pipeline, {"pack.zip": pack})
    targets, _ = take(pipeline, identifier(pipeline, "vraag5"))
    assert len(targets.containers) == 1
    roll_back(pipeline.warehouse, "2")
    counts = pipeline.ingest(tmp_path / "inbox" / "pack.zip")
    assert (counts.files_seen, counts.documents_published, counts.files_retracted) == (3, 1, 2)
    assert rows(pipeline, "SELECT count(*) FROM sightings WHERE path LIKE '%pack.zip!/b.txt'") == [
        (1,)
    ]
    assert files_with(pipeline.warehouse.root, "vraag5") == []


def test_what_people_marked_it_with_goes(pipeline: Pipeline) -> None:
    """A note may quote the text; those on other articles stay."""
    gone, stays = identifier(pipeline, "vraag1"), identifier(pipeline, "vraag3")
    for name in (gone, stays):
        note = "over vraag1heuvel over de dam" if name == gone else "over de tolken"
        keep_mark(pipeline.warehouse, Mark(name, "Jo", True, "", note, "", "2024-06-01"))  # noqa: FBT003
    take(pipeline, gone)
    assert [mark.article_id for mark in read_marks(pipeline.warehouse)] == [stays]
    assert b"vraag1heuvel" not in marks_file(pipeline.warehouse).read_bytes()
