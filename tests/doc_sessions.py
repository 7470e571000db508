"""The sessions of docs/trust.md, run on a warehouse of the samples."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from typer.testing import CliRunner

from knipsel.flows.cli.main import app
from knipsel.flows.runs.errors import explain
from tests.pipeline import SAMPLES

_RUN = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f-]{36}")
_SIZES = re.compile(r"\d+ files, [\d.]+ MB")


def run_session(command: str, root: Path) -> str:
    """Return what a command prints, without what differs from machine to machine."""
    words = shlex.split(command)
    ran = CliRunner().invoke(app, [*words[1:], "--warehouse", str(root)])
    printed = ran.stdout
    if ran.exception is not None and not isinstance(ran.exception, SystemExit):
        assert isinstance(ran.exception, Exception)
        printed = f"Error: {explain(ran.exception)[1]}\n"
    printed = printed.replace(str(SAMPLES), "corpus/samples/articles").replace("\r\n", "\n")
    printed = printed.replace(str(root / "retractions"), "warehouse/retractions")
    printed = _RUN.sub("2026-12-01-1db62b1e-c2e4-4ebb-a13c-265e7fefb0a7", printed)
    printed = _SIZES.sub("63 files, 4.3 MB", printed)
    return "".join(line.rstrip() + "\n" for line in printed.splitlines())
