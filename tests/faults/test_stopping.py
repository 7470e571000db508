"""Ctrl-C and SIGTERM end any command with a sentence, soon, whatever it is doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.long  # whole warehouses, again and again

BUSY = {
    "a query": "import duckdb; print('at work', flush=True); duckdb.sql('SELECT count(*) FROM "
    "range(4000000) AS a(x), range(4000000) AS b(y) WHERE (x * y) % 7 = 3').fetchall()",
    "python": "print('at work', flush=True)\nwhile True: pass",
    "what will not be interrupted": (
        "import time; print('at work', flush=True)\n"
        "while True:\n"
        "    try:\n"
        "        time.sleep(60)\n"
        "    except BaseException:\n"
        "        print('nothing of this is seen', flush=True)"
    ),
    "other handlers": (
        "import signal, time\n"
        "for one in (signal.SIGINT, signal.SIGTERM): signal.signal(one, lambda *_: None)\n"
        "print('at work', flush=True)\n"
        "time.sleep(60); time.sleep(60)"
    ),
    "what fails for it": (
        "import time; print('at work', flush=True)\n"
        "try:\n"
        "    time.sleep(60)\n"
        "except BaseException as error:\n"
        "    raise ValueError('a traceback') from error"
    ),
}
"""What a command may be at, as a program that takes its place."""

LONGEST_SECONDS = 30
"""Far more than any may take on a busy machine: one that hangs is found all the same."""


def command(work: str) -> subprocess.Popen[str]:
    """Start the command with other work to do, and wait until it is at it."""
    program = f"""
import sys, types
stands_in = types.ModuleType("knipsel.flows.cli.main")
def work():
    exec({work!r}, {{}})
stands_in.main = work
from knipsel.__main__ import main
sys.modules["knipsel.flows.cli.main"] = stands_in
main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PREFECT_HOME": "/nonexistent"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    return process


@pytest.mark.parametrize("work", BUSY)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command(work: str, number: signal.Signals, code: int) -> None:
    """With one sentence and no traceback, and the exit code that shells give."""
    process = command(BUSY[work])
    process.send_signal(number)
    output, errors = process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == code
    assert errors.splitlines() == [
        "Stopped; what was committed stays, and the next run clears away what was not."
    ]
    assert output == ""


NEEDING = """
import subprocess, sys, time
from knipsel.flows.cli.stopping import needing
server = subprocess.Popen(["sleep", "60"])
with needing(server):
    print("at work", flush=True)
    {work}
server.kill()
time.sleep(1)
print("done")
"""


def test_a_command_ends_with_its_server() -> None:
    """It says so, and fails, where Prefect would wait."""
    process = command(NEEDING.format(work="server.kill(); time.sleep(600)"))
    _, errors = process.communicate(timeout=LONGEST_SECONDS)
    assert process.returncode == 1
    assert errors.startswith("Error: The Prefect server of this command has ended.")
    assert len(errors.splitlines()) == 1


def test_a_server_that_is_not_needed_any_more_ends_nothing() -> None:
    process = command(NEEDING.format(work="pass"))
    output, errors = process.communicate(timeout=LONGEST_SECONDS)
    assert (process.returncode, output, errors) == (0, "done\n", "")


def test_a_signal_before_anything_is_imported(tmp_path: Path) -> None:
    """At whatever time it comes, no traceback is seen: it is stopped, or has not begun."""
    for delay in (0.05, 0.15, 0.3, 0.6):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "knipsel", "status", "--warehouse", str(tmp_path / "wh")],
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(delay)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=LONGEST_SECONDS)
        assert process.returncode in {143, 1, -signal.SIGTERM}
        assert "Traceback" not in errors
