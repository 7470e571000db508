"""A Prefect server on loopback for as long as a command needs one.

Prefect can start one itself, but only after it has imported its whole server into the
caller. Started here, before anything heavy is imported, the server comes up while the
caller imports what it needs: an empty flow takes a third less time. Worker processes find
it by its address instead of each starting a server of its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from knipsel.flows.read.own_modules import command_of, environment
from knipsel.flows.server.home import writable_home
from knipsel.flows.server.settings import STARTUP_SECONDS

POLL_SECONDS = 0.05
STOP_SECONDS = 10
SEND_SECONDS = 5
SHOWN_CHARACTERS = 2000
"""How much of what a failed server said is shown."""

EPHEMERAL = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}
"""What tells Prefect's server that it serves one process and needs no schedules or pages."""


class ServerStartError(RuntimeError):
    """The Prefect server did not come up."""


@dataclass(slots=True)
class PrefectServer:
    """A server process and its address; it ends when its caller ends, however that happens."""

    url: str
    process: subprocess.Popen[bytes]
    errors: IO[bytes] | None

    def wait(self, seconds: float = float(STARTUP_SECONDS)) -> None:
        """Wait until the server answers; `ServerStartError` where it does not."""
        deadline = time.monotonic() + seconds
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                message = f"The Prefect server did not start within {seconds:.0f} s. {self._said()}"
                raise ServerStartError(message.strip())
            time.sleep(POLL_SECONDS)

    def _said(self) -> str:
        """Return the end of what the server said of its errors, where that was kept."""
        if self.errors is None:
            return ""
        self.errors.seek(0)
        return self.errors.read()[-SHOWN_CHARACTERS:].decode(errors="replace")

    def _answers(self) -> bool:
        """Tell whether the server says that it is well."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=1) as response:
                return bool(response.status == 200)  # noqa: PLR2004 - HTTP's OK
        except (OSError, urllib.error.URLError):
            return False

    def stop(self) -> None:
        """End the server: closing its input tells it to."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.errors is not None:
            self.errors.close()


def start_server(*, port: int = 0, ephemeral: bool = True) -> PrefectServer:
    """Start a Prefect server on loopback and return at once; ``port`` 0 takes a free one."""
    listener = socket.create_server(("127.0.0.1", port))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    variables = {**environment(), **(EPHEMERAL if ephemeral else {}), "PREFECT_API_URL": url}
    # A server that lives for one command is heard only where it fails to start.
    errors = TemporaryFile() if ephemeral else None  # noqa: SIM115 - lives as long as the server
    process = subprocess.Popen(
        [*command_of("knipsel.flows.server.process"), str(listener.fileno())],
        env=variables,
        pass_fds=[listener.fileno()],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    )
    listener.close()
    return PrefectServer(url, process, errors)


@contextmanager
def prefect_server(*, port: int = 0, ephemeral: bool = True) -> Iterator[PrefectServer | None]:
    """Have a Prefect server while the block runs, and tell Prefect its address.

    Yields None where ``PREFECT_API_URL`` names one already. It comes up fastest where
    Prefect is not imported yet.
    """
    with writable_home() as home:
        if os.environ.get("PREFECT_API_URL"):
            with _known_to_prefect(home):
                yield None
            return
        server = start_server(port=port, ephemeral=ephemeral)
        os.environ["PREFECT_API_URL"] = server.url
        try:
            with _known_to_prefect(home, server.url):
                yield server
        finally:
            _send_what_waits()
            del os.environ["PREFECT_API_URL"]
            server.stop()


def _known_to_prefect(home: Path, url: str | None = None) -> AbstractContextManager[object]:
    """Tell Prefect its folder and address where it has read its environment already."""
    if "prefect.settings" not in sys.modules:
        return nullcontext()
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    return temporary_settings({PREFECT_HOME: home} | ({PREFECT_API_URL: url} if url else {}))


def _send_what_waits() -> None:
    """Let Prefect send its last logs and events while there is a server to take them."""
    if "prefect.flows" not in sys.modules:
        return
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=SEND_SECONDS)
