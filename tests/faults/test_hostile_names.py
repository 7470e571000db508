"""A name is data everywhere: in tables, in JSON, and on a terminal, which it does not steer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli.main import _guarded, app
from knipsel.flows.cli.print.terminal import harmless, harmless_json, in_a_line
from knipsel.flows.read.own_modules import environment
from knipsel.warehouse.intake.inbox import printable
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.archives import zipped
from tests.fuzz.seeds import warc
from tests.pipeline import Pipeline
from tests.texts import article

NAMES = (
    b"line\nbreak.txt",
    b"return\r.txt",
    b'it\'s "quoted".txt',
    b"'; DROP TABLE documents; --.txt",
    b"\x1b[2J\x1b]0;title\x07red.txt",
    "\u202etxt.exe".encode(),
    "\x9b31mc1.txt".encode(),
    b"invalid \xff\xfe.txt",
    b"a\\..\\up.txt",
    b"%s %n {0} $(touch x) `id`.txt",
    b"[bold]markup[red].txt",
    b"-rf",
    b"\x7f\x08\x08.txt",
    ("é" * 125).encode() + b".text",
)
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
RUNNER = CliRunner()


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a warehouse with a release of files of all these names; every other is held back."""
    folder = tmp_path_factory.mktemp("strange")
    (folder / "inbox").mkdir()
    for number, name in enumerate(NAMES):
        file = Path(os.fsdecode(bytes(folder / "inbox") + b"/" + name))
        file.write_text(article(number) if number % 2 else f"Home {number}", encoding="utf-8")
    pipeline = Pipeline(Warehouse.at(folder / "warehouse"), audited=True)
    half = len(NAMES) // 2
    assert pipeline.ingest(folder / "inbox") == RunCounts(len(NAMES), 0, half, half, 0, half)
    pipeline.publish()
    return pipeline


def printed(pipeline: Pipeline, *arguments: str) -> str:
    """Return what a command prints."""
    done = RUNNER.invoke(app, [*arguments, "--warehouse", str(pipeline.warehouse.root)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_names_are_kept_as_they_are(strange: Pipeline) -> None:
    """In every table, but that bytes that are no text are written out."""
    expected = {printable(Path(os.fsdecode(name))) for name in NAMES}
    assert "invalid \\xff\\xfe.txt" in expected
    with open_lake_for_questions(strange.warehouse) as connection:
        for query in ("SELECT file_name FROM documents", "SELECT path FROM sightings"):
            found = (name for (name,) in ask(connection, query).rows)
            assert {name.rpartition("/inbox/")[2] for name in found} == expected
        held = ask(connection, "SELECT file_name FROM quarantine").rows
    assert {name for (name,) in held} <= expected


@pytest.mark.parametrize(
    "command",
    [
        ("sql", "SELECT file_name, path FROM documents"),
        ("sql", "SELECT * FROM held_back"),
        ("sql", 'SELECT 1 AS "\x1b[2Jcolumn"'),
        ("status",),
    ],
)
def test_no_name_steers_a_terminal(strange: Pipeline, command: tuple[str, ...]) -> None:
    """Commands to the terminal are written out, in tables and in JSON, where they stay the same."""
    assert not STEERING.search(printed(strange, *command))
    as_json = printed(strange, *command, "--json")
    assert not STEERING.search(as_json)
    json.loads(as_json)


def test_json_says_the_name(strange: Pipeline) -> None:
    """What is escaped there is the same for whoever reads it."""
    rows = json.loads(printed(strange, "sql", "SELECT file_name FROM documents", "--json"))
    expected = {printable(Path(os.fsdecode(name))) for name in NAMES}
    assert {row["file_name"] for row in rows} == expected


def test_a_preview_and_an_error_steer_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path is printed in one line, whatever is in it."""
    file = tmp_path / "\x1b[2Ja\nWould be published.txt"
    file.write_text(f"{article(1)}\n\nEen slot \x1b]0;titel\x07 \u202eachterstevoren.", "utf-8")
    shown = RUNNER.invoke(app, ["preview", str(file)]).stdout
    assert "\\x1b[2Ja\\nWould be published.txt" in shown
    assert not STEERING.search(shown)

    def fail() -> None:
        raise ValueError(str(file))

    _guarded(fail, verbose=False)
    said = capsys.readouterr().err
    assert "\\x1b[2Ja" in said
    assert not STEERING.search(said)


def test_what_is_written_out() -> None:
    """Line ends and tabs stay where a text may have lines; letters of every script always do."""
    assert harmless("a\tb\r\nc\x1b[0m\x9bé漢\u202e\ud800") == (
        "a\tb\nc\\x1b[0m\\x9bé漢\\u202e\\ud800"
    )
    assert in_a_line("a\tb\nc") == "a\\tb\\nc"
    value = ["\x7f\x9b\u202e\ud800", "é\n"]
    written = harmless_json(json.dumps(value, ensure_ascii=False))
    assert written.encode()
    assert json.loads(written) == value


def tar_of(names: list[str]) -> bytes:
    """Return a TAR with members of these names."""
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for number, name in enumerate(names):
            content = article(number).encode()
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    return target.getvalue()


def test_names_in_archives_are_data_too(pipeline: Pipeline, tmp_path: Path) -> None:
    """None leads out of its archive, none breaks a table; those that would lead out are refused."""
    names = ["line\nbreak.txt", "'; DROP TABLE documents; --.txt", "\x1b[2Jred.txt", "\u202ea.txt"]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.tar").write_bytes(tar_of(names))
    (inbox / "b.zip").write_bytes(zipped({name: article(9) for name in ("!/x.txt", "$(id).txt")}))
    (inbox / "c.zip").write_bytes(zipped({"../../up.txt": article(10), "ok.txt": article(11)}))
    counts = pipeline.ingest(inbox)
    assert (counts.files_seen, counts.documents_quarantined) == (3 + len(names) + 2, 1)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["inbox", "warehouse"]
    with open_lake_for_questions(pipeline.warehouse) as connection:
        paths = {row[0] for row in ask(connection, "SELECT path FROM sightings").rows}
    assert {f"{inbox}/a.tar!/{name}" for name in names} <= paths
    pipeline.publish()


def test_a_header_of_a_web_archive_is_not_printed(tmp_path: Path) -> None:
    """A library that warns of an odd address would print it as it is."""
    content = warc(1).replace(b"http://a.example/1", b"http://a.example/a \x1b[2J b")
    (tmp_path / "a.warc").write_bytes(content)
    command = [sys.executable, "-P", "-m", "knipsel", "preview", str(tmp_path / "a.warc")]
    done = subprocess.run(command, capture_output=True, check=True, env=environment())
    assert b"Taken apart; files in it: 1." in done.stdout
    assert b"\x1b" not in done.stdout + done.stderr
