"""What decided the outcome is on record: in the lake, in each release, and in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knipsel.expectations.verify.releases import release_problems
from knipsel.flows.config.settings import Settings
from knipsel.flows.keep.rollback import roll_back
from knipsel.flows.plan.reprocessing import outdated_now
from knipsel.flows.runs.stages import publish_lake, run_record
from knipsel.warehouse.intake.run_inputs import RunInput
from knipsel.warehouse.release.files.registers import MissingRegisterError
from knipsel.warehouse.release.versions import read_versions
from tests.own_registers import HARBOURS, READING, write_registers
from tests.pipeline import Pipeline, write_files
from tests.retractions import take
from tests.texts import article
from tests.warehouse.test_replay import document, rows

pytestmark = pytest.mark.long  # whole warehouses, again and again

OWN = "SELECT run_id, kind, name FROM run_inputs WHERE name <> 'project' ORDER BY ALL"


@pytest.fixture
def coded(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline that has published an article with a codebook and a genre of its own."""
    texts = {"topics/mine": HARBOURS, "genres_mine": READING}
    registers = write_registers(tmp_path / "own", texts)
    pipeline.settings = Settings(registers=registers, codebooks=())
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    pipeline.ingest(tmp_path / "inbox")
    pipeline.publish()
    return pipeline


def copies(pipeline: Pipeline) -> dict[str, str]:
    """Return the registers in the latest release; it is sound."""
    folder = pipeline.warehouse.latest.resolve()
    *_, release = read_versions(pipeline.warehouse)
    assert list(release_problems(pipeline.warehouse, release)) == []
    found = sorted((folder / "registers").rglob("*.toml"))
    index = json.loads((folder / "index.json").read_text("utf-8"))["files"]
    texts = {file.relative_to(folder / "registers").as_posix(): file.read_text() for file in found}
    assert {f"registers/{name}" for name in texts} <= set(index)
    return texts


def test_a_release_has_the_registers_that_made_it(coded: Pipeline) -> None:
    """To the byte; its card says so, and the lake which run used them."""
    assert copies(coded) == {"topics/mine.toml": HARBOURS, "genres_mine.toml": READING}
    assert "`registers/`" in (coded.warehouse.latest / "README.md").read_text("utf-8")
    assert rows(coded, OWN) == [
        ("run-1", "codebook", "topics/mine.toml"),
        ("run-1", "register", "genres_mine.toml"),
    ]


def test_another_codebook_is_never_mixed_in_without_a_word(coded: Pipeline, tmp_path: Path) -> None:
    """Both lie in the release then, and what was read with the older one is outdated."""
    changed = HARBOURS.replace("haven*", "kade*")
    write_registers(tmp_path / "own", {"topics/mine": changed})
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    coded.ingest(tmp_path / "inbox" / "b.txt")
    coded.publish()
    found = copies(coded)
    (earlier,) = (name for name in found if name.startswith("earlier/"))
    assert (found["topics/mine.toml"], found[earlier]) == (changed, HARBOURS)
    assert earlier.endswith("/topics/mine.toml")
    old = outdated_now(coded.warehouse, coded.settings)
    assert (old.to_read, old.to_annotate, old.is_code) == (0, 1, False)
    assert old.sentences()
    coded.reprocess()
    assert outdated_now(coded.warehouse, coded.settings).documents == 0
    coded.publish()
    assert copies(coded) == {"topics/mine.toml": changed, "genres_mine.toml": READING}


def test_a_forgotten_codebook_is_told_of_and_still_there(coded: Pipeline, tmp_path: Path) -> None:
    """What it made stays published, and so does it."""
    coded.settings = Settings(codebooks=())
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    coded.ingest(tmp_path / "inbox" / "b.txt")
    coded.publish()
    assert set(copies(coded)) == {"topics/mine.toml", "genres_mine.toml"}
    assert outdated_now(coded.warehouse, coded.settings).to_read == 1
    assert rows(coded, "SELECT count(*) FROM run_inputs WHERE run_id = 'run-3'") == [(1,)]


def test_a_run_that_reads_nothing_lists_nothing(coded: Pipeline, tmp_path: Path) -> None:
    """Hourly runs without news leave no rows."""
    assert coded.ingest(tmp_path / "inbox").files_known == 1
    assert len(rows(coded, OWN)) == 2


def test_a_lost_copy_is_taken_from_the_release_before(coded: Pipeline, tmp_path: Path) -> None:
    """Where that has none either, the sentence says what to do."""
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    coded.ingest(tmp_path / "inbox")
    for file in coded.warehouse.registers_used.iterdir():
        file.unlink()
    coded.publish()
    assert len(copies(coded)) == 2
    (coded.warehouse.latest / "registers" / "topics" / "mine.toml").unlink()
    write_files(tmp_path / "inbox", {"c.txt": article(3)})
    run = coded.next_run()
    coded.ingest(tmp_path / "inbox", run=run)
    for file in coded.warehouse.registers_used.iterdir():
        file.unlink()
    with pytest.raises(MissingRegisterError, match=r"topics/mine\.toml .*reprocess --all"):
        coded.publish()


def test_they_survive_a_retraction_and_a_rollback(coded: Pipeline, tmp_path: Path) -> None:
    """A release that is written anew keeps them; what decided a run stays on record."""
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    coded.ingest(tmp_path / "inbox")
    coded.publish()
    ((name,),) = rows(coded, "SELECT article_id FROM articles WHERE text LIKE '%ronde 2%' LIMIT 1")
    before = rows(coded, OWN)
    take(coded, str(name))
    assert len(copies(coded)) == 2
    roll_back(coded.warehouse, "1")
    assert rows(coded, OWN) == before


def test_bounds_decide_a_publication(coded: Pipeline, tmp_path: Path) -> None:
    """Those of a run that does nothing else are on record with it."""
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    coded.ingest(tmp_path / "inbox")
    run = coded.next_run()
    record = run_record(run, "publish", run.started_at)
    inputs = [RunInput("bounds", "bounds.toml", "ab" * 32)]
    publish_lake(coded.warehouse, run, record, None, inputs)
    assert (run.run_id, "bounds", "bounds.toml") in rows(coded, OWN)


def test_a_higher_limit_reads_what_was_too_large_and_nothing_else(
    coded: Pipeline, tmp_path: Path
) -> None:
    """Other documents are not outdated by it."""
    coded.settings.max_document_bytes = len(article(2)) + 10
    write_files(tmp_path / "inbox", {"b.txt": article(2), "large.txt": article(3) * 2})
    assert coded.ingest(tmp_path / "inbox").documents_quarantined == 1
    coded.settings.max_document_bytes = 1 << 20
    assert coded.reprocess().documents_published == 1
    assert document(coded, "large.txt")
    assert outdated_now(coded.warehouse, coded.settings).documents == 0
