"""The command, as a user runs it: what it prints, what it tells the shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.pipeline import SAMPLES, write_files
from tests.texts import article

ROOT = Path(__file__).parents[2]


def knipsel(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the project and return what it printed."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "knipsel", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
        capture_output=True,
        text=True,
    )


def answer(*arguments: str | Path) -> Any:
    """Return what the command prints as JSON."""
    done = knipsel(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ingest_then_ask(tmp_path: Path) -> None:
    """The way of a newcomer: ingest, look, query, read an article, and ingest again."""
    folder = ["--warehouse", str(tmp_path / "warehouse")]
    done = knipsel("ingest", SAMPLES, *folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines() if " took" not in line)
    assert lines["known"].strip() == "1"
    assert lines["published"].strip() == "15"
    assert lines["quarantined"].strip() == "3"
    assert lines["release"].strip().endswith("/releases/000001")
    assert "commit took" in done.stdout

    begun = perf_counter()
    again = answer("ingest", SAMPLES, *folder)
    took = perf_counter() - begun
    assert 0.8 * took <= sum(again["seconds"].values()) <= took  # the rest is fork and exec
    assert again["counts"]["files_known"] == again["counts"]["files_seen"] == 19
    assert (again["release_version"], again["is_new_release"]) == ("000001", False)

    facts = answer("status", *folder)
    assert (facts["articles"], facts["latest_release"]) == (15, "000001")
    query = "SELECT article_id, headline FROM canonical_articles ORDER BY headline NULLS LAST"
    rows = answer("sql", query, *folder)
    assert len(rows) == 12
    shown = answer("show", rows[0]["article_id"], *folder)
    assert shown["article"]["headline"] == rows[0]["headline"]
    text = [p["text"] for p in shown["paragraphs"] if p["char_start"] is not None]
    assert "\n\n".join(text) == shown["article"]["text"]
    assert [row["version"] for row in answer("releases", *folder)] == ["000001"]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["ingest", "/nowhere"], 2, "There is no file or folder at /nowhere."),
        (["status"], 1, "There is no warehouse at"),
        (["sql", "SELECT 1"], 1, "Nothing is published in"),
        (["sql", "SELECT 1", "--lake"], 1, "There is no warehouse at"),
        (["publish"], 1, "There is no warehouse at"),
        (["show", "0"], 1, "There is no warehouse at"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, arguments: list[str], code: int, sentence: str
) -> None:
    """An error is one line that says what to do, with the exit code that fits."""
    done = knipsel(*arguments, "--warehouse", tmp_path / "warehouse")
    assert done.returncode == code
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: {sentence}")
    assert line.endswith(".")
    assert not (tmp_path / "warehouse").exists()


def test_wrong_usage_is_told_apart(tmp_path: Path) -> None:
    """An unknown option, a setting of the wrong kind: exit code 2."""
    assert knipsel("ingest", "--nonsense").returncode == 2
    done = knipsel("status", "--warehouse", tmp_path, KNIPSEL_WORKERS="many")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: The setting workers is wrong")


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """The run stops before it changes anything, and says which file and why."""
    unreadable = Path("/proc/self/mem")  # nobody can read its first byte, root included
    if not unreadable.exists():
        pytest.skip("there is no file here that root cannot read")
    write_files(tmp_path / "inbox", {"good.txt": article(1)})
    place = tmp_path / "warehouse"
    done = knipsel("ingest", unreadable, tmp_path / "inbox", "--warehouse", place)
    assert done.returncode == 1
    assert done.stderr == "Error: Cannot read /proc/self/mem: Input/output error.\n"
    assert not (place / "catalog.sqlite").exists()
