"""Bad input is held back with a reason, or named in a sentence; it never stops the others."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan import plan
from knipsel.flows.read import batch as batches
from knipsel.transforms.model import ProcessedDocument
from knipsel.transforms.process import process
from knipsel.warehouse.intake.archive import (
    Noted,
    Stored,
    UnreadableFileError,
    archived_file,
    store,
)
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions, open_release
from tests.pipeline import Pipeline, write_files
from tests.texts import article


def reasons(pipeline: Pipeline) -> dict[str, str]:
    """Return the rule that holds each document back, by the name of its file."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return dict(ask(connection, "SELECT file_name, rule FROM quarantine").rows)


def test_every_kind_of_junk_is_held_back(pipeline: Pipeline, tmp_path: Path) -> None:
    """Junk has its reason and its bytes are kept; the article beside it is published."""
    pipeline.audited = True
    inbox = tmp_path / "inbox"
    (good,) = write_files(inbox, {"good.txt": article(1)})
    junk = {
        "empty.txt": b"",
        "blank.txt": b" \n\t\r\n ",
        "noise.txt": random.Random(7).randbytes(5000),
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "words.txt": b"Home Contact",
        "markup.html": b"<html><body><div></div></body></html>",
    }
    for name, content in junk.items():
        (inbox / name).write_bytes(content)
    counts = pipeline.ingest(inbox)
    assert counts == RunCounts(7, 0, 1, 6, 0, 1)
    assert set(reasons(pipeline)) == set(junk)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        kept = ask(connection, "SELECT file_name, document_id FROM documents").rows
    for name, document_id in kept:
        original = good.read_bytes() if name == "good.txt" else junk[name]
        assert archived_file(pipeline.warehouse.archive, document_id).read_bytes() == original


def test_a_thousand_empty_files(pipeline: Pipeline, tmp_path: Path) -> None:
    """They are one document under a thousand paths, and every path is accounted for."""
    write_files(tmp_path / "inbox", {f"{number:04d}.txt": "" for number in range(1000)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1000, 999, 0, 1, 0, 0)
    assert reasons(pipeline) == {"0000.txt": "empty_file"}
    with open_lake_for_questions(pipeline.warehouse) as connection:
        assert ask(connection, "SELECT count(*) FROM sightings").rows == [(1000,)]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """It is kept and held back with what to do; its text is never in memory."""
    from knipsel.warehouse.layout import Warehouse

    pipeline = Pipeline(Warehouse.at(tmp_path / "warehouse"), Settings(max_document_bytes=1000))
    write_files(tmp_path / "inbox", {"long.txt": "woord " * 1000, "short.txt": article(1)[:900]})
    assert pipeline.ingest(tmp_path / "inbox").documents_quarantined == 1
    assert reasons(pipeline) == {"long.txt": "too_large"}


def test_a_document_that_the_transforms_fail_on_is_held_back(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in one document is its reason; the others go on."""
    real = process

    def stumble(document: object, registers: object, *others: object) -> ProcessedDocument:
        if getattr(document, "path", "").endswith("/bad.txt"):
            raise ZeroDivisionError("by zero")
        return real(document, registers, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "process", stumble)
    write_files(tmp_path / "inbox", {"bad.txt": article(1), "good.txt": article(2)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 0, 1, 1, 0, 1)
    assert reasons(pipeline) == {"bad.txt": "transform_error"}


def test_a_row_that_breaks_the_contract_holds_its_document_back(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of that document is in any table of articles; every failing row is a reason."""
    from dataclasses import replace

    pipeline.audited = True
    real = process

    def odd_language(document: object, registers: object, *others: object) -> ProcessedDocument:
        done = real(document, registers, *others)  # type: ignore[arg-type]
        if not getattr(document, "path", "").endswith("/odd.txt"):
            return done
        odd = replace(done.articles[0], language="Nederlands!", completeness="half")  # type: ignore[arg-type]
        return replace(done, articles=(odd,))

    monkeypatch.setattr(batches, "process", odd_language)
    write_files(tmp_path / "inbox", {"odd.txt": article(1), "good.txt": article(2)})
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(2, 0, 1, 1, 0, 1)
    pipeline.publish()
    with open_release(pipeline.warehouse) as connection:
        found = ask(
            connection, "SELECT table_name, column_name, value FROM quarantine ORDER BY ALL"
        ).rows
        failed = ask(connection, "SELECT column_name FROM validations WHERE NOT success").rows
        rows = ask(connection, "SELECT count(DISTINCT article_id) FROM paragraphs").rows
    assert found == [
        ("articles", "completeness", "half"),
        ("articles", "language", "Nederlands!"),
    ]
    assert sorted(failed) == [("completeness",), ("language",)]
    assert rows == [(1,)]


def test_a_file_that_cannot_be_read_is_named(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run stops before anything was done, and says which file it is."""
    write_files(tmp_path / "inbox", {"locked.txt": article(1)})

    def refuse(path: Path) -> Stored:
        raise UnreadableFileError(path, PermissionError(13, "Permission denied"))

    monkeypatch.setattr(plan, "hash_file", refuse)
    with pytest.raises(UnreadableFileError, match=r"locked\.txt: Permission denied"):
        pipeline.ingest(tmp_path / "inbox")
    assert not pipeline.warehouse.exists


def test_a_file_that_changes_while_it_is_read(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is published is what the archive keeps, whatever was hashed before."""
    (file,) = write_files(tmp_path / "inbox", {"a.txt": article(1)})

    def change_and_store(path: Path, archive: Path, noted: Noted | None) -> Stored:
        file.write_text(article(2), encoding="utf-8")
        return store(path, archive, noted)

    monkeypatch.setattr(plan, "store", change_and_store)
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1, 0, 1, 0, 0, 1)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        ((document_id, text),) = ask(connection, "SELECT document_id, text FROM articles").rows
    assert archived_file(pipeline.warehouse.archive, document_id).read_text("utf-8") == article(2)
    assert text == article(2)


def test_odd_names_are_data(pipeline: Pipeline, tmp_path: Path) -> None:
    """Quotes, line breaks, SQL and bytes that are no text in a name do no harm."""
    inbox = tmp_path / "inbox"
    names = [b"it's.txt", b"line\nbreak.txt", b"'; DROP TABLE articles; --.txt", b"caf\xe9.txt"]
    inbox.mkdir()
    for number, name in enumerate(names):
        Path(os.fsdecode(bytes(inbox) + b"/" + name)).write_text(article(number), "utf-8")
    assert pipeline.ingest(inbox) == RunCounts(4, 0, 4, 0, 0, 4)
    with open_lake_for_questions(pipeline.warehouse) as connection:
        found = ask(connection, "SELECT file_name FROM documents").rows
    assert {name for (name,) in found} == {
        "it's.txt",
        "line\nbreak.txt",
        "'; DROP TABLE articles; --.txt",
        "caf\\xe9.txt",
    }


def test_links_to_folders_are_not_followed(pipeline: Pipeline, tmp_path: Path) -> None:
    """A link back up makes no endless walk, and a link elsewhere brings nothing in."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    write_files(tmp_path / "elsewhere", {"secret.txt": article(2)})
    (tmp_path / "inbox" / "loop").symlink_to(tmp_path / "inbox")
    (tmp_path / "inbox" / "out").symlink_to(tmp_path / "elsewhere")
    assert pipeline.ingest(tmp_path / "inbox") == RunCounts(1, 0, 1, 0, 0, 1)


def test_hidden_files_are_no_sources(pipeline: Pipeline, tmp_path: Path) -> None:
    """What a system leaves in folders is not taken for a source; a file that is named is."""
    hidden, shown = write_files(
        tmp_path / "inbox", {".hidden.txt": article(1), "shown.txt": article(2)}
    )
    assert pipeline.ingest(tmp_path / "inbox").files_seen == 1
    assert pipeline.ingest(hidden, shown) == RunCounts(2, 1, 1, 0, 0, 1)
