"""Archives in a run: every file in them is a document, known by its bytes like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from knipsel.expectations.staged.audit import AuditReport
from knipsel.flows.plan import members
from knipsel.flows.plan.file import write_plan
from knipsel.flows.plan.plan import look, plan_run
from knipsel.flows.read.batch import run_batch
from knipsel.flows.read.protocol import Job
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import Answer, ask, open_lake_for_questions, open_release
from tests.archives import opened, zipped
from tests.pipeline import Pipeline, write_files
from tests.texts import article

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(10)
INNER = zipped({"three.txt": article(3), "one again.txt": article(1)})
CONTENTS: dict[str, bytes | str] = {
    "one.txt": article(1),
    "folder/two.txt": article(2),
    "picture.png": PICTURE,
    "inner.zip": INNER,
    ".hidden": b"x",
}


def questioned(pipeline: Pipeline, query: str) -> Answer:
    """Return what the lake answers."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, query)


def outcome(pipeline: Pipeline) -> list[tuple[object, ...]]:
    """Return what became of every document, but for when and where it was seen first."""
    return questioned(
        pipeline,
        """
        SELECT document_id, media_type, reader, status, count(article_id), min(text_sha256)
        FROM documents LEFT JOIN articles USING (document_id) GROUP BY ALL ORDER BY ALL
        """,
    ).rows


def places(pipeline: Pipeline) -> list[tuple[object, ...]]:
    """Return every path under which each document was seen."""
    return questioned(pipeline, "SELECT path, document_id FROM sightings ORDER BY ALL").rows


def test_an_archive_and_what_is_in_it(pipeline: Pipeline, tmp_path: Path) -> None:
    """Members are documents at paths below the archive's; the loose copy is the same one."""
    pipeline.audited = True
    inbox = tmp_path / "inbox"
    write_files(inbox, {"loose.txt": article(1)})
    (inbox / "a.zip").write_bytes(zipped(CONTENTS))
    assert pipeline.ingest(inbox) == RunCounts(8, 2, 5, 1, 0, 3)
    archive = f"{inbox}/a.zip"
    found = questioned(
        pipeline, "SELECT path, file_name, reader, status FROM documents ORDER BY path"
    ).rows
    assert found == [
        (archive, "a.zip", "zip", "published"),
        (f"{archive}!/folder/two.txt", "two.txt", "plain", "published"),
        (f"{archive}!/inner.zip", "inner.zip", "zip", "published"),
        (f"{archive}!/inner.zip!/three.txt", "three.txt", "plain", "published"),
        (f"{archive}!/one.txt", "one.txt", "plain", "published"),
        (f"{archive}!/picture.png", "picture.png", None, "quarantined"),
    ]
    assert len(places(pipeline)) == 8
    passed_over = "SELECT rule, severity, element_count, unexpected_count FROM validations"
    rows = questioned(pipeline, f"{passed_over} WHERE suite = 'containers'").rows
    assert rows == [("not_hidden", "warning", 7, 1)]
    pipeline.publish()
    with open_release(pipeline.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM articles").rows == [(3,)]


def test_a_known_archive_is_not_opened_again(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its members are seen with it, also at a new place, as if it had been opened."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.zip").write_bytes(zipped(CONTENTS))
    pipeline.ingest(inbox)

    def refuse(*_: object) -> None:
        raise AssertionError("a known archive was opened")

    monkeypatch.setattr(members, "take_apart", refuse)
    assert pipeline.ingest(inbox) == RunCounts(7, 7, 0, 0, 0, 0)
    (inbox / "a.zip").rename(inbox / "b.zip")
    assert pipeline.ingest(inbox) == RunCounts(7, 7, 0, 0, 0, 0)
    found = dict(questioned(pipeline, "SELECT path, document_id FROM sightings").rows)
    moved = {path.replace("/b.zip", "/a.zip"): name for path, name in found.items()}
    assert len(found) == 14
    assert moved == {path: name for path, name in found.items() if "/a.zip" in path}
    last = questioned(
        pipeline, "SELECT DISTINCT path LIKE '%b.zip%', last_seen_at FROM sightings ORDER BY 2"
    ).rows
    assert [is_new for is_new, _ in last] == [False, True]


def test_another_archive_at_the_same_place(pipeline: Pipeline, tmp_path: Path) -> None:
    """What two archives held at one path is told apart, whichever comes back where."""
    first, second = (
        zipped({"a.txt": article(1), "b.txt": article(2)}),
        zipped({"a.txt": article(1)}),
    )
    file = tmp_path / "x.zip"
    file.write_bytes(first)
    pipeline.ingest(file)
    file.write_bytes(second)
    assert pipeline.ingest(file) == RunCounts(2, 1, 1, 0, 0, 0)
    (tmp_path / "y.zip").write_bytes(first)
    assert pipeline.ingest(tmp_path / "y.zip") == RunCounts(3, 3, 0, 0, 0, 0)
    (tmp_path / "z.zip").write_bytes(second)
    assert pipeline.ingest(tmp_path / "z.zip") == RunCounts(2, 2, 0, 0, 0, 0)


@pytest.mark.long
def test_the_order_does_not_matter(tmp_path: Path) -> None:
    """Archives before, after and among what they hold: the documents and places are the same."""
    inbox = tmp_path / "inbox"
    write_files(inbox, {"loose.txt": article(2), "other.txt": article(9)})
    (inbox / "a.zip").write_bytes(zipped(CONTENTS))
    (inbox / "inner.zip").write_bytes(
        zipped({"three.txt": article(3), "one again.txt": article(1)})
    )
    (inbox / "bad.zip").write_bytes(zipped({"../x.txt": article(4), "y.txt": article(5)}))
    files = sorted(inbox.iterdir())
    results = []
    for number, runs in enumerate(
        ([files], [files[::-1]], [[f] for f in files], [[f] for f in files[::-1]])
    ):
        pipeline = Pipeline(Warehouse.at(tmp_path / f"warehouse-{number}"))
        pipeline.settings.batch_documents = number + 1
        for paths in runs:
            pipeline.ingest(*paths)
        results.append((outcome(pipeline), places(pipeline)))
    assert results[1:] == results[:1] * 3


def test_a_folder_that_is_named_as_an_archive(pipeline: Pipeline, tmp_path: Path) -> None:
    """A file whose path is that of a member is seen once."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.zip").write_bytes(zipped({"one.txt": article(1), "two.txt": article(2)}))
    write_files(inbox / "a.zip!", {"one.txt": article(1), "three.txt": article(3)})
    assert pipeline.ingest(inbox) == RunCounts(4, 0, 4, 0, 0, 3)
    assert pipeline.ingest(inbox) == RunCounts(4, 4, 0, 0, 0, 0)


def test_an_archive_of_a_newer_transform_is_opened_again(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    """Its members are read again with it."""
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"one.txt": article(1), "two.txt": article(2)}))
    pipeline.ingest(file)
    pipeline.transform_version = "newer"
    assert pipeline.ingest(file) == RunCounts(3, 0, 3, 0, 0, 2)
    assert len(places(pipeline)) == 3


def test_two_runs_over_an_archive_end_as_one(pipeline: Pipeline, tmp_path: Path) -> None:
    """A run that opened what another has committed meanwhile commits nothing twice."""
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(CONTENTS))
    slow = pipeline.next_run()
    seen = look([file], pipeline.warehouse, [])
    planned = plan_run(seen, pipeline.warehouse, pipeline.settings, slow.transform_version).table
    written = write_plan(planned, pipeline.warehouse.staging(slow.run_id))
    run_batch(Job(slow, written, pipeline.warehouse.archive, 1 << 20), 0)
    assert pipeline.ingest(file) == RunCounts(7, 1, 5, 1, 0, 3)
    nothing = AuditReport((), ())
    assert pipeline.commit(slow, written, 1, nothing) == RunCounts(7, 7, 0, 0, 0, 0)
    assert pipeline.ingest(file) == RunCounts(7, 7, 0, 0, 0, 0)


def test_names_that_are_utf_8_and_do_not_say_so(tmp_path: Path) -> None:
    """Some programs that pack ZIPs leave the flag for UTF-8 out; others write CP437."""
    packed = zipped({"krânt één.txt": article(1)})
    unflagged = packed.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    assert unflagged != packed
    (member,) = opened(unflagged, tmp_path).members
    assert member.path == "krânt één.txt"
