"""No document takes a run down: whatever it does to its reader, it is held back alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knipsel.flows.config.settings import Settings
from knipsel.flows.plan.file import write_plan
from knipsel.flows.read import budget
from knipsel.flows.read import protocol as jobs
from knipsel.flows.read import supervisor as reading_apart
from knipsel.flows.read.own_modules import HOME, command_of, environment
from knipsel.flows.read.preview import preview
from knipsel.flows.read.supervisor import ending_idle, read_batch_apart
from knipsel.transforms.model import Rejection
from knipsel.warehouse.lake.commit import RunCounts
from knipsel.warehouse.layout import Warehouse
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.faults.hostile_reader import STUMBLING_BLOCK
from tests.pipeline import Pipeline, write_files
from tests.texts import article

pytestmark = pytest.mark.long  # whole warehouses, again and again

GIVE_UP_SECONDS = 300
"""After which something that was waited for is taken never to come, however busy the machine."""
SETTINGS = Settings(max_document_seconds=3, max_document_memory=400 << 20)


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipeline]:
    """Return a pipeline whose documents are read in a process where some do harm."""
    monkeypatch.setattr(reading_apart, "COMMAND", tuple(command_of("tests.faults.hostile_reader")))
    monkeypatch.setattr(budget, "PATIENCE", 100)  # the machine may be busy
    with ending_idle():
        pass  # One that another test left reads without harm.
    with ending_idle():
        yield Pipeline(Warehouse.at(tmp_path / "warehouse"), SETTINGS, reader=read_batch_apart)


def held_back(pipeline: Pipeline) -> dict[str, tuple[str, str]]:
    """Return the rule and the message that hold each document back, by the name of its file."""
    with open_lake_for_questions(pipeline.warehouse) as connection:
        rows = ask(connection, "SELECT file_name, rule, message FROM quarantine").rows
    return {name: (rule, message) for name, rule, message in rows}


HARMS = {
    "endless-in-c.txt": ("too_slow", "3 s of processor time"),
    "endless-in-python.txt": ("too_slow", "3 s of processor time"),
    "segfault.txt": ("reader_crashed", "twice (SIGSEGV)"),
    "aborted.txt": ("reader_crashed", "twice (SIGABRT)"),
    "gone.txt": ("reader_crashed", "twice (exit code 0)"),
    "killed.txt": ("too_much_memory", "more memory than a file may"),
    "greedy.txt": ("too_much_memory", "more memory than a file may"),
}


@pytest.mark.parametrize(
    "harms",
    [
        ("endless-in-c.txt", "segfault.txt", "greedy.txt"),
        pytest.param(tuple(HARMS), marks=pytest.mark.long),
    ],
    ids=["one of each kind", "all"],
)
def test_each_harm_has_its_reason_and_stays_alone(
    apart: Pipeline, tmp_path: Path, harms: tuple[str, ...]
) -> None:
    """Hanging, crashing, taking memory: each is held back for it, the others are published."""
    expected = {name: HARMS[name] for name in harms}
    harmless = ["a.txt", "noisy.txt", "z.txt"]
    names = [*expected, *harmless]
    write_files(tmp_path / "inbox", {name: article(at) for at, name in enumerate(names)})
    counts = apart.ingest(tmp_path / "inbox")
    assert counts == RunCounts(len(names), 0, len(harmless), len(expected), 0, len(harmless))
    found = held_back(apart)
    assert {name: rule for name, (rule, _) in found.items()} == {
        name: rule for name, (rule, _) in expected.items()
    }
    for name, (_, words) in expected.items():
        assert words in found[name][1]


def test_errors_of_our_own_come_as_values(apart: Pipeline, tmp_path: Path) -> None:
    """A cleaner that fails holds its document back, an annotator costs its annotation."""
    names = ["stumbling.txt", "block.txt", "a.txt"]
    write_files(tmp_path / "inbox", {name: article(at) for at, name in enumerate(names)})
    write_files(tmp_path / "inbox", {"block.txt": f"{STUMBLING_BLOCK}. {article(1)}"})
    assert apart.ingest(tmp_path / "inbox") == RunCounts(3, 0, 2, 1, 0, 2)
    ((name, (rule, message)),) = held_back(apart).items()
    assert (name, rule) == ("stumbling.txt", "transform_error")
    assert "ZeroDivisionError at knipsel.flows.read.batch:" in message
    with open_lake_for_questions(apart.warehouse) as connection:
        query = "SELECT suite, unexpected_count FROM validations WHERE rule = 'annotator_failed'"
        assert ask(connection, query).rows == [("time_expressions", 1)]


def test_one_that_only_sleeps_is_given_up(
    apart: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes no processor time, so the clock decides."""
    monkeypatch.setattr(budget, "PATIENCE", 3)
    write_files(tmp_path / "inbox", {"asleep.txt": article(1)})
    assert apart.ingest(tmp_path / "inbox") == RunCounts(1, 0, 0, 1, 0, 0)
    (found,) = held_back(apart).values()
    assert (found[0], "after 9 s by the clock" in found[1]) == ("too_slow", True)


def staged(pipeline: Pipeline, inbox: Path) -> dict[str, bytes]:
    """Return what each staged file of a run holds, without its plan."""
    run = pipeline.next_run()
    pipeline.ingest(inbox, run=run)
    folder = pipeline.warehouse.staging(run.run_id)
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*/*.parquet"))
    }


def test_the_outcome_is_the_same_as_in_one_process(apart: Pipeline, tmp_path: Path) -> None:
    """Byte for byte, also where the reader went down in the middle of the batch."""
    texts = {f"{number}.txt": article(number) for number in range(4)}
    write_files(tmp_path / "inbox", texts)
    here = staged(Pipeline(Warehouse.at(tmp_path / "here"), SETTINGS), tmp_path / "inbox")
    assert here == staged(apart, tmp_path / "inbox")
    assert len(here) > 5


def test_preview_is_as_safe(apart: Pipeline, tmp_path: Path) -> None:
    """It says what a run would say, and goes on to the next."""
    del apart
    files = write_files(tmp_path, {"segfault.txt": article(1), "a.txt": article(2)})
    crashed, sound = (next(preview(str(file), SETTINGS, tmp_path)) for file in files)
    assert [reason["rule"] for reason in crashed["quarantine"]] == ["reader_crashed"]
    assert (crashed["document"]["status"], crashed["articles"]) == ("quarantined", [])
    assert [row["text"] for row in sound["articles"]] == [article(2)]


def test_a_fault_of_the_machine_is_no_documents_fault(apart: Pipeline, tmp_path: Path) -> None:
    """What cannot be written raises the system's error, as it would in the run's own process."""
    write_files(tmp_path / "inbox", {"a.txt": article(1)})

    def unwritable(job: jobs.Job, batch: int) -> int:
        (job.plan.parent / "documents").write_bytes(b"a file where a folder has to be")
        return read_batch_apart(job, batch)

    apart.reader = unwritable
    with pytest.raises(FileExistsError, match="documents"):
        apart.ingest(tmp_path / "inbox")
    assert not apart.warehouse.exists


def test_a_reader_that_cannot_start_says_why(
    apart: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no document's fault, and a sentence."""
    monkeypatch.setattr(reading_apart, "COMMAND", (sys.executable, "-c", "raise SystemExit('no')"))
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    with pytest.raises(reading_apart.ReadingFailedError, match=r"went down \(exit code 1\): no"):
        apart.ingest(tmp_path / "inbox")


def test_one_crash_is_no_proof() -> None:
    """A document is at fault only where it brings a fresh reader down as the first."""
    learn = reading_apart._learnt
    crash = reading_apart.Death("a", -signal.SIGSEGV, stood_still=False, said="")
    once = learn(jobs.Precautions(), crash, SETTINGS.document_budget())
    assert (once.first, once.held) == (("a",), {})
    twice = learn(once, crash, SETTINGS.document_budget())
    assert set(twice.held) == {"a"}
    between = learn(once, replace(crash, document_id=None), SETTINGS.document_budget())
    assert (between.one_by_one, between.held) == (True, {})
    assert isinstance(twice.held["a"], Rejection)


def processes_with(word: str) -> list[int]:
    """Return the processes in whose command a word stands."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if word.encode() in command:
            found.append(int(folder.name))
    return found


PARENT = """
import sys
from pathlib import Path
from knipsel.flows.read import supervisor
from knipsel.flows.read.files import read
supervisor.COMMAND = (*supervisor.COMMAND[:-1], "tests.faults.hostile_reader", sys.argv[1])
read(sys.argv[2], apart=True)
"""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize(
    "name", ["endless-in-c.txt", pytest.param("asleep.txt", marks=pytest.mark.long)]
)
def test_a_killed_parent_leaves_nobody_behind(name: str, tmp_path: Path) -> None:
    """The reader goes at once, also where it is deep in C or sleeps."""
    (file,) = write_files(tmp_path, {name: article(1)})
    word = f"orphan-{os.getpid()}-{name}"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, word, str(file)], env=environment(), cwd=tmp_path
    )
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while len(processes_with(word)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(3)
    assert len(processes_with(word)) == 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while processes_with(word) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_with(word) == []


def test_files_in_the_current_folder_are_never_run(tmp_path: Path) -> None:
    """A file among the sources may have the name of a module."""
    (tmp_path / "json.py").write_text("raise SystemExit('the file was run')", encoding="utf-8")
    (file,) = write_files(tmp_path, {"a.txt": article(1)})
    code = (
        "import sys\nfrom pathlib import Path\nfrom knipsel.flows.read.preview import preview\n"
        "from knipsel.flows.config.settings import Settings\n"
        "print(next(preview(sys.argv[1], Settings(), Path('none')))['document']['status'])"
    )
    output = subprocess.run(
        [sys.executable, "-P", "-c", code, str(file)],
        env={**os.environ, "PYTHONPATH": str(HOME)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert output.stdout == "published\n"


def test_the_plan_is_read_from_anywhere(apart: Pipeline) -> None:
    """An empty batch is no error."""
    run = apart.next_run()
    from knipsel.flows.plan.plan import look, plan_run

    apart.warehouse.root.mkdir()
    seen = look([apart.warehouse.root], apart.warehouse, leave_out=[])
    plan = plan_run(seen, apart.warehouse, SETTINGS, run.transform_version).table
    file = write_plan(plan, apart.warehouse.staging(run.run_id))
    job = jobs.Job(run, file, apart.warehouse.archive, 1000)
    assert read_batch_apart(job, 0) == 0
