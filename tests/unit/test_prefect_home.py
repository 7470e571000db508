"""Prefect finds a folder that it can write, whatever the home of the user is like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knipsel.flows.server import settings
from knipsel.flows.server.home import writable_home


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"HOME": "{here}"}, "{here}/.local/state/knipsel/prefect"),
        ({"HOME": "{here}", "XDG_STATE_HOME": "/state"}, "/state/knipsel/prefect"),
        ({"XDG_STATE_HOME": "/state"}, "/state/knipsel/prefect"),
        ({"HOME": "{here}", "XDG_STATE_HOME": "state"}, "{here}/.local/state/knipsel/prefect"),
        ({"HOME": "{here}/nowhere"}, None),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_an_installed_command_keeps_its_state_with_the_user(
    variables: dict[str, str],
    folder: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the XDG rules; a home that does not exist is not made."""
    monkeypatch.setattr(settings, "PROJECT", tmp_path / "site-packages")
    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(here=tmp_path))
    expected = folder and Path(folder.format(here=tmp_path))
    assert settings.prefect_home() == expected


def test_all_folders_above_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = tmp_path / ".local" / "state" / "knipsel" / "prefect"
    monkeypatch.setenv("PREFECT_HOME", str(wanted))
    with writable_home() as home:
        assert home == wanted
        assert list(wanted.iterdir()) == []
    assert wanted.is_dir()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("wanted", ["/dev/null/state/knipsel", None])
def test_where_nothing_can_be_written_a_temporary_folder_does(
    wanted: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is there for the command, a sentence says so, and nothing is left of it."""
    monkeypatch.delenv("PREFECT_HOME", raising=False)
    if wanted:
        monkeypatch.setenv("PREFECT_HOME", wanted)
    with writable_home() as home:
        assert os.environ["PREFECT_HOME"] == str(home)
        (home / "prefect.db").write_bytes(b"")
    assert not home.exists()
    assert os.environ.get("PREFECT_HOME") == wanted
    (sentence,) = capsys.readouterr().err.splitlines()
    assert (wanted or "There is no home folder") in sentence
    assert sentence.endswith("Prefect has a temporary one until this command ends.")
