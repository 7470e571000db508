"""Both flows on a schedule: one run at a time, told in a line each, and stopped at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.server.reports.health import health_file
from knipsel.warehouse.layout import Warehouse
from tests.pipeline import write_files
from tests.texts import article

LONGEST_SECONDS = 180
"""Far more than anything here takes on a busy machine."""


def test_deployments_follow_the_configuration(tmp_path: Path) -> None:
    """Each flow has its cron, runs once at a time, and drops what comes late."""
    from prefect.client.schemas.objects import ConcurrencyLimitStrategy

    from knipsel.flows.server.schedule import deployments

    settings = Settings(
        ingest_cron="*/5 * * * *", publish_cron="0 3 * * *", sources=[tmp_path, Path("nowhere")]
    )
    ingesting, publishing = deployments(settings, Path("warehouse"))
    assert (ingesting.flow_name, publishing.flow_name) == ("ingest", "publish")
    for deployment, cron in ((ingesting, "*/5 * * * *"), (publishing, "0 3 * * *")):
        (schedule,) = deployment.schedules or []
        assert getattr(schedule.schedule, "cron", None) == cron
        assert deployment.concurrency_limit == 1
        options = deployment.concurrency_options
        assert options is not None
        assert options.collision_strategy == ConcurrencyLimitStrategy.CANCEL_NEW
    assert ingesting.parameters["publish"] is False
    assert ingesting.parameters["paths"] == [str(tmp_path)]
    assert Path(str(publishing.parameters["warehouse"])).is_absolute()


def test_warehouses_have_deployments_of_their_own(tmp_path: Path) -> None:
    """Two that have one server do not take each other's schedules away."""
    from knipsel.flows.server.schedule import deployment_name

    assert deployment_name(tmp_path / "a") != deployment_name(tmp_path / "b")
    assert deployment_name(tmp_path / "a") == deployment_name(tmp_path / "a")


def test_a_run_that_told_nothing_is_told_and_alerts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that was cancelled since another was at work is told only, or that was cut off."""
    from knipsel.flows.server.schedule import CUT_OFF, EndedRun
    from knipsel.flows.server.serving import tell_of

    told = tmp_path / "told"
    program = f"import sys; open({str(told)!r}, 'a').write(sys.stdin.read() + '\\n')"
    settings = Settings.model_validate({"alerts": {"command": [sys.executable, "-c", program]}})
    warehouse, now = Warehouse.at(tmp_path / "wh"), datetime(2026, 11, 30, 4, tzinfo=UTC)
    for number, (state, said) in enumerate(
        [
            ("CRASHED", "Flow run process exited with -9"),
            ("CANCELLED", "Limit reached"),
            ("CRASHED", CUT_OFF),
        ]
    ):
        tell_of(EndedRun(str(number), "ingest", now, now, state, said), warehouse, settings)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "2026-11-30 04:00:00 UTC  ingest could not be carried out: Flow run process exited with -9",
        "2026-11-30 04:00:00 UTC  ingest was not started: Limit reached",
        "2026-11-30 04:00:00 UTC  ingest was cut off when serving ended; the next one does it",
    ]
    (alert,) = map(json.loads, told.read_text().splitlines())
    assert (alert["event"], alert["result"]) == ("failure", "crashed")


class Served:
    """The command `serve` at work on a warehouse, with what it says."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Start it; nothing of it is shared with the server of other tests."""
        environment = {name: value for name, value in os.environ.items() if "PREFECT" not in name}
        environment |= {
            "PREFECT_HOME": str(folder / "prefect"),
            "KNIPSEL_SOURCES": json.dumps([str(folder / "inbox")]),
            "KNIPSEL_INGEST_CRON": "* * * * *",
            "KNIPSEL_SERVER_PORT": "0",
        }
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "knipsel",
                "serve",
                "--warehouse",
                str(folder / "wh"),
                *options,
            ],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines += []
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.lines
            assert self.process.poll() is None, self.lines
            time.sleep(0.1)

    def children(self) -> dict[int, str]:
        """Return the processes that it started, and those that these did, with their commands."""
        found: dict[int, str] = {}
        parents = {self.process.pid}
        listing = subprocess.run(
            ["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout
        rows = [line.split(None, 2) for line in listing.splitlines()]
        while more := {int(r[0]): r[2] for r in rows if int(r[1]) in parents}:
            more = {pid: command for pid, command in more.items() if pid not in found}
            if not more:
                break
            found |= more
            parents = set(more)
        return found

    def end(self) -> int:
        """Return its exit code; all that it said is in ``lines`` then."""
        code = self.process.wait(LONGEST_SECONDS)
        self._reader.join(LONGEST_SECONDS)
        return code


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Have the command at work while the block runs."""
    served = Served(folder, *options)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def is_reading(folder: Path) -> bool:
    """Tell whether a run has staged something, and not committed it."""
    return any((folder / "wh" / "staging").glob("*/*/batch-*.parquet"))


def gone(pids: Iterator[int] | list[int]) -> bool:
    """Tell whether processes end within some seconds."""
    deadline = time.monotonic() + LONGEST_SECONDS
    left = {pid for pid in pids if Path(f"/proc/{pid}").exists()}
    while left and time.monotonic() < deadline:
        time.sleep(0.1)
        left = {pid for pid in left if Path(f"/proc/{pid}").exists()}
    return not left


@pytest.mark.long
@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        (signal.SIGINT, 130, "Stopped; what was committed stays"),
        ("server", 1, "Error: The Prefect server of this command has ended."),
    ],
)
def test_it_ends_in_the_middle_of_a_run(
    tmp_path: Path, how: signal.Signals | str, code: int, said: str
) -> None:
    """With a sentence and nothing else, with all that it started, and the next one starts anew."""
    write_files(tmp_path / "inbox", {f"{n}.txt": article(n) for n in range(700)})
    with serving(tmp_path) as served:
        served.wait_for(lambda: is_reading(tmp_path))
        started = served.children()
        if isinstance(how, signal.Signals):
            served.process.send_signal(how)
        else:
            (server,) = [pid for pid, command in started.items() if "server.process" in command]
            os.kill(server, signal.SIGKILL)
        assert served.end() == code
        assert len(served.lines) == 2
        assert served.lines[1].startswith(said)
        assert gone(list(started))
    with serving(tmp_path) as served:
        served.wait_for(lambda: any("ingest succeeded" in line for line in served.lines))
        assert any("700 files seen, 700 new, 700 articles" in line for line in served.lines)
        served.process.send_signal(signal.SIGTERM)
        assert served.end() == 143


@pytest.mark.long
def test_once_runs_both_and_ends_with_the_worst(tmp_path: Path) -> None:
    """A line tells of each, and the file of health has when one went well."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    with serving(tmp_path, "--once") as served:
        assert served.end() == 0
    assert [line.split("  ")[1].split(" in ")[0] for line in served.lines] == [
        "ingest succeeded",
        "publish succeeded",
    ]
    health = json.loads(health_file(Warehouse.at(tmp_path / "wh")).read_text())
    assert health["last_success_at"] == health["flows"]["ingest"]["ended_at"]
    write_files(tmp_path / "inbox", {"b.txt": article(2)})
    write_files(tmp_path / "wh", {"bounds.toml": "[articles]\nmin = 100\n"})
    with serving(tmp_path, "--once") as served:
        assert served.end() == 1
    assert [line.split("  ")[1].split(" ")[1] for line in served.lines] == ["succeeded", "failed"]
