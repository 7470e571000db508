"""The flows that read documents again, as a user runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from tests.pipeline import write_files
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again


def test_what_was_held_back_comes_out(tmp_path: Path) -> None:
    """Replayed from the archive and published; the same again makes no release."""
    from knipsel.flows.ingest import ingest
    from knipsel.flows.reprocess import replay

    inbox, folder = tmp_path / "inbox", str(tmp_path / "warehouse")
    write_files(inbox, {"long.txt": article(1) * 2, "words.txt": "Home"})
    ingest([str(inbox)], folder, settings=Settings(max_document_bytes=2000))
    shutil.rmtree(inbox)
    summary = replay(warehouse=folder)
    told = {row["what"]: row["value"] for row in summary.rows()}
    assert told["documents taken up"] == "2"
    assert told["held back, published from now on"] == "1"
    assert told["held back for the same reasons"] == "1"
    assert (summary.release_version, summary.is_new_release) == ("000002", True)
    again = replay(warehouse=folder)
    assert (again.counts.documents_quarantined, again.is_new_release) == (1, False)
    assert list((tmp_path / "warehouse" / "staging").iterdir()) == []


def test_a_dry_run_leaves_no_trace_and_reprocessing_does_what_it_said(tmp_path: Path) -> None:
    """Nothing below the warehouse changes; archives are opened aside."""
    from knipsel.flows.ingest import ingest
    from knipsel.flows.reprocess import reprocess, try_reprocessing
    from tests.archives import zipped

    inbox, root = tmp_path / "inbox", tmp_path / "warehouse"
    write_files(inbox, {"a.txt": article(1)})
    (inbox / "z.zip").write_bytes(zipped({"one.txt": article(2), "two.txt": article(3)}))
    small = Settings(max_archive_members=1)
    ingest([str(inbox)], str(root), settings=small)
    last = article(1).split("\n\n")[3]
    register = f"[[lines]]\nline = {json.dumps(last)}\nuse = true\n"
    (root / "furniture.toml").write_text(register, encoding="utf-8")

    def below() -> dict[str, int]:
        return {
            str(file): file.stat().st_mtime_ns
            for file in root.rglob("*")
            if file.is_file() and file.name != ".lock"
        }

    before = below()
    outcome = try_reprocessing(warehouse=str(root))
    assert below() == before
    assert {kind: count for kind, count in outcome.changes.kinds.items() if count} == {
        "changed": 1,
        "newly_passing": 1,
        "new": 2,
    }
    assert outcome.changes.fields["text"] == 1
    summary = reprocess(warehouse=str(root))
    assert summary.changes == outcome.changes
    assert summary.counts.articles_published == 3
    assert try_reprocessing(warehouse=str(root)).changes.documents == ()


def test_a_release_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    from knipsel.flows.cli.quarantine.documents import resolve
    from knipsel.flows.ingest import ingest
    from knipsel.flows.plan.overruling import NotReleasedError
    from knipsel.flows.reprocess import replay

    inbox, folder = tmp_path / "inbox", str(tmp_path / "warehouse")
    write_files(inbox, {"a.txt": "Home"})
    ingest([str(inbox)], folder)
    (document,) = resolve(["a.txt"], Settings().warehouse_at(Path(folder)))
    with pytest.raises(NotReleasedError, match="cannot be released from no_article"):
        replay([document.document_id], warehouse=folder, release_reason="please")
