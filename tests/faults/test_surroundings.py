"""Odd surroundings: a command works in them, or says in a sentence what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knipsel.flows.read.kernel_limits import ADDRESS_SPACE
from knipsel.warehouse.layout import Warehouse
from tests.pipeline import Pipeline, write_files
from tests.texts import article

LONGEST_SECONDS = 120


NAME = "a\n'b\" %.txt"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with an article and a release, in a folder with an odd name."""
    folder = tmp_path_factory.mktemp("odd") / "w\nh 'q\" %s;é"
    pipeline = Pipeline(Warehouse.at(folder))
    inbox = folder.with_name("in\nbox 'q\" %s;é")
    write_files(inbox, {NAME: article(1)})
    pipeline.ingest(inbox)
    pipeline.publish()
    return folder


def ended(command: str, *arguments: str | bytes, **more: str) -> tuple[int, str]:
    """Run a command by a shell, which has it as ``"$@"``; return its exit code and all it said."""
    knipsel = [sys.executable, "-P", "-m", "knipsel"]
    done = subprocess.run(
        ["bash", "-c", command, "x", *knipsel, *arguments],
        env={**os.environ, **more},
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    said = (done.stdout + done.stderr).decode(errors="replace")
    assert "Traceback" not in said
    return done.returncode, said


def look(folder: Path) -> list[tuple[str, ...]]:
    """Return commands that look at a warehouse, each in another way."""
    where = ("--warehouse", str(folder))
    return [
        ("status", *where),
        ("sql", "SELECT text FROM articles", *where),
        ("verify", *where),
        ("show", NAME, *where),
    ]


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ('"$@"', {"LC_ALL": "C"}),
        ('"$@"', {"HOME": "/nonexistent/x", "TMPDIR": "/proc/1/x", "TZ": "Nowhere/Odd+99"}),
        ('ulimit -n 64; "$@"', {}),
        ('"$@" >&-', {}),
    ],
)
def test_what_only_looks_works(
    warehouse: Path, number: int, command: str, variables: dict[str, str]
) -> None:
    code, said = ended(command, *look(warehouse)[number], **variables)
    assert code == 0, said


def test_what_the_locale_cannot_write_is_written_out(warehouse: Path, tmp_path: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    plain = shutil.copytree(warehouse, tmp_path / "plain", symlinks=True)
    query = "SELECT 'caf' || chr(233) || chr(8217) AS word"
    code, said = ended('"$@"', "sql", query, "--warehouse", str(plain), **ascii_only)
    assert (code, "caf\\xe9\\u2019" in said) == (0, True), said


def test_a_reader_that_goes_away_is_no_error(warehouse: Path) -> None:
    query = ("sql", "SELECT * FROM range(100000)", "--csv", "--warehouse", str(warehouse))
    _, said = ended('"$@" | head -1', *query)
    assert said == "range\r\n"


def test_a_name_that_is_no_utf8_is_refused_in_a_sentence(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/wh\xff"
    for arguments in (("status",), ("ingest", str(tmp_path)), ("verify",)):
        code, said = ended('"$@"', *arguments, "--warehouse", folder)
        assert code == 1
        assert said.count("\n") == 1
        assert "has a name that is no UTF-8" in said


def test_too_little_address_space_is_said(warehouse: Path) -> None:
    """Threads that cannot start would end the process without a word."""
    for arguments in look(warehouse):
        code, said = ended(f'ulimit -v {2 << 20}; "$@"', *arguments)
        assert code == 1
        assert said == (
            "Error: This process may have 2.0 GiB of address space, and needs "
            f"{ADDRESS_SPACE >> 30}: raise the limit (ulimit -v).\n"
        )


def test_files_that_may_not_grow_are_said(warehouse: Path) -> None:
    """A database would take the disk for broken."""
    code, said = ended('ulimit -f 1024; "$@"', "publish", "--warehouse", str(warehouse))
    assert code == 1
    assert "This process may write files of 1.0 MiB, and needs" in said
