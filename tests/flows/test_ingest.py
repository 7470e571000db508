"""The flow ``ingest``: the same outcome wherever it runs, and a summary that tells it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from knipsel.flows.config.inputs import current_version
from knipsel.flows.config.settings import Settings
from knipsel.flows.runs.ingesting import ingest_files
from knipsel.flows.runs.stages import run_without_flow
from knipsel.flows.runs.steps import PlainSteps
from knipsel.flows.runs.summary import IngestSummary
from knipsel.flows.runs.work import Work, at_work
from knipsel.warehouse.lake.commit import commit
from tests.pipeline import SAMPLES, write_files
from tests.texts import article

STARTED_AT = datetime(2024, 6, 1, 12, tzinfo=UTC)

OF_THE_RUN = {"runs"}
"""The table that says when the work ended: nobody expects that to be the same."""


@pytest.fixture(scope="module")
def dask_address() -> Iterator[str]:
    """Return the address of a Dask cluster of one process, up while the tests run."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
    ) as cluster:
        yield cluster.scheduler_address


def without_prefect(folder: Path, settings: Settings) -> IngestSummary:
    """Ingest the samples with the plain steps, in the same run."""
    place = settings.warehouse_at(folder)
    same = run_without_flow("run", STARTED_AT, current_version(place, settings))
    with at_work(Work("ingest", same, place, settings, PlainSteps())) as work:
        return ingest_files(work, [SAMPLES], publish=True)


def run(folder: Path, settings: Settings, *, is_plain: bool = False) -> dict[str, Any]:
    """Ingest the samples in small batches and return the hash of each released table."""
    from knipsel.flows.ingest import ingest

    settings.batch_documents = 5
    if is_plain:
        summary = without_prefect(folder, settings)
    else:
        summary = ingest(
            [str(SAMPLES)], str(folder), started_at=STARTED_AT, run_id="run", settings=settings
        )
    assert summary.counts.files_seen == 19
    assert summary.counts.documents_published == 15
    index = json.loads((folder / "latest" / "index.json").read_text(encoding="utf-8"))
    return {
        name: facts["sha256"] for name, facts in index["tables"].items() if name not in OF_THE_RUN
    }


@pytest.mark.long
def test_the_outcome_is_the_same_everywhere(tmp_path: Path, dask_address: str) -> None:
    """One reader, several, Dask, with Prefect and without: every table has the same bytes."""
    here = run(tmp_path / "here", Settings())
    processes = run(tmp_path / "processes", Settings(large_run_bytes=0, workers=2))
    dask = run(tmp_path / "dask", Settings(dask_address=dask_address))
    plain = run(tmp_path / "plain", Settings(large_run_bytes=0, workers=2), is_plain=True)
    plain_dask = run(tmp_path / "plain-dask", Settings(dask_address=dask_address), is_plain=True)
    assert here == processes == dask == plain == plain_dask


def test_the_runner_fits_the_run() -> None:
    """Small runs read a batch at a time, large ones several; configured clusters are used."""
    from prefect.task_runners import ThreadPoolTaskRunner
    from prefect_dask import DaskTaskRunner

    from knipsel.flows.runs.tasks import task_runner

    settings = Settings(workers=2, large_run_bytes=100)
    for batches, new_bytes, at_once in ((5, 100, 1), (1, 1000, 1), (5, 101, 2), (0, 1000, 1)):
        runner = task_runner(settings, batches, new_bytes)
        assert isinstance(runner, ThreadPoolTaskRunner)
        assert runner._max_workers == at_once
    cluster = Settings(dask_address="tcp://127.0.0.1:8786")
    assert isinstance(task_runner(cluster, 1, 1), DaskTaskRunner)


def test_the_summary_is_an_artifact(tmp_path: Path) -> None:
    """The summary table can be read in Prefect, and its run has a name that tells its start."""
    from prefect.artifacts import Artifact
    from prefect.client.orchestration import get_client

    from knipsel.flows.ingest import ingest

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    summary = ingest([str(tmp_path / "inbox")], str(tmp_path / "warehouse"))
    artifact: Any = Artifact.get("ingest-summary")
    assert artifact is not None
    rows = {row["what"]: row["value"] for row in json.loads(str(artifact.data))}
    assert (rows["files seen"], rows["published"]) == ("1", "1")
    assert rows["release"] == summary.release_folder
    with get_client(sync_client=True) as client:
        name = client.read_flow_run(artifact.flow_run_id).name
    assert name.startswith("ingest-20")


def test_publish_after_a_run_without_release(tmp_path: Path) -> None:
    """What was committed without a release comes out with the flow ``publish``, once."""
    from knipsel.flows.ingest import ingest
    from knipsel.flows.publish import publish_release

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    folder = str(tmp_path / "warehouse")
    summary = ingest([str(tmp_path / "inbox")], folder, publish=False)
    assert summary.release_version is None
    assert not (tmp_path / "warehouse" / "latest").exists()
    assert publish_release(folder).is_new
    assert not publish_release(folder).is_new


def test_a_failed_run_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lake says that a run failed and why; what was there stays, staging is cleared."""
    from knipsel.flows import ingest as flow
    from knipsel.flows.config.settings import Settings
    from knipsel.flows.runs import work
    from knipsel.warehouse.queries.queries import status

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    folder = tmp_path / "warehouse"
    flow.ingest([str(tmp_path / "inbox")], str(folder), publish=False)
    write_files(tmp_path / "inbox", {"b.txt": article(2)})

    def fail(*_: object) -> None:
        raise RuntimeError("The audit broke.")

    monkeypatch.setattr(work, "audit", fail)
    with pytest.raises(RuntimeError, match="audit broke"):
        flow.ingest([str(tmp_path / "inbox")], str(folder))
    answer = status(Settings().warehouse_at(folder))
    assert answer["articles"] == 1
    assert answer["last_run"]["result"] == "failure"
    assert answer["last_run"]["message"] == "The audit broke."
    assert list((folder / "staging").iterdir()) == []


def test_a_locked_catalogue_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that meets a lock is tried again; a mistake in the query is not."""
    import duckdb

    from knipsel.flows import ingest as flow
    from knipsel.flows.runs import steps, work

    monkeypatch.setattr(steps, "RETRY_SECONDS", 0)
    real, tries = commit, []

    def locked_once(*arguments: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise duckdb.IOException("database is locked")
        return real(*arguments)

    monkeypatch.setattr(work, "commit", locked_once)
    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    summary = flow.ingest([str(tmp_path / "inbox")], str(tmp_path / "warehouse"), publish=False)
    assert summary.counts.documents_published == 1
    assert len(tries) == 2

    def broken(*_: object) -> None:
        tries.append(1)
        raise duckdb.BinderException("no such column")

    monkeypatch.setattr(work, "commit", broken)
    with pytest.raises(duckdb.BinderException):
        flow.ingest([str(tmp_path / "inbox")], str(tmp_path / "warehouse"), publish=False)
    assert len(tries) == 3


def test_a_release_that_fails_leaves_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says that the files are committed; publishing later brings them out."""
    from knipsel.flows import ingest as flow
    from knipsel.flows.publish import publish_release
    from knipsel.flows.runs import work
    from knipsel.flows.runs.errors import UnpublishedError

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Two rows have the same key.")

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    folder = str(tmp_path / "warehouse")
    with monkeypatch.context() as patched:
        patched.setattr(work, "publish_lake", fail)
        with pytest.raises(UnpublishedError, match=r"committed.*Two rows have the same key"):
            flow.ingest([str(tmp_path / "inbox")], folder)
    assert publish_release(folder).is_new


def test_a_bound_that_is_broken_stops_the_release_of_a_run(tmp_path: Path) -> None:
    """The commit stands, the lake says what stopped it, and asking for less brings it out."""
    from knipsel.flows.ingest import ingest
    from knipsel.flows.publish import publish_release
    from knipsel.flows.runs.errors import UnpublishedError
    from knipsel.warehouse.queries.queries import status

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    bounds = tmp_path / "ours.toml"
    bounds.write_text("articles = { min = 2 }\nshare_with_date = { min = 0.5 }")
    settings, folder = Settings(bounds=bounds), tmp_path / "warehouse"
    with pytest.raises(UnpublishedError, match=r"articles is 1, .*1 more rule failed"):
        ingest([str(tmp_path / "inbox")], str(folder), settings=settings)
    for flow in ("ingest", "publish"):
        answer = status(settings.warehouse_at(folder))
        assert answer["last_run"]["flow"] == flow
        assert answer["release_audit"]["run_id"] == answer["last_run"]["run_id"]
        assert answer["release_audit"]["stopped"]
        assert [rule["rule"] for rule in answer["release_audit"]["failing"]] == [
            "articles at least 2",
            "share_with_date at least 0.5",
        ]
        assert "articles" in answer["unpublished_tables"]
        if flow == "ingest":
            with pytest.raises(RuntimeError, match="articles is 1"):
                publish_release(str(folder), settings=settings)
    bounds.write_text("articles = { min = 1 }")
    assert publish_release(str(folder), settings=settings).is_new
    answer = status(settings.warehouse_at(folder))
    assert answer["unpublished_tables"] == []
    assert not answer["release_audit"]["stopped"]


def test_malformed_bounds_stop_a_run_before_any_work(tmp_path: Path) -> None:
    """Whoever mistypes a bound is told before files are read, and nothing is committed."""
    from knipsel.expectations.bounds.file import BoundsError
    from knipsel.flows.ingest import ingest

    write_files(tmp_path / "inbox", {"a.txt": article(1)})
    folder = tmp_path / "warehouse"
    folder.mkdir()
    (folder / "bounds.toml").write_text("[articles]\nmim = 2")
    with pytest.raises(BoundsError, match=r"articles.mim is not known"):
        ingest([str(tmp_path / "inbox")], str(folder))
    assert not (folder / "archive").exists()


def test_errors_of_our_own_stop_a_run_that_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is committed, the lake says why; once it is mended, the same files go in."""
    from knipsel.flows.ingest import ingest
    from knipsel.flows.read import supervisor
    from knipsel.flows.read.own_modules import command_of
    from knipsel.flows.runs.own_errors import OwnErrorsError
    from knipsel.warehouse.queries.queries import status

    for number in range(4):
        write_files(tmp_path / "inbox" / str(number), {"stumbling.txt": article(number)})
    arguments = [str(tmp_path / "inbox")], str(tmp_path / "warehouse")
    with monkeypatch.context() as patched:
        patched.setattr(supervisor, "COMMAND", tuple(command_of("tests.faults.hostile_reader")))
        with pytest.raises(OwnErrorsError, match="4 of 4") as raised:
            ingest(*arguments)
    answer = status(Settings().warehouse_at(tmp_path / "warehouse"))
    assert (answer["documents"], answer["latest_release"]) == (0, None)
    assert answer["last_run"]["result"] == "failure"
    assert answer["last_run"]["message"] == str(raised.value)
    assert ingest(*arguments).counts.documents_published == 4
