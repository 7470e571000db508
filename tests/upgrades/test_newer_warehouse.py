"""A warehouse of a contract that this program does not know is refused in one sentence."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from knipsel.flows.cli.main import main
from knipsel.flows.keep.rollback import roll_back
from knipsel.warehouse.contract.versions import CONTRACT_VERSION, NewerContractError
from knipsel.warehouse.lake.connection import open_lake
from knipsel.warehouse.queries.queries import answer_as_reader, ask
from knipsel.warehouse.release.versions import read_versions
from tests.pipeline import SAMPLES, Pipeline, copy_of
from tests.upgrades.warehouses import change_lake, content_of

NEXT = CONTRACT_VERSION + 1
REFUSAL = (
    f"This warehouse was made by a newer knipsel (contract {NEXT}; this one knows "
    f"{CONTRACT_VERSION}): install that version or a later one."
)


@pytest.fixture(scope="module")
def newer(upgraded_once: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline into a warehouse whose lake, but no release, is of a newer contract."""
    pipeline = copy_of(upgraded_once, tmp_path_factory.mktemp("newer"))
    change_lake(
        pipeline,
        f"UPDATE lake.contract SET version = {NEXT}",
        "ALTER TABLE lake.contract ADD COLUMN since TIMESTAMP",
    )
    return pipeline


@pytest.fixture(scope="module")
def newer_release(upgraded_once: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return a pipeline into a warehouse with a release of a newer contract, of another form."""
    pipeline = copy_of(upgraded_once, tmp_path_factory.mktemp("newer-release"))
    file = pipeline.warehouse.versions_file
    told = json.loads(file.read_text("utf-8"))
    told["releases"][-1] |= {"contract_version": NEXT, "license": "none"}
    file.write_text(json.dumps(told), "utf-8")
    return pipeline


def said(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[object, str]:
    """Run the command; return its exit code and what it said to the person."""
    monkeypatch.setattr(sys, "argv", ["knipsel", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["sql", "--lake", "SELECT 1"],
        ["show", "d03e68c6976cdd6c-1"],
        ["explain", "d03e68c6976cdd6c-1"],
        ["quarantine", "list"],
        ["verify"],
        ["learn"],
        ["reprocess", "--dry-run"],
        ["retract", "d03e68c6976cdd6c-1", "--reason", "asked"],
        ["rollback", "1"],
    ],
    ids=" ".join,
)
def test_a_newer_lake_is_refused(
    newer: Pipeline,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By whoever reads or writes it, before anything is changed."""
    (newer.warehouse.root / ".running").touch()
    shutil.rmtree(newer.warehouse.root / "staging", ignore_errors=True)
    before = content_of(newer.warehouse)
    place = ["--warehouse", str(newer.warehouse.root)]
    assert said([*arguments, *place], monkeypatch, capsys) == (1, f"Error: {REFUSAL}\n")
    assert content_of(newer.warehouse) == before


@pytest.mark.parametrize(
    "arguments",
    [["sql", "SELECT 1"], ["releases"], ["diff", "1", "2"], ["rollback", "1"], ["status"]],
    ids=" ".join,
)
def test_a_newer_release_is_refused(
    newer_release: Pipeline,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Though the lake may still be one that is known."""
    place = ["--warehouse", str(newer_release.warehouse.root)]
    assert said([*arguments, *place], monkeypatch, capsys) == (1, f"Error: {REFUSAL}\n")


def test_functions_raise(newer: Pipeline, newer_release: Pipeline) -> None:
    """Whoever calls them from Python gets an exception that says the same."""
    for refused in (
        lambda: newer.ingest(SAMPLES),
        newer.publish,
        lambda: roll_back(newer.warehouse, "1"),
        lambda: answer_as_reader(newer.warehouse, "SELECT 1", ask, lake=True),
        lambda: answer_as_reader(newer_release.warehouse, "SELECT 1", ask),
        lambda: read_versions(newer_release.warehouse),
    ):
        with pytest.raises(NewerContractError, match=f"contract {NEXT}"):
            refused()
    for read_only in (True, False):
        with pytest.raises(NewerContractError), open_lake(newer.warehouse, read_only=read_only):
            pass


def test_the_version_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The program's and the contract's, wherever it is asked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["knipsel", "--version"])
    with pytest.raises(SystemExit):
        main()
    printed = capsys.readouterr().out
    assert printed.startswith("knipsel ")
    assert printed.endswith(f"(contract {CONTRACT_VERSION})\n")
