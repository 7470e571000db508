"""The command, also as ``python -m knipsel``.

It can be stopped before all else is imported, which takes a while.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from knipsel.flows.cli.stopping import end_on_signals, stopped_with


def main() -> NoReturn:
    """Run the command line; once a signal ended it, that decides the exit code."""
    end_on_signals()
    try:
        from knipsel.flows.cli.main import main as run

        run()
    except BaseException:  # what a signal interrupts may fail in any way for it
        if (code := stopped_with()) is None:
            raise
        sys.exit(code)


if __name__ == "__main__":
    main()
