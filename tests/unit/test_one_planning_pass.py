"""A run looks at its files once, and starts a server only where there is something to read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from knipsel.flows.cli import run
from knipsel.flows.cli.main import app
from knipsel.flows.plan import plan
from knipsel.warehouse.queries.queries import ask, open_lake_for_questions
from tests.pipeline import Pipeline, write_files
from tests.texts import article


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no command start a server."""

    def start(**_: object) -> None:
        raise AssertionError("A server was started.")

    monkeypatch.setattr(run, "prefect_server", start)


@pytest.fixture
def known(pipeline: Pipeline, tmp_path: Path) -> Pipeline:
    """Return a pipeline that has published two files and holds one back."""
    write_files(tmp_path / "in", {"a.txt": article(1), "b.txt": article(2), "c.txt": "Home"})
    pipeline.ingest(tmp_path / "in")
    return pipeline


def command(pipeline: Pipeline, *words: str | Path) -> Any:
    """Return what a command prints as JSON."""
    arguments = [*map(str, words), "--warehouse", str(pipeline.warehouse.root), "--json"]
    done = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.usefixtures("no_server")
def test_nothing_new_needs_no_server(known: Pipeline, tmp_path: Path) -> None:
    """The run is recorded as any other, and publishes what was not published yet."""
    first, again = (command(known, "ingest", tmp_path / "in") for _ in range(2))
    assert first["counts"]["files_known"] == first["counts"]["files_seen"] == 3
    assert (first["release_version"], first["is_new_release"]) == ("000001", True)
    assert (again["release_version"], again["is_new_release"]) == ("000001", False)
    assert list(again["seconds"]) == ["start", "wait", "discover", "commit", "release", "other"]
    assert list((known.warehouse.root / "staging").iterdir()) == []
    with open_lake_for_questions(known.warehouse) as connection:
        found = ask(connection, "SELECT run_id, flow, result FROM runs ORDER BY started_at").rows
    assert found[1:] == [(run["run_id"], "ingest", "success") for run in (first, again)]


@pytest.mark.usefixtures("no_server")
def test_nothing_to_publish_needs_no_server(known: Pipeline) -> None:
    known.publish(known.next_run())
    code_version = "test"  # the one of the pipeline, so that the release is up to date
    known_versions = (known.warehouse.root / "versions.json").read_text(encoding="utf-8")
    assert code_version in known_versions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("knipsel.flows.runs.stages.CODE_VERSION", code_version)
        assert command(known, "publish")["new"] is False


@pytest.mark.usefixtures("no_server")
def test_something_new_starts_one(known: Pipeline, tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"d.txt": article(4)})
    with pytest.raises(AssertionError, match="server was started"):
        command(known, "ingest", tmp_path / "in")


@pytest.mark.usefixtures("no_server")
def test_each_file_is_hashed_and_looked_up_once(
    known: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sources are listed once, each is hashed once, and the lake is asked once what it has."""
    calls: Counter[str] = Counter()

    def counted(name: str) -> None:
        real: Callable[..., Any] = getattr(plan, name)

        def call(*arguments: Any, **named: Any) -> Any:
            calls[name] += 1
            return real(*arguments, **named)

        monkeypatch.setattr(plan, name, call)

    for name in ("list_sources", "hash_file", "open_lake"):
        counted(name)
    command(known, "ingest", tmp_path / "in")
    assert calls == {"list_sources": 1, "hash_file": 3, "open_lake": 1}
