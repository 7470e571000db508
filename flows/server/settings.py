"""Prefect's settings, as this project needs them; whoever sets one outside keeps it."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The checkout, where knipsel runs from one."""

STARTUP_SECONDS = "120"
"""How long a server may take to start: 20 seconds, Prefect's own limit, is too short on a
machine that is busy or starts it for the first time."""


def prefect_home() -> Path:
    """Return the folder for Prefect's database: in the checkout, or the user's state."""
    if (PROJECT / "pyproject.toml").exists():
        return PROJECT / ".prefect"
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "knipsel" / "prefect"


def apply_prefect_settings() -> None:
    """Set the environment that Prefect, Great Expectations and NumPy read when imported.

    Both switches are needed to keep Prefect from sending telemetry. NumPy gets one thread: the
    matrices are small, so that a second one takes as much time again and saves none, and batches
    have a process each.
    """
    for name, value in {
        "PREFECT_HOME": str(prefect_home()),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": STARTUP_SECONDS,
        "PREFECT_CLI_PROMPT": "false",
        "GX_ANALYTICS_ENABLED": "false",
        "OPENBLAS_NUM_THREADS": "1",
    }.items():
        os.environ.setdefault(name, value)
