"""Prefect's settings, as this project needs them; whoever sets one outside keeps it."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout, where knipsel runs from one."""

STARTUP_SECONDS = "120"
"""How long a server may take to start: 20 seconds, Prefect's own limit, is too short on a
machine that is busy or starts it for the first time."""


def prefect_home() -> Path | None:
    """Return the folder for Prefect's database: in the checkout, or the user's state.

    None where the user has no home folder, as in many containers; none is made for them.
    """
    if (PROJECT / "pyproject.toml").exists():
        return PROJECT / ".prefect"
    home, state = os.environ.get("HOME", ""), os.environ.get("XDG_STATE_HOME", "")
    if not Path(state).is_absolute():
        if not home or not Path(home).is_dir():
            return None
        state = f"{home}/.local/state"
    return Path(state) / "knipsel" / "prefect"


def apply_settings() -> None:
    """Set what Prefect and Great Expectations read when they are imported: they send nothing.

    Both switches are needed to keep Prefect from sending telemetry.
    """
    for name, value in {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": STARTUP_SECONDS,
        "GX_ANALYTICS_ENABLED": "false",
    }.items():
        os.environ.setdefault(name, value)


def apply_command_settings() -> None:
    """Set besides what holds where a command is all that runs in a process.

    Whoever imports the flows elsewhere has a Prefect already, with a home of its own. NumPy gets
    one thread: the matrices are small, so that a second one takes as much time again and saves
    none.
    """
    if home := prefect_home():
        os.environ.setdefault("PREFECT_HOME", str(home))
    for name, value in {
        "PREFECT_CLI_PROMPT": "false",
        "OPENBLAS_NUM_THREADS": "1",
    }.items():
        os.environ.setdefault(name, value)
