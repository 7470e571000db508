"""A process that ends with the one that started it, however that happens."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable


def end_with_parent(end: Callable[[], object] = lambda: os._exit(0)) -> None:
    """End this process, as ``end`` does, once its standard input closes."""

    def wait() -> None:
        sys.stdin.buffer.read()
        end()

    threading.Thread(target=wait, daemon=True).start()


def end_group() -> None:
    """End this process and all that it started; it leads a session of its own.

    A run that is at work is killed, which it survives: what it committed stays, and the next one
    clears away what it did not.
    """
    os.killpg(0, signal.SIGKILL)
