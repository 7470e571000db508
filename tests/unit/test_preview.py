"""A preview is what ingesting gives, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.config.settings import Settings
from knipsel.flows.read.preview import first_documents, preview
from knipsel.warehouse.intake.inbox import NoSuchPathError
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.archives import gzipped, zipped
from tests.pipeline import SAMPLES, Pipeline, write_files
from tests.texts import article, dated_article

ROOT = Path(__file__).parents[2]
NOWHERE = ROOT / "no-such-warehouse"
OF_A_RUN = {
    *("first_seen_at", "run_id", "transform_version"),
    *("cluster_id", "canonical_article_id", "is_canonical"),
}


def rows(pipeline: Pipeline, table: str, order: str) -> list[dict[str, Any]]:
    """Return the rows of a table in the lake."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        return ask(connection, f"FROM {table} ORDER BY {order}").mappings()


def test_a_preview_is_what_ingesting_gives(pipeline: Pipeline, tmp_path: Path) -> None:
    """Row for row, for documents that would be published and for those that would not."""
    samples = tmp_path / "samples.zip"
    samples.write_bytes(zipped({file.name: file.read_bytes() for file in SAMPLES.iterdir()}))
    documents = list(preview(str(samples), Settings(), NOWHERE))
    pipeline.ingest(samples)
    for table, order in (("articles", "article_id"), ("paragraphs", "article_id, position")):
        shown = {
            json.dumps(row, default=str, sort_keys=True)
            for item in documents
            for row in item[table]
        }
        stored = rows(pipeline, table, order)
        kept = [{k: v for k, v in row.items() if k not in OF_A_RUN} for row in stored]
        assert shown == {json.dumps(row, default=str, sort_keys=True) for row in kept}
    stored = rows(pipeline, "documents", "document_id")
    found = {item["document"]["document_id"]: item["document"]["status"] for item in documents}
    assert found == {row["document_id"]: row["status"] for row in stored}


def test_members_of_archives(tmp_path: Path) -> None:
    """An archive comes first and says what is in it; a bad member is one of several."""
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"b.gz": gzipped(article(1).encode()), "c.txt": b"Home", ".d": b"x"}))
    outer, packed, member, short = preview(str(file), Settings(), NOWHERE)
    assert outer["notes"] == [
        "Taken apart; files in it: 3.",
        "Passed over: 1 (a hidden file, or what a system left in the archive).",
    ]
    assert packed["document"]["path"] == f"{file}!/b.gz"
    assert packed["notes"] == ["Taken apart; files in it: 1."]
    assert member["document"]["path"] == f"{file}!/b.gz!/b"
    assert [row["text"] for row in member["articles"]] == [article(1)]
    assert [reason["rule"] for reason in short["quarantine"]] == ["no_article"]
    assert short["articles"] == []
    assert first_documents(str(file), Settings(), NOWHERE, 3) == ([outer, packed, member], True)
    assert first_documents(str(file), Settings(), NOWHERE, 4) == (
        [outer, packed, member, short],
        False,
    )


def test_standard_input_and_missing_files(tmp_path: Path) -> None:
    """What another program writes has no name; a file that is not there is a sentence."""
    (found,) = preview("-", Settings(), NOWHERE, BytesIO(article(1).encode()))
    assert (found["document"]["path"], found["document"]["status"]) == ("-", "published")
    with pytest.raises(NoSuchPathError, match="There is no file at"):
        list(preview(str(tmp_path), Settings(), NOWHERE))


def test_the_command_prints_it(tmp_path: Path) -> None:
    """Articles, what was taken out and why, or the reasons to hold a file back; exit code 0."""
    good, bad = write_files(
        tmp_path, {"a.txt": dated_article(1, "Datum: 2024-03-08"), "b.txt": "Home Contact"}
    )
    printed = CliRunner().invoke(app, ["preview", str(good), "--removed"]).stdout
    assert article(1).split("\n\n")[3] in printed
    assert "metadata_header: fields that whoever made the file put before the text" in printed
    assert "  Datum: 2024-03-08" in printed
    held_back = CliRunner().invoke(app, ["preview", str(bad), "--removed"])
    assert held_back.exit_code == 0
    assert "Would be quarantined: no_article. There is no article" in held_back.stdout
    as_json = CliRunner().invoke(app, ["preview", str(good), "--json"]).stdout
    (document,) = json.loads(as_json)
    assert document["articles"][0]["date_published"] == "2024-03-08"
    assert [span["reason"] for span in document["removed_spans"]] == ["metadata_header"]


def test_long_archives_are_cut(tmp_path: Path) -> None:
    """So many documents are shown, and that there are more is said."""
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({f"{number}.txt": article(number) for number in range(5)}))
    printed = CliRunner().invoke(app, ["preview", str(file), "--limit", "3"]).stdout
    assert printed.count("article id") == 2
    assert "There is more in the archive; these were the first 3 (--limit)." in printed


def test_it_needs_no_prefect_and_leaves_nothing(tmp_path: Path) -> None:
    """No server, no suites, no database are loaded, and no file stays."""
    (file,) = write_files(tmp_path, {"a.txt": article(1)})
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom knipsel.flows.cli.main import app\n"
        f"assert CliRunner().invoke(app, ['preview', {str(file)!r}]).exit_code == 0\n"
        "print(sorted({'prefect', 'great_expectations', 'duckdb', 'pandas'} & set(sys.modules)))"
    )
    aside = tmp_path / "aside"
    aside.mkdir()
    output = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(aside)},
    )
    assert output.stdout == "[]\n"
    assert list(aside.iterdir()) == []
    assert sorted(tmp_path.iterdir()) == [file, aside]
