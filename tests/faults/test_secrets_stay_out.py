"""A password in the configuration reaches nothing that a command prints or keeps."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from knipsel.flows.read.own_modules import HOME, environment
from tests.pipeline import SAMPLES

PASSWORD = "hunter-2-of-the-lake"  # noqa: S105 - it opens nothing
KEY = "hunter-2-of-the-store"


def closed_port() -> int:
    """Return a port of loopback where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


CATALOGS = {
    "words": "postgres:dbname=k host=127.0.0.1 port={port} user=u password={password}",
    "address": "postgres:postgresql://u:{password}@127.0.0.1:{port}/k",
}


def variables_of(form: str, tmp_path: Path) -> dict[str, str]:
    return environment() | {
        "KNIPSEL_CATALOG": CATALOGS[form].format(port=closed_port(), password=PASSWORD),
        "AWS_SECRET_ACCESS_KEY": KEY,
        "PREFECT_HOME": str(tmp_path / "prefect"),
    }


def failed(tmp_path: Path, variables: dict[str, str], *words: str) -> str:
    """Run a command, which fails, and return all that it says."""
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "knipsel", *words, "--warehouse", "w"],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        check=False,
    )
    said = (ran.stdout + ran.stderr).decode()
    assert ran.returncode == 1, said
    return said


def kept(tmp_path: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_a_run_that_fails_keeps_the_password_to_itself(tmp_path: Path) -> None:
    """However much is shown: it is in no output, log or file, and no server was started for it."""
    source = str(SAMPLES / "leeg.txt")
    said = failed(tmp_path, variables_of("words", tmp_path), "ingest", source, "--verbose")
    assert "Traceback" in said
    assert "hunter" not in said
    files = kept(tmp_path)
    assert not any(file.name == "prefect.db" for file in files)
    assert not [file for file, content in files.items() if b"hunter" in content]


@pytest.mark.parametrize("form", CATALOGS)
@pytest.mark.parametrize("words", [("status",), ("sql", "--lake", "FROM articles"), ("verify",)])
def test_commands_say_what_is_wrong_without_the_password(
    tmp_path: Path, form: str, words: tuple[str, ...]
) -> None:
    said = failed(tmp_path, variables_of(form, tmp_path), *words)
    assert "hunter" not in said
    assert "connect" in said
    assert not [file for file, content in kept(tmp_path).items() if b"hunter" in content]


def test_home_is_where_the_command_runs_from() -> None:
    """The processes above run this code, not one that is installed."""
    assert str(HOME) in environment()["PYTHONPATH"].split(os.pathsep)
