"""Ctrl-C and SIGTERM: a sentence, and an end within seconds, whatever the command is doing.

Python calls its own handlers only between two steps of Python in the main thread, and Prefect puts
others in their place; a long query or a server that does not answer would hold both up. So a
thread is told of signals by a pipe that Python itself writes to. The command is interrupted as ever
and clears up what it can; what is left when its time is over, the next run clears away, as after a
kill.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from knipsel.flows.server.reports.log import error_line, is_json

GRACE_SECONDS = 3
"""How long a command may clear up after itself: with it, none takes five seconds to end."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SHELL = 128
"""What shells add to the number of the signal that ended a command."""

_SAID = "Stopped; what was committed stays, and the next run clears away what was not."
_WITHOUT_SERVER = (
    "Error: The Prefect server of this command has ended. What was committed stays, and the next "
    "run clears away what was not; run it again."
)
_SHOW_CURSOR = "\x1b[?25h"
"""What a bar of progress hides, and shows again at its own end."""

_stopped = threading.Event()
_code = 0


class _StoppedError(KeyboardInterrupt):
    """A signal ends the command."""


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    global _code  # noqa: PLW0603 - as below
    del frame
    _code = _code or _SHELL + number
    _stopped.wait(GRACE_SECONDS)  # until it was said, so that nothing else is
    raise _StoppedError


def stopped_with() -> int | None:
    """Return the exit code of a command that a signal ends, once it was said; None for any other.

    The main thread may know of it before the one that says so.
    """
    if not _code:
        return None
    _stopped.wait(GRACE_SECONDS)
    return _code


def end_soon(code: int, sentence: str, grace_seconds: float) -> None:
    """Say why the command ends, let nothing else be said, and end it when its time is over."""
    global _code  # noqa: PLW0603 - a process ends once
    if _stopped.is_set():
        return
    _code = code
    cursor = _SHOW_CURSOR if os.isatty(2) else ""
    line = error_line(sentence) if is_json() else sentence
    os.write(2, f"{cursor}{line}\n".encode())
    silence = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(silence, output)
    _stopped.set()
    time.sleep(grace_seconds)
    os._exit(code)


def _listen(pipe: int) -> None:
    while numbers := os.read(pipe, 1):
        if numbers[0] in _SIGNALS:
            end_soon(_SHELL + numbers[0], _SAID, GRACE_SECONDS)


def end_on_signals() -> None:
    """Let signals end this command from now on; called once, by its main thread."""
    pipe, to_pipe = os.pipe()
    os.set_blocking(to_pipe, False)
    threading.Thread(target=_listen, args=(pipe,), daemon=True).start()
    for number in _SIGNALS:
        signal.signal(number, _interrupt)
    signal.set_wakeup_fd(to_pipe, warn_on_full_buffer=False)


@contextmanager
def needing(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End this command where a Prefect server, that the block cannot do without, ends by itself.

    Prefect would wait for it, without an end.
    """
    is_over = threading.Event()

    def wait() -> None:
        process.wait()
        if not is_over.is_set():
            end_soon(1, _WITHOUT_SERVER, 0)

    threading.Thread(target=wait, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
