"""A folder for Prefect that can be written, wherever the command runs.

Prefect keeps a database in its home, makes that folder but not the ones above it, and where it
cannot, its server fails after a long wait without saying why.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile


def _can_be_written(folder: Path) -> bool:
    """Make a folder and those above it, and tell whether files can be made in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@contextmanager
def writable_home() -> Iterator[Path]:
    """Have a folder for Prefect while the block runs, and its name in ``PREFECT_HOME``.

    Where the one that is set cannot be made or written, or there is none, it is a temporary one,
    which a sentence tells the user; only the history in Prefect's own pages goes with it.
    """
    wanted = os.environ.get("PREFECT_HOME")
    if wanted and _can_be_written(Path(wanted)):
        yield Path(wanted)
        return
    why = f"The folder {wanted} cannot be written" if wanted else "There is no home folder"
    with TemporaryDirectory(prefix="knipsel-prefect-", ignore_cleanup_errors=True) as folder:
        sys.stderr.write(f"{why}: Prefect has a temporary one until this command ends.\n")
        os.environ["PREFECT_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            del os.environ["PREFECT_HOME"]
            if wanted:
                os.environ["PREFECT_HOME"] = wanted
