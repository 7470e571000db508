"""Links are not followed out of what was given, and nothing that is no file is waited for."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan import plan
from knipsel.flows.plan.plan import look, plan_run
from knipsel.flows.runs.errors import WRONG_USAGE, explain
from knipsel.warehouse.intake.archive import Noted, Stored, UnreadableFileError, hash_file, store
from knipsel.warehouse.intake.inbox import (
    NoSuchPathError,
    list_sources,
    passed_over_notes,
    sidecar_of,
)
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline, write_files
from tests.texts import article


def names(found: list[Path]) -> list[str]:
    """Return the names of files."""
    return [file.name for file in found]


def test_links_out_of_the_folder_are_not_followed(pipeline: Pipeline, tmp_path: Path) -> None:
    """What they lead to is not read; that they are there is said."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    (secret,) = write_files(tmp_path / "elsewhere", {"secret.txt": article(2)})
    (tmp_path / "inbox" / "out.txt").symlink_to(secret)
    (tmp_path / "inbox" / "up.txt").symlink_to("../elsewhere/secret.txt")
    (tmp_path / "inbox" / "folder").symlink_to(secret.parent)
    (tmp_path / "inbox" / "by-a-link.txt").symlink_to("folder/secret.txt")
    listing = list_sources([tmp_path / "inbox"])
    assert names(listing.files) == ["a.txt"]
    first = tmp_path / "inbox" / "by-a-link.txt"
    assert passed_over_notes(listing.passed_over) == [
        f"Passed over: 4 links that lead out of the given folders, the first is {first}."
    ]
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1, 0, 1, 0, 0, 1)


def test_links_within_are_sightings(pipeline: Pipeline, tmp_path: Path) -> None:
    """A link to a file below what was given is another path of it, also across two folders."""
    (file,) = write_files(tmp_path / "one", {"a.txt": article(1)})
    (tmp_path / "one" / "same.txt").symlink_to("a.txt")
    (tmp_path / "one" / "again").symlink_to(".")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "there.txt").symlink_to(file)
    assert pipeline.ingest(tmp_path / "one", tmp_path / "two") == RunCounts(3, 2, 1, 0, 0, 1)
    alone = list_sources([tmp_path / "two"])
    assert (alone.files, names(list(alone.passed_over["outside"]))) == ([], ["there.txt"])
    assert not any(list_sources([tmp_path / "one"]).passed_over.values())


def test_links_that_are_named_are_followed(pipeline: Pipeline, tmp_path: Path) -> None:
    """Whoever names a link, to a file or to a folder, means what it leads to."""
    (file,) = write_files(tmp_path / "real", {"a.txt": article(1)})
    (tmp_path / "to-file").symlink_to(file)
    (tmp_path / "to-folder").symlink_to(file.parent)
    assert pipeline.ingest(tmp_path / "to-file", tmp_path / "to-folder").files_seen == 2


def test_a_sidecar_is_no_way_out(tmp_path: Path) -> None:
    """A sidecar that is a link is not read either."""
    (secret,) = write_files(tmp_path / "elsewhere", {"secret": 'genre = "column"'})
    (file,) = write_files(tmp_path / "inbox", {"a.txt": article(1)})
    sidecar_of(file).symlink_to(secret)
    assert list_sources([tmp_path / "inbox"]).sidecars == frozenset()
    assert list_sources([file]).sidecars == frozenset()


def test_what_is_no_file_is_passed_over(pipeline: Pipeline, tmp_path: Path) -> None:
    """Pipes and sockets would be waited for, circles and broken links lead nowhere."""
    inbox = tmp_path / "inbox"
    write_files(inbox, {"a.txt": article(1)})
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "to-pipe.txt").symlink_to("pipe.txt")
    (inbox / "broken.txt").symlink_to("nothing")
    (inbox / "circle.txt").symlink_to("circle.txt")
    listener = socket.socket(socket.AF_UNIX)
    place = os.open(inbox, os.O_RDONLY)
    listener.bind(f"/proc/self/fd/{place}/socket.txt")  # a path that is short enough
    assert pipeline.ingest(inbox) == RunCounts(1, 0, 1, 0, 0, 1)
    listener.close()
    os.close(place)
    notes = passed_over_notes(list_sources([inbox]).passed_over)
    assert [note.split(",")[0] for note in notes] == [
        "Passed over: 2 links that lead nowhere",
        "Passed over: 3 pipes",
    ]


def test_a_pipe_that_is_named_is_wrong_usage(tmp_path: Path) -> None:
    """It is said, not waited for."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoSuchPathError, match="is a pipe, a socket or a device") as failure:
        list_sources([tmp_path / "pipe"])
    assert explain(failure.value)[0] == WRONG_USAGE


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    """It may take that place after the folder was listed."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFileError) as failure:
        hash_file(tmp_path / "pipe")
    assert failure.value.is_gone


def vanishing(work: Callable[..., Stored], file: Path) -> Callable[..., Stored]:
    """Return what it does once a file is away."""

    def gone(*arguments: Path) -> Stored:
        file.unlink(missing_ok=True)
        return work(*arguments)

    return gone


@pytest.mark.parametrize("step", ["hash_file", "store"])
def test_a_file_that_goes_away_is_a_note(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Between listing and hashing, or hashing and copying: the others are taken in."""
    file, _ = write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": article(2)})
    monkeypatch.setattr(plan, step, vanishing(getattr(plan, step), file))
    seen = look([tmp_path / "inbox"], pipeline.warehouse, leave_out=[])
    planned = plan_run(seen, pipeline.warehouse, Settings(), "1")
    assert [*seen.passed_over["gone"], *planned.gone] == [file]
    assert planned.table["file_name"].to_pylist() == ["b.txt"]


def test_another_copy_stands_in_for_a_file_that_goes_away(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The content is not lost while one of its paths still has it."""
    file, _ = write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": article(1)})
    monkeypatch.setattr(plan, "store", vanishing(store, file))
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1, 0, 1, 0, 0, 1)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        assert ask(connection, "SELECT file_name FROM documents").rows == [("b.txt",)]


def test_another_copy_stands_in_for_a_file_that_changes(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both contents are taken in: the one that was hashed and the one that took its place."""
    file, _ = write_files(tmp_path / "inbox", {"a.txt": article(1), "b.txt": article(1)})

    def change_and_store(path: Path, archive: Path, noted: Noted | None) -> Stored:
        file.write_text(article(2), encoding="utf-8")
        return store(path, archive, noted)

    monkeypatch.setattr(plan, "store", change_and_store)
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 0, 2, 0, 0, 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list any folder")
def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    """Its files are not left out in silence."""
    locked = tmp_path / "inbox" / "locked"
    locked.mkdir(parents=True, mode=0o000)
    with pytest.raises(UnreadableFileError, match="locked"):
        list_sources([tmp_path / "inbox"])
