"""Running a module of this project as a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HOME = Path(__file__).absolute().parents[3]
"""The folder that the package lies in."""


def command_of(module: str) -> list[str]:
    """Return the command that runs a module.

    Python is told not to look for modules in the current folder: what lies there is somebody's
    files, and one of them may be called ``json.py``.
    """
    return [sys.executable, "-P", "-m", module]


def environment() -> dict[str, str]:
    """Return the environment in which a process finds the modules that this one runs on.

    NumPy gets one thread there (see `apply_command_settings`): batches have a process each.
    """
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(HOME), *([known] if known else [])])
    return {"OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONPATH": path}
